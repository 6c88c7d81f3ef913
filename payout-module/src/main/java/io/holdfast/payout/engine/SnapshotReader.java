package io.holdfast.payout.engine;

import static io.holdfast.db.generated.Tables.ACCOUNT;
import static io.holdfast.db.generated.Tables.PAYOUT;
import static io.holdfast.db.generated.Tables.PAYOUT_ATTEMPT;
import static io.holdfast.db.generated.Tables.PAYOUT_REFERENCE;
import static io.holdfast.db.generated.Tables.PAYOUT_SEND;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toMap;

import io.holdfast.ledger.Key;
import io.holdfast.payout.PayoutQuery;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.QuantifiedSelect;
import org.jooq.Record;
import org.jooq.Record1;
import org.jooq.Record4;
import org.jooq.SelectConditionStep;
import org.jooq.impl.DSL;

/** Reads payouts with their attempts, sends and references. */
final class SnapshotReader {

    /** Of which nothing was ever sent that is not accounted for. */
    static final Condition IS_NEW = PAYOUT.STATUS.in(DSL.inline("SCHEDULED"), DSL.inline("PENDING"));

    private static final Field<String> ROUTE = DSL.arrayGet(PAYOUT.ROUTES, PAYOUT.ROUTE_NO);

    private final int ledgerId;

    SnapshotReader(int ledgerId) {
        this.ledgerId = ledgerId;
    }

    Optional<PayoutSnapshot> find(DSLContext db, UUID payout) {
        return one(db, select(db, PAYOUT.PAYOUT_ID.eq(payout)).fetchOptional());
    }

    Optional<PayoutSnapshot> find(DSLContext db, Key key) {
        return one(db, select(db, PAYOUT.KEY.eq(key.value())).fetchOptional());
    }

    /** Returns a payout and keeps others from changing it until the transaction ends. */
    Optional<PayoutSnapshot> lock(DSLContext db, UUID payout) {
        return one(
                db,
                select(db, PAYOUT.PAYOUT_ID.eq(payout)).forUpdate().of(PAYOUT).fetchOptional());
    }

    /** Returns payouts by id and keeps others from changing them until the transaction ends. */
    Map<UUID, PayoutSnapshot> lock(DSLContext db, Collection<UUID> payouts) {
        List<Record> rows = select(db, PAYOUT.PAYOUT_ID.eq(any(payouts)))
                .orderBy(PAYOUT.PAYOUT_ID)
                .forUpdate()
                .of(PAYOUT)
                .fetch();
        return snapshots(db, rows).stream()
                .collect(toMap(payout -> payout.intent().id(), payout -> payout));
    }

    /** Returns payouts by id, of those there are. */
    Map<UUID, PayoutSnapshot> byId(DSLContext db, Collection<UUID> payouts) {
        return snapshots(db, select(db, PAYOUT.PAYOUT_ID.eq(any(payouts))).fetch()).stream()
                .collect(toMap(payout -> payout.intent().id(), payout -> payout));
    }

    /** Returns payouts by key, of those there are. */
    Map<Key, PayoutSnapshot> find(DSLContext db, Collection<Key> keys) {
        String[] values = keys.stream().map(Key::value).toArray(String[]::new);
        return snapshots(db, select(db, PAYOUT.KEY.eq(DSL.any(values))).fetch()).stream()
                .collect(toMap(payout -> payout.intent().key(), payout -> payout));
    }

    /**
     * Returns, locked, those that have been due for longest and that nobody else is taking up.
     *
     * @param where at which provider
     */
    List<PayoutSnapshot> lockDue(DSLContext db, Condition where, int limit, Instant now) {
        return snapshots(
                db,
                select(
                                db,
                                where.and(PAYOUT.NEXT_AT.le(now))
                                        .and(PAYOUT.LEASE_UNTIL.isNull().or(PAYOUT.LEASE_UNTIL.le(now))))
                        .orderBy(PAYOUT.NEXT_AT)
                        .limit(limit)
                        .forUpdate()
                        .of(PAYOUT)
                        .skipLocked()
                        .fetch());
    }

