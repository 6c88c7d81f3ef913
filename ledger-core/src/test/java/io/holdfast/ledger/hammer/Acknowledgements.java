package io.holdfast.ledger.hammer;

import io.holdfast.ledger.RecordedEntry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * What one process was told, kept in a file that only grows, so that it outlives the process: for each answer the number
 * of the command, how it was answered, id and hash of the entry. What was told once has to be told each time.
 */
final class Acknowledgements {

    static final String SUFFIX = ".acknowledged";

    private static final int LATEST_MAX = 5_000;
    private static final String NO_HASH = "-";

    private final FileChannel file;
    private final Map<Long, UUID> told = new ConcurrentHashMap<>();
    private final Deque<Long> latest = new ArrayDeque<>();

    Acknowledgements(Path directory, String process) throws IOException {
        file = FileChannel.open(
                directory.resolve(process + SUFFIX), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    /** How a command was answered. */
    enum Answer {
        RECORDED,
        REPLAYED,
        /** By a call that does not say which of both. */
        ONE_OF_THEM
    }

    /**
     * An answer.
     *
     * @param hash of the entry; absent where the call does not return it
     */
    record Line(long number, Answer answer, UUID entry, Optional<String> hash) {

        static Line of(long number, Answer answer, RecordedEntry entry) {
            return new Line(number, answer, entry.id(), Optional.of(entry.hash()));
        }

        private String written() {
            return number + " " + answer + " " + entry + " " + hash.orElse(NO_HASH) + "\n";
        }

        private static Line read(String line) {
            String[] parts = line.split(" ", -1);
            return new Line(
                    Long.parseLong(parts[0]),
                    Answer.valueOf(parts[1]),
                    UUID.fromString(parts[2]),
                    Optional.of(parts[3]).filter(hash -> !hash.equals(NO_HASH)));
        }
    }

    /** Keeps answers, which arrived together, in one write. */
    synchronized void keep(List<Line> lines) {
        StringBuilder text = new StringBuilder();
        for (Line line : lines) {
            UUID before = told.putIfAbsent(line.number(), line.entry());
            if (before != null && !before.equals(line.entry())) {
                throw new Violation(Commands.key(line.number()) + " was entry " + before + " and is " + line.entry());
            }
            latest.addLast(line.number());
            text.append(line.written());
        }
        while (latest.size() > LATEST_MAX) {
            latest.removeFirst();
        }
        try {
            ByteBuffer bytes = StandardCharsets.US_ASCII.encode(text.toString());
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    boolean has(long number) {
        return told.containsKey(number);
    }

    /** Returns the number of a command that was carried out lately. */
    synchronized Optional<Long> any(Random random) {
        return latest.stream().skip(random.nextInt(Math.max(1, latest.size()))).findFirst();
    }

    /** Returns all that the processes of a run were told. A line that was cut off by a kill was told to nobody. */
    static List<Line> allIn(Path directory) throws IOException {
        List<Line> lines = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path one :
                    files.filter(file -> file.toString().endsWith(SUFFIX)).toList()) {
                String text = Files.readString(one, StandardCharsets.US_ASCII);
                text.substring(0, text.lastIndexOf('\n') + 1)
                        .lines()
                        .map(Line::read)
                        .forEach(lines::add);
            }
        }
        return lines;
    }
}
