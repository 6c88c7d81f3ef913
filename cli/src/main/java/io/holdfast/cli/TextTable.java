package io.holdfast.cli;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** A table for the terminal: columns as wide as they need to be, numbers to the right. Not safe for several threads. */
final class TextTable {

    private static final String GAP = "  ";
    private static final String INDENT = "    ";
    private static final int CELL_MAX = 20;

    private final List<String> heads;
    private final List<Row> rows = new ArrayList<>();

    private record Row(List<String> cells, List<String> below) {}

    /** Begins a table. A head that begins with {@code >} marks a column whose cells are aligned to the right. */
    TextTable(String... heads) {
        this(List.of(heads));
    }

    /** The same with as many columns as the list has heads. */
    TextTable(List<String> heads) {
        this.heads = List.copyOf(heads);
    }

    /** Adds a row; what would break the line or steer the terminal is shown as {@code ?}. */
    TextTable row(Object... cells) {
        return row(List.of(cells));
    }

    /** Adds a row of as many cells as there are columns. */
    TextTable row(List<?> cells) {
        rows.add(new Row(cells.stream().map(TextTable::shown).toList(), new ArrayList<>()));
        return this;
    }

    /** Adds a text below the last row, for what may be too long for a column; in lines of at most 80 columns. */
    TextTable below(String text) {
        if (!text.isEmpty()) {
            rows.get(rows.size() - 1).below().add(TextWidth.wrapped(text, INDENT.length()));
        }
        return this;
    }

    /** Returns a text that takes no more columns than one of many needs. */
    static String cut(String text) {
        return TextWidth.middle(TextWidth.oneLine(text), CELL_MAX);
    }

    /** Returns how a value is shown on one line: an instant to the second, which is enough to look at. */
    static String shown(Object value) {
        return TextWidth.oneLine(
                value instanceof Instant instant
                        ? instant.truncatedTo(ChronoUnit.SECONDS).toString()
                        : value.toString());
    }

    /** Returns the table, each line ended, or what to say when it has no rows. */
    String orIfEmpty(String nothing) {
        return rows.isEmpty() ? nothing + "\n" : toString();
    }

    @Override
    public String toString() {
        List<String> titles = heads.stream()
                .map(head -> isRight(head) ? head.substring(1) : head)
                .toList();
        int[] widths = new int[heads.size()];
        measure(widths, titles);
        rows.forEach(row -> measure(widths, row.cells()));
        StringBuilder text = new StringBuilder();
        line(text, widths, titles);
        for (Row row : rows) {
            line(text, widths, row.cells());
            row.below().forEach(lines -> text.append(INDENT).append(lines));
        }
        return text.toString();
    }

    private void line(StringBuilder text, int[] widths, List<String> cells) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            String cell = cells.get(column);
            String padding = " ".repeat(widths[column] - TextWidth.of(cell));
            line.append(isRight(heads.get(column)) ? padding + cell : cell + padding)
                    .append(GAP);
        }
        text.append(line.toString().stripTrailing()).append('\n');
    }

    private static void measure(int[] widths, List<String> cells) {
        for (int column = 0; column < widths.length; column++) {
            widths[column] = Math.max(widths[column], TextWidth.of(cells.get(column)));
        }
    }

    private static boolean isRight(String head) {
        return head.startsWith(">");
    }
}
