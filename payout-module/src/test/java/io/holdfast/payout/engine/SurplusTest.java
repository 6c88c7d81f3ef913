package io.holdfast.payout.engine;

import static io.holdfast.payout.engine.PayoutBench.accepted;
import static io.holdfast.payout.engine.PayoutBench.failed;
import static io.holdfast.payout.engine.PayoutBench.rejected;
import static io.holdfast.payout.engine.PayoutBench.reversed;
import static io.holdfast.payout.engine.PayoutBench.succeeded;
import static io.holdfast.payout.engine.PayoutBench.timeout;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.db.testing.TestDatabase;
import io.holdfast.payout.Payout;
import io.holdfast.payout.PayoutItem;
import io.holdfast.payout.PayoutStatus;
import io.holdfast.payout.spi.FailureReason;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What a provider says once it has paid more than once for a payout. */
class SurplusTest {

    private static final TestDatabase DATABASE = TestDatabase.create();
    private static final Duration SOON = Duration.ofSeconds(5);

    private final PayoutBench bench = new PayoutBench(DATABASE);

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    @Test
    void what_fails_beside_a_payment_in_suspense_releases_nothing() {
        bench.engine(bench.provider("one").onSend(rejected(FailureReason.INSUFFICIENT_FLOAT), accepted("r2")));
        Payout payout = bench.request("p1");
        bench.run();
        bench.runAfter(SOON, payout);
        bench.apply(payout, 1, succeeded("r1"));

        bench.apply(payout, 2, failed("r2"));

        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.REVIEW);
        assertThat(bench.items()).contains(PayoutItem.Kind.SUSPENSE, PayoutItem.Kind.CONTRADICTION);
        bench.assertWallet(13_500, 6_500);
        bench.assertTotal("liabilities:suspense:one", -5_100);
    }

    @Test
    void what_comes_back_of_a_payment_in_suspense_is_not_the_wallets() {
        Payout payout = bench.sent(succeeded("r1"));
        bench.apply(payout, 1, succeeded("r2"));

        bench.apply(payout, 1, reversed("r2", 5_000, 100));

        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.SUCCEEDED);
        assertThat(bench.items()).contains(PayoutItem.Kind.SUSPENSE, PayoutItem.Kind.CONTRADICTION);
        bench.assertWallet(13_500, 0);
        bench.assertTotal("liabilities:suspense:one", -5_100);
    }

    @Test
    void the_failure_of_a_payment_in_suspense_does_not_reverse_the_one_that_counts() {
        Payout payout = bench.sent(succeeded("r1"));
        bench.apply(payout, 1, succeeded("r2"));

        bench.apply(payout, 1, failed("r2"));

        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.SUCCEEDED);
        assertThat(bench.items()).contains(PayoutItem.Kind.SUSPENSE, PayoutItem.Kind.CONTRADICTION);
        bench.assertWallet(13_500, 0);
        bench.assertTotal("liabilities:suspense:one", -5_100);
    }

    @Test
    void nothing_is_sent_again_once_an_earlier_attempt_has_paid_after_all() {
        ScriptedProvider one =
                bench.provider("one").onSend(rejected(FailureReason.INSUFFICIENT_FLOAT), timeout(), timeout());
        bench.engine(one);
        Payout payout = bench.request("p1");
        bench.run();
        bench.runAfter(SOON, payout);
        bench.apply(payout, 1, succeeded("r1"));

        bench.runAfter(Duration.ofMinutes(2), payout);
        bench.runAfter(Duration.ofMinutes(30), payout);

        assertThat(one.sends()).hasSize(2);
        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.REVIEW);
        bench.assertWallet(13_500, 6_500);
        bench.assertTotal("liabilities:suspense:one", -5_100);
    }
}
