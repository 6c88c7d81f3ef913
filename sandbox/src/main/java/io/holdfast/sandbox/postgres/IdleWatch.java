package io.holdfast.sandbox.postgres;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;

/**
 * Watches a server until it has been idle for long enough, and stops it. Every look is under the directory's lock, so
 * no command comes in between the look and the stop; between looks it waits inside the server, so the end of the
 * server ends the wait.
 */
final class IdleWatch {

    private static final Duration LOOK_EVERY_MAX = Duration.ofSeconds(5);
    private static final Duration LOOK_EVERY_MIN = Duration.ofMillis(100);
    private static final int LOOKS_PER_IDLE_TIME = 4;
    private static final double MILLIS_PER_SECOND = 1_000.0;

    private final DatabaseDirectory directory;
    private final Watchdog.Orders orders;
    private final FileChannel ownLock;
    private final Server server;
    private final Uses uses;
    private long idleSinceNanos;
    private FileTime lastChange = FileTime.fromMillis(0);

    /** The channel holds the lock that says a watchdog is there; it is closed when the watch ends. */
    IdleWatch(DatabaseDirectory directory, Watchdog.Orders orders, FileChannel ownLock) {
        this.directory = directory;
        this.orders = orders;
        this.ownLock = ownLock;
        this.server = new Server(directory);
        this.uses = directory.uses();
    }

    void watch() throws IOException {
        Optional<Endpoint> endpoint = runningOrLeave();
        while (endpoint.isPresent()) {
            watch(endpoint.get());
            endpoint = runningOrLeave();
        }
    }

    /**
     * Returns the server, or empty after giving up the watch. Giving up under the directory's lock lets whoever starts
     * the next server see either no watchdog or one that stays.
     */
    private Optional<Endpoint> runningOrLeave() throws IOException {
        if (!Files.isDirectory(directory.root())) {
            return Optional.empty();
        }
        return directory.locked(() -> {
            Optional<Endpoint> endpoint = server.running();
            if (endpoint.isEmpty()) {
                leave();
            }
            return endpoint;
        });
    }

    private void leave() throws IOException {
        ownLock.close();
        if (orders.afterwards() == Watchdog.Afterwards.DELETE && !uses.anyAlive()) {
            FileTrees.delete(directory.parent());
        }
    }

    private void watch(Endpoint endpoint) throws IOException {
        noteUse();
        try (Connection connection = endpoint.connectForMaintenance()) {
            boolean running = true;
            while (running) {
                waitInServer(connection);
                boolean sessions = hasSessions(connection);
                running = directory.locked(() -> runsOnOrStop(sessions));
            }
        } catch (SQLException e) {
            // The server ended, or is at its limit of sessions: look again for one.
            noteUse();
        }
    }

    /** Returns whether the server still runs. The caller holds the directory's lock. */
    private boolean runsOnOrStop(boolean sessions) throws IOException {
        if (!uses.lastChanged().equals(lastChange) || uses.anyAlive() || sessions) {
            noteUse();
            return true;
        }
        if (System.nanoTime() - idleSinceNanos < orders.idleTime().toNanos()) {
            return true;
        }
        server.stop(new ServerFiles(orders.serverHome()));
        return false;
    }

    private void noteUse() throws IOException {
        idleSinceNanos = System.nanoTime();
        lastChange = uses.lastChanged();
    }

    private boolean hasSessions(Connection connection) throws SQLException {
        if (orders.afterwards() == Watchdog.Afterwards.DELETE) {
            return false;
        }
        try (Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery("select exists(select from pg_stat_activity"
                        + " where backend_type = 'client backend' and pid <> pg_backend_pid())")) {
            return answer.next() && answer.getBoolean(1);
        }
    }

    private void waitInServer(Connection connection) throws SQLException {
        Duration wanted = orders.idleTime().dividedBy(LOOKS_PER_IDLE_TIME);
        Duration wait = wanted.compareTo(LOOK_EVERY_MAX) > 0 ? LOOK_EVERY_MAX : wanted;
        long millis = Math.max(wait.toMillis(), LOOK_EVERY_MIN.toMillis());
        try (PreparedStatement sleep = connection.prepareStatement("select pg_sleep(?)")) {
            sleep.setDouble(1, millis / MILLIS_PER_SECOND);
            sleep.execute();
        }
    }
}
