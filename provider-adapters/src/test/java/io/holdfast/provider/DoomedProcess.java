package io.holdfast.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.sandbox.simulator.Fault;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/** Starts a {@link DoomedProcessor} in a process of its own and kills it. */
public final class DoomedProcess {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private DoomedProcess() {}

    /** Lets a processor come to a step and kills it there, as {@code kill -9} does. */
    public static void killedAt(Step step, ProviderBench bench) throws Exception {
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
                        bench.jdbcUrl(),
                        bench.ledger.name(),
                        bench.simulator.baseUrl().toString(),
                        bench.clock.instant().toString(),
                        step.name(),
                        bench.played().getClass().getName())
                .redirectErrorStream(true)
                .start();
        try {
            awaitStandstill(process);
            if (step == Step.BEFORE_THE_ANSWER) {
                awaitCreate(creates + 1, bench);
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

    private static void awaitCreate(int number, ProviderBench bench) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (bench.creates().size() < number) {
            assertThat(System.nanoTime()).as("create " + number).isLessThan(end);
            Thread.sleep(10);
        }
    }
}
