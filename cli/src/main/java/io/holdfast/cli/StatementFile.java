package io.holdfast.cli;

import io.holdfast.ledger.Money;
import io.holdfast.payout.StatementLine;
import io.holdfast.payout.StatementLine.Status;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads a provider's statement: CSV with columns {@code reference}, {@code amount}, {@code status}, and where it has them
 * {@code fee} and {@code on}, the provider's date.
 */
final class StatementFile {

    private static final int ROWS_MAX = 1_000_000;

    /** How many wrong rows are told one by one. */
    private static final int WRONG_TOLD = 20;

    private static final List<String> REQUIRED = List.of("reference", "amount", "status");
    private static final List<String> OPTIONAL = List.of("fee", "on");
    private static final CsvFile CSV =
            new CsvFile(REQUIRED, OPTIONAL, column -> false, column -> !isMisspelt(column), ROWS_MAX);

    private final Amounts amounts;

    StatementFile(Amounts amounts) {
        this.amounts = amounts;
    }

    /**
     * Reads a file whose first line names the columns; others than those five are not looked at.
     *
     * @param name what the file is called in messages
     * @throws CommandFailure if its columns are not those of a statement, or with the rows that are wrong
     * @throws IOException if it cannot be read
     */
    List<StatementLine> read(InputStream in, String name) throws IOException {
        List<StatementLine> lines = new ArrayList<>();
        List<String> wrong = new ArrayList<>();
        CSV.read(in, name, row -> {
            try {
                lines.add(line(row));
            } catch (IllegalArgumentException e) {
                wrong.add("Line " + row.line() + ": " + e.getMessage());
            }
        });
        if (!wrong.isEmpty()) {
            throw CommandFailure.invalid(told(wrong, name));
        }
        return lines;
    }

    private static String told(List<String> wrong, String name) {
        int more = wrong.size() - WRONG_TOLD;
        return (wrong.size() == 1 ? "1 row of " + name + " is" : wrong.size() + " rows of " + name + " are")
                + " wrong, so nothing was compared:\n"
                + wrong.stream().limit(WRONG_TOLD).collect(Collectors.joining("\n"))
                + (more > 0 ? "\nand " + more + " more" : "");
    }

    private StatementLine line(CsvRow row) {
        row.objection().ifPresent(wrong -> {
            throw new IllegalArgumentException(wrong);
        });
        Money amount = amounts.moneyOfFile(row.required("amount"));
        Optional<Money> fee = row.field("fee").map(amounts::moneyOfFile);
        fee.filter(charged -> !charged.currency().equals(amount.currency())).ifPresent(charged -> {
            throw new IllegalArgumentException("the fee of " + charged + " is in another currency than " + amount);
        });
        return new StatementLine(
                row.required("reference"),
                amount,
                fee,
                status(row.required("status")),
                Optional.empty(),
                row.field("on").map(Dates::date));
    }

    /** Tells whether a column is one of those that are read, but for its case: it is not to be overlooked. */
    private static boolean isMisspelt(String column) {
        return Stream.concat(REQUIRED.stream(), OPTIONAL.stream()).anyMatch(column::equalsIgnoreCase);
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
}
