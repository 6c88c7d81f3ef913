package io.holdfast.payout.engine;

import static io.holdfast.db.generated.Tables.ACCOUNT;
import static io.holdfast.db.generated.Tables.PAYOUT;
import static io.holdfast.db.generated.Tables.PAYOUT_COUNTING;
import static io.holdfast.db.generated.Tables.PAYOUT_USAGE;

import io.holdfast.db.generated.Routines;
import io.holdfast.db.generated.tables.records.PayoutUsageRecord;
import io.holdfast.ledger.Key;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.jooq.DSLContext;
import org.jooq.Result;
import org.jooq.impl.DSL;

/** Reads and writes how much was paid out already. */
final class UsageStore {

    private static final int ROWS_MAX = 1_000;

    private final int ledgerId;

    /** Once they are counted they always are. */
    private volatile boolean isCounted;

    UsageStore(int ledgerId) {
        this.ledgerId = ledgerId;
    }

    /** A payout as one more, or one less, of what it is counted with. */
    record Counted(Counting counting, BigInteger amount) {}

    /** So much to one recipient. */
    record Payment(String type, String address, String bank, String currency, BigInteger amount) {

        static Payment of(Intent intent) {
            return new Payment(
                    intent.recipient().channel().name(),
                    intent.recipient().address(),
                    Recipients.bank(intent.recipient()).orElse(""),
                    intent.amount().currency().code(),
                    intent.amount().minor());
        }
    }

    /** A payout that may be the same as another that is asked for. */
    record Earlier(Key key, Payment payment) {}

    /** Tells whether payouts are counted; if they are not, keeps counting from beginning until the transaction ends. */
    boolean isCounted(DSLContext db) {
        if (!isCounted) {
            isCounted = Optional.ofNullable(Routines.usageCountsSince(db.configuration(), ledgerId))
                    .isPresent();
        }
        return isCounted;
    }

    /** Lets payouts be counted from the month on that is given, unless they are; nobody requests any until the transaction ends. */
    void beginCounting(DSLContext db, Supplier<LocalDate> month, ZoneId zone) {
        if (Routines.beginCountingUsage(db.configuration(), ledgerId) != null) {
            return;
        }
        LocalDate since = month.get();
        List<Usage> had =
                List.copyOf(CountedMonth.of(db, ledgerId, zone, since, Map.of()).values());
        for (int from = 0; from < had.size(); from += ROWS_MAX) {
            List<Usage> some = had.subList(from, Math.min(from + ROWS_MAX, had.size()));
            lockRows(db, some, one -> one.row().subject(), one -> one.row().currency(), Usage::day);
            write(db, some);
        }
        db.insertInto(PAYOUT_COUNTING)
                .set(PAYOUT_COUNTING.LEDGER_ID, ledgerId)
                .set(PAYOUT_COUNTING.SINCE, since)
                .execute();
    }

    /** Returns how much was paid out, and keeps others from counting until the transaction ends. */
    Map<Counting.Row, Usage> lock(DSLContext db, List<Counting> countings) {
        Map<Counting.Row, Usage> usage = new HashMap<>();
        lockRows(db, countings, Counting::subject, Counting::currency, Counting::day)
                .forEach(row -> usage.put(usage(row).row(), usage(row)));
        return usage;
    }

    /** Returns how much was paid out, where anything is counted; locks nothing. */
    Map<Counting.Row, Usage> read(DSLContext db, Collection<Counting.Row> rows) {
        Map<Counting.Row, Usage> usage = new HashMap<>();
        db.selectFrom(PAYOUT_USAGE)
                .where(PAYOUT_USAGE.LEDGER_ID.eq(ledgerId))
                .and(PAYOUT_USAGE.SUBJECT.eq(DSL.any(
                        rows.stream().map(Counting.Row::subject).distinct().toArray(String[]::new))))
                .and(PAYOUT_USAGE.MONTH.in(
                        rows.stream().map(Counting.Row::month).distinct().toList()))
                .fetch(UsageStore::usage)
                .forEach(one -> usage.put(one.row(), one));
        return usage;
    }

    /** Returns how much was paid out in a month that is not counted. */
    Map<Counting.Row, Usage> uncounted(DSLContext db, ZoneId zone, LocalDate first) {
        return CountedMonth.of(db, ledgerId, zone, first, Map.of());
    }

