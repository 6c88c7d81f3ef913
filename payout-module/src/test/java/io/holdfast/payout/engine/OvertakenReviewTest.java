package io.holdfast.payout.engine;

import static io.holdfast.payout.engine.PayoutBench.accepted;
import static io.holdfast.payout.engine.PayoutBench.failed;
import static io.holdfast.payout.engine.PayoutBench.rejected;
import static io.holdfast.payout.engine.PayoutBench.reversed;
import static io.holdfast.payout.engine.PayoutBench.succeeded;
import static io.holdfast.payout.engine.PayoutBench.timeout;
import static io.holdfast.payout.engine.PayoutBench.tzs;
import static io.holdfast.payout.engine.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.db.testing.TestDatabase;
import io.holdfast.ledger.Details;
import io.holdfast.ledger.JournalEntry;
import io.holdfast.ledger.Key;
import io.holdfast.ledger.Posting;
import io.holdfast.ledger.Wallets;
import io.holdfast.payout.AttemptState;
import io.holdfast.payout.Payout;
import io.holdfast.payout.PayoutItem;
import io.holdfast.payout.PayoutResolution;
import io.holdfast.payout.PayoutResolution.Way;
import io.holdfast.payout.PayoutStatus;
import io.holdfast.payout.Resolution;
import io.holdfast.payout.spi.FailureReason;
import io.holdfast.payout.spi.Resend;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What the provider says between one person's word of a payout in review and the other's; A 5,000, F 1,500 and P 100. */
class OvertakenReviewTest {

    private static final TestDatabase DATABASE = TestDatabase.create();
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final String FLOAT = "assets:providers:one:float";
    private static final String SUSPENSE = "liabilities:suspense:one";
    private static final Resolution PAID = Resolution.succeeded("Line 17 of the statement");
    private static final Resolution NOT_PAID = Resolution.failed("The provider's support says so");

