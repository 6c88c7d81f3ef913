package io.holdfast.sandbox.postgres;

import io.holdfast.sandbox.postgres.DatabaseCreation.Durability;
import io.holdfast.sandbox.postgres.Watchdog.Afterwards;
import io.holdfast.sandbox.postgres.Watchdog.Orders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import javax.sql.DataSource;

/**
 * A PostgreSQL that needs no installation, kept in a directory.
 *
 * <p>The first {@link #open(Path)} of a directory creates the database (some seconds) and starts the server; every
 * later one, from any process, joins the running server. The server is a process of its own: it goes on when the
 * process that started it ends or is killed, and stops when nobody has used it for the idle time. What was committed is
 * never lost, whichever process is killed. Where the server itself was killed, the next {@code open} starts it again;
 * an object that was open before no longer reaches it.
 *
 * <p>The server listens on the loopback address only, on a port that may differ after each start, and asks for a
 * password that only the owner of the directory can read. The database is named {@code holdfast}, in UTF-8 with locale
 * C, and the login is a superuser.
 *
 * <p>Thread-safe.
 */
public final class EmbeddedDatabase implements AutoCloseable {

    /** How long a server stays up unused, unless {@link #open(Path, Duration, Consumer)} says otherwise. */
    public static final Duration DEFAULT_IDLE_TIME = Duration.ofMinutes(10);

    /** How soon the watchdog clears up after a process that ended without closing its temporary database. */
    private static final Duration TEMPORARY_IDLE_TIME = Duration.ofSeconds(2);

    private static final Duration IDLE_TIME_MIN = Duration.ofMillis(100);

    private final DatabaseDirectory directory;
    private final ServerFiles files;
    private final Endpoint endpoint;
    private final Afterwards afterwards;
    private final Uses.Use use;
    private final AtomicBoolean closed = new AtomicBoolean();

    private EmbeddedDatabase(
            DatabaseDirectory directory, ServerFiles files, Endpoint endpoint, Afterwards afterwards, Uses.Use use) {
        this.directory = directory;
        this.files = files;
        this.endpoint = endpoint;
        this.afterwards = afterwards;
        this.use = use;
    }

    private record Terms(Path serverFiles, Durability durability, Duration idleTime, Afterwards afterwards) {}

    /**
     * Opens the database of a directory, with the default idle time and without progress messages.
     *
     * @see #open(Path, Duration, Consumer)
     */
    public static EmbeddedDatabase open(Path directory) {
        return open(directory, DEFAULT_IDLE_TIME, message -> {});
    }

    /**
     * Opens the database of a directory: creates and starts it, or joins it where it runs.
     *
     * @param directory where it is kept, in a subdirectory {@code postgresql}; made if missing
     * @param idleTime how long the server stays up unused, at least 100 ms; counts for the process that starts it
     * @param progress is told, in the calling thread, what takes long
     * @throws IllegalArgumentException if the idle time is too short, or the directory's path contains a character that
     *     PostgreSQL's starter cannot pass on ({@code " $ ` \} or a line break)
     * @throws EmbeddedDatabaseException if the directory belongs to somebody else, this is root and there are no user
     *     namespaces, there are no PostgreSQL binaries for this platform, or the server does not start
     */
    public static EmbeddedDatabase open(Path directory, Duration idleTime, Consumer<String> progress) {
        if (idleTime.compareTo(IDLE_TIME_MIN) < 0) {
            throw new IllegalArgumentException(
                    "An idle time of " + idleTime + " is too short: at least " + IDLE_TIME_MIN);
        }
        DatabaseDirectory place = DatabaseDirectory.create(directory);
        Terms terms = new Terms(place.serverFiles(), Durability.KEPT, idleTime, Afterwards.KEEP);
        return place.locked(() -> join(place, terms, progress));
    }

    /**
     * Creates a database of its own for a demonstration or a test, in the system's temporary directory. {@link #close}
     * stops it and deletes it; if this process ends without, however it ends, that happens within some seconds. It
     * survives killed processes but no power failure (fsync is off).
     *
     * @throws EmbeddedDatabaseException as {@link #open(Path, Duration, Consumer)}
     */
    public static EmbeddedDatabase temporary() {
        DatabaseDirectory place = temporaryDirectory();
        return joinTemporary(place, place.serverFiles());
    }

