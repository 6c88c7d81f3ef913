package io.holdfast.payout.engine;

import static io.holdfast.payout.engine.PayoutBench.accepted;
import static io.holdfast.payout.engine.PayoutBench.rejected;
import static io.holdfast.payout.engine.PayoutBench.reversed;
import static io.holdfast.payout.engine.PayoutBench.succeeded;
import static io.holdfast.payout.engine.PayoutBench.timeout;
import static io.holdfast.payout.engine.PayoutBench.tzs;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.db.testing.TestDatabase;
import io.holdfast.ledger.Currency;
import io.holdfast.ledger.Money;
import io.holdfast.payout.Payout;
import io.holdfast.payout.PayoutItem;
import io.holdfast.payout.PayoutStatus;
import io.holdfast.payout.spi.Evidence;
import io.holdfast.payout.spi.FailureReason;
import io.holdfast.payout.spi.FeeMode;
import io.holdfast.payout.spi.Outcome;
import io.holdfast.payout.spi.Particulars;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What a provider charges and gives back is told in cumulative figures, and booked once; A 5,000, F 1,500 and P 100. */
class CumulativeFiguresTest {

    private static final TestDatabase DATABASE = TestDatabase.create();
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final Money SHILLINGS_OF_KENYA = Money.of(Currency.of("KES"), "5000");

    private final PayoutBench bench = new PayoutBench(DATABASE);

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    @Test
    void less_than_came_back_before_is_a_contradiction() {
        Payout payout = paid();
        bench.apply(payout, 1, reversed("r1", 3_000, 0));

        bench.apply(payout, 1, reversed("r1", 2_000, 100));

        assertContradiction();
        bench.assertWallet(16_500, 0);
        bench.assertTotal("expenses:provider-fees:one", 100);
    }

    @Test
    void a_fee_that_is_told_again_under_another_fee_mode_is_not_booked_anew() {
        Payout payout = paid();

        bench.engine(bench.provider(FeeMode.DEDUCTED, "one", ways -> ways)).apply(payout, 1, succeeded("r1"));

        bench.assertPaid(100);
        assertThat(bench.items()).isEmpty();
    }

    @Test
    void less_of_the_fee_than_came_back_before_is_a_contradiction() {
        Payout payout = paid();
        bench.apply(payout, 1, reversed("r1", 3_000, 100));

        bench.apply(payout, 1, reversed("r1", 4_000, 50));

        assertContradiction();
        bench.assertWallet(16_500, 0);
        bench.assertTotal("expenses:provider-fees:one", 0);
    }

    @Test
    void a_fee_that_comes_back_after_the_amount_is_booked_alone() {
        Payout payout = paid();
        bench.apply(payout, 1, reversed("r1", 2_000, 0));

        bench.apply(payout, 1, reversed("r1", 2_000, 100));

        bench.assertWallet(15_500, 0);
        bench.assertTotal("expenses:provider-fees:one", 0);
        bench.assertTotal("assets:providers:one:float", -3_000);
        assertThat(bench.items()).isEmpty();
    }

