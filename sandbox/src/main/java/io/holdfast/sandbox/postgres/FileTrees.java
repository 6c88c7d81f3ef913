package io.holdfast.sandbox.postgres;

import static java.nio.file.StandardOpenOption.READ;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** What this package does to directories as a whole. */
final class FileTrees {

    private static final int DELETES_MAX = 5;

    private FileTrees() {}

    /**
     * Deletes the directory and all in it, following no links; nothing there is fine, and so is another process that
     * still puts a file there.
     */
    static void delete(Path directory) throws IOException {
        for (int attempt = 1; attempt <= DELETES_MAX && Files.exists(directory); attempt++) {
            try {
                deleteOnce(directory);
            } catch (DirectoryNotEmptyException e) {
                if (attempt == DELETES_MAX) {
                    throw e;
                }
            }
        }
    }

    private static void deleteOnce(Path directory) throws IOException {
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                if (failure instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw failure;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure) throws IOException {
                Files.deleteIfExists(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /**
     * Gives a directory its final name, in one step that survives a power failure. Only what is complete has its final
     * name: a process killed half way leaves a {@code .partial} behind, which the next one deletes and does again.
     */
    static void publish(Path partial, Path complete) throws IOException {
        Files.move(partial, complete, StandardCopyOption.ATOMIC_MOVE);
        Path parent = complete.toAbsolutePath().getParent();
        if (parent != null) {
            try (FileChannel directory = FileChannel.open(parent, READ)) {
                directory.force(true);
            }
        }
    }
}
