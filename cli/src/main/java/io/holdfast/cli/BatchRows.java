package io.holdfast.cli;

import io.holdfast.ledger.Key;
import io.holdfast.ledger.Money;
import io.holdfast.payout.Payer;
import io.holdfast.payout.PayoutRequest;
import io.holdfast.payout.spi.Channel;
import io.holdfast.payout.spi.Recipient;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Reads the rows of a batch of payouts, all of them, and says of each everything that is wrong with it. */
final class BatchRows {

    private static final int ROWS_MAX = 100_000;

    /** Columns beginning so are pairs of metadata, named by what follows. */
    private static final String META = "meta.";

    private static final CsvFile CSV = new CsvFile(
            List.of("key", "wallet", "to", "amount"),
            List.of(
                    "name",
                    "channel",
                    "bank",
                    "operator",
                    "provider",
                    "payer",
                    "narration",
                    "not_before",
                    META + "NAME"),
            column -> column.startsWith(META),
            column -> false,
            ROWS_MAX);

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
     * @param name what the file is called in messages
     * @throws CommandFailure if its columns are not those of payouts
     * @throws IOException if it cannot be read
     */
    List<Row> read(InputStream in, String name) throws IOException {
        List<Row> rows = new ArrayList<>();
        Map<String, Long> lines = new HashMap<>();
        CSV.read(in, name, row -> rows.add(row(row, lines)));
        return rows;
    }

    private Row row(CsvRow row, Map<String, Long> lines) {
        String key = row.field("key").orElse("");
        if (row.objection().isPresent()) {
            return new Row(
                    row.line(), key, Optional.empty(), List.of(row.objection().get()));
        }
        List<String> objections = new ArrayList<>();
        Optional<Key> checkedKey = checked(objections, () -> Key.of(key));
        Optional<Money> amount = checked(objections, () -> amounts.moneyOfFile(row.required("amount")));
        Optional<Channel> channel = checked(objections, () -> channel(row));
        channel.flatMap(by -> misplaced(row, by)).ifPresent(objections::add);
        Optional<Recipient> recipient = channel.flatMap(by -> checked(objections, () -> recipient(row, by)));
        Optional<Payer> payer =
                checked(objections, () -> payer(row.field("payer").orElse("sender")));
        Optional<Optional<Instant>> notBefore =
                checked(objections, () -> row.field("not_before").map(BatchRows::instant));
        if (row.field("wallet").isEmpty()) {
            objections.add("there is no wallet");
        }
        Optional.ofNullable(lines.putIfAbsent(key, row.line()))
                .ifPresent(first -> objections.add("key \"" + key + "\" is that of line " + first + " too"));
        Optional<PayoutRequest> request = objections.isEmpty()
                ? checked(
                        objections,
                        () -> new PayoutRequest(
                                checkedKey.orElseThrow(),
                                RecipientOptions.wallet(row.required("wallet"), amount.orElseThrow()),
                                amount.orElseThrow(),
                                recipient.orElseThrow(),
                                payer.orElseThrow(),
                                row.field("narration").orElse(""),
                                metadata(row),
                                row.field("provider"),
                                notBefore.orElseThrow(),
                                Optional.empty()))
                : Optional.empty();
        return new Row(row.line(), key, request, List.copyOf(objections));
    }

    private static Channel channel(CsvRow row) {
        return row.field("channel").map(Channels::read).orElse(Channel.MOBILE_MONEY);
    }

    /** Returns what is wrong with a row that says what payouts by its channel have no use for; nothing may be left out silently. */
    private static Optional<String> misplaced(CsvRow row, Channel channel) {
        return switch (channel) {
            case BANK -> row.field("operator").map(operator -> misplaced("operator", operator, Channel.MOBILE_MONEY));
            case MOBILE_MONEY -> row.field("bank").map(bank -> misplaced("bank", bank, Channel.BANK));
        };
    }

    private static String misplaced(String column, String value, Channel channel) {
        return column + " \"" + Excerpts.of(value, 40) + "\" goes with channel " + Channels.word(channel)
                + ": name that channel, or leave it empty";
    }

    private static Recipient recipient(CsvRow row, Channel channel) {
        String to = row.required("to");
        return switch (channel) {
            case BANK -> new Recipient.BankAccount(row.required("bank"), to, row.required("name"));
            case MOBILE_MONEY -> new Recipient.MobileMoney(to, row.field("name").orElse(""), row.field("operator"));
        };
    }

    private static Map<String, String> metadata(CsvRow row) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String column : row.columns()) {
            if (column.startsWith(META)) {
                row.field(column).ifPresent(value -> pairs.put(column.substring(META.length()), value));
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
}
