package io.holdfast.provider.snippe;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.db.testing.TestDatabase;
import io.holdfast.payout.Payout;
import io.holdfast.payout.PayoutStatus;
import io.holdfast.sandbox.simulator.Fault;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
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
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final SnippeBench bench = new SnippeBench(DATABASE);

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

        killedAt(step);
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

        killedAt(step);
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

        killedAt(step);
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
            killedAt(step);
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

    /** Lets a processor come to a step and kills it there, as {@code kill -9} does. */
    private void killedAt(Step step) throws Exception {
        int creates = bench.creates().size();
        if (step == Step.BEFORE_THE_ANSWER) {
            bench.simulator.next(Fault.TIMEOUT_AFTER_EXECUTING);
        }
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
                        "-cp",
                        System.getProperty("java.class.path"),
                        DoomedProcessor.class.getName(),
                        DATABASE.jdbcUrl(),
                        bench.ledger.name(),
                        bench.simulator.baseUrl().toString(),
                        bench.clock.instant().toString(),
                        step.name())
                .redirectErrorStream(true)
                .start();
        try {
            awaitStandstill(process);
            if (step == Step.BEFORE_THE_ANSWER) {
                awaitCreate(creates + 1);
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private static void awaitStandstill(Process process) throws IOException {
        StringBuilder said = new StringBuilder();
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            String line = output.readLine();
            while (line != null) {
                if (line.equals(DoomedProcessor.STANDS_STILL)) {
                    return;
                }
                said.append(line).append('\n');
                line = output.readLine();
            }
        }
        throw new AssertionError("The processor ended before it was killed: " + said);
    }

    private void awaitCreate(int number) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (bench.creates().size() < number) {
            assertThat(System.nanoTime()).as("create " + number).isLessThan(end);
            Thread.sleep(10);
        }
    }
}
