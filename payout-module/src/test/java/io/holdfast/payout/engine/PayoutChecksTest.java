package io.holdfast.payout.engine;

import static io.holdfast.payout.engine.PayoutBench.ALICE;
import static io.holdfast.payout.engine.PayoutBench.accepted;
import static io.holdfast.payout.engine.PayoutBench.succeeded;
import static io.holdfast.payout.engine.PayoutBench.timeout;
import static io.holdfast.payout.engine.PayoutBench.tzs;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.audit.CheckResult;
import io.holdfast.audit.Verifier;
import io.holdfast.db.testing.TestDatabase;
import io.holdfast.ledger.Details;
import io.holdfast.ledger.JournalEntry;
import io.holdfast.ledger.Key;
import io.holdfast.payout.ApprovalPolicy;
import io.holdfast.payout.ApprovalRule;
import io.holdfast.payout.Payout;
import io.holdfast.payout.PayoutLimit;
import io.holdfast.payout.PayoutLimit.Span;
import io.holdfast.payout.PayoutLimit.Subject;
import io.holdfast.payout.PayoutLimits;
import io.holdfast.payout.StatementLine;
import io.holdfast.payout.spi.FailureReason;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What verify says of payouts that were tampered with by someone who owns the tables. */
class PayoutChecksTest {

    private final TestDatabase database = TestDatabase.create();
    private final PayoutBench bench = new PayoutBench(database);

    @AfterEach
    void drop() {
        database.close();
    }

    @Test
    void a_payout_called_failed_although_its_hold_was_committed_is_found() throws Exception {
        Payout payout = bench.sent(succeeded("r1"));

        tamper("update holdfast.payout_state set status = 'FAILED'");

        assertThat(failing("payouts-match-journal"))
                .anySatisfy(failure -> assertThat(failure).contains(payout.id().toString(), "commit entries"));
        assertThat(failing("payout-transitions-are-whole")).isNotEmpty();
    }

    @Test
    void a_payout_called_succeeded_although_its_money_is_held_is_found() throws Exception {
        bench.sent(timeout());

        tamper("update holdfast.payout_state set status = 'SUCCEEDED'");

        assertThat(failing("payouts-match-journal"))
                .anySatisfy(failure -> assertThat(failure).contains("hold state"));
    }

    @Test
    void another_amount_than_was_held_is_found() throws Exception {
        bench.engine(bench.provider("one"));
        bench.request("p1");

        tamper("update holdfast.payout_intent set amount = amount + 1");

        assertThat(failing("payouts-match-journal"))
                .anySatisfy(failure -> assertThat(failure).contains("hold amount"));
    }

    @Test
    void a_reversal_that_the_journal_does_not_have_is_found() throws Exception {
        bench.sent(succeeded("r1"));

        tamper("update holdfast.payout_state set reversed = 1");

        assertThat(failing("payouts-match-journal"))
                .anySatisfy(failure -> assertThat(failure).contains("reversed"));
    }

    @Test
    void another_route_than_the_one_that_is_used_is_found() throws Exception {
        bench.engine(bench.provider("one"));
        bench.request("p1");
        assertThat(failing("payout-transitions-are-whole")).isEmpty();

        tamper("update holdfast.payout_state set route = 'two'");

        assertThat(failing("payout-transitions-are-whole"))
                .anySatisfy(failure -> assertThat(failure).contains("route", "one", "two"));
    }

    @Test
    void a_transition_that_is_missing_is_found() throws Exception {
        bench.sent(timeout());

        tamper("delete from holdfast.payout_transition where transition_no = 2");

        assertThat(failing("payout-transitions-are-whole")).isNotEmpty();
    }

    @Test
    void an_entry_under_a_key_of_the_payouts_own_that_no_payout_made_is_found() {
        bench.engine(bench.provider("one"));
        bench.ledger.post(new JournalEntry(
                Key.reserved("payout", "forged"),
                Details.NONE,
                JournalEntry.of("any")
                        .debit("assets:bank:settlement", tzs(1))
                        .credit(ALICE.path(), tzs(1))
                        .build()
                        .postings()));

        assertThat(failing("payout-entries-belong"))
                .anySatisfy(failure -> assertThat(failure).contains("forged"));
    }

    @Test
    void a_payout_that_went_on_unapproved_is_found() throws Exception {
        bench.engine(
                builder -> builder.approvals(ApprovalPolicy.of(new ApprovalRule(tzs(1), 1))), bench.provider("one"));
        bench.request("p1");

        tamper("update holdfast.payout_state set status = 'PENDING'");

        assertThat(failing("payouts-approved-by-others"))
                .anySatisfy(failure -> assertThat(failure).contains("1 by others"));
    }

    @Test
    void a_payment_in_suspense_that_is_no_payouts_is_found() throws Exception {
        Payout payout = bench.sent(succeeded("r1"));
        bench.apply(payout, 1, succeeded("r2"));

        tamper("delete from holdfast.payout_surplus");

        assertThat(failing("payout-surplus-in-suspense")).hasSize(1);
    }

