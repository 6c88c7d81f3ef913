package io.holdfast.audit;

import static io.holdfast.db.generated.Tables.BALANCE;
import static io.holdfast.db.generated.Tables.HOLD;
import static io.holdfast.db.generated.Tables.JOURNAL_ENTRY;
import static io.holdfast.db.generated.Tables.POSTING;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.select;

import io.holdfast.db.generated.tables.Posting;
import io.holdfast.db.generated.tables.records.JournalEntryRecord;
import io.holdfast.db.generated.tables.records.PostingRecord;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.TableField;

/** What a field of a damaged entry may have been, by what else the ledger keeps. Belongs to one thread. */
final class Suspects {

    /** The most values of one field that are tried. */
    private static final int VALUES_MAX = 50;

    private static final int UUID_VERSION_7 = 7;
    private static final int FRACTIONS = 4_096;
    private static final int MICROS_PER_MILLI = 1_000;

    private final DSLContext db;
    private final int ledgerId;
    private final Map<Field<?>, List<?>> known = new HashMap<>();

    Suspects(DSLContext db, int ledgerId) {
        this.db = db;
        this.ledgerId = ledgerId;
    }

    /** Returns the values that a column of text has in the ledger, at most so many. */
    List<String> texts(TableField<JournalEntryRecord, String> column) {
        return once(
                column,
                () -> db.selectDistinct(column)
                        .from(JOURNAL_ENTRY)
                        .where(JOURNAL_ENTRY.LEDGER_ID.eq(ledgerId))
                        .limit(VALUES_MAX)
                        .fetch(column));
    }

    /** Returns the accounts that have fewer or more postings than their balance counts. */
    List<Long> miscountedAccounts() {
        return once(
                BALANCE.ACCOUNT_ID,
                () -> db.select(BALANCE.ACCOUNT_ID)
                        .from(BALANCE)
                        .where(BALANCE.LEDGER_ID.eq(ledgerId))
                        .and(BALANCE.LAST_SEQ.ne(select(count().cast(Long.class))
                                .from(POSTING)
                                .where(POSTING.LEDGER_ID.eq(ledgerId), POSTING.ACCOUNT_ID.eq(BALANCE.ACCOUNT_ID))))
                        .limit(VALUES_MAX)
                        .fetch(BALANCE.ACCOUNT_ID));
    }

    /** Returns the holds on the accounts of an entry's postings. */
    List<UUID> holds(Evidence evidence) {
        return db.select(HOLD.HOLD_ID)
                .from(HOLD)
                .where(HOLD.LEDGER_ID.eq(ledgerId))
                .and(HOLD.ACCOUNT_ID.in(evidence.postings().stream()
                        .map(PostingRecord::getAccountId)
                        .toList()))
                .limit(VALUES_MAX)
                .fetch(HOLD.HOLD_ID);
    }

    /** Returns the deadline that the hold placed by an entry has now. */
    List<Instant> deadlines(UUID entryId) {
        return db.select(HOLD.EXPIRES_AT)
                .from(HOLD)
                .where(HOLD.LEDGER_ID.eq(ledgerId), HOLD.HOLD_ID.eq(entryId))
                .and(HOLD.EXPIRES_AT.isNotNull())
                .fetch(HOLD.EXPIRES_AT);
    }

    /** Returns the plain entries that have a posting opposite to an entry's first one. */
    List<UUID> originals(Evidence evidence) {
        if (evidence.postings().isEmpty()) {
            return List.of();
        }
        PostingRecord first = evidence.postings().get(0);
        Posting opposite = POSTING.as("opposite");
        return db.select(opposite.ENTRY_ID)
                .from(opposite)
                .where(opposite.LEDGER_ID.eq(ledgerId), opposite.ACCOUNT_ID.eq(first.getAccountId()))
                .and(opposite.SIDE.eq((short) -first.getSide()))
                .and(opposite.AMOUNT.ge(first.getAmount()))
                .limit(VALUES_MAX)
                .fetch(opposite.ENTRY_ID);
    }

    /** Returns the microseconds that the time in a UUIDv7 may stand for: Holdfast makes it from the time of recording. */
    static List<Instant> timesIn(UUID id) {
        if (id.version() != UUID_VERSION_7) {
            return List.of();
        }
        long millis = id.getMostSignificantBits() >>> 16;
        long fraction = id.getMostSignificantBits() & (FRACTIONS - 1);
        long micros = fraction * MICROS_PER_MILLI / FRACTIONS;
        List<Instant> times = new ArrayList<>();
        for (long near = micros; near <= micros + 1; near++) {
            times.add(Instant.ofEpochMilli(millis).plus(near, ChronoUnit.MICROS));
        }
        return times;
    }

    @SuppressWarnings("unchecked") // Each field is a key of values of its own type.
    private <T> List<T> once(Field<T> field, Supplier<List<T>> question) {
        return (List<T>) known.computeIfAbsent(field, first -> question.get());
    }
}