    @Test
    void more_than_was_paid_or_another_currency_does_not_come_back() {
        Payout payout = paid();

        bench.apply(payout, 1, reversed("r1", 5_001, 0));
        bench.apply(payout, 1, new Outcome.Reversed("r1", SHILLINGS_OF_KENYA, Optional.empty(), Evidence.NONE));

        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.SUCCEEDED);
        assertThat(bench.items()).containsExactly(PayoutItem.Kind.CONTRADICTION, PayoutItem.Kind.CONTRADICTION);
        bench.assertPaid(100);
    }

    @Test
    void nor_does_it_of_what_was_not_seen_to_succeed_which_is_for_a_person_then() {
        Payout payout = bench.sent(accepted("r1"));

        bench.apply(payout, 1, reversed("r1", 5_001, 0));
        bench.apply(payout, 1, new Outcome.Reversed("r1", SHILLINGS_OF_KENYA, Optional.empty(), Evidence.NONE));

        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.REVIEW);
        bench.assertWallet(13_500, 6_500);
    }

    @Test
    void what_a_provider_says_came_back_of_a_send_that_never_left_is_not_sent_again() {
        ScriptedProvider one = bench.provider("one").onSend(new Outcome.NotSent("no route to host"));
        bench.engine(one);
        Payout payout = bench.request("p1");
        bench.run();

        bench.apply(payout, 1, reversed("r1", 5_001, 0));
        bench.runAfter(SOON, payout);

        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.REVIEW);
        assertThat(one.sends()).hasSize(1);
        bench.assertWallet(13_500, 6_500);
    }

    @Test
    void a_fee_in_another_currency_that_is_kept_for_a_failure_is_for_a_person() {
        Payout payout = bench.sent(accepted("r1"));

        bench.apply(payout, 1, failedKeeping("r1", SHILLINGS_OF_KENYA));

        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.FAILED);
        assertForeignFee(
                "one says that it kept for r1 a fee of KES 5000.00, which is not booked: the payout is in TZS");
        bench.assertNothingPaid();
    }

    @Test
    void so_is_one_that_is_kept_of_what_had_been_paid() {
        Payout payout = paid();

        bench.apply(payout, 1, failedKeeping("r1", SHILLINGS_OF_KENYA));

        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.REVERSED);
        assertForeignFee(
                "one says that it kept for r1 a fee of KES 5000.00, which is not booked: the payout is in TZS");
        bench.assertTotal("expenses:provider-fees:one", 100);
    }

    @Test
    void so_is_one_that_came_back() {
        Payout payout = paid();

        bench.apply(payout, 1, new Outcome.Reversed("r1", tzs(5_000), Optional.of(SHILLINGS_OF_KENYA), Evidence.NONE));

        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.REVERSED);
        assertForeignFee(
                "one says that it gave back for r1 a fee of KES 5000.00, which is not booked: the payout is in TZS");
        bench.assertTotal("expenses:provider-fees:one", 100);
    }

    private static Outcome failedKeeping(String reference, Money fee) {
        return new Outcome.Failed(reference, FailureReason.DECLINED, "", "", Optional.of(fee), Evidence.NONE);
    }

    private void assertForeignFee(String detail) {
        assertThat(bench.payouts().items(100, 0)).singleElement().satisfies(item -> {
            assertThat(item.kind()).isEqualTo(PayoutItem.Kind.FEE_DIFFERS);
            assertThat(item.detail()).isEqualTo(detail);
        });
    }

    @Test
    void no_more_of_a_fee_comes_back_than_was_charged() {
        Payout payout = paid();

        bench.apply(payout, 1, reversed("r1", 5_000, 300));

        bench.assertNothingPaid();
    }

    @Test
    void what_is_not_told_of_a_fee_or_told_in_another_currency_leaves_it_as_it_was() {
        Payout payout = paid();
        bench.apply(payout, 1, new Outcome.Reversed("r1", tzs(1_000), Optional.empty(), Evidence.NONE));
        bench.assertTotal("expenses:provider-fees:one", 100);
        bench.apply(payout, 1, new Outcome.Reversed("r1", tzs(2_000), Optional.of(SHILLINGS_OF_KENYA), Evidence.NONE));
        bench.assertTotal("expenses:provider-fees:one", 100);
        bench.apply(payout, 1, reversed("r1", 3_000, 60));

        bench.apply(payout, 1, new Outcome.Reversed("r1", tzs(5_000), Optional.empty(), Evidence.NONE));

        bench.assertWallet(20_000, 0);
        bench.assertTotal("expenses:provider-fees:one", 40);
        bench.assertTotal("assets:providers:one:float", -40);
    }

    @Test
    void what_a_provider_keeps_for_what_failed_after_success_stays_booked() {
        Payout payout = paid();

        bench.apply(payout, 1, failedKeeping(tzs(40)));

        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.REVERSED);
        bench.assertWallet(20_000, 0);
        bench.assertTotal("expenses:provider-fees:one", 40);
    }

    @Test
    void it_keeps_no_more_than_it_charged_and_nothing_in_another_currency() {
        Payout first = paid();
        bench.apply(first, 1, failedKeeping(tzs(300)));
        assertThat(bench.find(first).status()).isEqualTo(PayoutStatus.REVERSED);
        bench.assertTotal("expenses:provider-fees:one", 100);
        bench.engine(bench.provider("one").onSend(succeeded("r2")));
        Payout second = bench.request("p2");
        bench.run();

        bench.apply(
                second,
                1,
                new Outcome.Failed(
                        "r2", FailureReason.DECLINED, "E1", "no", Optional.of(SHILLINGS_OF_KENYA), Evidence.NONE));

        assertThat(bench.find(second).status()).isEqualTo(PayoutStatus.REVERSED);
        bench.assertWallet(20_000, 0);
        bench.assertTotal("expenses:provider-fees:one", 200);
    }

    @Test
    void what_failed_or_came_back_under_a_second_reference_is_not_what_settled_the_payout() {
        Payout payout = paid();

        bench.apply(payout, 1, PayoutBench.failed("r9"));
        bench.apply(payout, 1, reversed("r8", 5_000, 100));

        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.SUCCEEDED);
        assertContradiction();
        bench.assertPaid(100);
    }

    @Test
    void what_comes_back_of_an_attempt_that_paid_beside_another_stands_in_suspense() {
        bench.engine(bench.provider("one").onSend(rejected(FailureReason.INSUFFICIENT_FLOAT), accepted("r2")));
        Payout payout = bench.request("p1");
        bench.run();
        bench.runAfter(SOON, payout);

        bench.apply(payout, 1, reversed("r1", 5_000, 100));
        bench.apply(payout, 1, reversed("r9", 5_000, 100));

        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.PROCESSING);
        assertThat(bench.items()).contains(PayoutItem.Kind.SUSPENSE, PayoutItem.Kind.CONTRADICTION);
        bench.assertWallet(13_500, 6_500);
        bench.assertTotal("assets:providers:one:float", -5_000);
        bench.assertTotal("liabilities:suspense:one", -5_000);
    }

    @Test
    void nothing_more_is_booked_once_all_of_it_has_come_back() {
        Payout payout = paid();
        bench.apply(payout, 1, reversed("r1", 5_000, 0));

        bench.apply(payout, 1, reversed("r1", 5_000, 100));
        bench.apply(payout, 1, succeeded("r1"));
        bench.apply(payout, 1, charged(200));

        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.REVERSED);
        assertContradiction();
        bench.assertWallet(20_000, 0);
        bench.assertTotal("expenses:provider-fees:one", 100);
        bench.assertTotal("assets:providers:one:float", -100);
    }

    @Test
    void less_of_a_fee_than_has_come_back_is_not_what_was_charged() {
        Payout payout = paid();
        bench.apply(payout, 1, reversed("r1", 2_000, 60));

        bench.apply(payout, 1, charged(59));

        bench.assertTotal("expenses:provider-fees:one", 40);
        bench.assertWallet(15_500, 0);
    }

    @Test
    void a_fee_that_was_kept_for_a_failure_is_part_of_what_a_late_success_costs() {
        Payout payout = bench.sent(timeout());
        bench.apply(payout, 1, failedKeeping(tzs(40)));
        bench.assertTotal("expenses:provider-fees:one", 40);

        bench.apply(payout, 1, succeeded("r1"));

        assertThat(bench.find(payout).late()).isTrue();
        bench.assertPaid(100);
        bench.apply(payout, 1, succeeded("r1"));
        bench.assertPaid(100);
    }

    @Test
    void a_fee_that_was_kept_for_an_attempt_is_part_of_what_it_costs_in_suspense() {
        bench.engine(bench.provider("one").onSend(rejected(FailureReason.INSUFFICIENT_FLOAT), accepted("r2")));
        Payout payout = bench.request("p1");
        bench.run();
        bench.runAfter(SOON, payout);
        bench.apply(payout, 1, failedKeeping(tzs(40)));

        bench.apply(payout, 1, succeeded("r1"));

        bench.assertTotal("assets:providers:one:float", -5_100);
        bench.assertTotal("expenses:provider-fees:one", 40);
        bench.assertTotal("liabilities:suspense:one", -5_060);
    }

    private void assertContradiction() {
        assertThat(bench.items()).contains(PayoutItem.Kind.CONTRADICTION);
    }

    private static Outcome charged(long fee) {
        return new Outcome.Succeeded("r1", Particulars.NONE.chargedFee(tzs(fee)), Evidence.NONE);
    }

    /** Returns the failure of r1, for which the provider keeps a fee. */
    private static Outcome failedKeeping(Money fee) {
        return new Outcome.Failed("r1", FailureReason.DECLINED, "E1", "no", Optional.of(fee), Evidence.NONE);
    }

    private Payout paid() {
        Payout payout = bench.sent(succeeded("r1"));
        bench.assertPaid(100);
        return payout;
    }
}