    /** Which payouts have their turn at a provider. */
    static Condition at(String provider) {
        return ROUTE.eq(provider);
    }

    /** Which payouts have their turn at none of these. */
    static Condition atNoneOf(Collection<String> providers) {
        return ROUTE.ne(DSL.all(providers.toArray(String[]::new)));
    }

    List<PayoutSnapshot> page(DSLContext db, PayoutQuery query) {
        return snapshots(
                db,
                select(db, condition(query))
                        .orderBy(PAYOUT.CREATED_AT, PAYOUT.PAYOUT_ID)
                        .limit(query.limit())
                        .offset(query.offset())
                        .fetch());
    }

    long count(DSLContext db, PayoutQuery query) {
        return db.selectCount()
                .from(PAYOUT)
                .join(ACCOUNT)
                .on(ACCOUNT.LEDGER_ID.eq(PAYOUT.LEDGER_ID), ACCOUNT.ACCOUNT_ID.eq(PAYOUT.ACCOUNT_ID))
                .where(PAYOUT.LEDGER_ID.eq(ledgerId))
                .and(condition(query))
                .fetchSingle()
                .value1();
    }

    /** Returns the payouts, this one included, whose open attempt at a provider has no reference, by amount and address. */
    List<PayoutSnapshot> unbound(DSLContext db, PayoutSnapshot like, String provider) {
        return snapshots(
                db,
                select(
                                db,
                                PAYOUT.AMOUNT
                                        .eq(like.intent().amount().minor())
                                        .and(PAYOUT.RECIPIENT_ADDRESS.eq(
                                                like.intent().recipient().address()))
                                        .and(ACCOUNT.CURRENCY.eq(like.intent()
                                                .amount()
                                                .currency()
                                                .code()))
                                        .and(DSL.exists(DSL.selectOne()
                                                .from(PAYOUT_ATTEMPT)
                                                .where(PAYOUT_ATTEMPT.LEDGER_ID.eq(PAYOUT.LEDGER_ID))
                                                .and(PAYOUT_ATTEMPT.PAYOUT_ID.eq(PAYOUT.PAYOUT_ID))
                                                .and(PAYOUT_ATTEMPT.PROVIDER.eq(provider))
                                                .and(PAYOUT_ATTEMPT.STATE.eq("OPEN"))
                                                .and(PAYOUT_ATTEMPT.PROVIDER_REFERENCE.isNull()))))
                        .fetch());
    }

    private static Condition condition(PayoutQuery query) {
        List<Condition> conditions = new ArrayList<>();
        query.status().ifPresent(status -> conditions.add(PAYOUT.STATUS.eq(status.name())));
        query.wallet().ifPresent(wallet -> {
            conditions.add(ACCOUNT.PATH.eq(wallet.path()));
            conditions.add(ACCOUNT.CURRENCY.eq(wallet.currency().code()));
        });
        query.from().ifPresent(from -> conditions.add(PAYOUT.CREATED_AT.ge(from)));
        query.to().ifPresent(to -> conditions.add(PAYOUT.CREATED_AT.lt(to)));
        return DSL.and(conditions);
    }

    private SelectConditionStep<Record> select(DSLContext db, Condition condition) {
        List<org.jooq.SelectFieldOrAsterisk> fields = new ArrayList<>(List.of(PAYOUT.fields()));
        fields.addAll(List.of(ACCOUNT.PATH, ACCOUNT.CURRENCY, ACCOUNT.EXPONENT));
        return db.select(fields)
                .from(PAYOUT)
                .join(ACCOUNT)
                .on(ACCOUNT.LEDGER_ID.eq(PAYOUT.LEDGER_ID), ACCOUNT.ACCOUNT_ID.eq(PAYOUT.ACCOUNT_ID))
                .where(PAYOUT.LEDGER_ID.eq(ledgerId))
                .and(condition);
    }

