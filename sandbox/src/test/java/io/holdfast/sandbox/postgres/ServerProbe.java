package io.holdfast.sandbox.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What tests look at from outside: the server's process and what the database answers. */
final class ServerProbe {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private ServerProbe() {}

    /** A question asked until it is answered with yes. */
    interface Condition {
        boolean holds() throws Exception;
    }

    static void eventually(String what, Condition condition) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("Not in time: " + what);
            }
            Thread.sleep(50);
        }
    }

    static Optional<ProcessHandle> postmaster(Path directory) throws IOException {
        Path data = directory.resolve("postgresql/data");
        return PostmasterFile.read(data)
                .filter(file -> file.mayBeAlive(data))
                .flatMap(file -> ProcessHandle.of(file.processId()));
    }

    static boolean isUp(Path directory) throws IOException {
        return postmaster(directory).isPresent();
    }

    static Optional<ProcessHandle> watchdog(Path directory) throws IOException {
        String path = directory.toRealPath().toString();
        return ProcessHandle.allProcesses()
                .filter(process -> process.info()
                        .arguments()
                        .map(List::of)
                        .map(list -> list.contains(Watchdog.class.getName()) && list.contains(path))
                        .orElse(false))
                .findFirst();
    }

    static void killAndWait(ProcessHandle process) {
        process.destroyForcibly();
        process.onExit().join();
    }

    static String ask(String jdbcUrl, String question) throws SQLException {
        try (Connection connection = DriverManager.getConnection(jdbcUrl);
                Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery(question)) {
            answer.next();
            return answer.getString(1);
        }
    }

    static List<String> askAll(String jdbcUrl, String question) throws SQLException {
        try (Connection connection = DriverManager.getConnection(jdbcUrl);
                Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery(question)) {
            List<String> answers = new ArrayList<>();
            while (answer.next()) {
                answers.add(answer.getString(1));
            }
            return answers;
        }
    }

    /** Puts the programs that other tests have unpacked where a new database of this directory looks for them. */
    static void lendPrograms(Path programs, Path directory) throws IOException {
        Path root = Files.createDirectories(directory.resolve("postgresql"));
        Files.createSymbolicLink(root.resolve("server"), programs);
    }

    /** Stops what a test has started, and takes back the programs. */
    static void stop(Path directory) throws Exception {
        EmbeddedDatabase.stop(directory);
        eventually(
                "the watchdog ends with its server", () -> watchdog(directory).isEmpty());
        Path programs = directory.resolve("postgresql/server");
        if (Files.isSymbolicLink(programs)) {
            Files.delete(programs);
        }
    }
}
