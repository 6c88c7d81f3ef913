package io.holdfast.cli;

import java.util.ArrayList;
import java.util.List;

/** A table for the terminal: columns as wide as they need to be, numbers to the right. Not safe for several threads. */
final class TextTable {

    private static final String GAP = "  ";

    private final List<String> heads;
    private final List<List<String>> rows = new ArrayList<>();

    /** Begins a table. A head that begins with {@code >} marks a column whose cells are aligned to the right. */
    TextTable(String... heads) {
        this.heads = List.of(heads);
    }

    /** Adds a row; what would break the line or steer the terminal is shown as {@code ?}. */
    TextTable row(Object... cells) {
        List<String> row = new ArrayList<>();
        for (Object cell : cells) {
            row.add(cell.toString().replaceAll("\\p{Cntrl}", "?"));
        }
        rows.add(row);
        return this;
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
        rows.forEach(row -> measure(widths, row));
        StringBuilder text = new StringBuilder();
        line(text, widths, titles);
        rows.forEach(row -> line(text, widths, row));
        return text.toString();
    }

    private void line(StringBuilder text, int[] widths, List<String> cells) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            String cell = cells.get(column);
            String padding = " ".repeat(widths[column] - length(cell));
            line.append(isRight(heads.get(column)) ? padding + cell : cell + padding)
                    .append(GAP);
        }
        text.append(line.toString().stripTrailing()).append('\n');
    }

    private static void measure(int[] widths, List<String> cells) {
        for (int column = 0; column < widths.length; column++) {
            widths[column] = Math.max(widths[column], length(cells.get(column)));
        }
    }

    private static boolean isRight(String head) {
        return head.startsWith(">");
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
