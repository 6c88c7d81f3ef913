package io.holdfast.payout.engine;

import static io.holdfast.db.generated.Tables.PAYOUT_ENTRY;
import static io.holdfast.db.generated.Tables.PAYOUT_INTENT;
import static io.holdfast.db.generated.Tables.PAYOUT_ITEM;
import static io.holdfast.db.generated.Tables.PAYOUT_METADATA;
import static io.holdfast.db.generated.Tables.PAYOUT_SURPLUS;
import static io.holdfast.db.generated.Tables.PAYOUT_TRANSITION;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toMap;

import io.holdfast.ledger.Key;
import io.holdfast.payout.PayoutEntry;
import io.holdfast.payout.PayoutItem;
import io.holdfast.payout.PayoutStatus;
import io.holdfast.payout.PayoutTransition;
import io.holdfast.payout.spi.Outcome;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.Record3;
import org.jooq.impl.DSL;

/** Writes and reads what happened to payouts: transitions, their journal entries, and items for a person. */
final class HistoryStore {

    private final int ledgerId;

    HistoryStore(int ledgerId) {
        this.ledgerId = ledgerId;
    }

    void record(Sheet sheet, UUID payout, PayoutTransition transition, Optional<Integer> send) {
        sheet.insert(PAYOUT_TRANSITION, payout, transition.number())
                .set(PAYOUT_TRANSITION.LEDGER_ID, ledgerId)
                .set(PAYOUT_TRANSITION.PAYOUT_ID, payout)
                .set(PAYOUT_TRANSITION.TRANSITION_NO, transition.number())
                .set(
                        PAYOUT_TRANSITION.FROM_STATUS,
                        transition.from().map(Enum::name).orElse(null))
                .set(PAYOUT_TRANSITION.TO_STATUS, transition.to().name())
                .set(PAYOUT_TRANSITION.VERDICT, transition.verdict().name())
                .set(PAYOUT_TRANSITION.CAUSE, transition.cause().name())
                .set(PAYOUT_TRANSITION.ATTEMPT_NO, transition.attempt().orElse(null))
                .set(PAYOUT_TRANSITION.SEND_NO, send.orElse(null))
                .set(
                        PAYOUT_TRANSITION.OUTCOME,
                        transition.outcome().map(Enum::name).orElse(null))
                .set(PAYOUT_TRANSITION.DETAIL, transition.detail())
                .set(PAYOUT_TRANSITION.EVIDENCE, transition.evidence())
                .set(PAYOUT_TRANSITION.ACTOR, transition.actor())
                .set(PAYOUT_TRANSITION.RECORDED_AT, transition.at());
    }

    /** Notes which journal entry a transition made. */
    void record(Sheet sheet, UUID payout, int transition, EntryRole role, UUID entry) {
        sheet.insert(PAYOUT_ENTRY, entry)
                .set(PAYOUT_ENTRY.LEDGER_ID, ledgerId)
                .set(PAYOUT_ENTRY.ENTRY_ID, entry)
                .set(PAYOUT_ENTRY.PAYOUT_ID, payout)
                .set(PAYOUT_ENTRY.TRANSITION_NO, transition)
                .set(PAYOUT_ENTRY.ROLE, role.name());
    }

    /** Notes which payment stands in suspense by which entry. */
    void suspend(DSLContext db, UUID payout, Effect.Suspend suspended, UUID entry) {
        db.insertInto(PAYOUT_SURPLUS)
                .set(PAYOUT_SURPLUS.LEDGER_ID, ledgerId)
                .set(PAYOUT_SURPLUS.PROVIDER, suspended.provider())
                .set(PAYOUT_SURPLUS.REFERENCE, suspended.reference())
                .set(PAYOUT_SURPLUS.PAYOUT_ID, payout)
                .set(PAYOUT_SURPLUS.ATTEMPT_NO, suspended.attempt())
                .set(PAYOUT_SURPLUS.ENTRY_ID, entry)
                .execute();
    }

    /** Opens an item about a payout, or about none, unless it is there and this is not news, as {@link PayoutItem} has it. */
    void open(DSLContext db, Optional<UUID> payout, Finding finding, Instant now) {
        db.insertInto(PAYOUT_ITEM)
                .set(PAYOUT_ITEM.LEDGER_ID, ledgerId)
                .set(PAYOUT_ITEM.PAYOUT_ID, payout.orElse(null))
                .set(PAYOUT_ITEM.KIND, finding.kind().name())
                .set(PAYOUT_ITEM.DETAIL, finding.detail())
                .set(PAYOUT_ITEM.OPENED_AT, now)
                .onConflictDoNothing()
                .execute();
    }

    long openItems(DSLContext db) {
        return db.fetchCount(PAYOUT_ITEM, PAYOUT_ITEM.LEDGER_ID.eq(ledgerId), PAYOUT_ITEM.CLOSED_AT.isNull());
    }

    /** Closes an item; returns whether there was one to close. */
    boolean close(DSLContext db, long item, String actor, String note, Instant now) {
        return db.update(PAYOUT_ITEM)
                        .set(PAYOUT_ITEM.CLOSED_AT, now)
                        .set(PAYOUT_ITEM.CLOSED_BY, actor)
                        .set(PAYOUT_ITEM.CLOSING_NOTE, note)
                        .where(PAYOUT_ITEM.LEDGER_ID.eq(ledgerId))
                        .and(PAYOUT_ITEM.ITEM_NO.eq(item))
                        .and(PAYOUT_ITEM.CLOSED_AT.isNull())
                        .execute()
                == 1;
    }

