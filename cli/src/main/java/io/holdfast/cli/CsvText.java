package io.holdfast.cli;

/**
 * A CSV file being written, by RFC 4180. A text that a spreadsheet would take for a formula gets an apostrophe before it;
 * amounts are written as they are. Not safe for use by several threads.
 */
final class CsvText {

    private static final String FORMULA_BEGINNINGS = "=+-@\t\r";

    private final StringBuilder lines = new StringBuilder();
    private boolean lineBegun;

    /** Adds a cell with something that somebody wrote. */
    CsvText text(Object value) {
        String text = value.toString();
        boolean formula = !text.isEmpty() && FORMULA_BEGINNINGS.indexOf(text.charAt(0)) >= 0;
        return cell(formula ? "'" + text : text);
    }

    /** Adds a cell with an amount, a number or something else that is nobody's text. */
    CsvText exact(Object value) {
        return cell(value.toString());
    }

    /** Adds cells of nobody's text. */
    CsvText exact(Object... values) {
        for (Object value : values) {
            cell(value.toString());
        }
        return this;
    }

    /** Ends the line. */
    CsvText end() {
        lines.append("\r\n");
        lineBegun = false;
        return this;
    }

    @Override
    public String toString() {
        return lines.toString();
    }

    private CsvText cell(String text) {
        lines.append(lineBegun ? "," : "");
        lineBegun = true;
        boolean quoted = text.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        lines.append(quoted ? '"' + text.replace("\"", "\"\"") + '"' : text);
        return this;
    }
}
