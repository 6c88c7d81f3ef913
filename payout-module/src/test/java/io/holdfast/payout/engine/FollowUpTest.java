package io.holdfast.payout.engine;

import static io.holdfast.payout.engine.PayoutBench.accepted;
import static io.holdfast.payout.engine.PayoutBench.failed;
import static io.holdfast.payout.engine.PayoutBench.reversed;
import static io.holdfast.payout.engine.PayoutBench.succeeded;
import static io.holdfast.payout.engine.PayoutBench.tzs;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.db.testing.TestDatabase;
import io.holdfast.payout.Payout;
import io.holdfast.payout.PayoutItem;
import io.holdfast.payout.PayoutStatus;
import io.holdfast.payout.ReconciliationReport.Line;
import io.holdfast.payout.ReconciliationReport.Verdict;
import io.holdfast.payout.StatementLine.Status;
import io.holdfast.payout.spi.Feature;
import io.holdfast.payout.spi.ListedPayout;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What stands otherwise in a statement is asked about at the next round, and the provider's answer counts. */
class FollowUpTest {

    private static final TestDatabase DATABASE = TestDatabase.create();

    private final PayoutBench bench = new PayoutBench(DATABASE);
    private final ScriptedProvider one = bench.provider("one", ways -> ways.features(Feature.LIST));

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    @Test
    void a_success_that_is_shown_as_failed_is_asked_about_and_reversed() {
        Payout payout = bench.sent(one, succeeded("r1"));
        one.onLookup(failed("r1"));

        assertThat(bench.statement("r1", Status.FAILED).verdict()).isEqualTo(Verdict.STATUS_DIFFERS);
        bench.assertPaid(100);
        bench.run();

        assertThat(one.lookups()).containsExactly("r1");
        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.REVERSED);
        bench.assertWallet(20_000, 0);
        assertThat(bench.items()).containsExactly(PayoutItem.Kind.STATEMENT_DIFFERS);
        assertThat(bench.statement("r1", Status.FAILED).verdict())
                .as("what failed after all is what came back in full")
                .isEqualTo(Verdict.MATCHED);
    }

    @Test
    void a_failure_that_is_shown_as_paid_is_asked_about_and_late() {
        Payout payout = bench.sent(one, failed("r1"));
        one.onLookup(succeeded("r1"));

        bench.statement("r1", Status.PAID);
        bench.run();

        assertThat(bench.find(payout).late()).isTrue();
        bench.assertPaid(100);
        assertThat(bench.statement("r1", Status.PAID).verdict()).isEqualTo(Verdict.MATCHED);
    }

    @Test
    void what_is_under_way_here_and_paid_there_is_asked_about_before_its_time() {
        Payout payout = bench.sent(one, accepted("r1"));
        one.onLookup(accepted("r1"), accepted("r1"), succeeded("r1"));
        bench.runAfter(Duration.ofMinutes(1), payout);
        bench.runAfter(Duration.ofMinutes(1), payout);
        assertThat(bench.run()).isZero();

        bench.statement("r1", Status.PAID);
        bench.run();

        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.SUCCEEDED);
        assertThat(bench.items()).isEmpty();
    }

    @Test
    void what_matches_is_not_asked_about() {
        bench.sent(one, succeeded("r1"));

        assertThat(bench.statement("r1", Status.PAID).verdict()).isEqualTo(Verdict.MATCHED);

        assertThat(bench.run()).isZero();
        assertThat(one.lookups()).isEmpty();
    }

    @Test
    void another_payment_of_it_is_asked_about_and_suspended_once_it_is_proven() {
        Payout payout = bench.sent(one, succeeded("r1"));
        bench.apply(payout, 1, accepted("r2"));
        one.onLookup(succeeded("r1"), succeeded("r2"));

        assertThat(bench.statement("r2", Status.PAID).verdict()).isEqualTo(Verdict.STATUS_DIFFERS);
        bench.run();

        bench.assertTotal("liabilities:suspense:one", -5_100);
        assertThat(bench.statement("r2", Status.PAID).verdict()).isEqualTo(Verdict.MATCHED);
        bench.assertBooks();
    }

    @Test
    void how_much_came_back_is_compared_too() {
        Payout payout = bench.sent(one, succeeded("r1"));
        bench.apply(payout, 1, reversed("r1", 2_000, 0));
        one.onLookup(reversed("r1", 5_000, 0));
        one.lists(new ListedPayout(
                "r1", tzs(5_000), Optional.empty(), bench.clock.instant(), Optional.empty(), reversed("r1", 5_000, 0)));

        Line line = listed();
        bench.run();

        assertThat(line.verdict()).isEqualTo(Verdict.STATUS_DIFFERS);
        assertThat(line.detail()).isEqualTo("there TZS 5000.00 came back, here TZS 2000.00");
        assertThat(bench.items()).containsExactly(PayoutItem.Kind.STATEMENT_DIFFERS);
        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.REVERSED);
        assertThat(listed().verdict()).isEqualTo(Verdict.MATCHED);
    }

    @Test
    void a_part_that_came_back_is_a_part_on_both_sides() {
        Payout payout = bench.sent(one, succeeded("r1"));
        bench.apply(payout, 1, reversed("r1", 2_000, 0));
        one.lists(new ListedPayout(
                "r1", tzs(5_000), Optional.empty(), bench.clock.instant(), Optional.empty(), reversed("r1", 2_000, 0)));

        assertThat(listed().verdict()).isEqualTo(Verdict.MATCHED);
        assertThat(bench.statement("r1", Status.FAILED).verdict())
                .as("of what failed nothing stays paid")
                .isEqualTo(Verdict.STATUS_DIFFERS);
    }

    private Line listed() {
        Instant now = bench.clock.instant();
        return bench.compared("one", now.minus(Duration.ofDays(1)), now.plus(Duration.ofDays(1)))
                .lines()
                .get(0);
    }
}
