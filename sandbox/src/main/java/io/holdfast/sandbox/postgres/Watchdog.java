package io.holdfast.sandbox.postgres;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.security.CodeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.postgresql.Driver;

/**
 * The small process beside a running server that stops it when it is idle. Ctrl-C in the terminal that started it does
 * not end it; killed, it is started again by the next command.
 */
final class Watchdog {

    private static final String IGNORE_TERMINAL = "trap '' INT HUP; exec \"$@\"";
    private static final List<String> SMALL_JVM =
            List.of("-Xmx16m", "-Xss256k", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData");
    private static final int ARGUMENTS = 4;

    private Watchdog() {}

    /** What becomes of the directory when its server has been stopped. */
    enum Afterwards {
        /** It stays; a session that anybody has open counts as a use. */
        KEEP,
        /** It goes; only the process that made it counts. */
        DELETE
    }

    /** What a watchdog is told when it is started. */
    record Orders(Path directory, Path serverHome, Duration idleTime, Afterwards afterwards) {

        private List<String> asArguments() {
            return List.of(
                    directory.toString(), serverHome.toString(), Long.toString(idleTime.toMillis()), afterwards.name());
        }

        private static Orders of(String[] arguments) {
            if (arguments.length != ARGUMENTS) {
                throw new IllegalArgumentException(
                        "Expected directory, server files, idle milliseconds, KEEP or DELETE");
            }
            Duration idleTime = Duration.ofMillis(Long.parseLong(arguments[2]));
            return new Orders(Path.of(arguments[0]), Path.of(arguments[1]), idleTime, Afterwards.valueOf(arguments[3]));
        }
    }

    /** Makes sure that a watchdog runs. The caller holds the directory's lock. */
    static void ensure(DatabaseDirectory directory, Orders orders) {
        try {
            if (!isWatched(directory)) {
                start(directory, orders);
            }
        } catch (IOException e) {
            throw new EmbeddedDatabaseException(
                    "Cannot start the process that stops the PostgreSQL of " + directory + " when idle: " + e, e);
        }
    }

    private static boolean isWatched(DatabaseDirectory directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory.watchdogLock(), CREATE, WRITE);
                FileLock lock = channel.tryLock()) {
            return lock == null;
        }
    }

    private static void start(DatabaseDirectory directory, Orders orders) throws IOException {
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", IGNORE_TERMINAL, "holdfast-watchdog"));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(SMALL_JVM);
        command.addAll(List.of("-cp", classPath(), Watchdog.class.getName()));
        command.addAll(orders.asArguments());
        new ProcessBuilder(command)
                .directory(new File("/"))
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(directory.watchdogLog().toFile())
                .start();
    }

    /** Runs the watchdog until the server has ended. */
    public static void main(String[] arguments) throws IOException {
        Orders orders = Orders.of(arguments);
        if (!DatabaseDirectory.exists(orders.directory())) {
            return;
        }
        DatabaseDirectory directory = DatabaseDirectory.create(orders.directory());
        try (FileChannel ownLock = FileChannel.open(directory.watchdogLock(), CREATE, WRITE)) {
            if (ownLock.tryLock() != null) {
                new IdleWatch(directory, orders, ownLock).watch();
            }
        }
    }

    /** This class and the driver are all a watchdog needs. */
    private static String classPath() {
        Set<String> places = new LinkedHashSet<>();
        for (Class<?> needed : List.of(Watchdog.class, Driver.class)) {
            Optional<String> place = fileOf(needed);
            if (place.isEmpty()) {
                return System.getProperty("java.class.path");
            }
            places.add(place.get());
        }
        return String.join(File.pathSeparator, places);
    }

    private static Optional<String> fileOf(Class<?> needed) {
        CodeSource source = needed.getProtectionDomain().getCodeSource();
        if (source == null) {
            return Optional.empty();
        }
        try {
            URI location = source.getLocation().toURI();
            return "file".equals(location.getScheme())
                    ? Optional.of(Path.of(location).toString())
                    : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