    @Test
    void what_a_payout_has_booked_and_stands_in_suspense_too_is_found() throws Exception {
        Payout payout = bench.sent(succeeded("r1"));
        bench.movements().suspend("one", Shown.of(StatementLine.paid("x9", tzs(5_000))), Optional.empty());
        bench.apply(payout, 1, accepted("x9"));

        tamper("update holdfast.payout_attempt set provider_reference = 'x9'");

        assertThat(failing("payout-movements-explained"))
                .anySatisfy(failure ->
                        assertThat(failure).contains("x9", payout.id().toString()));
    }

    @Test
    void a_transition_that_fell_out_of_the_feed_and_a_gap_in_it_are_found() throws Exception {
        bench.sent(succeeded("r1"));

        tamper("delete from holdfast.payout_feed where last_no = 2");

        assertThat(failing("payout-feed-is-whole"))
                .anySatisfy(failure -> assertThat(failure).contains("neither"))
                .anySatisfy(failure -> assertThat(failure).contains("1 to 2"))
                .anySatisfy(failure -> assertThat(failure).contains("transition in the feed after 1"));
    }

    @Test
    void a_transition_that_is_in_the_feed_twice_is_found() throws Exception {
        bench.sent(succeeded("r1"));
        assertThat(failing("payout-feed-is-whole")).isEmpty();

        tamper("insert into holdfast.payout_feed select ledger_id, 4, payout_ids, transition_nos"
                + " from holdfast.payout_feed where last_no = 3");

        assertThat(failing("payout-feed-is-whole"))
                .anySatisfy(failure -> assertThat(failure).contains("transition in the feed after 3"));
    }

    @Test
    void a_total_of_lists_that_is_not_how_many_payouts_there_are_is_found() throws Exception {
        bench.sent(succeeded("r1"));
        bench.request("p2");
        assertThat(failing("payouts-are-counted")).isEmpty();

        tamper("update holdfast.payout_count set payouts = payouts + 1 where status = 'SUCCEEDED'");
        tamper("update holdfast.payout_feed_queue set statuses = array['FAILED']");

        assertThat(failing("payouts-are-counted"))
                .hasSize(3)
                .anySatisfy(failure -> assertThat(failure).contains("SUCCEEDED", "2"))
                .anySatisfy(failure -> assertThat(failure).contains("FAILED", "1"))
                .anySatisfy(failure -> assertThat(failure).contains("PENDING", "0"));
    }

    @Test
    void a_count_that_limits_go_by_and_that_is_not_that_of_the_payouts_is_found() throws Exception {
        bench.engine(
                builder -> builder.limits(PayoutLimits.NONE.limits(
                        List.of(PayoutLimit.count(Subject.WALLET, Span.DAY, PayoutBench.TZS, 100)))),
                bench.provider("one").onSend(succeeded("r1"), PayoutBench.rejected(FailureReason.DECLINED)));
        bench.request("p1");
        bench.run();
        bench.request("p2");
        bench.run();
        bench.clock.move(Duration.ofDays(1));
        bench.request("p3");
        bench.payouts().cancel(bench.request("p4").id());
        bench.clock.move(Duration.ofDays(40));
        bench.request("p5");
        assertThat(failing("payout-usage-is-counted")).isEmpty();

        for (String change : List.of(
                "month_count = month_count + 1",
                "month_amount = month_amount - 1",
                "day_count = day_count - 1",
                "day_amount = day_amount + 1",
                "day = day - 1")) {
            tamper("update holdfast.payout_usage set " + change + " where subject like 'wallet %'");
            assertThat(failing("payout-usage-is-counted"))
                    .as(change)
                    .hasSize(2)
                    .allSatisfy(failure -> assertThat(failure).contains("wallet liabilities:wallets:alice"));
            tamper("update holdfast.payout_usage set "
                    + change.replace('+', '#').replace('-', '+').replace('#', '-') + " where subject like 'wallet %'");
        }
        tamper("delete from holdfast.payout_usage where subject like 'recipient %'");
        assertThat(failing("payout-usage-is-counted"))
                .hasSize(2)
                .allSatisfy(failure -> assertThat(failure).contains("is missing"));
    }

    private void tamper(String sql) throws Exception {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            for (String table :
                    List.of("payout_intent", "payout_state", "payout_transition", "payout_surplus", "payout_feed")) {
                statement.execute("alter table holdfast." + table + " disable trigger all");
            }
            statement.execute(sql);
        }
    }

    private List<String> failing(String check) {
        return Verifier.over(database.dataSource())
                .and(PayoutEngine.checks())
                .verify(bench.ledger.name())
                .checks()
                .stream()
                .filter(result -> result.name().equals(check))
                .map(CheckResult::failures)
                .flatMap(List::stream)
                .map(Object::toString)
                .toList();
    }
}
