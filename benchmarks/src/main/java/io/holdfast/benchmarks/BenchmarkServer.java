package io.holdfast.benchmarks;

import io.holdfast.sandbox.postgres.EmbeddedDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The server that contenders share: one that somebody names, or an embedded one, made for the run and deleted after it.
 *
 * <p>Commits of the embedded one are durable. It has log files to use again, as any server has that has been running for a
 * while: a new one writes each of its first files full of zeros before it uses it, which slows down most whoever writes
 * most.
 */
final class BenchmarkServer {

    /** A gigabyte of them: what PostgreSQL by its own settings uses between two checkpoints. */
    private static final int LOG_FILES = 64;

    private BenchmarkServer() {}

    /** What is done with a server, by its JDBC URL. */
    interface Work {
        void with(String jdbcUrl) throws Exception;
    }

    static void run(@Nullable String jdbcUrl, Work work) throws Exception {
        if (jdbcUrl != null) {
            work.with(jdbcUrl);
            return;
        }
        Path directory = Files.createTempDirectory("holdfast-benchmark");
        try (EmbeddedDatabase server = EmbeddedDatabase.open(directory)) {
            useLogFiles(server);
            work.with(server.jdbcUrl());
        } finally {
            EmbeddedDatabase.stop(directory);
            delete(directory);
        }
    }

    private static void useLogFiles(EmbeddedDatabase server) throws SQLException {
        try (Connection connection = server.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            for (int i = 0; i < LOG_FILES; i++) {
                statement.execute("select pg_logical_emit_message(false, 'benchmark', 'next file'), pg_switch_wal()");
            }
            statement.execute("checkpoint");
        }
    }

    private static void delete(Path directory) throws IOException {
        List<Path> files;
        try (Stream<Path> found = Files.walk(directory)) {
            files = found.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : files) {
            Files.delete(file);
        }
    }
}
