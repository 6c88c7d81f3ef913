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
        return table.orIfEmpty(Paging.nothing(nothing, total)) + Paging.line(offset, shown, total);
    }
}
