package io.holdfast.sandbox.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** {@code postmaster.pid}, in which a running PostgreSQL says who and where it is, and which a killed one leaves behind. */
record PostmasterFile(long processId, OptionalInt port) {

    private static final String NAME = "postmaster.pid";
    private static final int PORT_LINE = 3;

    /** Reads the file of a data directory; empty if no server was started there or the last one stopped in order. */
    static Optional<PostmasterFile> read(Path data) throws IOException {
        List<String> lines;
        try {
            lines = Files.readAllLines(data.resolve(NAME));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        // A server that is just starting has not written every line yet.
        if (lines.isEmpty() || !lines.get(0).strip().matches("\\d{1,18}")) {
            return Optional.empty();
        }
        OptionalInt port =
                lines.size() > PORT_LINE && lines.get(PORT_LINE).strip().matches("\\d{1,5}")
                        ? OptionalInt.of(Integer.parseInt(lines.get(PORT_LINE).strip()))
                        : OptionalInt.empty();
        return Optional.of(new PostmasterFile(Long.parseLong(lines.get(0).strip()), port));
    }

    static void delete(Path data) throws IOException {
        Files.deleteIfExists(data.resolve(NAME));
    }

    /**
     * Whether the process may be the server of this data directory. Numbers of processes are used again, soonest in
     * containers, so a living process proves nothing; only a certain no is a no.
     */
    boolean mayBeAlive(Path data) {
        Optional<ProcessHandle> process = ProcessHandle.of(processId).filter(ProcessHandle::isAlive);
        if (process.isEmpty() || isZombie()) {
            return false;
        }
        ProcessHandle.Info info = process.get().info();
        boolean otherProgram =
                info.command().map(PostmasterFile::isOtherProgram).orElse(false);
        return !otherProgram
                && !info.arguments().map(list -> servesElsewhere(list, data)).orElse(false);
    }

    private static boolean isOtherProgram(String command) {
        Path name = Path.of(command).getFileName();
        return name == null || !name.toString().startsWith("postgres");
    }

    private static boolean servesElsewhere(String[] arguments, Path data) {
        List<String> list = List.of(arguments);
        int flag = list.indexOf("-D");
        if (flag < 0 || flag + 1 >= list.size()) {
            return false;
        }
        Path other = Path.of(list.get(flag + 1));
        try {
            return Files.exists(other) && !Files.isSameFile(other, data);
        } catch (IOException e) {
            return false;
        }
    }

    /** A killed server whose parent never asks for its end stays in Linux' process list for ever. */
    private boolean isZombie() {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(processId), "stat"));
            return stat.substring(stat.lastIndexOf(')') + 1).strip().startsWith("Z");
        } catch (IOException e) {
            return false;
        }
    }
}
