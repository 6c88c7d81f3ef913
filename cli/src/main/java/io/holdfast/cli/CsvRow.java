package io.holdfast.cli;

import java.util.List;
import java.util.Optional;

/**
 * A row of a CSV file.
 *
 * @param line of the file, from 1
 * @param columns what the fields are called
 * @param fields without the blanks around them
 * @param objection what is wrong with the row as such; its fields may then stand under columns that are not theirs
 */
record CsvRow(long line, List<String> columns, List<String> fields, Optional<String> objection) {

    /** Returns the same with something that is wrong with it. */
    CsvRow butWrong(String what) {
        return new CsvRow(line, columns, fields, Optional.of(what));
    }

    /** Returns what stands in a column, if anything does. */
    Optional<String> field(String column) {
        int place = columns.indexOf(column);
        return place < 0 || place >= fields.size()
                ? Optional.empty()
                : Optional.of(fields.get(place)).filter(value -> !value.isEmpty());
    }

    /**
     * Returns what stands in a column.
     *
     * @throws IllegalArgumentException if nothing does
     */
    String required(String column) {
        return field(column).orElseThrow(() -> new IllegalArgumentException("there is no " + column));
    }
}
