package io.holdfast.payout.engine;

import static io.holdfast.db.generated.Tables.ACCOUNT;
import static io.holdfast.db.generated.Tables.PAYOUT;
import static io.holdfast.db.generated.Tables.PAYOUT_ENTRY;
import static org.jooq.impl.DSL.notExists;
import static org.jooq.impl.DSL.selectOne;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.Cursor;
import org.jooq.DSLContext;
import org.jooq.Record;

/** What wallets and recipients had in a month, counted from the payouts themselves that were not given back. */
final class CountedMonth {

    private static final int FETCH_SIZE = 1_000;

    private final ZoneId zone;
    private final LocalDate first;
    private final Map<Counting.Row, LocalDate> latest;
    private final Map<Counting.Row, Usage> counted = new HashMap<>();

    private CountedMonth(ZoneId zone, LocalDate first, Map<Counting.Row, LocalDate> latest) {
        this.zone = zone;
        this.first = first;
        this.latest = latest;
    }

    /**
     * Counts the payouts of a month.
     *
     * @param first its first day
     * @param latest the day that is counted by itself, where it is known; else it is that of the latest payout
     */
    static Map<Counting.Row, Usage> of(
            DSLContext db, int ledgerId, ZoneId zone, LocalDate first, Map<Counting.Row, LocalDate> latest) {
        CountedMonth month = new CountedMonth(zone, first, latest);
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
                .and(PAYOUT.CREATED_AT.lt(first.plusMonths(1).atStartOfDay(zone).toInstant()))
                .and(notExists(selectOne()
                        .from(PAYOUT_ENTRY)
                        .where(PAYOUT_ENTRY.LEDGER_ID.eq(PAYOUT.LEDGER_ID))
                        .and(PAYOUT_ENTRY.PAYOUT_ID.eq(PAYOUT.PAYOUT_ID))
                        .and(PAYOUT_ENTRY.ROLE.eq(EntryRole.RELEASE.name()))))
                .fetchSize(FETCH_SIZE)
                .fetchLazy()) {
            payouts.forEach(month::count);
        }
        return month.counted;
    }

    private void count(Record payout) {
        LocalDate day = LocalDate.ofInstant(payout.get(PAYOUT.CREATED_AT), zone);
        String recipient = Counting.recipient(
                payout.get(PAYOUT.RECIPIENT_TYPE),
                Optional.ofNullable(payout.get(PAYOUT.RECIPIENT_BANK)),
                payout.get(PAYOUT.RECIPIENT_ADDRESS));
        for (String subject : List.of(Counting.wallet(payout.get(ACCOUNT.PATH)), recipient)) {
            Counting.Row row = new Counting.Row(subject, payout.get(ACCOUNT.CURRENCY), first);
            Usage before = counted.getOrDefault(row, Usage.nothing(row, latest.getOrDefault(row, day)));
            counted.put(row, before.plus(day, payout.get(PAYOUT.AMOUNT)));
        }
    }
}
