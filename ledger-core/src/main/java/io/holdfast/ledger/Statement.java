package io.holdfast.ledger;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;

/**
 * An account's postings over a span of business dates, with the balances before, between and after.
 *
 * @param account whose
 * @param from first business date, inclusive
 * @param to last business date, inclusive
 * @param opening at the end of the day before {@code from}
 * @param lines by business date, and within one date in the order in which the ledger recorded them
 * @param closing at the end of {@code to}
 */
public record Statement(
        Account account, LocalDate from, LocalDate to, Balance opening, List<Line> lines, Balance closing) {

    /** The most lines that one statement may have. */
    public static final int LINES_MAX = 100_000;

    /** Copies the lines. */
    public Statement {
        lines = List.copyOf(lines);
    }

    /**
     * One posting.
     *
     * @param entry its entry's id
     * @param key its entry's key
     * @param kind what its entry came from
     * @param effectiveOn its entry's business date
     * @param recordedAt when the ledger recorded it
     * @param description the line's own, or its entry's
     * @param posting side, part and amount
     * @param balance after it
     */
    public record Line(
            UUID entry,
            Key key,
            EntryKind kind,
            LocalDate effectiveOn,
            Instant recordedAt,
            String description,
            Posting posting,
            Balance balance) {}
}
