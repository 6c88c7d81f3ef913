package io.holdfast.payout.engine;

import static io.holdfast.payout.engine.PayoutBench.rejected;
import static io.holdfast.payout.engine.PayoutBench.succeeded;
import static io.holdfast.payout.engine.PayoutBench.tzs;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.holdfast.db.testing.TestDatabase;
import io.holdfast.ledger.Wallets;
import io.holdfast.payout.spi.FailureReason;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Nothing is recorded about a wallet, payout, attempt, transition or entry that is not there: what foreign keys would refuse. */
class PayoutOrphansAttackTest {

    private static final TestDatabase DATABASE = TestDatabase.create();
    private static final String FOREIGN_KEY_VIOLATION = "23503";

    /**
     * A statement of three rows.
     *
     * @param sql with a place for what the rows refer to
     * @param there something that is there, for each row
     * @param missing what the second row may refer to instead
     */
    private record Attack(String name, String sql, String there, String missing) {

        String harmless() {
            return sql.replace("?", there);
        }

        /** Returns the statement with one row in the middle that refers to nothing. */
        String harmful() {
            return sql.replace("?", "case i when 2 then " + missing + " else " + there + " end");
        }
    }

    @BeforeAll
    static void pay() {
        PayoutBench bench = new PayoutBench(DATABASE);
        bench.engine(bench.provider("one").onSend(rejected(FailureReason.INSUFFICIENT_FLOAT), succeeded("r1")));
        bench.request("p1");
        bench.run(1);
        bench.clock.move(Duration.ofSeconds(5));
        bench.run(1);
        for (int i = 1; i <= 3; i++) {
            new Wallets(bench.ledger).fund("alice", tzs(1), "more-" + i);
        }
    }

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    @TestFactory
    Stream<DynamicTest> one_row_of_many_that_belongs_to_nothing_is_refused_from_the_application() {
        return attacks()
                .map(attack -> DynamicTest.dynamicTest(attack.name(), () -> {
                    assertThatCode(() -> execute("set role holdfast_app", attack.harmless()))
                            .doesNotThrowAnyException();
                    assertRefused("set role holdfast_app", attack.harmful());
                }));
    }

    @TestFactory
    Stream<DynamicTest> nor_does_it_help_to_own_the_tables_and_turn_ordinary_triggers_off() {
        return attacks()
                .map(attack -> DynamicTest.dynamicTest(
                        attack.name(),
                        () -> assertRefused("set session_replication_role = replica", attack.harmful())));
    }

    private static Stream<Attack> attacks() {
        return Stream.of(onPayouts(), onAttempts(), onEntries()).flatMap(attacks -> attacks);
    }

    private static Stream<Attack> onPayouts() {
        String payout = "with many as materialized (select i, gen_random_uuid() as id from generate_series(1, 3) i),"
                + " added as (insert into holdfast.payout_intent select (jsonb_populate_record(p, jsonb_build_object("
                + "'payout_id', m.id, 'key', 'x' || i, $intent))).* from holdfast.payout_intent p, many m where $there)"
                + " insert into holdfast.payout_state select (jsonb_populate_record(p, jsonb_build_object("
                + "'payout_id', m.id, $state))).* from holdfast.payout_state p, many m where $stands";
        return Stream.of(
                new Attack(
                        "payout without a wallet",
                        filled(payout, "'account_id', ?", "true", "'late', false", "true"),
                        "p.account_id",
                        "p.account_id + 1000"),
                new Attack(
                        "payout in a ledger that is not there",
                        filled(payout, "'ledger_id', ?", "true", "'ledger_id', ?", "true"),
                        "p.ledger_id",
                        "p.ledger_id + 1000"),
                new Attack(
                        "state without a payout",
                        filled(payout, "'narration', ''", "?", "'late', false", "true"),
                        "true",
                        "false"),
                new Attack(
                        "payout without a state",
                        filled(payout, "'narration', ''", "true", "'late', false", "?"),
                        "true",
                        "false"),
                ofEach("metadata without a payout", "payout_metadata", "p.ledger_id, ?, 'x' || i, 'y'", "p.payout_id"),
                ofEach(
                        "transition without a payout",
                        "payout_transition",
                        "p.ledger_id, ?, 100 + i, p.status, p.status, 'NO_NEWS', 'LOOKUP', null, null, null, '', '', 'x', now()",
                        "p.payout_id"));
    }

    private static String filled(String payout, String intent, String there, String state, String stands) {
        return payout.replace("$intent", intent)
                .replace("$there", there)
                .replace("$state", state)
                .replace("$stands", stands);
    }

    private static Stream<Attack> onAttempts() {
        String attempt = "insert into holdfast.payout_attempt select (jsonb_populate_record(a, jsonb_build_object("
                + "'provider_key', 'x' || i, 'attempt_no', 100 + i, ?))).*"
                + " from holdfast.payout_attempt a, generate_series(1, 3) i where a.attempt_no = 1";
        return Stream.of(
                new Attack(
                        "attempt without a payout",
                        attempt.replace("?", "'payout_id', ?"),
                        "a.payout_id",
                        "gen_random_uuid()"),
                ofEach(
                        "send without a payout",
                        "payout_send",
                        "p.ledger_id, ?, 2, 100 + i, 1, now(), null, null",
                        "p.payout_id"),
                new Attack(
                        "send without an attempt",
                        insert("payout_send", "p.ledger_id, p.payout_id, ?, 100 + i, 1, now(), null, null"),
                        "2",
                        "3"),
                ofEach(
                        "reference without a payout",
                        "payout_reference",
                        "p.ledger_id, 'one', 'x' || i, ?, 2, now()",
                        "p.payout_id"),
                new Attack(
                        "reference without an attempt",
                        insert("payout_reference", "p.ledger_id, 'one', 'x' || i, p.payout_id, ?, now()"),
                        "2",
                        "3"));
    }

    private static Stream<Attack> onEntries() {
        return Stream.of(
                ofEach(
                        "entry without one in the journal",
                        "payout_entry",
                        "p.ledger_id, ?, p.payout_id, 1, 'FEE'",
                        entry()),
                ofEach(
                        "entry without a payout",
                        "payout_entry",
                        "p.ledger_id, " + entry() + ", ?, 1, 'FEE'",
                        "p.payout_id"),
                new Attack(
                        "entry without a transition",
                        insert("payout_entry", "p.ledger_id, " + entry() + ", p.payout_id, ?, 'FEE'"),
                        "1",
                        "99"));
    }

    /** Returns an attack with rows for the payout, of which one names something by an id that nothing has. */
    private static Attack ofEach(String name, String table, String row, String there) {
        return new Attack(name, insert(table, row), there, "gen_random_uuid()");
    }

    private static String insert(String table, String row) {
        return "insert into holdfast." + table + " select " + row + " from holdfast.payout p, generate_series(1, 3) i";
    }

    /** Returns the id of an entry that no payout made, another one for each row. */
    private static String entry() {
        return "(select j.entry_id from holdfast.journal_entry j where j.key = 'more-' || i)";
    }

    private static void assertRefused(String... statements) {
        assertThatExceptionOfType(SQLException.class)
                .as(statements[1])
                .isThrownBy(() -> execute(statements))
                .extracting(SQLException::getSQLState)
                .isEqualTo(FOREIGN_KEY_VIOLATION);
    }

    /** Executes statements in a transaction and undoes it. */
    private static void execute(String... statements) throws SQLException {
        try (Connection connection = DATABASE.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            try {
                for (String one : statements) {
                    statement.execute(one);
                }
            } finally {
                connection.rollback();
            }
        }
    }
}
