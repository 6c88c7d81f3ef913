package io.holdfast.audit;

import io.holdfast.db.Guards;
import java.sql.Connection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/**
 * The guards of the schema are those that were installed: triggers, the text of functions, constraints, columns, and no
 * rights beyond those that were granted.
 */
final class GuardCheck implements Check {

    private static final String RIGHT = "right of ";

    @Override
    public String name() {
        return "guards";
    }

    @Override
    public void run(Connection connection, int ledgerId, Findings findings) {
        List<String> expected = Guards.expected();
        List<String> found = Guards.found(connection);
        Set<String> expectedLines = new HashSet<>(expected);
        Set<String> foundLines = new HashSet<>(found);
        TreeMap<String, String> missing = new TreeMap<>();
        TreeMap<String, String> surplus = new TreeMap<>();
        // A right that was not granted here, because the role or granting was forbidden, opens nothing.
        expected.stream()
                .filter(line -> !line.startsWith(RIGHT) && !foundLines.contains(line))
                .forEach(line -> missing.put(subject(line), definition(line)));
        found.stream()
                .filter(line -> !expectedLines.contains(line))
                .forEach(line -> surplus.merge(subject(line), definition(line), (a, b) -> a + ", " + b));
        missing.forEach((subject, definition) ->
                findings.failed(new Failure(subject, "definition", definition, surplus.getOrDefault(subject, "none"))));
        surplus.keySet().removeAll(missing.keySet());
        surplus.forEach(
                (subject, definition) -> findings.failed(new Failure(subject, "definition", "none", definition)));
        findings.examined(expected.size());
    }

    private static String subject(String line) {
        return line.substring(0, line.indexOf(": "));
    }

    private static String definition(String line) {
        return line.substring(line.indexOf(": ") + 2);
    }
}
