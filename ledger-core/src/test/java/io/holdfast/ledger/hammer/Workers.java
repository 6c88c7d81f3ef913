package io.holdfast.ledger.hammer;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The processes that hammer: started, killed and started again. */
final class Workers implements AutoCloseable {

    static final int COUNT = 2;

    private static final String LOG_SUFFIX = ".log";

    private final String jdbcUrl;
    private final Path directory;
    private final Scenario scenario;
    private final List<Life> lives = new ArrayList<>();

    Workers(String jdbcUrl, Path directory, Scenario scenario) {
        this.jdbcUrl = jdbcUrl;
        this.directory = directory;
        this.scenario = scenario;
    }

    /** A worker between its start and its end. */
    private record Life(int number, int count, Process process, Path log) {}

    void start() throws IOException {
        for (int number = 1; number <= COUNT; number++) {
            lives.add(begin(number, 1));
        }
    }

    /** Kills a worker without a word and starts it again. */
    void kill(int index) throws IOException, InterruptedException {
        Life old = lives.get(index);
        old.process().destroyForcibly().waitFor();
        lives.set(index, begin(old.number(), old.count() + 1));
    }

    /** Returns what a worker said that ended before it was enough, or that saw what may not be. */
    Optional<String> complaint() throws IOException {
        for (Life life : lives) {
            if (!life.process().isAlive() && life.process().exitValue() != 0) {
                String log = Files.readString(life.log());
                return Optional.of("Worker " + life.number() + " ended with "
                        + life.process().exitValue() + ": " + log.substring(Math.max(0, log.indexOf(Worker.SEEN))));
            }
        }
        return Optional.empty();
    }

    /** Tells all that it is enough, and waits until they have ended; tells whether they did in time. */
    boolean haveEndedWithin(long seconds) throws IOException, InterruptedException {
        Files.createFile(directory.resolve(Worker.ENOUGH));
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        for (Life life : lives) {
            if (!life.process().waitFor(until - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() {
        lives.forEach(life -> life.process().destroyForcibly());
    }

    private Life begin(int number, int count) throws IOException {
        Path log = directory.resolve("worker-" + number + "-" + count + LOG_SUFFIX);
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Dorg.slf4j.simpleLogger.log.com.zaxxer.hikari=error",
                        "-cp",
                        classPath(),
                        Worker.class.getName(),
                        jdbcUrl,
                        directory.toString(),
                        Integer.toString(number),
                        Integer.toString(count),
                        Long.toString(scenario.seed()),
                        Long.toString(scenario.start().toEpochMilli()))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        return new Life(number, count, process, log);
    }

    /** The class path that tests run on, which the build tool may have hidden in the manifest of a jar. */
    private static String classPath() {
        return System.getProperty(
                "surefire.test.class.path", System.getProperty("java.class.path", File.pathSeparator));
    }
}
