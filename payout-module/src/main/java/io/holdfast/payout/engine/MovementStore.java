package io.holdfast.payout.engine;

import static io.holdfast.db.generated.Tables.JOURNAL_ENTRY;
import static io.holdfast.db.generated.Tables.POSTING;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.jsonbGetAttributeAsText;
import static org.jooq.impl.DSL.sum;

import io.holdfast.ledger.Key;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/** Reads what was put in suspense as nobody's, and how much of it still stands there. */
final class MovementStore {

    private static final short DEBIT = 1;

    private final int ledgerId;

    MovementStore(int ledgerId) {
        this.ledgerId = ledgerId;
    }

    /** Returns which of these keys entries have, each looked up by itself, so that a plan that is kept reads few rows. */
    List<Key> known(DSLContext db, Collection<Key> keys) {
        Field<String> wanted = DSL.field(DSL.name("wanted", "key"), SQLDataType.CLOB);
        Table<?> found = DSL.lateral(DSL.select(JOURNAL_ENTRY.KEY)
                .from(JOURNAL_ENTRY)
                .where(JOURNAL_ENTRY.LEDGER_ID.eq(ledgerId))
                .and(JOURNAL_ENTRY.KEY.ge(wanted))
                .and(JOURNAL_ENTRY.KEY.le(wanted))
                .orderBy(JOURNAL_ENTRY.KEY)
                .limit(1)
                .asTable("found"));
        return db.select(DSL.field(DSL.name("found", "key"), SQLDataType.CLOB))
                .from(DSL.unnest(keys.stream().map(Key::value).toArray(String[]::new))
                        .as("wanted", "key"))
                .crossJoin(found)
                .fetch(row -> new Key(row.value1()));
    }

    /** Returns how much of an entry is not undone, in the currency's smallest unit. */
    BigInteger left(DSLContext db, UUID entry) {
        BigInteger booked = debits(db, POSTING.ENTRY_ID.eq(entry));
        BigInteger undone = debits(
                db,
                POSTING.ENTRY_ID.in(DSL.select(JOURNAL_ENTRY.ENTRY_ID)
                        .from(JOURNAL_ENTRY)
                        .where(JOURNAL_ENTRY.LEDGER_ID.eq(ledgerId))
                        .and(JOURNAL_ENTRY.REVERSES.eq(entry))));
        return booked.subtract(undone);
    }

    /** Returns that something of an entry was undone, if anything was: last on the date told, which is not that of its entry. */
    Optional<Back> undone(DSLContext db, UUID entry) {
        List<Optional<LocalDate>> told = db.select(
                        jsonbGetAttributeAsText(JOURNAL_ENTRY.METADATA, Movements.CAME_BACK_ON))
                .from(JOURNAL_ENTRY)
                .where(JOURNAL_ENTRY.LEDGER_ID.eq(ledgerId))
                .and(JOURNAL_ENTRY.REVERSES.eq(entry))
                .fetch(row -> Optional.ofNullable(row.value1()).map(LocalDate::parse));
        Comparator<Optional<LocalDate>> untoldLast = Comparator.comparing(on -> on.orElse(LocalDate.MAX));
        return told.stream().max(untoldLast).map(on -> new Back(on, false, true));
    }

    private BigInteger debits(DSLContext db, Condition entries) {
        return db.select(coalesce(sum(POSTING.AMOUNT), inline(BigDecimal.ZERO)))
                .from(POSTING)
                .where(POSTING.LEDGER_ID.eq(ledgerId))
                .and(POSTING.SIDE.eq(DEBIT))
                .and(entries)
                .fetchSingle()
                .value1()
                .toBigIntegerExact();
    }
}