    private final PayoutBench bench = new PayoutBench(DATABASE);
    private final ScriptedProvider one = bench.provider("one", ways -> ways.resend(Resend.NEVER));

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    @Test
    void proof_that_an_earlier_attempt_paid_ends_what_was_said_of_a_payout_that_stays_in_review() {
        Payout payout = secondAttemptInReview();
        bench.payouts().as("alice").resolve(payout.id(), NOT_PAID);

        bench.apply(payout, 1, succeeded("r1"));

        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.REVIEW);
        assertThat(way(payout)).contains(Way.LAPSED);
        assertRefused("NOTHING_TO_CONFIRM", () -> confirm(payout, 1));
        bench.assertWallet(13_500, 6_500);
    }

    @Test
    void so_does_proof_of_a_further_payment_of_an_attempt_that_had_paid_beside_another() {
        Payout payout = secondAttemptInReview();
        bench.apply(payout, 1, accepted("r9"));
        bench.apply(payout, 1, succeeded("r1"));
        bench.payouts().as("alice").resolve(payout.id(), NOT_PAID);

        bench.apply(payout, 1, succeeded("r9"));

        bench.assertTotal(SUSPENSE, -10_200);
        assertThat(way(payout)).contains(Way.LAPSED);
    }

    @Test
    void a_reference_that_the_provider_gives_ends_that_it_was_not_paid() {
        Payout payout = secondAttemptInReview();
        bench.payouts().as("alice").resolve(payout.id(), NOT_PAID);

        bench.apply(payout, 2, accepted("r2"));

        assertThat(way(payout)).contains(Way.LAPSED);
        bench.assertWallet(13_500, 6_500);
    }

    @Test
    void an_attempt_that_is_open_again_ends_whatever_was_said() {
        Payout payout = bench.sent(one, rejected(FailureReason.INSUFFICIENT_FLOAT));
        one.onSendDo(() -> {
            bench.learn(payout.id(), 1, accepted("r1"));
            bench.learn(payout.id(), 1, failed("r1"));
            return rejected(FailureReason.INSUFFICIENT_FLOAT);
        });
        assertThat(bench.runAfter(SOON, payout).status()).isEqualTo(PayoutStatus.REVIEW);
        bench.payouts().as("alice").resolve(payout.id(), PAID);

        bench.apply(payout, 1, accepted("r9"));

        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.REVIEW);
        assertThat(bench.find(payout).attempts().get(0).state()).isEqualTo(AttemptState.OPEN);
        assertThat(way(payout)).contains(Way.LAPSED);
    }

    @Test
    void but_not_that_it_was_paid() {
        Payout payout = secondAttemptInReview();
        bench.payouts().as("alice").resolve(payout.id(), PAID);

        bench.apply(payout, 2, accepted("r2"));
        bench.apply(payout, 2, accepted("r2"));

        assertThat(way(payout)).isEmpty();
        confirm(payout, 1);
        bench.assertTotal(FLOAT, -5_000);
        assertThat(bench.find(payout).providerReference()).contains("r2");
    }

    @Test
    void what_the_provider_repeats_ends_nothing() {
        Payout payout = secondAttemptInReview();
        bench.apply(payout, 2, accepted("r2"));
        bench.payouts().as("alice").resolve(payout.id(), NOT_PAID);

        bench.apply(payout, 2, accepted("r2"));
        bench.runAfter(Duration.ofDays(1), payout);

        assertThat(way(payout)).isEmpty();
    }

    @Test
    void what_stands_in_suspense_of_a_payout_that_failed_is_taken_from_there_late() {
        Payout payout = releasedWithSurplus();
        bench.assertWallet(20_000, 0);
        bench.assertTotal(SUSPENSE, -5_100);

        bench.payouts().as("alice").resolve(payout.id(), PAID.reference("r1").fee(tzs(100)));
        Payout late = confirm(payout, 2);

        assertThat(late.status()).isEqualTo(PayoutStatus.SUCCEEDED);
        assertThat(late.late()).isTrue();
        assertThat(late.providerReference()).contains("r1");
        assertThat(late.attempts().get(0).state()).isEqualTo(AttemptState.SETTLED);
        assertThat(bench.items()).contains(PayoutItem.Kind.LATE_SUCCESS);
        bench.assertPaid(100);
        bench.assertTotal(SUSPENSE, 0);
        bench.apply(payout, 1, succeeded("r1"));
        bench.assertPaid(100);
        bench.apply(payout, 1, reversed("r1", 5_000, 100));
        bench.assertNothingPaid();
        bench.assertTotal(SUSPENSE, 0);
    }

    @Test
    void what_its_wallet_lacks_for_that_is_owed() {
        Payout payout = releasedWithSurplus();
        bench.ledger.post(new JournalEntry(
                new Key("spent"),
                Details.NONE,
                List.of(
                        Posting.debit(PayoutBench.ALICE.path(), tzs(18_000)),
                        Posting.credit(Wallets.SETTLEMENT, tzs(18_000)))));

        bench.payouts().as("alice").resolve(payout.id(), PAID.reference("r1"));
        confirm(payout, 2);

        bench.assertWallet(0, 0);
        bench.assertTotal("assets:receivables:late-payouts:alice", 4_500);
        bench.assertTotal(SUSPENSE, 0);
        bench.assertTotal(FLOAT, -5_100);
    }

    @Test
    void what_is_said_to_be_yet_another_payment_of_it_leaves_suspense_alone() {
        Payout payout = releasedWithSurplus();

        bench.payouts()
                .as("alice")
                .resolve(payout.id(), PAID.reference("r1-again").fee(tzs(100)));
        assertThat(bench.payouts().resolutions(payout.id()).get(1).attempt()).isEqualTo(2);
        confirm(payout, 2);

        bench.assertTotal(FLOAT, -10_200);
        bench.assertTotal(SUSPENSE, -5_100);
        bench.assertWallet(13_500, 0);
    }

    @Test
    void the_providers_own_repetition_takes_nothing_from_suspense() {
        Payout payout = releasedWithSurplus();

        bench.apply(payout, 1, succeeded("r1"));

        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.FAILED);
        bench.assertWallet(20_000, 0);
        bench.assertTotal(FLOAT, -5_100);
        bench.assertTotal(SUSPENSE, -5_100);
    }

    /** A payout whose first attempt was refused, and of whose second no answer came. */
    private Payout secondAttemptInReview() {
        bench.engine(one.onSend(rejected(FailureReason.INSUFFICIENT_FLOAT), timeout()));
        Payout payout = bench.request("p1");
        bench.run();
        bench.runAfter(SOON, payout);
        Payout review = bench.runAfter(Duration.ofDays(30), payout);
        assertThat(review.status()).isEqualTo(PayoutStatus.REVIEW);
        assertThat(review.attempts())
                .extracting(attempt -> attempt.state())
                .containsExactly(AttemptState.FAILED, AttemptState.OPEN);
        return review;
    }

    /** A payout that two persons say has failed, as they were told that what r1 had paid was to come back. */
    private Payout releasedWithSurplus() {
        Payout payout = secondAttemptInReview();
        bench.apply(payout, 1, succeeded("r1"));
        bench.payouts().as("alice").resolve(payout.id(), NOT_PAID);
        assertThat(confirm(payout, 1).status()).isEqualTo(PayoutStatus.FAILED);
        return payout;
    }

    private Payout confirm(Payout payout, int number) {
        Payout confirmed = bench.payouts().as("bob").confirm(payout.id(), number);
        bench.assertBooks();
        return confirmed;
    }

    private Optional<Way> way(Payout payout) {
        return bench.payouts().resolutions(payout.id()).get(0).end().map(PayoutResolution.End::way);
    }
}
