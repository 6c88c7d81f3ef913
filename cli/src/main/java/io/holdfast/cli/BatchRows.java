package io.holdfast.cli;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.holdfast.ledger.Key;
import io.holdfast.ledger.Money;
import io.holdfast.payout.Payer;
import io.holdfast.payout.PayoutRequest;
import io.holdfast.payout.spi.Channel;
import io.holdfast.payout.spi.Recipient;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Reads the rows of a batch of payouts, all of them, and says of each everything that is wrong with it. */
final class BatchRows {

    private static final int ROWS_MAX = 100_000;
    private static final List<String> REQUIRED = List.of("key", "wallet", "to", "amount");
    private static final List<String> POSSIBLE = List.of(
            "key",
            "wallet",
            "to",
            "amount",
            "name",
            "channel",
            "bank",
            "operator",
            "provider",
            "payer",
            "narration",
            "not_before");

    /** Columns beginning so are pairs of metadata, named by what follows. */
    private static final String META = "meta.";

    private final Amounts amounts;

    BatchRows(Amounts amounts) {
        this.amounts = amounts;
    }

    /**
     * A row: what it asks for, or what is wrong with it.
     *
     * @param line of the file, from 1
     */
    record Row(long line, String key, Optional<PayoutRequest> request, List<String> objections) {}

    /**
     * Reads a file whose first line names the columns.
     *
     * @throws CommandFailure if it cannot be read, or its columns are not those of payouts
     */
    List<Row> read(Path file) {
        List<Row> rows = new ArrayList<>();
        Map<String, Long> lines = new HashMap<>();
        try (CsvReader<NamedCsvRecord> records = CsvFile.open(file)) {
            for (NamedCsvRecord record : records) {
                if (rows.isEmpty()) {
                    checkColumns(record.getHeader());
                }
                if (rows.size() == ROWS_MAX) {
                    throw CommandFailure.invalid("A batch has at most " + ROWS_MAX + " rows: split it");
                }
                rows.add(row(record, lines));
            }
        } catch (NoSuchFileException e) {
            throw CommandFailure.invalid("There is no file " + file);
        } catch (IOException | CsvParseException e) {
            throw CommandFailure.invalid(file + " cannot be read as CSV in UTF-8: " + e.getMessage());
        }
        return rows;
    }

    private static void checkColumns(List<String> columns) {
        Set<String> missing = new LinkedHashSet<>(REQUIRED);
        columns.forEach(missing::remove);
        Set<String> unknown = new LinkedHashSet<>(columns);
        POSSIBLE.forEach(unknown::remove);
        unknown.removeIf(column -> column.startsWith(META));
        if (!missing.isEmpty() || !unknown.isEmpty()) {
            throw CommandFailure.invalid("The first line names the columns: missing are " + missing + ", unknown are "
                    + unknown + ", possible " + POSSIBLE + " and " + META + "NAME for metadata");
        }
    }

    private Row row(NamedCsvRecord record, Map<String, Long> lines) {
        List<String> objections = new ArrayList<>();
        long line = record.getStartingLineNumber();
        String key = field(record, "key").orElse("");
        Optional<Key> checkedKey = checked(objections, () -> Key.of(key));
        Optional<Money> amount = checked(objections, () -> amounts.money(required(record, "amount")));
        Optional<Recipient> recipient = checked(objections, () -> recipient(record));
        Optional<Payer> payer =
                checked(objections, () -> payer(field(record, "payer").orElse("sender")));
        Optional<Optional<Instant>> notBefore =
                checked(objections, () -> field(record, "not_before").map(BatchRows::instant));
        if (field(record, "wallet").isEmpty()) {
            objections.add("there is no wallet");
        }
        Optional.ofNullable(lines.putIfAbsent(key, line))
                .ifPresent(first -> objections.add("key \"" + key + "\" is that of line " + first + " too"));
        Optional<PayoutRequest> request = objections.isEmpty()
                ? checked(
                        objections,
                        () -> new PayoutRequest(
                                checkedKey.orElseThrow(),
                                RecipientOptions.wallet(required(record, "wallet"), amount.orElseThrow()),
                                amount.orElseThrow(),
                                recipient.orElseThrow(),
                                payer.orElseThrow(),
                                field(record, "narration").orElse(""),
                                metadata(record),
                                field(record, "provider"),
                                notBefore.orElseThrow(),
                                Optional.empty()))
                : Optional.empty();
        return new Row(line, key, request, List.copyOf(objections));
    }

    private static Recipient recipient(NamedCsvRecord record) {
        Channel channel = field(record, "channel").map(Channels::read).orElse(Channel.MOBILE_MONEY);
        String to = required(record, "to");
        String name = field(record, "name").orElse("");
        Optional<String> operator = field(record, "operator");
        if (channel == Channel.BANK) {
            if (operator.isPresent()) {
                throw new IllegalArgumentException("an operator goes with channel mobile_money");
            }
            return new Recipient.BankAccount(required(record, "bank"), to, required(record, "name"));
        }
        return new Recipient.MobileMoney(to, name, operator);
    }

    private static Map<String, String> metadata(NamedCsvRecord record) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String column : record.getHeader()) {
            if (column.startsWith(META)) {
                field(record, column).ifPresent(value -> pairs.put(column.substring(META.length()), value));
            }
        }
        return pairs;
    }

    private static Payer payer(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "sender" -> Payer.SENDER;
            case "recipient" -> Payer.RECIPIENT;
            default ->
                throw new IllegalArgumentException(
                        "payer \"" + Excerpts.of(word, 40) + "\" is neither sender nor recipient");
        };
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException unreadable) {
            throw new IllegalArgumentException(
                    "not_before \"" + Excerpts.of(text, 40) + "\" is no instant such as 2026-01-31T08:00:00Z",
                    unreadable);
        }
    }

    private static <T> Optional<T> checked(List<String> objections, Supplier<T> value) {
        try {
            return Optional.of(value.get());
        } catch (IllegalArgumentException wrong) {
            objections.add(String.valueOf(wrong.getMessage()));
            return Optional.empty();
        }
    }

    private static String required(NamedCsvRecord record, String column) {
        return field(record, column).orElseThrow(() -> new IllegalArgumentException("there is no " + column));
    }

    private static Optional<String> field(NamedCsvRecord record, String column) {
        return record.findField(column).map(String::strip).filter(value -> !value.isEmpty());
    }
}
