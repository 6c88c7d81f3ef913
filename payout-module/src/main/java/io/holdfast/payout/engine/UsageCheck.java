package io.holdfast.payout.engine;

import static io.holdfast.db.generated.Tables.ACCOUNT;
import static io.holdfast.db.generated.Tables.LEDGER;
import static io.holdfast.db.generated.Tables.PAYOUT;
import static io.holdfast.db.generated.Tables.PAYOUT_ENTRY;
import static io.holdfast.db.generated.Tables.PAYOUT_USAGE;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.min;
import static org.jooq.impl.DSL.notExists;
import static org.jooq.impl.DSL.selectOne;

import io.holdfast.audit.Check;
import io.holdfast.audit.Failure;
import io.holdfast.audit.Findings;
import io.holdfast.ledger.postgres.session.Jooq;
import java.math.BigInteger;
import java.sql.Connection;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jooq.Cursor;
import org.jooq.DSLContext;
import org.jooq.Record;

/** What limits count is what the payouts of the month are that were not given back, and those of its latest day. */
final class UsageCheck implements Check {

    private static final int FETCH_SIZE = 1_000;

    @Override
    public String name() {
        return "payout-usage-is-counted";
    }

    @Override
    public void run(Connection connection, int ledgerId, Findings findings) {
        DSLContext db = Jooq.on(connection);
        ZoneId zone = ZoneId.of(db.select(LEDGER.TIME_ZONE)
                .from(LEDGER)
                .where(LEDGER.LEDGER_ID.eq(ledgerId))
                .fetchSingle(LEDGER.TIME_ZONE));
        for (LocalDate month : months(db, ledgerId, zone)) {
            new Month(db, ledgerId, zone, month).check(findings);
        }
    }

    private static Set<LocalDate> months(DSLContext db, int ledgerId, ZoneId zone) {
        Set<LocalDate> months = new TreeSet<>(db.selectDistinct(PAYOUT_USAGE.MONTH)
                .from(PAYOUT_USAGE)
                .where(PAYOUT_USAGE.LEDGER_ID.eq(ledgerId))
                .fetch(PAYOUT_USAGE.MONTH));
        Record span = db.select(min(PAYOUT.CREATED_AT), max(PAYOUT.CREATED_AT))
                .from(PAYOUT)
                .where(PAYOUT.LEDGER_ID.eq(ledgerId))
                .fetchSingle();
        Optional<Instant> first = Optional.ofNullable(span.get(0, Instant.class));
        if (first.isPresent()) {
            LocalDate last = month(span.get(1, Instant.class), zone);
            for (LocalDate month = month(first.get(), zone); !month.isAfter(last); month = month.plusMonths(1)) {
                months.add(month);
            }
        }
        return months;
    }

    private static LocalDate month(Instant at, ZoneId zone) {
        return LocalDate.ofInstant(at, zone).withDayOfMonth(1);
    }

    /** One month, whose payouts are counted anew. */
    private static final class Month {

        private final DSLContext db;
        private final int ledgerId;
        private final ZoneId zone;
        private final LocalDate first;
        private final Map<Counting.Row, Usage> kept = new HashMap<>();
        private final Map<Counting.Row, Usage> counted = new HashMap<>();

        Month(DSLContext db, int ledgerId, ZoneId zone, LocalDate first) {
            this.db = db;
            this.ledgerId = ledgerId;
            this.zone = zone;
            this.first = first;
        }

        void check(Findings findings) {
            db.selectFrom(PAYOUT_USAGE)
                    .where(PAYOUT_USAGE.LEDGER_ID.eq(ledgerId))
                    .and(PAYOUT_USAGE.MONTH.eq(first))
                    .forEach(row -> {
                        Usage usage = UsageStore.usage(row);
                        kept.put(usage.row(), usage);
                    });
            count();
            findings.examined(kept.size());
            kept.forEach((row, usage) -> {
                Usage anew = counted.getOrDefault(row, Usage.nothing(row, usage.day()));
                if (!anew.equals(usage)) {
                    findings.failed(new Failure(
                            "usage of " + row.subject() + " in " + row.month(),
                            row.currency(),
                            anew.text(),
                            usage.text()));
                }
            });
            counted.forEach((row, usage) -> {
                if (!kept.containsKey(row)) {
                    findings.failed(new Failure(
                            "usage of " + row.subject() + " in " + row.month(),
                            row.currency(),
                            usage.text(),
                            "missing"));
                }
            });
        }

        private void count() {
            try (Cursor<? extends Record> payouts = db.select(
                            ACCOUNT.PATH,
                            ACCOUNT.CURRENCY,
                            PAYOUT.RECIPIENT_TYPE,
                            PAYOUT.RECIPIENT_BANK,
                            PAYOUT.RECIPIENT_ADDRESS,
                            PAYOUT.CREATED_AT,
                            PAYOUT.AMOUNT)
                    .from(PAYOUT)
                    .join(ACCOUNT)
                    .on(ACCOUNT.LEDGER_ID.eq(PAYOUT.LEDGER_ID), ACCOUNT.ACCOUNT_ID.eq(PAYOUT.ACCOUNT_ID))
                    .where(PAYOUT.LEDGER_ID.eq(ledgerId))
                    .and(PAYOUT.CREATED_AT.ge(first.atStartOfDay(zone).toInstant()))
                    .and(PAYOUT.CREATED_AT.lt(
                            first.plusMonths(1).atStartOfDay(zone).toInstant()))
                    .and(notExists(selectOne()
                            .from(PAYOUT_ENTRY)
                            .where(PAYOUT_ENTRY.LEDGER_ID.eq(PAYOUT.LEDGER_ID))
                            .and(PAYOUT_ENTRY.PAYOUT_ID.eq(PAYOUT.PAYOUT_ID))
                            .and(PAYOUT_ENTRY.ROLE.eq(EntryRole.RELEASE.name()))))
                    .fetchSize(FETCH_SIZE)
                    .fetchLazy()) {
                for (Record payout : payouts) {
                    LocalDate day = LocalDate.ofInstant(payout.get(PAYOUT.CREATED_AT), zone);
                    String recipient = Counting.recipient(
                            payout.get(PAYOUT.RECIPIENT_TYPE),
                            Optional.ofNullable(payout.get(PAYOUT.RECIPIENT_BANK)),
                            payout.get(PAYOUT.RECIPIENT_ADDRESS));
                    for (String subject : List.of(Counting.wallet(payout.get(ACCOUNT.PATH)), recipient)) {
                        Counting.Row row = new Counting.Row(subject, payout.get(ACCOUNT.CURRENCY), first);
                        count(row, day, payout.get(PAYOUT.AMOUNT));
                    }
                }
            }
        }

        private void count(Counting.Row row, LocalDate day, BigInteger amount) {
            LocalDate latest =
                    Optional.ofNullable(kept.get(row)).map(Usage::day).orElse(day);
            Usage before = counted.getOrDefault(row, Usage.nothing(row, latest));
            counted.put(row, before.plus(day, amount));
        }
    }
}
