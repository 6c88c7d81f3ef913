package io.holdfast.cli;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Opens CSV files in UTF-8 whose first line names the columns, also those that begin with a byte order mark, as Excel's do. */
final class CsvFile {

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private CsvFile() {}

    /**
     * Returns a file's records; to be closed.
     *
     * @throws IOException if it cannot be read as UTF-8
     */
    static CsvReader<NamedCsvRecord> open(Path file) throws IOException {
        BufferedReader text = Files.newBufferedReader(file, StandardCharsets.UTF_8);
        try {
            text.mark(1);
            if (text.read() != BYTE_ORDER_MARK) {
                text.reset();
            }
        } catch (IOException unreadable) {
            text.close();
            throw unreadable;
        }
        return CsvReader.builder().ofNamedCsvRecord(text);
    }
}
