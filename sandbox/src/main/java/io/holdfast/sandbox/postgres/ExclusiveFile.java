package io.holdfast.sandbox.postgres;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A lock between processes, held while a piece of work is done. The operating system gives it back when its process
 * ends, however it ends.
 */
final class ExclusiveFile {

    /**
     * Threads of one JVM queue here. File locks belong to the process: a second thread that opens the same file and
     * closes it again would give away the lock of the first.
     */
    private static final ReentrantLock WITHIN_THIS_JVM = new ReentrantLock(true);

    private ExclusiveFile() {}

    /** What is done while the lock is held. */
    interface Work<T, E extends Exception> {
        T run() throws E;
    }

    /** Does the work while this is the only process, and the only thread here, that holds the file. */
    static <T, E extends Exception> T holding(Path file, Duration patience, Work<T, E> work) throws E {
        if (!enterJvmQueue(patience)) {
            throw busy(file, patience);
        }
        try {
            FileChannel channel = lock(file, patience);
            try {
                return work.run();
            } finally {
                unlock(channel);
            }
        } finally {
            WITHIN_THIS_JVM.unlock();
        }
    }

    private static boolean enterJvmQueue(Duration patience) {
        try {
            return WITHIN_THIS_JVM.tryLock(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static FileChannel lock(Path file, Duration patience) {
        try {
            FileChannel channel = FileChannel.open(file, CREATE, WRITE);
            Deadline deadline = Deadline.in(patience);
            FileLock lock = channel.tryLock();
            while (lock == null && deadline.pause()) {
                lock = channel.tryLock();
            }
            if (lock == null) {
                channel.close();
                throw busy(file, patience);
            }
            return channel;
        } catch (IOException e) {
            throw new EmbeddedDatabaseException("Cannot lock " + file + ": " + e, e);
        }
    }

    private static void unlock(FileChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            throw new EmbeddedDatabaseException("Cannot unlock: " + e, e);
        }
    }

    private static EmbeddedDatabaseException busy(Path file, Duration patience) {
        return new EmbeddedDatabaseException("Another process has been starting or stopping the PostgreSQL of "
                + file.getParent() + " for more than " + patience.toSeconds()
                + " s; look for a suspended or hanging command there and end it");
    }
}
