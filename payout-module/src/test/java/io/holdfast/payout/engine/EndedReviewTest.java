package io.holdfast.payout.engine;

import static io.holdfast.payout.engine.PayoutBench.accepted;
import static io.holdfast.payout.engine.PayoutBench.failed;
import static io.holdfast.payout.engine.PayoutBench.rejected;
import static io.holdfast.payout.engine.PayoutBench.reversed;
import static io.holdfast.payout.engine.PayoutBench.succeeded;
import static io.holdfast.payout.engine.PayoutBench.timeout;
import static io.holdfast.payout.engine.PayoutBench.tzs;
import static io.holdfast.payout.engine.Refusals.assertRefused;
import static io.holdfast.payout.engine.Refusals.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.db.testing.TestDatabase;
import io.holdfast.payout.Payout;
import io.holdfast.payout.PayoutItem;
import io.holdfast.payout.PayoutRefusal;
import io.holdfast.payout.PayoutResolution;
import io.holdfast.payout.PayoutResolution.Way;
import io.holdfast.payout.PayoutStatus;
import io.holdfast.payout.PayoutTransition;
import io.holdfast.payout.ReconciliationReport.Verdict;
import io.holdfast.payout.Resolution;
import io.holdfast.payout.StatementLine.Status;
import io.holdfast.payout.spi.FailureReason;
import io.holdfast.payout.spi.Feature;
import io.holdfast.payout.spi.Outcome;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Two persons say what became of payouts that have ended; with A 5,000, F 1,500 and P 100 of TZS. */
class EndedReviewTest {

    private static final TestDatabase DATABASE = TestDatabase.create();
    private static final String FLOAT = "assets:providers:one:float";
    private static final Resolution PAID =
            Resolution.succeeded("Line 17 of the statement").fee(tzs(100));
    private static final Resolution CAME_BACK = Resolution.failed("Line 18 of the statement");

    private final PayoutBench bench = new PayoutBench(DATABASE);
    private final ScriptedProvider one = bench.provider("one", ways -> ways.features(Feature.REVERSALS));

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    @Test
    void what_had_succeeded_and_is_said_to_have_failed_came_back_in_full() {
        Payout payout = bench.sent(one, succeeded("r1"));

        bench.payouts().as("alice").resolve(payout.id(), CAME_BACK);
        bench.assertPaid(100);
        Payout reversed = bench.payouts().as("bob").confirm(payout.id(), 1);

        assertThat(reversed.status()).isEqualTo(PayoutStatus.REVERSED);
        bench.assertWallet(20_000, 0);
        bench.assertTotal(FLOAT, -100);
        bench.assertTotal("expenses:provider-fees:one", 100);
        bench.assertTotal("revenue:payout-fees", 0);
        bench.assertBooks();
        List<PayoutTransition> history = bench.payouts().history(payout.id());
        assertThat(history.get(history.size() - 1))
                .returns(PayoutTransition.Cause.RESOLUTION, PayoutTransition::cause)
                .returns("bob", PayoutTransition::actor)
                .satisfies(last -> assertThat(last.evidence()).contains("Line 18 of the statement", "alice"));
    }

    @Test
    void what_the_provider_kept_is_what_is_said_and_what_had_come_back_before_counts_once() {
        Payout payout = bench.sent(one, succeeded("r1"));
        bench.apply(payout, 1, reversed("r1", 2_000, 0));

        bench.resolve(payout, CAME_BACK.reference("r1").fee(tzs(30)));

        bench.assertWallet(20_000, 0);
        bench.assertTotal(FLOAT, -30);
        bench.assertTotal("expenses:provider-fees:one", 30);
    }

    @Test
    void what_had_failed_and_is_said_to_have_been_paid_is_a_late_success() {
        Payout payout = bench.sent(one, failed("r1"));
        bench.assertNothingPaid();

        Payout late = bench.resolve(payout, PAID);

        assertThat(late.status()).isEqualTo(PayoutStatus.SUCCEEDED);
        assertThat(late.late()).isTrue();
        assertThat(late.providerReference()).contains("r1");
        bench.assertPaid(100);
        assertThat(bench.items()).containsExactly(PayoutItem.Kind.LATE_SUCCESS);
        bench.apply(payout, 1, succeeded("r1"));
        bench.assertPaid(100);
    }

    @Test
    void what_a_statement_put_in_suspense_leaves_it_once_its_payout_is_said() {
        Payout payout = bench.sent(one, rejected(FailureReason.DECLINED));
        bench.statement("x9", Status.PAID);
        bench.assertTotal("liabilities:suspense:one", -5_100);

        assertNotResolvable(
                "say under which reference it was paid",
                () -> bench.payouts().as("alice").resolve(payout.id(), PAID));
        bench.resolve(payout, PAID.reference("x9"));

        bench.assertPaid(100);
        bench.assertTotal("liabilities:suspense:one", 0);
        assertThat(bench.find(payout).providerReference()).contains("x9");
    }

    @Test
    void what_was_called_off_after_something_was_sent_may_have_been_paid() {
        bench.engine(one.onSend(new Outcome.NotSent("no route to host")));
        Payout never = bench.request("p0");
        bench.payouts().cancel(never.id());
        Payout payout = bench.request("p1");
        bench.run();
        bench.payouts().cancel(payout.id());

        assertNotResolvable(
                "nothing was ever sent for it",
                () -> bench.payouts().as("alice").resolve(never.id(), PAID.reference("x9")));
        Payout late = bench.resolve(payout, PAID.reference("x9"));

        assertThat(late.status()).isEqualTo(PayoutStatus.SUCCEEDED);
        bench.assertPaid(100);
    }

