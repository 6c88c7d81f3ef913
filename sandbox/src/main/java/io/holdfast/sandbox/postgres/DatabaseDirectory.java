package io.holdfast.sandbox.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;

/** Where everything of one embedded PostgreSQL lies: {@code postgresql/} in the directory that the user named. */
final class DatabaseDirectory {

    private static final String NAME = "postgresql";
    private static final Duration LOCK_PATIENCE = Duration.ofMinutes(3);
    private static final List<String> BEYOND_SHELL_QUOTING = List.of("\"", "$", "`", "\\", "\n");

    private final Path root;

    private DatabaseDirectory(Path root) {
        this.root = root;
    }

    /** Returns the place in the directory, made if it is not there, readable by its owner only. */
    static DatabaseDirectory create(Path directory) {
        try {
            Files.createDirectories(directory);
            Path root = directory.toRealPath().resolve(NAME);
            requireQuotable(root);
            if (!Files.isDirectory(root)) {
                Files.createDirectories(
                        root, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
            requireOwner(root);
            return new DatabaseDirectory(root);
        } catch (IOException e) {
            throw unusable(directory, e);
        }
    }

    /** Returns whether there is such a place in the directory. */
    static boolean exists(Path directory) {
        return Files.isDirectory(directory.resolve(NAME));
    }

    /** Does the work while this process is the only one that starts, joins or stops the server. */
    <T, E extends Exception> T locked(ExclusiveFile.Work<T, E> work) throws E {
        return ExclusiveFile.holding(root.resolve("lock"), LOCK_PATIENCE, work);
    }

    Path root() {
        return root;
    }

    /** Returns the directory that the user named. */
    Path parent() {
        return root.resolveSibling(".").normalize();
    }

    Path serverFiles() {
        return root.resolve("server");
    }

    Path data() {
        return root.resolve("data");
    }

    Path password() {
        return root.resolve("password");
    }

    Path log() {
        return root.resolve("server.log");
    }

    Uses uses() {
        return new Uses(root.resolve("uses"));
    }

    Path watchdogLock() {
        return root.resolve("watchdog.lock");
    }

    Path watchdogLog() {
        return root.resolve("watchdog.log");
    }

    @Override
    public String toString() {
        return root.toString();
    }

    private static void requireOwner(Path root) throws IOException {
        long owner = ((Number) Files.getAttribute(root, "unix:uid", LinkOption.NOFOLLOW_LINKS)).longValue();
        long user = Commands.userId();
        if (owner != user) {
            throw new EmbeddedDatabaseException(root + " belongs to "
                    + Files.getOwner(root).getName() + " (uid " + owner
                    + ") and this process runs as uid " + user + ": PostgreSQL serves a directory only to its owner,"
                    + " root included. Run as that user, or use another directory");
        }
    }

    /** PostgreSQL's starter hands paths to a shell between double quotes. */
    private static void requireQuotable(Path root) {
        for (String character : BEYOND_SHELL_QUOTING) {
            if (root.toString().contains(character)) {
                throw new IllegalArgumentException(
                        "PostgreSQL cannot be kept in " + root + ": the path must not contain " + character);
            }
        }
    }

    private static EmbeddedDatabaseException unusable(Path directory, IOException cause) {
        return new EmbeddedDatabaseException(
                "Cannot use " + directory + " for an embedded PostgreSQL: " + cause
                        + ". Choose a directory this user may write to",
                cause);
    }
}