    private Optional<PayoutSnapshot> one(DSLContext db, Optional<Record> row) {
        return row.map(found -> snapshots(db, List.of(found)).get(0));
    }

    private List<PayoutSnapshot> snapshots(DSLContext db, List<Record> rows) {
        List<Intent> intents = rows.stream().map(Rows::intent).toList();
        List<UUID> ids = intents.stream().map(Intent::id).toList();
        if (ids.isEmpty()) {
            return List.of();
        }
        Map<AttemptId, List<Send>> sends = sends(db, ids);
        Map<AttemptId, List<String>> references = references(db, ids);
        Map<UUID, List<Record>> attempts = db.select(PAYOUT_ATTEMPT.fields())
                .from(PAYOUT_ATTEMPT)
                .where(PAYOUT_ATTEMPT.LEDGER_ID.eq(ledgerId))
                .and(PAYOUT_ATTEMPT.PAYOUT_ID.eq(any(ids)))
                .orderBy(PAYOUT_ATTEMPT.PAYOUT_ID, PAYOUT_ATTEMPT.ATTEMPT_NO)
                .collect(groupingBy(row -> row.get(PAYOUT_ATTEMPT.PAYOUT_ID), toList()));
        List<PayoutSnapshot> snapshots = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            Intent intent = intents.get(i);
            List<Attempt> own = attempts.getOrDefault(intent.id(), List.of()).stream()
                    .map(row -> {
                        AttemptId id = new AttemptId(intent.id(), row.get(PAYOUT_ATTEMPT.ATTEMPT_NO));
                        return Rows.attempt(
                                row, intent, references.getOrDefault(id, List.of()), sends.getOrDefault(id, List.of()));
                    })
                    .toList();
            snapshots.add(new PayoutSnapshot(intent, Rows.standing(rows.get(i), intent), own));
        }
        return snapshots;
    }

    private Map<AttemptId, List<Send>> sends(DSLContext db, List<UUID> ids) {
        return db.select(PAYOUT_SEND.fields())
                .from(PAYOUT_SEND)
                .where(PAYOUT_SEND.LEDGER_ID.eq(ledgerId))
                .and(PAYOUT_SEND.PAYOUT_ID.eq(any(ids)))
                .orderBy(PAYOUT_SEND.PAYOUT_ID, PAYOUT_SEND.ATTEMPT_NO, PAYOUT_SEND.SEND_NO)
                .collect(groupingBy(
                        row -> new AttemptId(row.get(PAYOUT_SEND.PAYOUT_ID), row.get(PAYOUT_SEND.ATTEMPT_NO)),
                        mapping(Rows::send, toList())));
    }

    private Map<AttemptId, List<String>> references(DSLContext db, List<UUID> ids) {
        return db.select(
                        PAYOUT_REFERENCE.PAYOUT_ID,
                        PAYOUT_REFERENCE.ATTEMPT_NO,
                        PAYOUT_REFERENCE.REFERENCE,
                        PAYOUT_REFERENCE.RECORDED_AT)
                .from(PAYOUT_REFERENCE)
                .where(PAYOUT_REFERENCE.LEDGER_ID.eq(ledgerId))
                .and(PAYOUT_REFERENCE.PAYOUT_ID.eq(any(ids)))
                .orderBy(PAYOUT_REFERENCE.RECORDED_AT, PAYOUT_REFERENCE.REFERENCE)
                .collect(groupingBy(
                        row -> new AttemptId(row.value1(), row.value2()), mapping(Record4::value3, toList())));
    }

    private static QuantifiedSelect<Record1<UUID>> any(Collection<UUID> ids) {
        return DSL.any(ids.toArray(UUID[]::new));
    }

    /** Names an attempt. */
    private record AttemptId(UUID payout, int number) {}
}
