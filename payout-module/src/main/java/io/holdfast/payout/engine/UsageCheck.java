package io.holdfast.payout.engine;

import static io.holdfast.db.generated.Tables.LEDGER;
import static io.holdfast.db.generated.Tables.PAYOUT;
import static io.holdfast.db.generated.Tables.PAYOUT_COUNTING;
import static io.holdfast.db.generated.Tables.PAYOUT_USAGE;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.min;

import io.holdfast.audit.Check;
import io.holdfast.audit.Failure;
import io.holdfast.audit.Findings;
import io.holdfast.ledger.postgres.session.Jooq;
import java.sql.Connection;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jooq.DSLContext;
import org.jooq.Record;

/**
 * What limits count is what the payouts of the month are that were not given back, and those of its latest day: of each month
 * since they are counted.
 */
final class UsageCheck implements Check {

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
        Optional<LocalDate> since = db.select(PAYOUT_COUNTING.SINCE)
                .from(PAYOUT_COUNTING)
                .where(PAYOUT_COUNTING.LEDGER_ID.eq(ledgerId))
                .fetchOptional(PAYOUT_COUNTING.SINCE);
        for (LocalDate month : months(db, ledgerId, zone)) {
            if (since.filter(first -> !month.isBefore(first)).isPresent()) {
                new Month(db, ledgerId, zone, month).check(findings);
            }
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
            Map<Counting.Row, LocalDate> latest = new HashMap<>();
            kept.forEach((row, usage) -> latest.put(row, usage.day()));
            Map<Counting.Row, Usage> counted = CountedMonth.of(db, ledgerId, zone, first, latest);
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
    }
}
