package io.holdfast.sandbox.postgres;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A {@link DatabaseUser} running as a process of its own. */
final class UserProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    static final int WITHOUT_NAME = 54_321;

    private final Process process;
    private final Path output;

    private UserProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    static UserProcess start(Path directory, Duration idleTime, String task) throws IOException {
        return start(directory, idleTime, task, Map.of());
    }

    static UserProcess start(Path directory, Duration idleTime, String task, Map<String, String> environment)
            throws IOException {
        return start(List.of(), System.getProperty("java.class.path"), directory, idleTime, task, environment);
    }

    /**
     * Starts it as a user without a name, as containers do, with a copy of the class path that this user may read.
     *
     * @param home everybody's, for the copy and the database
     */
    static UserProcess startAsNobodyKnown(Path home, String task) throws IOException {
        Path lent = Files.createDirectory(home.resolve("lent"));
        List<String> copies = new ArrayList<>();
        for (String element : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            Path copy = lent.resolve(copies.size() + "-" + Path.of(element).getFileName());
            copyAll(Path.of(element), copy);
            copies.add(copy.toString());
        }
        List<String> prefix =
                List.of("setpriv", "--reuid=" + WITHOUT_NAME, "--regid=" + WITHOUT_NAME, "--clear-groups");
        return start(
                prefix,
                String.join(File.pathSeparator, copies),
                home.resolve("database"),
                Duration.ofSeconds(1),
                task,
                Map.of("HOME", home.toString()));
    }

    private static void copyAll(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Path copy = to.resolve(from.relativize(file).toString());
                Files.copy(file, copy);
                Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
        }
    }

    private static UserProcess start(
            List<String> prefix,
            String classPath,
            Path directory,
            Duration idleTime,
            String task,
            Map<String, String> environment)
            throws IOException {
        Path output = Files.createTempFile("database-user-", ".out");
        List<String> command = new ArrayList<>(prefix);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-cp", classPath, DatabaseUser.class.getName()));
        command.addAll(List.of(directory.toString(), idleTime.toString(), task));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        return new UserProcess(builder.start(), output);
    }

    /** Waits for the process to say that the database is open. */
    String awaitJdbcUrl() throws Exception {
        return await("open ");
    }

    /** Waits for a line with this beginning and returns the rest of it. */
    String await(String beginning) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            List<String> rest = linesAfter(beginning);
            if (!rest.isEmpty()) {
                return rest.get(0);
            }
            if (!process.isAlive() && linesAfter(beginning).isEmpty()) {
                throw new AssertionError("The process ended without \"" + beginning + "\": " + output());
            }
            Thread.sleep(20);
        }
        throw new AssertionError("No \"" + beginning + "\" in time: " + output());
    }

    /** Returns the rest of every complete line with this beginning. */
    List<String> linesAfter(String beginning) throws IOException {
        String text = output();
        List<String> found = new ArrayList<>();
        for (String line : text.substring(0, text.lastIndexOf('\n') + 1).split("\n", -1)) {
            if (line.startsWith(beginning)) {
                found.add(line.substring(beginning.length()));
            }
        }
        return found;
    }

    String output() throws IOException {
        return Files.readString(output);
    }

    int awaitExit() throws Exception {
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("The process does not end: " + output());
        }
        return process.exitValue();
    }

    /** Kills it as kill -9 does. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() throws IOException {
        kill();
        Files.deleteIfExists(output);
    }
}
