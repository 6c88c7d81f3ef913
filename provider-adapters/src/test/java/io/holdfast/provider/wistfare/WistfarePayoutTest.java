package io.holdfast.provider.wistfare;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.db.testing.TestDatabase;
import io.holdfast.payout.Payout;
import io.holdfast.payout.PayoutStatus;
import io.holdfast.payout.WebhookReceipt;
import io.holdfast.provider.ProviderBench;
import io.holdfast.sandbox.simulator.Fault;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Payouts from the wallet to the recipient, as far as Wistfare is not like the others: it is asked, never told twice. */
@Execution(ExecutionMode.CONCURRENT)
class WistfarePayoutTest {

    private static final TestDatabase DATABASE = TestDatabase.create();
    private static final Duration YEARS = Duration.ofDays(3_650);

    private final ProviderBench bench = new ProviderBench(DATABASE, new PlayedWistfare());

    @AfterEach
    void stop() {
        bench.close();
    }

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    @Test
    void a_payout_that_wistfare_makes_is_committed_with_its_fee() {
        Payout payout = bench.request();

        assertThat(bench.runToTheEnd(payout).status()).isEqualTo(PayoutStatus.SUCCEEDED);
        assertThat(bench.items(payout)).isEmpty();
        bench.assertPaidOnce();
    }

    @Test
    void what_wistfare_did_not_answer_is_found_in_its_list_by_our_reference() {
        bench.simulator.next(Fault.TIMEOUT_AFTER_EXECUTING, Fault.INVISIBLE_UNTIL_SETTLED);
        Payout payout = bench.request();

        assertThat(bench.runToTheEnd(payout).status()).isEqualTo(PayoutStatus.SUCCEEDED);
        bench.assertSameCreates(1);
        bench.assertPaidOnce();
    }

    @Test
    void a_call_about_what_wistfare_did_not_answer_makes_us_look_at_once_by_our_own_reference() {
        bench.simulator.next(Fault.TIMEOUT_AFTER_EXECUTING);
        Payout payout = bench.request();
        bench.run();
        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.UNKNOWN);
        bench.run();
        assertThat(bench.find(payout).status()).as("nothing is due yet").isEqualTo(PayoutStatus.UNKNOWN);

        WebhookReceipt receipt =
                bench.receiveUnsigned("{\"event\":\"disbursement.completed\",\"transaction_id\":\"disb_1\","
                        + "\"transaction_type\":\"disbursement\",\"status\":\"completed\",\"reference_id\":\""
                        + payout.id()
                        + "-1\"}");
        bench.run();

        assertThat(receipt.kind()).isEqualTo(WebhookReceipt.Kind.ASKING);
        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.PROCESSING);
        assertThat(bench.runToTheEnd(payout).status()).isEqualTo(PayoutStatus.SUCCEEDED);
        bench.assertPaidOnce();
    }

    @Test
    void what_is_not_in_the_list_is_not_sent_again_and_its_hold_stays() {
        bench.simulator.next(Fault.TIMEOUT_WITHOUT_EXECUTING);
        Payout payout = bench.request();

        bench.runToTheEnd(payout);
        Payout kept = bench.runAfter(YEARS, payout);

        assertThat(kept.status()).isEqualTo(PayoutStatus.REVIEW);
        bench.assertSameCreates(1);
        bench.assertWallet(13_500, 6_500);
    }

    @Test
    void a_refund_gives_everything_back() {
        bench.simulator.next(Fault.REVERSAL);
        Payout payout = bench.request();
        bench.runToTheEnd(payout);

        Payout reversed = bench.runAfter(Duration.ofHours(25), payout);

        assertThat(reversed.status()).isEqualTo(PayoutStatus.REVERSED);
        bench.assertWallet(20_000, 0);
        bench.assertFloatAgrees();
    }
}
