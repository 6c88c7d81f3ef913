package io.holdfast.payout.engine;

import static io.holdfast.payout.engine.Notices.proven;
import static io.holdfast.payout.engine.PayoutBench.rejected;
import static io.holdfast.payout.engine.PayoutBench.succeeded;
import static io.holdfast.payout.engine.PayoutBench.timeout;
import static io.holdfast.payout.engine.PayoutBench.tzs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.holdfast.db.testing.TestDatabase;
import io.holdfast.payout.ApprovalPolicy;
import io.holdfast.payout.ApprovalRule;
import io.holdfast.payout.Payout;
import io.holdfast.payout.PayoutLimit;
import io.holdfast.payout.PayoutLimit.Span;
import io.holdfast.payout.PayoutLimit.Subject;
import io.holdfast.payout.PayoutLimits;
import io.holdfast.payout.QuoteRequest;
import io.holdfast.payout.Resolution;
import io.holdfast.payout.spi.Environment;
import io.holdfast.payout.spi.FailureReason;
import io.holdfast.payout.spi.Resend;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Whoever tries to change or delete what was recorded about payouts is refused, the application too. */
class PayoutFactsAttackTest {

    private static final TestDatabase DATABASE = TestDatabase.create();
    private static final String NO_RIGHT = "42501";
    private static final String IS_A_FACT = "HF001";
    /** Tables of which the application may change some columns, and none of the others. */
    private static final Set<String> STATES = Set.of("payout_state", "payout_attempt", "payout_send", "payout_webhook");
    /** Tables that hold nothing but what is found again by looking, or where readers are. */
    private static final Set<String> WORKING =
            Set.of("payout_usage", "payout_count", "payout_feed_consumer", "payout_feed_queue");

    @BeforeAll
    static void fill() throws SQLException {
        PayoutBench bench = new PayoutBench(DATABASE);
        ScriptedProvider one = bench.provider(
                        "one", ways -> ways.resend(Resend.NEVER).environment(Environment.LIVE))
                .onSend(rejected(FailureReason.INSUFFICIENT_FLOAT), succeeded("r1"), timeout())
                .onWebhook("paid", proven("d1", succeeded("r1")))
                .onWebhook("paid twice", proven("d2", succeeded("r2")))
                .onWebhook("other", proven("d3", succeeded("r9")));
        bench.engine(
                builder -> builder.approvals(ApprovalPolicy.of(new ApprovalRule(tzs(4_999), 1)))
                        .limits(PayoutLimits.NONE.limits(
                                List.of(PayoutLimit.count(Subject.WALLET, Span.DAY, PayoutBench.TZS, 100)))),
                one);
        bench.payouts()
                .quote(QuoteRequest.of(PayoutBench.ALICE, tzs(100), PayoutBench.ASHA)
                        .via("one"));
        Payout paid = bench.payouts().as("maker").request(bench.aRequest("p1").metadata("a", "b"));
        bench.payouts().as("checker").approve(paid.id());
        bench.run();
        bench.runAfter(Duration.ofSeconds(5), paid);
        bench.receive("one", "paid");
        bench.receive("one", "other");
        bench.apply(paid, 1, succeeded("r2"));
        Payout doubtful = bench.payouts().as("maker").request(bench.aRequest("p2"));
        bench.payouts().as("checker").approve(doubtful.id());
        bench.run();
        bench.runAfter(Duration.ofSeconds(5), doubtful);
        bench.payouts().as("bob").resolve(doubtful.id(), Resolution.failed("Asked"));
        bench.payouts().as("carol").confirm(doubtful.id(), 1);
        bench.feed().advance("mail", 1);
        execute("insert into holdfast.payout_feed_queue"
                + " (ledger_id, payout_ids, transition_nos, statuses, changes)"
                + " select ledger_id, array[payout_id], array[99], '{}', '{}' from holdfast.payout limit 1");
    }

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    @Test
    void every_table_of_payouts_has_something_to_attack() throws SQLException {
        assertThat(tables()).hasSizeGreaterThanOrEqualTo(17);
        for (String table : tables()) {
            assertThat(strings("select '1' from holdfast." + table + " limit 1"))
                    .as(table)
                    .isNotEmpty();
        }
    }

