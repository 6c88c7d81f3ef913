package io.holdfast.payout.engine;

import static io.holdfast.payout.engine.PayoutBench.accepted;
import static io.holdfast.payout.engine.PayoutBench.failed;
import static io.holdfast.payout.engine.PayoutBench.rejected;
import static io.holdfast.payout.engine.PayoutBench.succeeded;
import static io.holdfast.payout.engine.PayoutBench.timeout;
import static io.holdfast.payout.engine.PayoutBench.tzs;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.db.testing.TestDatabase;
import io.holdfast.payout.Payout;
import io.holdfast.payout.PayoutStatus;
import io.holdfast.payout.Resolution;
import io.holdfast.payout.spi.Evidence;
import io.holdfast.payout.spi.FailureReason;
import io.holdfast.payout.spi.Outcome;
import io.holdfast.payout.spi.Particulars;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** A provider's fee is cumulative under its reference, and another reference of the same attempt costs its own. */
class FeesByReferenceTest {

    private static final TestDatabase DATABASE = TestDatabase.create();
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final String FLOAT = "assets:providers:one:float";
    private static final String SUSPENSE = "liabilities:suspense:one";
    private static final String FEES = "expenses:provider-fees:one";
    private static final Resolution PAID = Resolution.succeeded("Line 17 of the statement");

    private final PayoutBench bench = new PayoutBench(DATABASE);

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    @Test
    void what_leaves_suspense_is_what_was_put_there_whatever_fee_had_been_kept_before() {
        Payout payout = secondAttempt();
        bench.apply(payout, 1, keeping("r1", 40));
        bench.apply(payout, 1, succeeded("r1"));
        bench.assertTotal(SUSPENSE, -5_060);
        toReview(payout);

        bench.resolve(payout, PAID.reference("r1"));

        bench.assertPaid(100);
        bench.assertTotal(SUSPENSE, 0);
    }

    @Test
    void what_people_say_was_charged_is_booked_beside_it() {
        Payout payout = secondAttempt();
        bench.apply(payout, 1, keeping("r1", 40));
        bench.apply(payout, 1, succeeded("r1"));
        toReview(payout);

        bench.resolve(payout, PAID.reference("r1").fee(tzs(120)));

        bench.assertPaid(120);
        bench.assertTotal(SUSPENSE, 0);
    }

    @Test
    void a_further_payment_leaves_suspense_with_its_own_fee() {
        Payout payout = secondAttempt();
        bench.apply(payout, 1, succeeded("r1"));
        bench.apply(payout, 1, charged("r9", 70));
        bench.assertTotal(SUSPENSE, -10_170);
        toReview(payout);

        bench.resolve(payout, PAID.reference("r9"));

        bench.assertTotal(SUSPENSE, -5_100);
        bench.assertTotal(FEES, 70);
        bench.assertTotal(FLOAT, -10_170);
        bench.apply(payout, 1, charged("r9", 75));
        bench.assertTotal(FEES, 75);
        bench.assertTotal(SUSPENSE, -5_100);
    }

    @Test
    void a_further_payment_that_people_found_costs_what_they_say_in_full() {
        Payout payout = secondAttempt();
        bench.apply(payout, 1, succeeded("r1"));
        toReview(payout);
        bench.apply(payout, 1, accepted("r9"));

        bench.resolve(payout, PAID.reference("r9").fee(tzs(70)));

        bench.assertTotal(SUSPENSE, -5_100);
        bench.assertTotal(FEES, 70);
        bench.assertTotal(FLOAT, -10_170);
    }

    @Test
    void a_late_success_under_another_reference_than_a_fee_was_kept_for_costs_its_own() {
        Payout payout = bench.sent(timeout());
        bench.apply(payout, 1, keeping("r1", 40));

        bench.apply(payout, 1, succeeded("x9"));

        assertThat(bench.find(payout).late()).isTrue();
        bench.assertPaid(140);
        bench.apply(payout, 1, succeeded("x9"));
        bench.assertPaid(140);
    }

    @Test
    void what_was_kept_for_a_failure_is_not_what_another_reference_costs_of_which_nothing_is_told() {
        Payout payout = bench.sent(timeout());
        bench.apply(payout, 1, keeping("r1", 40));

        bench.apply(payout, 1, new Outcome.Succeeded("x9", Particulars.NONE, Evidence.NONE));

        bench.assertPaid(40);
    }

    @Test
    void so_does_one_that_people_say() {
        Payout payout = bench.sent(timeout());
        bench.apply(payout, 1, keeping("r1", 40));

        bench.resolve(payout, PAID.reference("x9").fee(tzs(100)));

        bench.assertPaid(140);
    }

    @Test
    void a_fee_that_people_say_was_kept_is_part_of_what_the_reference_costs_that_comes_later() {
        Payout payout = bench.sent(timeout());
        bench.runAfter(Duration.ofDays(30), payout);
        bench.resolve(payout, Resolution.failed("Support says so").fee(tzs(40)));
        bench.assertTotal(FEES, 40);

        bench.apply(payout, 1, succeeded("r1"));

        bench.assertPaid(100);
    }

    @Test
    void what_is_paid_beside_another_attempt_under_another_reference_stands_in_suspense_with_its_own_fee() {
        Payout payout = secondAttempt();
        bench.apply(payout, 1, keeping("r1", 40));

        bench.apply(payout, 1, succeeded("x9"));

        bench.assertTotal(SUSPENSE, -5_100);
        bench.assertTotal(FEES, 40);
        bench.assertTotal(FLOAT, -5_140);
    }

    @Test
    void what_settles_a_payout_under_another_reference_than_had_failed_costs_its_own() {
        Payout payout = bench.sent(rejected(FailureReason.INSUFFICIENT_FLOAT));
        bench.apply(payout, 1, keeping("r1", 40));
        bench.assertTotal(FEES, 40);

        bench.apply(payout, 1, succeeded("x9"));

        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.SUCCEEDED);
        bench.assertPaid(140);
    }

    @Test
    void what_is_taken_late_from_suspense_is_what_was_put_there_too() {
        Payout payout = secondAttempt();
        bench.apply(payout, 1, keeping("r1", 40));
        bench.apply(payout, 1, succeeded("r1"));
        bench.apply(payout, 1, charged("r9", 70));
        toReview(payout);
        bench.resolve(payout, Resolution.failed("Both are to come back"));

        bench.payouts().as("alice").resolve(payout.id(), PAID.reference("r9"));
        bench.payouts().as("bob").confirm(payout.id(), 2);

        bench.assertTotal(SUSPENSE, -5_060);
        bench.assertTotal(FEES, 110);
        bench.assertTotal(FLOAT, -10_170);
        bench.assertWallet(13_500, 0);
        bench.assertBooks();
    }

    /** Returns a payout whose first attempt was refused and whose second its provider has. */
    private Payout secondAttempt() {
        bench.engine(bench.provider("one").onSend(rejected(FailureReason.INSUFFICIENT_FLOAT), accepted("r2")));
        Payout payout = bench.request("p1");
        bench.run();
        bench.runAfter(SOON, payout);
        return payout;
    }

    private void toReview(Payout payout) {
        bench.apply(payout, 2, failed("r2"));
        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.REVIEW);
    }

    private static Outcome charged(String reference, long fee) {
        return new Outcome.Succeeded(reference, Particulars.NONE.chargedFee(tzs(fee)), Evidence.NONE);
    }

    private static Outcome keeping(String reference, long fee) {
        return new Outcome.Failed(reference, FailureReason.DECLINED, "E1", "no", Optional.of(tzs(fee)), Evidence.NONE);
    }
}