    /**
     * As {@link #temporary()}, with PostgreSQL's programs kept in the given directory for the next time, which then
     * takes a second less. Several processes may share that directory.
     *
     * @throws EmbeddedDatabaseException as {@link #open(Path, Duration, Consumer)}
     */
    public static EmbeddedDatabase temporary(Path programs) {
        return joinTemporary(temporaryDirectory(), programs.toAbsolutePath().normalize());
    }

    /**
     * Stops the server of a directory, ending what its sessions are doing, and returns whether one was running.
     *
     * @throws EmbeddedDatabaseException if the directory belongs to somebody else or the server does not stop
     */
    public static boolean stop(Path directory) {
        if (!DatabaseDirectory.exists(directory)) {
            return false;
        }
        DatabaseDirectory place = DatabaseDirectory.create(directory);
        return place.locked(
                () -> stop(new Server(place), ServerArchive.unpackInto(place.serverFiles(), message -> {})));
    }

    /** Returns the JDBC URL, complete with login and password: do not log it. */
    public String jdbcUrl() {
        return endpoint.jdbcUrl();
    }

    /** Returns a source of plain connections, one new session each; put a pool before it where many are needed. */
    public DataSource dataSource() {
        return endpoint.dataSource();
    }

    /** Stops using the database; a temporary one is stopped and deleted. Closing again does nothing. */
    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        use.close();
        if (afterwards == Afterwards.DELETE) {
            stopAndDelete();
        }
    }

    @Override
    public String toString() {
        return "EmbeddedDatabase[" + directory + ", port " + endpoint.port() + "]";
    }

    /** The caller holds the directory's lock. */
    private static EmbeddedDatabase join(DatabaseDirectory directory, Terms terms, Consumer<String> progress) {
        Optional<Endpoint> running = new Server(directory).running();
        if (running.isEmpty()) {
            new Commands(directory.root()).requireOrdinaryUser();
        }
        ServerFiles files = ServerArchive.unpackInto(terms.serverFiles(), progress);
        Endpoint endpoint = running.orElseGet(() -> start(directory, files, terms.durability(), progress));
        Orders orders = new Orders(directory.parent(), files.home(), terms.idleTime(), terms.afterwards());
        // The watchdog's first look needs the lock too, so it finds the use.
        Watchdog.ensure(directory, orders);
        Uses.Use use = directory.uses().begin();
        return new EmbeddedDatabase(directory, files, endpoint, terms.afterwards(), use);
    }

    private static Endpoint start(
            DatabaseDirectory directory, ServerFiles files, Durability durability, Consumer<String> progress) {
        if (!Files.isDirectory(directory.data())) {
            progress.accept("Creating a PostgreSQL database in " + directory + " (first use only)");
            new DatabaseCreation(directory, durability).create(files);
        }
        progress.accept("Starting the PostgreSQL of " + directory);
        return new Server(directory).start(files);
    }

    private static EmbeddedDatabase joinTemporary(DatabaseDirectory directory, Path programs) {
        Terms terms = new Terms(programs, Durability.TEMPORARY, TEMPORARY_IDLE_TIME, Afterwards.DELETE);
        return directory.locked(() -> join(directory, terms, message -> {}));
    }

    private static DatabaseDirectory temporaryDirectory() {
        try {
            return DatabaseDirectory.create(Files.createTempDirectory("holdfast-"));
        } catch (IOException e) {
            throw new EmbeddedDatabaseException("Cannot make a temporary directory: " + e, e);
        }
    }

    private static boolean stop(Server server, ServerFiles files) {
        if (server.running().isEmpty()) {
            return false;
        }
        server.stop(files);
        return true;
    }

    private void stopAndDelete() {
        try {
            directory.locked(() -> {
                boolean stopped = stop(new Server(directory), files);
                FileTrees.delete(directory.parent());
                return stopped;
            });
        } catch (IOException e) {
            throw new EmbeddedDatabaseException("Cannot delete the temporary database in " + directory + ": " + e, e);
        }
    }
}
