package io.holdfast.payout.engine;

import io.holdfast.payout.PayoutLimit.Subject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Under what a payout is counted for limits: by its wallet and by its recipient, in the month and on the day of its
 * request. A recipient is known here by a digest of its address alone.
 */
record Counting(Subject by, String subject, String currency, LocalDate day) {

    static List<Counting> of(Intent intent, ZoneId zone) {
        String currency = intent.amount().currency().code();
        LocalDate day = day(intent.createdAt(), zone);
        return List.of(
                new Counting(Subject.WALLET, wallet(intent.wallet().path()), currency, day),
                new Counting(
                        Subject.RECIPIENT,
                        recipient(
                                intent.recipient().channel().name(),
                                Recipients.bank(intent.recipient()),
                                intent.recipient().address()),
                        currency,
                        day));
    }

    LocalDate month() {
        return day.withDayOfMonth(1);
    }

    /** Returns the row that it is counted in. */
    Row row() {
        return new Row(subject, currency, month());
    }

    /** Names a row: of a subject, in a currency, for a month. */
    record Row(String subject, String currency, LocalDate month) {}

    private static LocalDate day(Instant at, ZoneId zone) {
        return at.atZone(zone).toLocalDate();
    }

    /** Returns how a wallet is counted. */
    static String wallet(String path) {
        return "wallet " + path;
    }

    /** Returns how a recipient is counted. */
    static String recipient(String channel, Optional<String> bank, String address) {
        String which = channel + " " + bank.map(code -> code + " ").orElse("") + address;
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(which.getBytes(StandardCharsets.UTF_8));
            return "recipient " + HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("Every Java has SHA-256", missing);
        }
    }
}
