package io.holdfast.payout.engine;

import static io.holdfast.payout.engine.PayoutBench.accepted;
import static io.holdfast.payout.engine.PayoutBench.succeeded;
import static io.holdfast.payout.engine.PayoutBench.timeout;
import static io.holdfast.payout.engine.PayoutBench.tzs;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.db.testing.TestDatabase;
import io.holdfast.payout.Payout;
import io.holdfast.payout.PayoutStatus;
import io.holdfast.payout.Resolution;
import io.holdfast.payout.spi.Evidence;
import io.holdfast.payout.spi.Outcome;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of payouts in doubt at a provider that is no longer configured; with A 5,000, F 1,500 and P 100 of TZS. */
class GoneProviderTest {

    private static final TestDatabase DATABASE = TestDatabase.create();

    private final PayoutBench bench = new PayoutBench(DATABASE);

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void they_are_given_to_a_person_as_soon_as_any_other(boolean isAccepted) {
        Payout payout = inReview(isAccepted ? accepted("r1") : timeout());

        assertThat(payout.status()).isEqualTo(PayoutStatus.REVIEW);
        bench.assertWallet(13_500, 6_500);
    }

    @Test
    void two_persons_say_that_it_failed() {
        Payout payout = inReview(timeout());

        bench.resolve(payout, Resolution.failed("Their support says so"));

        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.FAILED);
        bench.assertWallet(20_000, 0);
    }

    @Test
    void or_that_it_was_paid_and_what_it_cost() {
        Payout payout = inReview(timeout());

        bench.resolve(
                payout,
                Resolution.succeeded("Their last statement").reference("r9").fee(tzs(100)));

        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.SUCCEEDED);
        bench.assertPaid(100);
    }

    @Test
    void what_a_provider_that_has_gone_since_had_not_taken_waits_with_nothing_sent() {
        bench.engine(bench.provider("one").onSend(new Outcome.NotExecuted(Optional.empty(), "busy", Evidence.NONE)));
        Payout payout = bench.request("p1");
        bench.run();
        bench.engine(bench.provider("two"));

        Payout waiting = bench.runAfter(Duration.ofHours(1), payout);

        assertThat(waiting.status()).isEqualTo(PayoutStatus.PENDING);
        assertThat(waiting.attempts().get(0).sends()).hasSize(1);
        bench.engine(bench.provider("one").onSend(succeeded("r1")));
        assertThat(bench.runAfter(Duration.ofDays(1), payout).status()).isEqualTo(PayoutStatus.SUCCEEDED);
        bench.assertPaid(100);
    }

    private Payout inReview(Outcome answer) {
        Payout payout = bench.sent(answer);
        bench.engine(bench.provider("two"));
        return bench.runAfter(Duration.ofDays(3), payout);
    }
}