    @Test
    void it_is_about_the_attempt_that_has_settled_it() {
        bench.engine(one.onSend(rejected(FailureReason.INSUFFICIENT_FLOAT), succeeded("r2")));
        Payout payout = bench.request("p1");
        bench.run();
        bench.runAfter(Duration.ofSeconds(5), payout);
        bench.apply(payout, 1, failed("r1"));

        assertNotResolvable(
                "it was paid under r2, not under r1",
                () -> bench.payouts().as("alice").resolve(payout.id(), CAME_BACK.reference("r1")));
        bench.resolve(payout, CAME_BACK);

        assertThat(bench.payouts().resolutions(payout.id()).get(0).attempt()).isEqualTo(2);
        bench.assertWallet(20_000, 0);
    }

    @Test
    void what_is_known_already_is_not_said_again() {
        Payout paid = bench.sent(one, succeeded("r1"));
        assertNotResolvable("it is known to be paid under r1", () -> bench.resolve(paid, PAID.reference("r2")));
        assertNotResolvable("it is known to be paid under r1", () -> bench.resolve(paid, PAID));
        bench.resolve(paid, CAME_BACK);
        assertNotResolvable("all of it is known to have come back", () -> bench.resolve(paid, CAME_BACK));
        assertNotResolvable("it is known to be paid under r1", () -> bench.resolve(paid, PAID.reference("r2")));
        Payout failed = bench.sent(one, failed("r3"));
        assertNotResolvable("it is known not to have been paid", () -> bench.resolve(failed, CAME_BACK));
        Payout doubtful = bench.sent(one, timeout());
        assertNotInReview(PayoutStatus.UNKNOWN, () -> bench.resolve(doubtful, PAID));
        bench.assertBooks();
    }

    @Test
    void it_takes_two_persons() {
        Payout payout = bench.sent(one, succeeded("r1"));
        bench.payouts().as("alice").resolve(payout.id(), CAME_BACK);

        assertRefused("SAME_PERSON", () -> bench.payouts().as("alice").confirm(payout.id(), 1));
        bench.assertPaid(100);
    }

    @Test
    void as_long_as_the_provider_may_be_asked_nobody_resolves_anything() {
        Payout payout = bench.sent(one, succeeded("r1"));
        one.onLookupDo(() -> {
            assertRefused("LEASE_RUNNING", () -> bench.payouts().as("alice").resolve(payout.id(), CAME_BACK));
            return succeeded("r1");
        });

        bench.runAfter(Duration.ofDays(1), payout);

        assertThat(one.lookups()).containsExactly("r1");
        assertThat(bench.payouts().resolutions(payout.id())).isEmpty();
    }

    @Test
    void the_providers_word_between_saying_and_confirming_wins() {
        Payout payout = bench.sent(one, failed("r1"));
        bench.payouts().as("alice").resolve(payout.id(), PAID);

        bench.apply(payout, 1, succeeded("r1"));

        assertThat(way(payout)).isEqualTo(Way.LAPSED);
        assertRefused("NOTHING_TO_CONFIRM", () -> bench.payouts().as("bob").confirm(payout.id(), 1));
        bench.assertPaid(100);
    }

    @Test
    void a_reference_that_the_provider_gives_between_saying_and_confirming_wins() {
        Payout payout = bench.sent(one, timeout());
        bench.runAfter(Duration.ofDays(30), payout);
        bench.resolve(payout, PAID);
        bench.payouts().as("alice").resolve(payout.id(), PAID.reference("x8"));

        bench.apply(payout, 1, succeeded("x9"));

        assertThat(bench.payouts()
                        .resolutions(payout.id())
                        .get(1)
                        .end()
                        .orElseThrow()
                        .way())
                .isEqualTo(Way.LAPSED);
        assertThat(bench.find(payout).providerReference()).contains("x9");
        bench.assertPaid(100);
    }

    @Test
    void what_came_back_and_was_paid_under_no_reference_is_bound_to_one_too() {
        Payout payout = bench.sent(one, timeout());
        bench.runAfter(Duration.ofDays(30), payout);
        bench.resolve(payout, PAID);
        bench.resolve(payout, CAME_BACK.fee(tzs(0)));
        assertThat(bench.statement("x9", Status.CAME_BACK).verdict()).isEqualTo(Verdict.IN_DOUBT);

        bench.resolve(payout, PAID.reference("x9"));

        assertThat(bench.statement("x9", Status.CAME_BACK).verdict()).isEqualTo(Verdict.MATCHED);
        bench.assertNothingPaid();
        bench.assertBooks();
    }

    @Test
    void what_was_only_accepted_is_still_not_for_people() {
        Payout payout = bench.sent(one, accepted("r1"));

        assertNotInReview(PayoutStatus.PROCESSING, () -> bench.resolve(payout, CAME_BACK));
    }

    private Way way(Payout payout) {
        PayoutResolution first = bench.payouts().resolutions(payout.id()).get(0);
        return first.end().orElseThrow().way();
    }

    private static void assertNotInReview(PayoutStatus status, ThrowingCallable call) {
        PayoutRefusal refusal = refusal(call);
        assertThat(refusal.code()).isEqualTo("NOT_IN_REVIEW");
        assertThat(refusal.message())
                .endsWith(" is " + status + ": people say what became of one that is in REVIEW or has ended");
    }

    private static void assertNotResolvable(String why, ThrowingCallable call) {
        PayoutRefusal refusal = refusal(call);
        assertThat(refusal.code()).isEqualTo("NOT_RESOLVABLE");
        assertThat(refusal.message()).contains(why);
    }
}
