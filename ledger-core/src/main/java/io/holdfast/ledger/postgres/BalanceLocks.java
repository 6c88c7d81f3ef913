package io.holdfast.ledger.postgres;

import static io.holdfast.db.generated.Tables.BALANCE;
import static io.holdfast.db.generated.Tables.LEDGER;
import static io.holdfast.ledger.postgres.Jooq.each;

import io.holdfast.ledger.Account;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;

/** The one place that locks: balance rows, in the order of account ids, in one statement. */
final class BalanceLocks {

    private final Book book;

    BalanceLocks(Book book) {
        this.book = book;
    }

    /** The accounts under lock, and the moment at which they were. */
    record Locked(Moment moment, List<AccountSnapshot> accounts) {}

    /**
     * Locks accounts until the transaction ends and returns them as they are then. An id without a row is left out.
     */
    Locked acquire(DSLContext db, Map<Account, Long> ids) {
        Map<Long, Account> accounts = new HashMap<>();
        ids.forEach((account, id) -> accounts.put(id, account));
        var locked = lockedRows(db, accounts.keySet());
        var now = book.now().as("now");
        // The clock is read above the locked rows, and so after the last lock was waited for.
        var rows = db.select(now, LEDGER.CLOSED_THROUGH)
                .select(locked.fields())
                .from(LEDGER)
                .leftJoin(locked)
                .on(DSL.trueCondition())
                .where(LEDGER.LEDGER_ID.eq(book.id()))
                .fetch();
        Instant latest = Instant.MIN;
        List<AccountSnapshot> snapshots = new ArrayList<>(rows.size());
        for (Record row : rows) {
            Instant read = row.get(now);
            latest = read.isAfter(latest) ? read : latest;
            Long id = row.get(BALANCE.ACCOUNT_ID);
            if (id != null) {
                snapshots.add(
                        snapshot(row, Optional.ofNullable(accounts.get(id)).orElseThrow()));
            }
        }
        Optional<LocalDate> closed = Optional.ofNullable(rows.get(0).get(LEDGER.CLOSED_THROUGH));
        return new Locked(new Moment(latest, book.dateOf(latest), closed), snapshots);
    }

    private Table<?> lockedRows(DSLContext db, Collection<Long> ids) {
        return db.select(
                        BALANCE.ACCOUNT_ID,
                        BALANCE.AVAILABLE,
                        BALANCE.HELD,
                        BALANCE.LAST_SEQ,
                        BALANCE.MINIMUM,
                        BALANCE.MAXIMUM,
                        BALANCE.DEBIT_FROZEN,
                        BALANCE.CREDIT_FROZEN,
                        BALANCE.CLOSED,
                        BALANCE.EARLIEST_EXPIRY)
                .from(BALANCE)
                .where(BALANCE.LEDGER_ID.eq(book.id()))
                .and(BALANCE.ACCOUNT_ID.in(each(ids.toArray(Long[]::new))))
                .orderBy(BALANCE.ACCOUNT_ID)
                .forUpdate()
                .asTable("b");
    }

    private static AccountSnapshot snapshot(Record row, Account account) {
        return new AccountSnapshot(
                row.get(BALANCE.ACCOUNT_ID),
                account,
                row.get(BALANCE.AVAILABLE),
                row.get(BALANCE.HELD),
                row.get(BALANCE.LAST_SEQ),
                new AccountSnapshot.Terms(
                        Optional.ofNullable(row.get(BALANCE.MINIMUM)),
                        Optional.ofNullable(row.get(BALANCE.MAXIMUM)),
                        row.get(BALANCE.DEBIT_FROZEN),
                        row.get(BALANCE.CREDIT_FROZEN),
                        row.get(BALANCE.CLOSED)),
                Optional.ofNullable(row.get(BALANCE.EARLIEST_EXPIRY)));
    }
}
