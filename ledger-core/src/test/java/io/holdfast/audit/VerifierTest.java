package io.holdfast.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.db.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class VerifierTest {

    private static TestDatabase database;

    @BeforeAll
    static void open() {
        database = TestDatabase.create();
        SampleLedger.fill(database.dataSource());
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @Test
    void a_ledger_that_was_left_alone_passes_every_check() {
        Verification verification = Verifier.over(database.dataSource()).verify("main");

        assertThat(verification.checks()).flatMap(CheckResult::failures).isEmpty();
        assertThat(verification.ok()).isTrue();
        assertThat(verification.checks())
                .allSatisfy(
                        check -> assertThat(check.examined()).as(check.name()).isPositive());
    }

    @Test
    void a_ledger_that_is_not_there_is_refused_by_name() {
        assertThatThrownBy(() -> Verifier.over(database.dataSource()).verify("mian"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("There is no ledger \"mian\"");
    }

    @Test
    void progress_names_every_check_and_ends_with_what_it_examined() {
        List<String> seen = new ArrayList<>();

        Verification verification = Verifier.over(database.dataSource())
                .progress((check, examined) -> seen.add(check + " " + examined))
                .verify("main");

        assertThat(verification.checks())
                .allSatisfy(
                        check -> assertThat(seen).contains(check.name() + " 0", check.name() + " " + check.examined()));
    }

    @Test
    void further_checks_run_in_the_same_snapshot_and_read_only() {
        Check further = new Check() {
            @Override
            public String name() {
                return "further";
            }

            @Override
            public void run(Connection connection, int ledgerId, Findings findings) throws SQLException {
                assertThat(connection.isReadOnly()).isTrue();
                assertThat(connection.getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_REPEATABLE_READ);
                for (int i = 0; i <= Findings.FAILURES_MAX; i++) {
                    findings.failed(new Failure("thing " + i, "colour", "red", "green"));
                }
            }
        };

        Verification verification =
                Verifier.over(database.dataSource()).and(List.of(further)).verify("main");

        CheckResult result = verification.checks().get(verification.checks().size() - 1);
        assertThat(result.name()).isEqualTo("further");
        assertThat(result.failureCount()).isEqualTo(Findings.FAILURES_MAX + 1);
        assertThat(result.failures()).hasSize(Findings.FAILURES_MAX);
        assertThat(result.failures().get(0)).hasToString("thing 0: colour is green, expected red");
        assertThat(verification.ok()).isFalse();
        assertThatThrownBy(() -> Verifier.over(database.dataSource()).and(List.of(further, further)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("further");
    }
}
