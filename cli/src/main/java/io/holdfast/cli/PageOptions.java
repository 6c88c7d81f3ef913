package io.holdfast.cli;

import java.util.List;
import picocli.CommandLine.Option;

/** Which part of a list to show: the options of commands that list what may be long. */
final class PageOptions {

    private static final int LIMIT = 100;

    @Option(names = "--limit", paramLabel = "N", description = "the most to list; default: ${DEFAULT-VALUE}")
    private int limit = LIMIT;

    @Option(
            names = "--offset",
            paramLabel = "N",
            description = "how many to leave out first; default: ${DEFAULT-VALUE}")
    private int offset;

    int limit() {
        return limit;
    }

    int offset() {
        return offset;
    }

    /** Returns this part of a list for scripts. */
    Document document(List<Document> items, long total) {
        return new Document()
                .with("items", items)
                .with("total", total)
                .with("limit", limit)
                .with("offset", offset);
    }

    /** Returns a table of this part of a list, or what to say where the list is empty. */
    String text(TextTable table, String nothing, int shown, long total) {
        return table.orIfEmpty(total == 0 ? nothing : "Nothing so far on in the list.") + where(shown, total);
    }

    /** Says which part is shown, and how one comes to the rest; nothing if the part is all of it. */
    private String where(int shown, long total) {
        long last = (long) offset + shown;
        if (shown == 0) {
            return total == 0 ? "" : "There are " + total + " in all; the first: --offset 0\n";
        }
        String part = offset + 1L + " to " + last + " of " + total;
        if (last < total) {
            return part + "; the next: --offset " + last + "\n";
        }
        return offset == 0 ? "" : part + "\n";
    }
}
