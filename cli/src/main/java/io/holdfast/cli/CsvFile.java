package io.holdfast.cli;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Reads CSV in UTF-8, a row a line, whose first line names the columns; also files that begin with a byte order mark, as
 * Excel's do. A row that is malformed is handed over with what is wrong with it, and does not keep the others from being read.
 *
 * @param required columns without which a file is refused
 * @param optional columns that are read where they are there
 * @param more tells of any other column whether it is read too
 * @param overlooked tells of what is left whether it may be there: nothing in it is looked at, so that it may be named twice
 * @param rowsMax most rows beside the first line
 */
record CsvFile(
        List<String> required,
        List<String> optional,
        Predicate<String> more,
        Predicate<String> overlooked,
        int rowsMax) {

    private static final CsvReader.CsvReaderBuilder CSV = CsvReader.builder();

    /**
     * Reads a file to its end.
     *
     * @param name what the file is called in messages
     * @param rows takes each row, in the order of the file
     * @throws CommandFailure if it is empty, has too many rows, or its first line names other columns
     * @throws IOException if it cannot be read
     */
    void read(InputStream in, String name, Consumer<CsvRow> rows) throws IOException {
        LineReader lines = new LineReader(in);
        LineReader.Line first = lines.next()
                .orElseThrow(() -> CommandFailure.invalid(
                        name + " is empty: its first line has to name the columns. Possible: " + possible()));
        CsvRow header = row(first, List.of());
        header.objection().ifPresent(wrong -> {
            throw CommandFailure.invalid(name + " is no CSV: line " + header.line() + ": " + wrong);
        });
        checkColumns(header.fields(), name);
        int count = 0;
        for (Optional<LineReader.Line> line = lines.next(); line.isPresent(); line = lines.next()) {
            if (count++ == rowsMax) {
                throw CommandFailure.invalid(name + " has more than " + rowsMax + " rows: split it");
            }
            rows.accept(row(line.get(), header.fields()));
        }
    }

    private void checkColumns(List<String> columns, String name) {
        Set<String> missing = new LinkedHashSet<>(required);
        columns.forEach(missing::remove);
        Set<String> unknown = new LinkedHashSet<>(columns);
        unknown.removeIf(column -> isRead(column) || overlooked.test(column));
        Set<String> seen = new LinkedHashSet<>();
        Set<String> twice = columns.stream()
                .filter(column -> isRead(column) && !seen.add(column))
                .collect(Collectors.toCollection(LinkedHashSet::new));
        String wrong = told("Missing", missing) + told("Unknown", unknown) + told("Named twice", twice);
        if (!wrong.isEmpty()) {
            throw CommandFailure.invalid(
                    "The first line of " + name + " has to name the columns." + wrong + " Possible: " + possible());
        }
    }

    private boolean isRead(String column) {
        return required.contains(column) || optional.contains(column) || more.test(column);
    }

    private static String told(String what, Set<String> columns) {
        return columns.isEmpty()
                ? ""
                : columns.stream()
                        .map(column -> "\"" + Excerpts.of(column, 40) + "\"")
                        .collect(Collectors.joining(", ", " " + what + ": ", "."));
    }

    private String possible() {
        List<String> all = new ArrayList<>(required);
        all.addAll(optional);
        return String.join(", ", all);
    }

    /** Reads a line; the first one has no columns to go by. */
    private static CsvRow row(LineReader.Line line, List<String> columns) {
        CsvRow none = new CsvRow(line.number(), columns, List.of(), line.objection());
        if (line.objection().isPresent()) {
            return none;
        }
        String text = line.text().endsWith("\r")
                ? line.text().substring(0, line.text().length() - 1)
                : line.text();
        if (text.indexOf('\0') >= 0) {
            return none.butWrong("U+0000 within it: save the file as CSV in UTF-8");
        } else if (text.indexOf('\r') >= 0) {
            return none.butWrong(
                    "a carriage return within it: a line ends with CR LF or LF, and a field has no line breaks");
        }
        List<String> fields;
        try {
            // With a line end, which is part of a field only if its quote does not close: FastCSV says nothing of that.
            fields = CSV.ofSingleCsvRecord(text + "\n").getFields();
        } catch (CsvParseException e) {
            return none.butWrong("a quote that closes within a field: a quote in a quoted field is written twice");
        }
        if (fields.get(fields.size() - 1).indexOf('\n') >= 0) {
            return none.butWrong("a quote that does not close in this line: a field has no line breaks");
        }
        CsvRow row = new CsvRow(
                line.number(), columns, fields.stream().map(String::strip).toList(), Optional.empty());
        return columns.isEmpty() || fields.size() == columns.size()
                ? row
                : row.butWrong(counted(fields.size(), columns));
    }

    private static String counted(int fields, List<String> columns) {
        return Counted.of(fields, "field") + ", and " + columns.size() + " columns are named: "
                + (fields > columns.size()
                        ? "a field with a comma in it stands in quotes, and an amount has no thousands comma"
                        : "each column has its comma, also where nothing stands in it");
    }
}