    /** Tells whether payouts are counted, as far as it shows. */
    boolean seemsCounted(DSLContext db) {
        return isCounted || db.fetchExists(PAYOUT_COUNTING, PAYOUT_COUNTING.LEDGER_ID.eq(ledgerId));
    }

    private <R> Result<PayoutUsageRecord> lockRows(
            DSLContext db,
            List<R> rows,
            Function<R, String> subject,
            Function<R, String> currency,
            Function<R, LocalDate> day) {
        return db.selectFrom(Routines.lockUsage(
                        ledgerId,
                        column(rows, String[]::new, subject),
                        column(rows, String[]::new, currency),
                        column(rows, LocalDate[]::new, day)))
                .fetch();
    }

    /** Writes what was counted under the lock. */
    void write(DSLContext db, Collection<Usage> counted) {
        List<Usage> rows = List.copyOf(counted);
        Routines.writeUsage(
                db.configuration(),
                ledgerId,
                column(rows, String[]::new, one -> one.row().subject()),
                column(rows, String[]::new, one -> one.row().currency()),
                column(rows, LocalDate[]::new, one -> one.row().month()),
                column(rows, Integer[]::new, one -> one.inMonth().count()),
                column(rows, BigInteger[]::new, one -> one.inMonth().amount()),
                column(rows, LocalDate[]::new, Usage::day),
                column(rows, Integer[]::new, one -> one.onDay().count()),
                column(rows, BigInteger[]::new, one -> one.onDay().amount()));
    }

    /** Counts payouts of one day each without reading how many there were. */
    void count(DSLContext db, List<Counted> counted) {
        Routines.countUsage(
                db.configuration(),
                ledgerId,
                column(counted, String[]::new, one -> one.counting().subject()),
                column(counted, String[]::new, one -> one.counting().currency()),
                column(counted, LocalDate[]::new, one -> one.counting().day()),
                column(counted, BigInteger[]::new, Counted::amount));
    }

    /** Counts payouts no more, if they are counted. */
    void uncount(DSLContext db, List<Counted> returned) {
        if (!isCounted(db)) {
            return;
        }
        Routines.giveBackUsage(
                db.configuration(),
                ledgerId,
                column(returned, String[]::new, one -> one.counting().subject()),
                column(returned, String[]::new, one -> one.counting().currency()),
                column(returned, LocalDate[]::new, one -> one.counting().day()),
                column(returned, BigInteger[]::new, Counted::amount));
    }

    /** Returns the payouts to these addresses since, but for those that have failed or were cancelled. */
    List<Earlier> since(DSLContext db, Collection<String> addresses, Instant from) {
        return db.select(
                        PAYOUT.KEY,
                        PAYOUT.RECIPIENT_TYPE,
                        PAYOUT.RECIPIENT_ADDRESS,
                        DSL.coalesce(PAYOUT.RECIPIENT_BANK, DSL.inline("")),
                        ACCOUNT.CURRENCY,
                        PAYOUT.AMOUNT)
                .from(PAYOUT)
                .join(ACCOUNT)
                .on(ACCOUNT.LEDGER_ID.eq(PAYOUT.LEDGER_ID), ACCOUNT.ACCOUNT_ID.eq(PAYOUT.ACCOUNT_ID))
                .where(PAYOUT.LEDGER_ID.eq(ledgerId))
                .and(PAYOUT.RECIPIENT_ADDRESS.eq(DSL.any(addresses.toArray(String[]::new))))
                .and(PAYOUT.CREATED_AT.gt(from))
                .and(PAYOUT.STATUS.notIn("FAILED", "CANCELLED"))
                .orderBy(PAYOUT.CREATED_AT.desc())
                .fetch(row -> new Earlier(
                        new Key(row.value1()),
                        new Payment(row.value2(), row.value3(), row.value4(), row.value5(), row.value6())));
    }

    static Usage usage(PayoutUsageRecord row) {
        return new Usage(
                new Counting.Row(row.getSubject(), row.getCurrency(), row.getMonth()),
                new Usage.Sum(row.getMonthCount(), row.getMonthAmount()),
                row.getDay(),
                new Usage.Sum(row.getDayCount(), row.getDayAmount()));
    }

    private static <R, T> T[] column(List<R> rows, IntFunction<T[]> array, Function<R, T> column) {
        return rows.stream().map(column).toArray(array);
    }
}
