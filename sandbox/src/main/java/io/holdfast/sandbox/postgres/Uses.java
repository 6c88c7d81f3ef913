package io.holdfast.sandbox.postgres;

import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;

/**
 * Who uses the server: a file per user, locked by its process. The lock ends with the process, so a killed command
 * counts as gone, and the directory's own time tells that somebody came or went.
 */
final class Uses {

    private final Path directory;

    Uses(Path directory) {
        this.directory = directory;
    }

    /** One user of the server, until closed or until its process ends. */
    static final class Use implements AutoCloseable {

        private final Path file;
        private final FileChannel channel;

        private Use(Path file, FileChannel channel) {
            this.file = file;
            this.channel = channel;
        }

        @Override
        public void close() {
            try (channel) {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                throw new EmbeddedDatabaseException("Cannot give back " + file + ": " + e, e);
            }
        }
    }

    /** Begins a use. The caller holds the directory's lock, so nobody takes the new file for a left-over. */
    Use begin() {
        try {
            Files.createDirectories(directory);
            Path file = Files.createTempFile(directory, ProcessHandle.current().pid() + "-", ".use");
            FileChannel channel = FileChannel.open(file, WRITE);
            channel.lock();
            return new Use(file, channel);
        } catch (IOException e) {
            throw new EmbeddedDatabaseException("Cannot mark " + directory + " as in use: " + e, e);
        }
    }

    /**
     * Returns whether any user in another process is alive, and clears away the dead. The caller holds the directory's
     * lock and has no use of its own.
     */
    boolean anyAlive() throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*.use")) {
            for (Path file : files) {
                if (isAlive(file)) {
                    return true;
                }
                Files.deleteIfExists(file);
            }
            return false;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /** Returns when somebody last came or went; only good for comparing with an earlier answer. */
    FileTime lastChanged() throws IOException {
        return Files.getLastModifiedTime(directory);
    }

    private static boolean isAlive(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, WRITE);
                FileLock lock = channel.tryLock()) {
            return lock == null;
        } catch (NoSuchFileException e) {
            return false;
        }
    }
}
