package io.holdfast.cli;

import java.util.List;
import java.util.Optional;

/**
 * What became of a batch's rows, for scripts and for people.
 *
 * @param rows of all rows that there is something to say about, in the order of the file
 * @param failed of these, what is wrong or refused
 * @param exit refused or invalid if any has failed, else done
 */
record BatchReport(List<Document> rows, List<Document> failed, ExitCode exit) {

    /** Names for what became of a row. */
    static final String REQUESTED = "requested";

    static final String REFUSED = "refused";
    static final String INVALID = "invalid";
    static final String UNDONE = "undone";

    Document document() {
        return new Document()
                .with("rows", rows)
                .with(REQUESTED, requested())
                .with(exit == ExitCode.INVALID ? INVALID : REFUSED, failed.size());
    }

    /** Returns what has failed, and why, and how to go on. */
    String text() {
        TextTable table = new TextTable(">LINE", "KEY", "RESULT");
        for (Document row : failed) {
            table.row(value(row, "line"), value(row, "key"), code(row)).below(value(row, "message"));
        }
        return (failed.isEmpty() ? "" : table.toString()) + summary() + "\n";
    }

    private String summary() {
        if (exit == ExitCode.INVALID) {
            return rows(failed.size()) + " wrong, so nothing was requested: correct the file and give it again";
        } else if (failed.isEmpty()) {
            return Counted.of(requested(), "payout") + " requested, 0 refused";
        } else if (requested() == 0) {
            return "Nothing was requested, because " + rows(failed.size())
                    + " refused: correct or remove those, and give the file again";
        }
        return Counted.of(requested(), "payout") + " requested, " + failed.size()
                + " refused: give the same file again to try those; nothing is requested twice";
    }

    private long requested() {
        return rows.stream()
                .filter(row -> value(row, "result").equals(REQUESTED))
                .count();
    }

    /** Returns the rule that said no, where one did. */
    private static String code(Document row) {
        return row.fields().containsKey("refused") ? value(row, "refused") : value(row, "result");
    }

    private static String value(Document row, String field) {
        return Optional.ofNullable(row.fields().get(field))
                .map(Object::toString)
                .orElse("-");
    }

    private static String rows(int count) {
        return Counted.of(count, "row") + (count == 1 ? " is" : " are");
    }
}