    @TestFactory
    Stream<DynamicTest> the_application_changes_no_fact() throws SQLException {
        return tables().stream()
                .filter(table -> !WORKING.contains(table))
                .map(table -> DynamicTest.dynamicTest(
                        table,
                        () -> assertRefused(
                                STATES.contains(table) ? IS_A_FACT : NO_RIGHT,
                                "set role holdfast_app",
                                "update holdfast." + table + " set ledger_id = ledger_id + 1")));
    }

    @TestFactory
    Stream<DynamicTest> the_application_deletes_nothing() throws SQLException {
        return tables().stream()
                .map(table -> DynamicTest.dynamicTest(table, () -> {
                    assertRefused(NO_RIGHT, "set role holdfast_app", "delete from holdfast." + table);
                    assertRefused(NO_RIGHT, "set role holdfast_app", "truncate holdfast." + table + " cascade");
                }));
    }

    @TestFactory
    Stream<DynamicTest> nor_does_one_who_owns_the_tables_and_turns_ordinary_triggers_off() throws SQLException {
        String off = "set session_replication_role = replica";
        return tables().stream()
                .filter(table -> !WORKING.contains(table))
                .map(table -> DynamicTest.dynamicTest(table, () -> {
                    assertRefused(IS_A_FACT, off, "update holdfast." + table + " set ledger_id = ledger_id + 1");
                    assertRefused(IS_A_FACT, off, "delete from holdfast." + table);
                    assertRefused(IS_A_FACT, off, "truncate holdfast." + table + " cascade");
                }));
    }

    @Test
    void the_application_writes_to_the_feed_only_by_having_it_numbered() throws SQLException {
        for (String table : List.of("payout_feed", "payout_feed_queue", "payout_count")) {
            assertRefused(NO_RIGHT, "set role holdfast_app", "insert into holdfast." + table + " default values");
        }
        assertRefused(NO_RIGHT, "set role holdfast_app", "update holdfast.payout_count set payouts = 0");
        execute("set role holdfast_app", "select holdfast.number_payout_feed(1, 1)");
    }

    @Test
    void the_application_closes_items_and_changes_nothing_else_of_them() throws SQLException {
        assertRefused(NO_RIGHT, "set role holdfast_app", "update holdfast.payout_item set detail = 'x'");
        assertRefused(NO_RIGHT, "set role holdfast_app", "update holdfast.payout_item set kind = 'MISMATCH'");
        execute(
                "set role holdfast_app",
                "update holdfast.payout_item set closed_at = now(), closed_by = 'x', closing_note = 'y'"
                        + " where item_no = (select max(item_no) from holdfast.payout_item where closed_at is null)");
        assertRefused(
                IS_A_FACT,
                "set role holdfast_app",
                "update holdfast.payout_item set closing_note = 'z' where closed_at is not null");
    }

    @Test
    void what_a_delivery_told_stays_as_it_was_told() {
        for (String column : List.of("told_risk", "told_environment", "told_amount", "outcome", "our_reference")) {
            assertRefused(
                    IS_A_FACT,
                    "set role holdfast_app",
                    "update holdfast.payout_webhook set " + column + " = 'LIVE' where applied_at is null");
        }
    }

    private static List<String> tables() throws SQLException {
        return strings("select tablename::text from pg_catalog.pg_tables where schemaname = 'holdfast'"
                + " and tablename like 'payout%' order by tablename");
    }

    private static void assertRefused(String state, String... statements) {
        assertThatExceptionOfType(SQLException.class)
                .as(List.of(statements).toString())
                .isThrownBy(() -> execute(statements))
                .extracting(SQLException::getSQLState)
                .isEqualTo(state);
    }

    private static void execute(String... statements) throws SQLException {
        try (Connection connection = DATABASE.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            try {
                for (String one : statements) {
                    statement.execute(one);
                }
            } finally {
                statement.execute("reset role");
                statement.execute("reset session_replication_role");
            }
        }
    }

    private static List<String> strings(String sql) throws SQLException {
        List<String> strings = new ArrayList<>();
        try (Connection connection = DATABASE.dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                strings.add(rows.getString(1));
            }
        }
        return strings;
    }
}