    List<PayoutTransition> transitions(DSLContext db, UUID payout) {
        return db.selectFrom(PAYOUT_TRANSITION)
                .where(PAYOUT_TRANSITION.LEDGER_ID.eq(ledgerId))
                .and(PAYOUT_TRANSITION.PAYOUT_ID.eq(payout))
                .orderBy(PAYOUT_TRANSITION.TRANSITION_NO)
                .fetch(HistoryStore::transition);
    }

    List<PayoutItem> items(DSLContext db, int limit, int offset) {
        return db.select(
                        PAYOUT_ITEM.ITEM_NO,
                        PAYOUT_ITEM.PAYOUT_ID,
                        PAYOUT_INTENT.KEY,
                        PAYOUT_ITEM.KIND,
                        PAYOUT_ITEM.DETAIL,
                        PAYOUT_ITEM.OPENED_AT)
                .from(PAYOUT_ITEM)
                .leftJoin(PAYOUT_INTENT)
                .on(
                        PAYOUT_INTENT.LEDGER_ID.eq(PAYOUT_ITEM.LEDGER_ID),
                        PAYOUT_INTENT.PAYOUT_ID.eq(PAYOUT_ITEM.PAYOUT_ID))
                .where(PAYOUT_ITEM.LEDGER_ID.eq(ledgerId))
                .and(PAYOUT_ITEM.CLOSED_AT.isNull())
                .orderBy(PAYOUT_ITEM.ITEM_NO)
                .limit(limit)
                .offset(offset)
                .fetch(row -> new PayoutItem(
                        row.get(PAYOUT_ITEM.ITEM_NO),
                        Optional.ofNullable(row.get(PAYOUT_ITEM.PAYOUT_ID)),
                        Optional.ofNullable(row.get(PAYOUT_INTENT.KEY)).map(Key::new),
                        PayoutItem.Kind.valueOf(row.get(PAYOUT_ITEM.KIND)),
                        row.get(PAYOUT_ITEM.DETAIL),
                        row.get(PAYOUT_ITEM.OPENED_AT)));
    }

    List<PayoutEntry> entries(DSLContext db, UUID payout) {
        return db.select(PAYOUT_ENTRY.TRANSITION_NO, PAYOUT_ENTRY.ENTRY_ID)
                .from(PAYOUT_ENTRY)
                .where(PAYOUT_ENTRY.LEDGER_ID.eq(ledgerId))
                .and(PAYOUT_ENTRY.PAYOUT_ID.eq(payout))
                .orderBy(PAYOUT_ENTRY.TRANSITION_NO, PAYOUT_ENTRY.ENTRY_ID)
                .fetch(row -> new PayoutEntry(row.value1(), row.value2()));
    }

    /** Returns each payout's journal entries, in the order in which it made them: the hold is the first. */
    Map<UUID, List<UUID>> entries(DSLContext db, List<UUID> payouts) {
        return db.select(PAYOUT_ENTRY.PAYOUT_ID, PAYOUT_ENTRY.ENTRY_ID)
                .from(PAYOUT_ENTRY)
                .where(PAYOUT_ENTRY.LEDGER_ID.eq(ledgerId))
                .and(PAYOUT_ENTRY.PAYOUT_ID.eq(DSL.any(payouts.toArray(UUID[]::new))))
                .orderBy(PAYOUT_ENTRY.PAYOUT_ID, PAYOUT_ENTRY.TRANSITION_NO, PAYOUT_ENTRY.ENTRY_ID)
                .collect(groupingBy(row -> row.value1(), mapping(row -> row.value2(), toList())));
    }

    Map<UUID, Map<String, String>> metadata(DSLContext db, List<UUID> payouts) {
        return db.select(PAYOUT_METADATA.PAYOUT_ID, PAYOUT_METADATA.NAME, PAYOUT_METADATA.VALUE)
                .from(PAYOUT_METADATA)
                .where(PAYOUT_METADATA.LEDGER_ID.eq(ledgerId))
                .and(PAYOUT_METADATA.PAYOUT_ID.eq(DSL.any(payouts.toArray(UUID[]::new))))
                .collect(groupingBy(row -> row.value1(), toMap(Record3::value2, Record3::value3)));
    }

    static PayoutTransition transition(Record row) {
        return new PayoutTransition(
                row.get(PAYOUT_TRANSITION.TRANSITION_NO),
                Optional.ofNullable(row.get(PAYOUT_TRANSITION.FROM_STATUS)).map(PayoutStatus::valueOf),
                PayoutStatus.valueOf(row.get(PAYOUT_TRANSITION.TO_STATUS)),
                PayoutTransition.Verdict.valueOf(row.get(PAYOUT_TRANSITION.VERDICT)),
                PayoutTransition.Cause.valueOf(row.get(PAYOUT_TRANSITION.CAUSE)),
                Optional.ofNullable(row.get(PAYOUT_TRANSITION.ATTEMPT_NO)),
                Optional.ofNullable(row.get(PAYOUT_TRANSITION.OUTCOME)).map(Outcome.Code::valueOf),
                row.get(PAYOUT_TRANSITION.DETAIL),
                row.get(PAYOUT_TRANSITION.EVIDENCE),
                row.get(PAYOUT_TRANSITION.ACTOR),
                row.get(PAYOUT_TRANSITION.RECORDED_AT));
    }
}
