package io.holdfast.provider.snippe;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.db.testing.TestDatabase;
import io.holdfast.payout.Payout;
import io.holdfast.payout.PayoutStatus;
import io.holdfast.provider.DoomedProcess;
import io.holdfast.provider.ProviderBench;
import io.holdfast.provider.Step;
import io.holdfast.sandbox.simulator.Fault;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Processors in processes of their own, killed at each step; another one finishes their work. */
class SnippeCrashTest {

    private static final TestDatabase DATABASE = TestDatabase.create();
    private static final Duration SOON = Duration.ofSeconds(10);

    private final ProviderBench bench = new ProviderBench(DATABASE, new PlayedSnippe());

    @AfterEach
    void stop() {
        bench.close();
    }

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    @ParameterizedTest
    @EnumSource(
            value = Step.class,
            names = {
                "BEFORE_THE_ATTEMPT",
                "BEFORE_THE_BYTES",
                "BEFORE_THE_ANSWER",
                "BEFORE_THE_OUTCOME",
                "AFTER_THE_OUTCOME"
            })
    void killed_while_it_sends(Step step) throws Exception {
        Payout payout = bench.request();

        DoomedProcess.killedAt(step, bench);
        bench.assertBooks();
        bench.assertWallet(13_500, 6_500);
        assertSettled(bench.runToTheEnd(payout));
    }

    @ParameterizedTest
    @EnumSource(
            value = Step.class,
            names = {"BEFORE_THE_BYTES", "BEFORE_THE_ANSWER", "BEFORE_THE_OUTCOME", "AFTER_THE_OUTCOME"})
    void killed_while_it_sends_the_same_bytes_again(Step step) throws Exception {
        bench.simulator.next(Fault.TIMEOUT_AFTER_EXECUTING);
        Payout payout = bench.request();
        bench.run();
        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.UNKNOWN);
        bench.simulator.advance(SOON);

        DoomedProcess.killedAt(step, bench);
        bench.assertBooks();
        bench.assertWallet(13_500, 6_500);
        assertSettled(bench.runToTheEnd(payout));
    }

    @ParameterizedTest
    @EnumSource(
            value = Step.class,
            names = {"BEFORE_THE_QUESTION", "BEFORE_THE_SETTLEMENT"})
    void killed_while_it_asks(Step step) throws Exception {
        Payout payout = bench.request();
        bench.run();
        bench.simulator.advance(SOON);

        DoomedProcess.killedAt(step, bench);
        bench.assertBooks();
        bench.assertWallet(13_500, 6_500);
        assertSettled(bench.runToTheEnd(payout));
    }

    @Test
    void killed_again_and_again() throws Exception {
        Payout payout = bench.request();

        for (Step step : new Step[] {
            Step.BEFORE_THE_ATTEMPT, Step.BEFORE_THE_BYTES, Step.BEFORE_THE_ANSWER, Step.BEFORE_THE_OUTCOME
        }) {
            DoomedProcess.killedAt(step, bench);
            bench.assertBooks();
            bench.simulator.advance(Duration.ofMinutes(10));
        }
        assertSettled(bench.runToTheEnd(payout));
    }

    private void assertSettled(Payout payout) {
        assertThat(payout.status()).isEqualTo(PayoutStatus.SUCCEEDED);
        assertThat(bench.creates().stream().distinct()).hasSize(1);
        bench.assertBooks();
        bench.assertPaidOnce();
    }
}
