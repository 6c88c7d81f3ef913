package io.holdfast.cli;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.holdfast.payout.StatementLine;
import io.holdfast.payout.StatementLine.Status;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads a provider's statement: CSV with columns {@code reference}, {@code amount}, {@code status}, and where it has them
 * {@code fee} and {@code on}, the provider's date.
 */
final class StatementFile {

    private static final int ROWS_MAX = 1_000_000;

    private final Amounts amounts;

    StatementFile(Amounts amounts) {
        this.amounts = amounts;
    }

    /**
     * Reads a file whose first line names the columns; others than those five are not looked at.
     *
     * @throws CommandFailure if it cannot be read, naming the line
     */
    List<StatementLine> read(Path file) {
        List<StatementLine> lines = new ArrayList<>();
        try (CsvReader<NamedCsvRecord> records = CsvFile.open(file)) {
            for (NamedCsvRecord record : records) {
                if (lines.size() == ROWS_MAX) {
                    throw CommandFailure.invalid("A statement has at most " + ROWS_MAX + " rows: split it");
                }
                lines.add(line(record));
            }
        } catch (NoSuchFileException e) {
            throw CommandFailure.invalid("There is no file " + file);
        } catch (IOException | CsvParseException e) {
            throw CommandFailure.invalid(file + " cannot be read as CSV in UTF-8: " + e.getMessage());
        }
        return lines;
    }

    private StatementLine line(NamedCsvRecord record) {
        try {
            return new StatementLine(
                    required(record, "reference"),
                    amounts.money(required(record, "amount")),
                    field(record, "fee").map(amounts::money),
                    status(required(record, "status")),
                    Optional.empty(),
                    field(record, "on").map(Dates::date));
        } catch (IllegalArgumentException wrong) {
            throw CommandFailure.invalid("Line " + record.getStartingLineNumber() + ": " + wrong.getMessage());
        }
    }

    /** Reads every word that the providers' pages have for how a payout stands, and the obvious others. */
    private static Status status(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "succeeded", "success", "successful", "completed", "paid" -> Status.PAID;
            case "failed", "rejected", "declined", "canceled", "cancelled", "expired" -> Status.FAILED;
            case "reversed", "refunded" -> Status.CAME_BACK;
            case "pending", "processing", "verifying", "accepted" -> Status.UNDER_WAY;
            default -> Status.UNREAD;
        };
    }

    private static String required(NamedCsvRecord record, String column) {
        return field(record, column).orElseThrow(() -> new IllegalArgumentException("there is no " + column));
    }

    private static Optional<String> field(NamedCsvRecord record, String column) {
        return record.findField(column).map(String::strip).filter(value -> !value.isEmpty());
    }
}
