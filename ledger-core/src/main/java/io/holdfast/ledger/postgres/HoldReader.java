package io.holdfast.ledger.postgres;

import static io.holdfast.db.generated.Tables.ACCOUNT;
import static io.holdfast.db.generated.Tables.HOLD;
import static io.holdfast.db.generated.Tables.JOURNAL_ENTRY;
import static io.holdfast.ledger.postgres.session.Jooq.each;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.min;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.sum;

import io.holdfast.db.generated.Routines;
import io.holdfast.db.generated.tables.records.HoldRecord;
import io.holdfast.ledger.Account;
import io.holdfast.ledger.Currency;
import io.holdfast.ledger.Hold;
import io.holdfast.ledger.HoldReference;
import io.holdfast.ledger.HoldRequest;
import io.holdfast.ledger.HoldState;
import io.holdfast.ledger.Key;
import io.holdfast.ledger.Money;
import io.holdfast.ledger.RecordedEntry;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.SelectConditionStep;
import org.jooq.impl.DSL;

/** Reads holds. */
final class HoldReader {

    private final Book book;

    HoldReader(Book book) {
        this.book = book;
    }

    /** A hold that was named, and the key under which it was placed. */
    record Found(Key key, HoldSnapshot hold) {}

    /** Returns the holds that a batch names, of those there are. */
    List<Found> named(DSLContext db, Named named) {
        if (named.holdCount() == 0) {
            return List.of();
        }
        UUID[] ids = named.holds.toArray(UUID[]::new);
        String[] keys = named.holdKeys.stream().map(Key::value).toArray(String[]::new);
        return db.selectFrom(Routines.holdsNamed(book.id(), ids, keys))
                .fetch(row -> new Found(
                        new Key(row.getPlacedKey()),
                        new HoldSnapshot(
                                row.getHoldId(),
                                row.getAccountId(),
                                row.getAmount(),
                                row.getCommitted(),
                                row.getRemaining(),
                                HoldState.valueOf(row.getState()),
                                Optional.ofNullable(row.getExpiresAt()))));
    }

    /**
     * Returns the active holds of these accounts whose deadline has passed, earliest deadline first; of each account one more
     * than wanted, if it has as many.
     */
    List<HoldSnapshot> overdue(DSLContext db, Collection<Long> accounts, Instant now, int wanted) {
        var other = HOLD.as("other");
        var account = each(accounts.toArray(Long[]::new)).asTable("account");
        var earliest = DSL.lateral(select(other.HOLD_ID)
                        .from(other)
                        .where(other.LEDGER_ID.eq(book.id()))
                        .and(other.ACCOUNT_ID.eq(account.field(0, Long.class)))
                        .and(other.STATE.eq(inline(HoldState.ACTIVE.name())))
                        .and(other.EXPIRES_AT.le(now))
                        .orderBy(other.EXPIRES_AT, other.HOLD_ID)
                        .limit(wanted + 1))
                .as("earliest");
        return db.selectFrom(HOLD)
                .where(HOLD.LEDGER_ID.eq(book.id()))
                .and(HOLD.HOLD_ID.in(
                        select(earliest.field(other.HOLD_ID)).from(account).crossJoin(earliest)))
                .orderBy(HOLD.EXPIRES_AT, HOLD.HOLD_ID)
                .fetch(HoldReader::snapshot);
    }

    private static HoldSnapshot snapshot(HoldRecord row) {
        return new HoldSnapshot(
                row.getHoldId(),
                row.getAccountId(),
                row.getAmount(),
                row.getCommitted(),
                row.getRemaining(),
                HoldState.valueOf(row.getState()),
                Optional.ofNullable(row.getExpiresAt()));
    }

    /** Returns what the active holds of these accounts whose deadline has passed have left. */
    Map<Long, BigInteger> expired(DSLContext db, Collection<Long> accounts, Instant now) {
        Map<Long, BigInteger> expired = new HashMap<>();
        Field<BigDecimal> remaining = sum(HOLD.REMAINING);
        db.select(HOLD.ACCOUNT_ID, remaining)
                .from(HOLD)
                .where(HOLD.LEDGER_ID.eq(book.id()))
                .and(HOLD.ACCOUNT_ID.in(each(accounts.toArray(Long[]::new))))
                .and(HOLD.STATE.eq(inline(HoldState.ACTIVE.name())))
                .and(HOLD.EXPIRES_AT.le(now))
                .groupBy(HOLD.ACCOUNT_ID)
                .forEach(row -> expired.put(row.value1(), row.value2().toBigIntegerExact()));
        return expired;
    }

    /** Returns for these accounts when their next active hold expires after now, leaving some holds out. */
    Map<Long, Instant> nextExpiries(DSLContext db, Collection<Long> accounts, Collection<UUID> leftOut, Instant now) {
        Map<Long, Instant> next = new HashMap<>();
        Field<Instant> earliest = min(HOLD.EXPIRES_AT);
        db.select(HOLD.ACCOUNT_ID, earliest)
                .from(HOLD)
                .where(HOLD.LEDGER_ID.eq(book.id()))
                .and(HOLD.ACCOUNT_ID.in(each(accounts.toArray(Long[]::new))))
                .and(HOLD.STATE.eq(inline(HoldState.ACTIVE.name())))
                .and(HOLD.EXPIRES_AT.gt(now))
                .and(HOLD.HOLD_ID.notIn(each(leftOut.toArray(UUID[]::new))))
                .groupBy(HOLD.ACCOUNT_ID)
                .forEach(row -> next.put(row.value1(), row.value2()));
        return next;
    }

