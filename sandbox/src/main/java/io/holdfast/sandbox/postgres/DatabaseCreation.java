package io.holdfast.sandbox.postgres;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/** Makes the data directory of a new PostgreSQL: complete under its final name, or not there. */
final class DatabaseCreation {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int PASSWORD_BYTES = 24;

    /**
     * What is written into the new postgresql.conf. No refused statement is logged (log level "log" leaves out
     * errors), since its values may be personal data.
     */
    private static final List<String> CONFIGURATION = List.of(
            "listen_addresses=" + Endpoint.HOST,
            "unix_socket_directories=",
            "timezone=UTC",
            "log_timezone=UTC",
            "log_min_messages=log",
            "log_checkpoints=off",
            "synchronous_commit=on");

    private final DatabaseDirectory directory;
    private final Durability durability;
    private final Commands commands;

    DatabaseCreation(DatabaseDirectory directory, Durability durability) {
        this.directory = directory;
        this.durability = durability;
        this.commands = new Commands(directory.root());
    }

    /** What a database must survive. */
    enum Durability {
        /** Everything: each commit is on the disk before it is answered. */
        KEPT,
        /** Killed processes, but no power failure: it is thrown away anyway. */
        TEMPORARY
    }

    /** Creates the data directory; the caller holds the directory's lock and has found none. */
    void create(ServerFiles files) {
        try {
            deleteLeftovers();
            writePassword();
            // A name of its own: a killed command's initdb may still be at work on the last one.
            Path partial = Files.createTempDirectory(directory.root(), "data-partial-");
            initialise(files, partial);
            createDatabase(files, partial);
            forceToDisk(files, partial);
            FileTrees.publish(partial, directory.data());
        } catch (IOException e) {
            throw new EmbeddedDatabaseException("Cannot create a PostgreSQL in " + directory + ": " + e, e);
        }
    }

    private void initialise(ServerFiles files, Path data) {
        List<String> command = new ArrayList<>(List.of(files.program("initdb"), "-D", data.toString()));
        command.addAll(List.of("--username=" + Endpoint.USER, "--auth=scram-sha-256"));
        command.add("--pwfile=" + directory.password());
        command.addAll(List.of("--encoding=UTF8", "--locale=C", "--no-sync"));
        for (String setting : CONFIGURATION) {
            command.addAll(List.of("--set", setting));
        }
        command.addAll(List.of("--set", durability == Durability.KEPT ? "fsync=on" : "fsync=off"));
        requireOk(commands.runAsOrdinaryUser(command, PATIENCE));
    }

    private void createDatabase(ServerFiles files, Path data) {
        requireOk(commands.runAsOrdinaryUser(
                List.of(files.program("postgres"), "--single", "-F", "-j", "-D", data.toString(), "postgres"),
                "create database " + Endpoint.DATABASE + ";\n\n",
                PATIENCE));
    }

    /** Until here nothing was forced to the disk: once for everything is faster than for each step. */
    private void forceToDisk(ServerFiles files, Path data) {
        if (durability == Durability.KEPT) {
            List<String> command = List.of(files.program("initdb"), "--sync-only", "-D", data.toString());
            requireOk(commands.runAsOrdinaryUser(command, PATIENCE));
        }
    }

    private void requireOk(Commands.Result result) {
        if (!result.ok()) {
            throw new EmbeddedDatabaseException("Cannot create a PostgreSQL in " + directory + ": " + result.output());
        }
    }

    private void writePassword() throws IOException {
        byte[] random = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(random);
        String password = HexFormat.of().formatHex(random);
        Files.deleteIfExists(directory.password());
        try (FileChannel file = FileChannel.open(
                directory.password(),
                Set.copyOf(EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            file.write(ByteBuffer.wrap(password.getBytes(StandardCharsets.US_ASCII)));
            file.force(true);
        }
    }

    /** Clears away what killed commands left half done, as far as nobody is still at it. */
    private void deleteLeftovers() throws IOException {
        try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(directory.root(), "data-partial-*")) {
            for (Path leftover : leftovers) {
                try {
                    FileTrees.delete(leftover);
                } catch (IOException ignored) {
                    // Its initdb has not noticed yet; the next creation of a database finds it again.
                }
            }
        }
    }
}
