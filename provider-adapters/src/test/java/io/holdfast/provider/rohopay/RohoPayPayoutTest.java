package io.holdfast.provider.rohopay;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.db.testing.TestDatabase;
import io.holdfast.payout.Payout;
import io.holdfast.payout.PayoutItem;
import io.holdfast.payout.PayoutStatus;
import io.holdfast.provider.ProviderBench;
import io.holdfast.sandbox.simulator.Fault;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Payouts from the wallet to the recipient, as far as RohoPay is not like the others. */
@Execution(ExecutionMode.CONCURRENT)
class RohoPayPayoutTest {

    private static final TestDatabase DATABASE = TestDatabase.create();
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration HOUR = Duration.ofHours(1);

    private final ProviderBench bench = new ProviderBench(DATABASE, new PlayedRohoPay());

    @AfterEach
    void stop() {
        bench.close();
    }

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    @Test
    void a_payout_that_rohopay_makes_is_committed_with_its_commission() {
        Payout payout = bench.request();

        Payout paid = bench.runToTheEnd(payout);

        assertThat(paid.status()).isEqualTo(PayoutStatus.SUCCEEDED);
        assertThat(paid.toldOperator())
                .as("its provider is whom RohoPay itself goes through, no mobile operator")
                .isEmpty();
        assertThat(bench.items(payout)).isEmpty();
        bench.assertPaidOnce();
    }

    @Test
    void the_window_for_the_same_bytes_is_counted_from_the_first_send() {
        bench.simulator.next(Fault.TIMEOUT_WITHOUT_EXECUTING);
        Payout payout = bench.request();
        bench.run();
        for (int resend = 1; resend <= 3; resend++) {
            bench.simulator.next(Fault.TIMEOUT_WITHOUT_EXECUTING);
            bench.runAfter(HOUR.multipliedBy(7), payout);
        }
        assertThat(bench.creates()).hasSize(4);

        bench.runAfter(HOUR.multipliedBy(4), payout);
        Payout kept = bench.runAfter(DAY.multipliedBy(3_650), payout);

        assertThat(kept.status()).isEqualTo(PayoutStatus.REVIEW);
        bench.assertSameCreates(4);
        assertThat(bench.paid()).isEmpty();
        bench.assertWallet(13_500, 6_500);
    }

    @Test
    void once_rohopay_has_forgotten_the_key_recipient_and_amount_are_looked_for_in_its_list() {
        bench.simulator.next(Fault.TIMEOUT_AFTER_EXECUTING);
        Payout payout = bench.request();
        bench.run();
        bench.simulator.hangUp();
        bench.runAfter(DAY.plusMinutes(1), payout);
        bench.simulator.listen();

        Payout settled = bench.runAfter(HOUR.multipliedBy(7), payout);

        assertThat(settled.status()).isEqualTo(PayoutStatus.SUCCEEDED);
        bench.assertSameCreates(1);
        bench.assertPaidOnce();
    }

    @Test
    void a_second_operator_behind_rohopay_is_shown_to_a_person() {
        bench.simulator.next(Fault.SECOND_OPERATOR, Fault.PAID_TWICE);
        Payout payout = bench.request();

        Payout paid = bench.runToTheEnd(payout);

        assertThat(paid.status()).isEqualTo(PayoutStatus.SUCCEEDED);
        assertThat(bench.paid()).as("what RohoPay alone can see").hasSize(2);
        assertThat(bench.items(payout)).containsExactly(PayoutItem.Kind.SECOND_OPERATOR);
    }

    @Test
    void what_rohopay_pays_after_it_had_failed_is_taken_from_the_wallet_late() {
        bench.simulator.next(Fault.TIMEOUT_AFTER_EXECUTING, Fault.LATE_SUCCESS);
        Payout payout = bench.request();

        bench.run();
        bench.runAfter(Duration.ofMinutes(1), payout);
        Payout failed = bench.runAfter(Duration.ofMinutes(1), payout);
        assertThat(failed.status()).isEqualTo(PayoutStatus.FAILED);
        bench.assertWallet(20_000, 0);
        Payout late = bench.runAfter(DAY.plus(HOUR), payout);

        assertThat(late.status()).isEqualTo(PayoutStatus.SUCCEEDED);
        assertThat(bench.items(payout)).containsExactly(PayoutItem.Kind.LATE_SUCCESS);
        bench.assertPaidOnce();
    }

    @Test
    void an_amount_that_rohopay_understood_a_hundredfold_is_for_a_person() {
        bench.simulator.next(Fault.WRONG_AMOUNT);
        Payout payout = bench.request();

        Payout review = bench.runToTheEnd(payout);

        assertThat(review.status()).isEqualTo(PayoutStatus.REVIEW);
        assertThat(bench.items(payout)).contains(PayoutItem.Kind.MISMATCH);
        bench.assertWallet(13_500, 6_500);
    }
}
