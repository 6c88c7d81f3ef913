package io.holdfast.sandbox.simulator;

import io.holdfast.sandbox.simulator.Fault.Reach;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which request gets which faults. Thread-safe. */
final class FaultScript {

    private static final int LINE_WORDS_MIN = 2;

    private final Deque<Set<Fault>> nextCreations = new ArrayDeque<>();
    private final Deque<Set<Fault>> nextReads = new ArrayDeque<>();
    private final Map<String, Set<Fault>> byRecipient = new HashMap<>();
    private final Set<String> sentBefore = new HashSet<>();

    synchronized void addCreation(Fault... faults) {
        nextCreations.add(setOf(faults));
    }

    synchronized void addRead(Fault... faults) {
        nextReads.add(setOf(faults));
    }

    synchronized void setRecipient(String recipient, Fault... faults) {
        byRecipient.put(normal(recipient), setOf(faults));
    }

    /** Reads lines of {@code next FAULT...}, {@code read FAULT...} and {@code RECIPIENT FAULT...}; # begins a comment. */
    void read(List<String> lines) {
        for (int number = 1; number <= lines.size(); number++) {
            String line = lines.get(number - 1).replaceFirst("#.*", "").strip();
            if (!line.isEmpty()) {
                read(number, line);
            }
        }
    }

    private void read(int number, String line) {
        String[] words = line.split("[\\s,]+", -1);
        if (words.length < LINE_WORDS_MIN) {
            throw new IllegalArgumentException(
                    "Line " + number + " of the fault script is \"" + line + "\": expected next, read or a recipient,"
                            + " then one or more of " + Arrays.toString(Fault.values()));
        }
        Fault[] faults =
                Arrays.stream(words).skip(1).map(word -> fault(number, word)).toArray(Fault[]::new);
        switch (words[0]) {
            case "next" -> addCreation(faults);
            case "read" -> addRead(faults);
            default -> setRecipient(words[0], faults);
        }
    }

    private static Fault fault(int number, String word) {
        return Arrays.stream(Fault.values())
                .filter(fault -> fault.name().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Line " + number + " of the fault script names \""
                        + word + "\": expected one of " + Arrays.toString(Fault.values())));
    }

    synchronized Set<Fault> forRead() {
        Set<Fault> next = nextReads.poll();
        return next == null ? EnumSet.noneOf(Fault.class) : next;
    }

    /** Takes what is next in line, or else what the recipient gets. */
    synchronized Set<Fault> forCreation(Creation creation) {
        Set<Fault> next = nextCreations.poll();
        if (next != null) {
            return next;
        }
        String recipient = normal(creation.recipient());
        Set<Fault> scripted = EnumSet.noneOf(Fault.class);
        if (byRecipient.containsKey(recipient)) {
            scripted.addAll(byRecipient.getOrDefault(recipient, Set.of()));
        } else {
            Fault.ofRecipient(recipient).ifPresent(scripted::add);
        }
        Optional<String> key = creation.key();
        boolean resend = key.isPresent() && !scripted.isEmpty() && !sentBefore.add(recipient + " " + key.get());
        if (resend) {
            scripted.removeIf(fault -> fault.reaches(Reach.FIRST_SEND));
        }
        return scripted;
    }

    private static Set<Fault> setOf(Fault... faults) {
        Set<Fault> set = EnumSet.noneOf(Fault.class);
        set.addAll(Arrays.asList(faults));
        return set;
    }

    private static String normal(String recipient) {
        return recipient.replace("+", "").replace(" ", "");
    }
}
