package io.holdfast.ledger.postgres;

import static io.holdfast.db.generated.Tables.BALANCE;
import static io.holdfast.db.generated.Tables.HOLD;
import static io.holdfast.db.generated.Tables.JOURNAL_ENTRY;
import static io.holdfast.db.generated.Tables.POSTING;
import static org.jooq.impl.DSL.any;
import static org.jooq.impl.DSL.excluded;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.notExists;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectOne;
import static org.jooq.impl.DSL.table;
import static org.jooq.impl.DSL.val;

import io.holdfast.db.generated.tables.BalanceInput;
import io.holdfast.db.generated.tables.EntryInput;
import io.holdfast.db.generated.tables.HoldInput;
import io.holdfast.db.generated.tables.PostingInput;
import io.holdfast.ledger.Key;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jooq.CommonTableExpression;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.JSONB;
import org.jooq.Record1;
import org.jooq.Result;
import org.jooq.ResultQuery;
import org.jooq.Select;
import org.jooq.impl.DSL;

/** Writes what a batch came to, in one statement. */
final class JournalStore {

    private static final String KNOWN = "known";

    private final Book book;

    JournalStore(Book book) {
        this.book = book;
    }

    /**
     * Writes everything that the plan came to, unless one of the batch's keys has been used before; returns the keys
     * that were.
     *
     * <p>A key that another transaction is just taking is waited for. If that commits, the entry is left out, its
     * postings are not, and the guard refuses the whole statement with HF003: the caller plans again.
     */
    Set<Key> write(DSLContext db, World plan, Collection<Key> keys) {
        if (plan.planned().isEmpty()) {
            return keysIn(db.fetch(usedBefore(keys)));
        }
        BatchRows rows = new BatchRows(plan);
        List<CommonTableExpression<?>> parts = new ArrayList<>();
        parts.add(name(KNOWN).as(usedBefore(keys)));
        parts.add(name("entries").as(insertEntries(rows)));
        parts.add(name("postings").as(insertPostings(rows)));
        parts.add(name("balances").as(updateBalances(rows)));
        if (!plan.changedHolds().isEmpty()) {
            parts.add(name("holds").as(writeHolds(rows)));
        }
        return keysIn(db.with(parts)
                .select(DSL.field(name(KNOWN, "key"), String.class))
                .from(table(name(KNOWN)))
                .fetch());
    }

    private ResultQuery<?> insertEntries(BatchRows rows) {
        EntryInput e = rows.entries();
        return DSL.insertInto(JOURNAL_ENTRY)
                .columns(
                        JOURNAL_ENTRY.LEDGER_ID,
                        JOURNAL_ENTRY.POSTING_COUNT,
                        JOURNAL_ENTRY.EFFECTIVE_ON,
                        JOURNAL_ENTRY.RECORDED_AT,
                        JOURNAL_ENTRY.ENTRY_ID,
                        JOURNAL_ENTRY.KIND,
                        JOURNAL_ENTRY.HASH,
                        JOURNAL_ENTRY.FINGERPRINT,
                        JOURNAL_ENTRY.KEY,
                        JOURNAL_ENTRY.ACTOR,
                        JOURNAL_ENTRY.ORIGIN,
                        JOURNAL_ENTRY.DESCRIPTION,
                        JOURNAL_ENTRY.HOLD_ID,
                        JOURNAL_ENTRY.EXPIRES_AT,
                        JOURNAL_ENTRY.REVERSES,
                        JOURNAL_ENTRY.DOCUMENTS,
                        JOURNAL_ENTRY.METADATA)
                .select(select(
                                val(book.id()),
                                e.POSTING_COUNT,
                                e.EFFECTIVE_ON,
                                e.RECORDED_AT,
                                e.ENTRY_ID,
                                e.KIND,
                                e.HASH,
                                e.FINGERPRINT,
                                e.KEY,
                                e.ACTOR,
                                e.ORIGIN,
                                e.DESCRIPTION,
                                e.HOLD_ID,
                                e.EXPIRES_AT,
                                e.REVERSES,
                                e.DOCUMENTS.cast(JSONB.class),
                                e.METADATA.cast(JSONB.class))
                        .from(e)
                        .where(noneUsedBefore()))
                .onConflict(JOURNAL_ENTRY.LEDGER_ID, JOURNAL_ENTRY.KEY)
                .doNothing()
                .returning(JOURNAL_ENTRY.LEDGER_ID);
    }

