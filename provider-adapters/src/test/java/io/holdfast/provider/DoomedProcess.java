package io.holdfast.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Starts {@link DoomedProcessor}s in one process of their own and kills it. */
final class DoomedProcess {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private DoomedProcess() {}

    /**
     * A processor that is to die.
     *
     * @param bench whose payouts it works on; no two of one process have the same
     * @param step where it dies
     * @param provider at which of the providers
     */
    record Doomed(ProviderBench bench, Step step, String provider) {

        Doomed(ProviderBench bench, Step step) {
            this(bench, step, bench.first());
        }

        private int creates() {
            return bench.creates(provider).size();
        }
    }

    /** Lets each processor come to its step and kills the process that they share, as {@code kill -9} does. */
    static void kill(List<Doomed> doomed) throws IOException, InterruptedException {
        Map<Doomed, Integer> creates = new HashMap<>();
        doomed.stream()
                .filter(one -> one.step() == Step.BEFORE_THE_ANSWER)
                .forEach(one -> creates.put(one, one.creates() + 1));
        Process process = new ProcessBuilder(Stream.concat(
                                Stream.of(
                                        Path.of(System.getProperty("java.home"), "bin", "java")
                                                .toString(),
                                        "-XX:TieredStopAtLevel=1",
                                        "-XX:+UseSerialGC",
                                        "-Xshare:auto",
                                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
                                        "-cp",
                                        System.getProperty("java.class.path"),
                                        DoomedProcessor.class.getName()),
                                doomed.stream().flatMap(one -> one.bench().doom(one.step(), one.provider())))
                        .toList())
                .redirectErrorStream(true)
                .start();
        try {
            awaitStandstill(process, new HashSet<>(names(doomed)));
            creates.forEach((one, number) -> awaitCreate(number, one));
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private static List<String> names(List<Doomed> doomed) {
        return doomed.stream().map(one -> one.bench().ledger.name()).toList();
    }

    private static void awaitStandstill(Process process, Set<String> moving) throws IOException {
        StringBuilder said = new StringBuilder();
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            String line = output.readLine();
            while (line != null) {
                if (!line.startsWith(DoomedProcessor.STANDS_STILL)) {
                    said.append(line).append('\n');
                } else if (moving.remove(line.substring(DoomedProcessor.STANDS_STILL.length())) && moving.isEmpty()) {
                    return;
                }
                line = output.readLine();
            }
        }
        throw new AssertionError("The processors of " + moving + " ended before they were killed: " + said);
    }

    private static void awaitCreate(int number, Doomed doomed) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (doomed.creates() < number) {
            assertThat(System.nanoTime()).as("create " + number).isLessThan(end);
            Thread.onSpinWait();
        }
    }
}
