package io.holdfast.provider.zopay;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.db.testing.TestDatabase;
import io.holdfast.payout.Payout;
import io.holdfast.payout.PayoutItem;
import io.holdfast.payout.PayoutStatus;
import io.holdfast.provider.ProviderBench;
import io.holdfast.sandbox.simulator.Fault;
import io.holdfast.sandbox.simulator.RequestRecord;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Payouts from the wallet to the recipient, as far as Zopay is not like the others: it quotes first. */
@Execution(ExecutionMode.CONCURRENT)
class ZopayPayoutTest {

    private static final TestDatabase DATABASE = TestDatabase.create();

    private final ProviderBench bench = new ProviderBench(DATABASE, new PlayedZopay());

    @AfterEach
    void stop() {
        bench.close();
    }

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    @Test
    void a_payout_is_quoted_executed_and_committed_with_the_fees_of_its_quote() {
        Payout payout = bench.request();

        Payout paid = bench.runToTheEnd(payout);

        assertThat(paid.status()).isEqualTo(PayoutStatus.SUCCEEDED);
        assertThat(paid.toldOperator()).contains("MTN_MOMO");
        assertThat(bench.items(payout)).isEmpty();
        assertThat(requestsOf("/quote")).isEqualTo(1);
        bench.assertPaidOnce();
    }

    @Test
    void a_quote_whose_fee_is_no_money_keeps_nobody_from_being_paid_and_a_person_is_told_once() {
        bench.simulator.nextRead(Fault.FRACTION_OF_A_FEE);
        bench.simulator.next(Fault.FRACTION_OF_A_FEE);
        Payout payout = bench.request();

        Payout paid = bench.runToTheEnd(payout);

        assertThat(paid.status()).isEqualTo(PayoutStatus.SUCCEEDED);
        assertThat(bench.items(payout)).containsExactly(PayoutItem.Kind.UNLISTED_ANSWER);
        assertThat(bench.paid()).hasSize(1);
        bench.assertWallet(13_500, 0);
    }

    @Test
    void a_lost_answer_is_settled_by_the_same_quote_and_key_newly_signed() {
        bench.simulator.next(Fault.TIMEOUT_AFTER_EXECUTING);
        Payout payout = bench.request();

        assertThat(bench.runToTheEnd(payout).status()).isEqualTo(PayoutStatus.SUCCEEDED);
        bench.assertSameCreates(2);
        assertThat(bench.simulator.requests().stream()
                        .filter(request -> request.creation().isPresent())
                        .map(request -> request.request().header("x-zo-nonce").orElse(""))
                        .distinct())
                .hasSize(2);
        assertThat(requestsOf("/quote")).isEqualTo(1);
        bench.assertPaidOnce();
    }

    @Test
    void once_the_quote_has_expired_recipient_and_amount_are_looked_for_in_the_list() {
        bench.simulator.next(Fault.TIMEOUT_AFTER_EXECUTING);
        Payout payout = bench.request();
        bench.run();
        bench.simulator.hangUp();
        bench.runAfter(Duration.ofMinutes(16), payout);
        bench.simulator.listen();

        assertThat(bench.runToTheEnd(payout).status()).isEqualTo(PayoutStatus.SUCCEEDED);
        bench.assertSameCreates(1);
        assertThat(requestsOf("/quote")).isEqualTo(1);
        bench.assertPaidOnce();
    }

    @Test
    void a_quote_that_expires_before_anything_was_done_is_asked_for_anew_in_an_attempt_of_its_own() {
        bench.simulator.next(Fault.EXPIRED_QUOTE);
        Payout payout = bench.request();
        bench.run();
        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.PENDING);
        bench.simulator.advance(Duration.ofMinutes(20));

        Payout paid = bench.runToTheEnd(payout);

        assertThat(paid.status()).isEqualTo(PayoutStatus.SUCCEEDED);
        assertThat(paid.attempts()).hasSize(2);
        assertThat(requestsOf("/quote")).isEqualTo(2);
        bench.assertPaidOnce();
    }

    private long requestsOf(String end) {
        return bench.simulator.requests().stream()
                .map(RequestRecord::request)
                .filter(request -> request.path().endsWith(end))
                .count();
    }
}
