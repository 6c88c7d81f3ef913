package io.holdfast.ledger.hammer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Counts what happened, by name. Safe for use by several threads. */
final class Tally {

    static final String SUFFIX = ".tally";

    private final Map<String, Long> counts = new TreeMap<>();

    synchronized void add(String what, long count) {
        counts.merge(what, count, Long::sum);
    }

    void add(String what) {
        add(what, 1);
    }

    synchronized long of(String what) {
        return counts.getOrDefault(what, 0L);
    }

    /** Appends how things stand to a file, in one line. */
    void keepIn(Path file) throws IOException {
        Files.writeString(file, this + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** Returns the sum of how things stood last in each file of a directory. */
    static Tally ofAllIn(Path directory) throws IOException {
        Tally sum = new Tally();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path one :
                    files.filter(file -> file.toString().endsWith(SUFFIX)).toList()) {
                String text = Files.readString(one);
                String whole = text.substring(0, text.lastIndexOf('\n') + 1).stripTrailing();
                String last = whole.substring(whole.lastIndexOf('\n') + 1);
                Stream.of(last.split(" ", -1))
                        .filter(count -> count.contains("="))
                        .map(count -> count.split("=", 2))
                        .forEach(count -> sum.add(count[0], Long.parseLong(count[1])));
            }
        }
        return sum;
    }

    @Override
    public synchronized String toString() {
        return counts.entrySet().stream()
                .map(count -> count.getKey() + "=" + count.getValue())
                .collect(Collectors.joining(" "));
    }
}
