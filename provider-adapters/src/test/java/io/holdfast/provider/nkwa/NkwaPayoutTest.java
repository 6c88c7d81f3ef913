package io.holdfast.provider.nkwa;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.db.testing.TestDatabase;
import io.holdfast.payout.Payout;
import io.holdfast.payout.PayoutStatus;
import io.holdfast.provider.ProviderBench;
import io.holdfast.sandbox.simulator.Fault;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Payouts from the wallet to the recipient, as far as Nkwa is not like the others: it is never told twice. */
@Execution(ExecutionMode.CONCURRENT)
class NkwaPayoutTest {

    private static final TestDatabase DATABASE = TestDatabase.create();
    private static final Duration YEARS = Duration.ofDays(3_650);

    private final ProviderBench bench = new ProviderBench(DATABASE, new PlayedNkwa());

    @AfterEach
    void stop() {
        bench.close();
    }

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    @Test
    void a_payout_that_nkwa_makes_is_committed_with_its_fee() {
        Payout payout = bench.request();

        Payout paid = bench.runToTheEnd(payout);

        assertThat(paid.status()).isEqualTo(PayoutStatus.SUCCEEDED);
        assertThat(paid.toldOperator()).contains("mtn");
        assertThat(bench.items(payout)).isEmpty();
        bench.assertPaidOnce();
    }

    @ParameterizedTest
    @EnumSource(names = {"TIMEOUT_AFTER_EXECUTING", "TIMEOUT_WITHOUT_EXECUTING", "ERROR_500_AFTER_EXECUTING"})
    void what_nkwa_did_not_answer_is_for_a_person_and_is_sent_once_ever(Fault fault) {
        bench.simulator.next(fault);
        Payout payout = bench.request();

        Payout review = bench.runToTheEnd(payout);
        assertThat(review.status()).isEqualTo(PayoutStatus.REVIEW);
        Payout kept = bench.runAfter(YEARS, payout);

        assertThat(kept.status()).isEqualTo(PayoutStatus.REVIEW);
        bench.assertSameCreates(1);
        bench.assertWallet(13_500, 6_500);
    }

    @Test
    void too_many_requests_and_a_refused_connection_cost_only_time() {
        bench.simulator.hangUp();
        Payout payout = bench.request();
        bench.run();
        bench.simulator.listen();
        bench.simulator.next(Fault.RATE_LIMITED);

        Payout paid = bench.runToTheEnd(payout);

        assertThat(paid.status()).isEqualTo(PayoutStatus.SUCCEEDED);
        bench.assertSameCreates(2);
        bench.assertPaidOnce();
    }

    @Test
    void a_failure_gives_amount_and_fee_back() {
        bench.simulator.next(Fault.LATE_FAILURE);
        Payout payout = bench.request();

        assertThat(bench.runToTheEnd(payout).status()).isEqualTo(PayoutStatus.FAILED);
        bench.assertNothingPaid();
    }
}