    /** Returns the accounts of the active holds that expired first, at most so many holds. */
    Map<Account, Long> accountsToExpire(DSLContext db, int limit) {
        Map<Account, Long> accounts = new HashMap<>();
        // As a query of its own, the time is read once and the index on deadlines can be asked for it.
        Condition overdue = HOLD.STATE.eq(inline(HoldState.ACTIVE.name())).and(HOLD.EXPIRES_AT.le(select(book.now())));
        holds(db, overdue)
                .orderBy(HOLD.EXPIRES_AT, HOLD.HOLD_ID)
                .limit(limit)
                .forEach(row -> accounts.put(account(row), row.get(HOLD.ACCOUNT_ID)));
        return accounts;
    }

    Optional<Hold> hold(DSLContext db, HoldReference reference) {
        Condition named = reference instanceof HoldReference.ById byId
                ? HOLD.HOLD_ID.eq(byId.id())
                : JOURNAL_ENTRY.KEY.eq(((HoldReference.ByKey) reference).key().value());
        return holds(db, named).fetchOptional(HoldReader::hold);
    }

    /** Returns a hold as it stood when it was placed. */
    static Hold placed(HoldRequest request, RecordedEntry entry) {
        Money nothing = Money.zero(request.amount().currency());
        boolean overdue = request.expiresAt()
                .filter(expiry -> !expiry.isAfter(entry.recordedAt()))
                .isPresent();
        return new Hold(
                entry.id(),
                entry.key(),
                request.account(),
                request.amount(),
                nothing,
                overdue ? nothing : request.amount(),
                overdue ? HoldState.EXPIRED : HoldState.ACTIVE,
                request.expiresAt());
    }

    List<Hold> holds(DSLContext db, int limit, int offset) {
        return page(db, DSL.trueCondition(), limit, offset);
    }

    List<Hold> holds(DSLContext db, HoldState state, int limit, int offset) {
        return page(db, inState(state), limit, offset);
    }

    private List<Hold> page(DSLContext db, Condition condition, int limit, int offset) {
        return holds(db, condition)
                .orderBy(HOLD.HOLD_ID)
                .limit(limit)
                .offset(offset)
                .fetch(HoldReader::hold);
    }

    private Condition inState(HoldState state) {
        Condition overdue = HOLD.STATE.eq(inline(HoldState.ACTIVE.name())).and(HOLD.EXPIRES_AT.le(book.now()));
        Condition kept = HOLD.STATE.eq(state.name());
        return switch (state) {
            case ACTIVE -> kept.and(HOLD.EXPIRES_AT.isNull().or(HOLD.EXPIRES_AT.gt(book.now())));
            case EXPIRED -> kept.or(overdue);
            case COMMITTED, RELEASED -> kept;
        };
    }

    private SelectConditionStep<? extends Record> holds(DSLContext db, Condition condition) {
        return db.select(HOLD.fields())
                .select(
                        JOURNAL_ENTRY.KEY,
                        ACCOUNT.PATH,
                        ACCOUNT.CURRENCY,
                        ACCOUNT.EXPONENT,
                        book.now().as("now"))
                .from(HOLD)
                .join(JOURNAL_ENTRY)
                .on(JOURNAL_ENTRY.LEDGER_ID.eq(HOLD.LEDGER_ID), JOURNAL_ENTRY.ENTRY_ID.eq(HOLD.HOLD_ID))
                .join(ACCOUNT)
                .on(ACCOUNT.LEDGER_ID.eq(HOLD.LEDGER_ID), ACCOUNT.ACCOUNT_ID.eq(HOLD.ACCOUNT_ID))
                .where(HOLD.LEDGER_ID.eq(book.id()))
                .and(condition);
    }

    private static Account account(Record row) {
        return Account.of(row.get(ACCOUNT.PATH), new Currency(row.get(ACCOUNT.CURRENCY), row.get(ACCOUNT.EXPONENT)));
    }

    private static Hold hold(Record row) {
        Account account = account(row);
        Optional<Instant> expiresAt = Optional.ofNullable(row.get(HOLD.EXPIRES_AT));
        HoldState kept = HoldState.valueOf(row.get(HOLD.STATE));
        boolean overdue = kept == HoldState.ACTIVE
                && expiresAt.isPresent()
                && !expiresAt.get().isAfter(row.get("now", Instant.class));
        return new Hold(
                row.get(HOLD.HOLD_ID),
                new Key(row.get(JOURNAL_ENTRY.KEY)),
                account,
                Money.ofMinor(account.currency(), row.get(HOLD.AMOUNT)),
                Money.ofMinor(account.currency(), row.get(HOLD.COMMITTED)),
                Money.ofMinor(account.currency(), overdue ? BigInteger.ZERO : row.get(HOLD.REMAINING)),
                overdue ? HoldState.EXPIRED : kept,
                expiresAt);
    }
}