    private ResultQuery<?> insertPostings(BatchRows rows) {
        PostingInput p = rows.postings();
        return DSL.insertInto(POSTING)
                .columns(
                        POSTING.LEDGER_ID,
                        POSTING.LINE,
                        POSTING.SIDE,
                        POSTING.ACCOUNT_ID,
                        POSTING.ACCOUNT_SEQ,
                        POSTING.EFFECTIVE_ON,
                        POSTING.PART,
                        POSTING.ENTRY_ID,
                        POSTING.AMOUNT,
                        POSTING.DESCRIPTION)
                .select(select(
                                val(book.id()),
                                p.LINE,
                                p.SIDE,
                                p.ACCOUNT_ID,
                                p.ACCOUNT_SEQ,
                                p.EFFECTIVE_ON,
                                p.PART,
                                p.ENTRY_ID,
                                p.AMOUNT,
                                p.DESCRIPTION)
                        .from(p)
                        .where(noneUsedBefore()))
                .returning(POSTING.LEDGER_ID);
    }

    private ResultQuery<?> updateBalances(BatchRows rows) {
        BalanceInput b = rows.balances();
        return DSL.update(BALANCE)
                .set(BALANCE.AVAILABLE, b.AVAILABLE)
                .set(BALANCE.HELD, b.HELD)
                .set(BALANCE.LAST_SEQ, b.LAST_SEQ)
                .set(BALANCE.EARLIEST_EXPIRY, b.EARLIEST_EXPIRY)
                .from(b)
                .where(BALANCE.LEDGER_ID.eq(book.id()))
                .and(BALANCE.ACCOUNT_ID.eq(b.ACCOUNT_ID))
                .and(noneUsedBefore())
                .returning(BALANCE.LEDGER_ID);
    }

    private ResultQuery<?> writeHolds(BatchRows rows) {
        HoldInput h = rows.holds();
        return DSL.insertInto(HOLD)
                .columns(
                        HOLD.LEDGER_ID,
                        HOLD.HOLD_ID,
                        HOLD.ACCOUNT_ID,
                        HOLD.AMOUNT,
                        HOLD.COMMITTED,
                        HOLD.REMAINING,
                        HOLD.STATE,
                        HOLD.EXPIRES_AT)
                .select(select(
                                val(book.id()),
                                h.HOLD_ID,
                                h.ACCOUNT_ID,
                                h.AMOUNT,
                                h.COMMITTED,
                                h.REMAINING,
                                h.STATE,
                                h.EXPIRES_AT)
                        .from(h)
                        .where(noneUsedBefore()))
                .onConflict(HOLD.LEDGER_ID, HOLD.HOLD_ID)
                .doUpdate()
                .set(HOLD.COMMITTED, excluded(HOLD.COMMITTED))
                .set(HOLD.REMAINING, excluded(HOLD.REMAINING))
                .set(HOLD.STATE, excluded(HOLD.STATE))
                .returning(HOLD.LEDGER_ID);
    }

    private Select<Record1<String>> usedBefore(Collection<Key> keys) {
        return select(JOURNAL_ENTRY.KEY)
                .from(JOURNAL_ENTRY)
                .where(JOURNAL_ENTRY.LEDGER_ID.eq(book.id()))
                .and(JOURNAL_ENTRY.KEY.eq(any(keys.stream().map(Key::value).toArray(String[]::new))));
    }

    private static Condition noneUsedBefore() {
        return notExists(selectOne().from(table(name(KNOWN))));
    }

    private static Set<Key> keysIn(Result<Record1<String>> rows) {
        return rows.stream().map(row -> new Key(row.value1())).collect(Collectors.toSet());
    }
}
