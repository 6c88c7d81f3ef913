package io.holdfast.ledger.postgres;

import static io.holdfast.db.generated.Tables.BALANCE;
import static io.holdfast.db.generated.Tables.LEDGER;

import io.holdfast.ledger.Account;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record12;
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
        Field<Long> id = DSL.field(DSL.name("wanted", "id"), Long.class);
        var wanted = DSL.unnest(accounts.keySet().stream().sorted().toArray(Long[]::new))
                .as("wanted", "id");
        var locked = locked(db, id);
        // The clock is read above the locked rows, and so after the last lock was waited for.
        var rows = db.select(
                        book.now(),
                        LEDGER.CLOSED_THROUGH,
                        locked.field(BALANCE.ACCOUNT_ID),
                        locked.field(BALANCE.AVAILABLE),
                        locked.field(BALANCE.HELD),
                        locked.field(BALANCE.LAST_SEQ),
                        locked.field(BALANCE.MINIMUM),
                        locked.field(BALANCE.MAXIMUM),
                        locked.field(BALANCE.DEBIT_FROZEN),
                        locked.field(BALANCE.CREDIT_FROZEN),
                        locked.field(BALANCE.CLOSED),
                        locked.field(BALANCE.EARLIEST_EXPIRY))
                .from(LEDGER)
                .leftJoin(wanted.crossJoin(locked))
                .on(DSL.trueCondition())
                .where(LEDGER.LEDGER_ID.eq(book.id()))
                .fetch();
        Instant latest = Instant.MIN;
        List<AccountSnapshot> snapshots = new ArrayList<>(rows.size());
        for (var row : rows) {
            latest = row.value1().isAfter(latest) ? row.value1() : latest;
            if (row.value3() != null) {
                snapshots.add(snapshot(
                        row, Optional.ofNullable(accounts.get(row.value3())).orElseThrow()));
            }
        }
        Optional<LocalDate> closed = Optional.ofNullable(rows.get(0).value2());
        return new Locked(new Moment(latest, book.dateOf(latest), closed), snapshots);
    }

    /** One index lookup an account, in the order in which they are wanted, however the database would rather join. */
    private Table<?> locked(DSLContext db, Field<Long> id) {
        return DSL.lateral(db.select(
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
                .and(BALANCE.ACCOUNT_ID.eq(id))
                .forUpdate()
                .asTable("locked"));
    }

    private static AccountSnapshot snapshot(
            Record12<
                            Instant,
                            LocalDate,
                            Long,
                            BigInteger,
                            BigInteger,
                            Long,
                            BigInteger,
                            BigInteger,
                            Boolean,
                            Boolean,
                            Boolean,
                            Instant>
                    row,
            Account account) {
        return new AccountSnapshot(
                row.value3(),
                account,
                row.value4(),
                row.value5(),
                row.value6(),
                new AccountSnapshot.Terms(
                        Optional.ofNullable(row.value7()),
                        Optional.ofNullable(row.value8()),
                        row.value9(),
                        row.value10(),
                        row.value11()),
                Optional.ofNullable(row.value12()));
    }
}
