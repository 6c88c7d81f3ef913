package io.holdfast.sandbox.postgres;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The server process of one directory: finds it, starts it, stops it. Every method is called with the directory's lock
 * held.
 */
final class Server {

    private static final byte[] LOOPBACK = {127, 0, 0, 1};
    private static final int STARTS_MAX = 20;
    private static final Duration START_PATIENCE = Duration.ofMinutes(2);
    private static final Duration BETWEEN_STARTS = Duration.ofMillis(300);
    private static final List<String> WORTH_ANOTHER_START = List.of(
            "could not create any TCP/IP sockets", // the port was taken after it had been found free
            "is still in use", // sessions of a killed server are still ending
            "lock file \"postmaster.pid\" already exists"); // one started by a killed command came first

    private final DatabaseDirectory directory;
    private final Commands commands;

    Server(DatabaseDirectory directory) {
        this.directory = directory;
        this.commands = new Commands(directory.root());
    }

    /**
     * Returns the server that runs in this directory, waiting for one that is just starting or stopping; empty if there
     * is none.
     */
    Optional<Endpoint> running() {
        Deadline deadline = Deadline.in(START_PATIENCE);
        String lastFailure = "it has not said on which port";
        do {
            Optional<PostmasterFile> file = postmaster();
            if (file.isEmpty()) {
                return Optional.empty();
            }
            OptionalInt port = file.get().port();
            if (port.isPresent()) {
                Endpoint endpoint = new Endpoint(port.getAsInt(), password());
                try {
                    if (servesThisDirectory(endpoint)) {
                        return Optional.of(endpoint);
                    }
                    lastFailure = "another server answers on port " + port.getAsInt();
                } catch (SQLException e) {
                    lastFailure = String.valueOf(e.getMessage());
                }
            }
        } while (deadline.pause());
        throw new EmbeddedDatabaseException("The PostgreSQL of " + directory + " has a process but does not answer: "
                + lastFailure + ". Look at " + directory.log());
    }

    /** Starts the server; the caller knows that none is running. */
    Endpoint start(ServerFiles files) {
        try {
            if (Files.exists(directory.log())) {
                Path previous = directory.log().resolveSibling("server.previous.log");
                Files.move(directory.log(), previous, StandardCopyOption.REPLACE_EXISTING);
            }
            return startProcess(files);
        } catch (IOException e) {
            throw new EmbeddedDatabaseException(
                    "Cannot start the PostgreSQL of " + directory + ": " + e.getMessage(), e);
        }
    }

    /** Stops the server, ending whatever its sessions are doing; the caller knows that it is running. */
    void stop(ServerFiles files) {
        String patience = Long.toString(START_PATIENCE.toSeconds());
        Commands.Result result = commands.runAsOrdinaryUser(
                List.of(
                        files.program("pg_ctl"),
                        "stop",
                        "-D",
                        directory.data().toString(),
                        "-m",
                        "fast",
                        "-w",
                        "-t",
                        patience),
                START_PATIENCE.plusSeconds(10));
        if (!result.ok() && postmaster().isPresent()) {
            throw new EmbeddedDatabaseException("Cannot stop the PostgreSQL of " + directory + ": " + result.output());
        }
    }

    private Optional<PostmasterFile> postmaster() {
        try {
            Optional<PostmasterFile> file = PostmasterFile.read(directory.data());
            if (file.isPresent() && !file.get().mayBeAlive(directory.data())) {
                // Left behind by a killed server; a new one would refuse to start if the number is in use again.
                PostmasterFile.delete(directory.data());
                return Optional.empty();
            }
            return file;
        } catch (IOException e) {
            throw new EmbeddedDatabaseException("Cannot read " + directory.data() + ": " + e, e);
        }
    }

    private Endpoint startProcess(ServerFiles files) throws IOException {
        for (int start = 1; start <= STARTS_MAX; start++) {
            int port = freePort();
            Commands.Result result =
                    commands.runAsOrdinaryUser(startCommand(files, port), START_PATIENCE.plusSeconds(10));
            if (result.ok()) {
                return new Endpoint(port, password());
            }
            String log = log();
            if (WORTH_ANOTHER_START.stream().noneMatch(log::contains)) {
                throw new EmbeddedDatabaseException("PostgreSQL does not start in " + directory + ": " + result.output()
                        + " " + log + " (If the programs in " + files.home()
                        + " are damaged, delete that directory: it is unpacked again.)");
            }
            Optional<Endpoint> other = running();
            if (other.isPresent()) {
                return other.get();
            }
            Deadline.in(BETWEEN_STARTS).await();
            Files.deleteIfExists(directory.log());
        }
        throw new EmbeddedDatabaseException(
                "PostgreSQL did not start in " + directory + " in " + STARTS_MAX + " tries: " + log());
    }

    private List<String> startCommand(ServerFiles files, int port) {
        return List.of(
                files.program("pg_ctl"),
                "start",
                "-D",
                directory.data().toString(),
                "-l",
                directory.log().toString(),
                "-w",
                "-t",
                Long.toString(START_PATIENCE.toSeconds()),
                "-o",
                "-p " + port);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByAddress(LOOPBACK))) {
            return socket.getLocalPort();
        }
    }

    private boolean servesThisDirectory(Endpoint endpoint) throws SQLException {
        try (Connection connection = endpoint.connectForMaintenance();
                Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery("show data_directory")) {
            return answer.next() && Files.isSameFile(Path.of(answer.getString(1)), directory.data());
        } catch (IOException e) {
            return false;
        }
    }

    private String password() {
        try {
            return Files.readString(directory.password()).strip();
        } catch (IOException e) {
            throw new EmbeddedDatabaseException(
                    "Cannot read the password of the embedded PostgreSQL: " + e + ". Restore that file", e);
        }
    }

    private String log() throws IOException {
        if (!Files.exists(directory.log())) {
            return "";
        }
        return Commands.tail(Files.readString(directory.log(), StandardCharsets.UTF_8));
    }
}
