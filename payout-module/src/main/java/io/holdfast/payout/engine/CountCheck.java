package io.holdfast.payout.engine;

import static io.holdfast.db.generated.Tables.PAYOUT;
import static io.holdfast.db.generated.Tables.PAYOUT_COUNT_NOW;
import static org.jooq.impl.DSL.count;

import io.holdfast.audit.Check;
import io.holdfast.audit.Failure;
import io.holdfast.audit.Findings;
import io.holdfast.ledger.postgres.session.Jooq;
import java.sql.Connection;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jooq.DSLContext;

/** As many payouts stand in each status as was counted when they came to stand so. */
final class CountCheck implements Check {

    @Override
    public String name() {
        return "payouts-are-counted";
    }

    @Override
    public void run(Connection connection, int ledgerId, Findings findings) {
        DSLContext db = Jooq.on(connection);
        Map<String, Long> said = db.selectFrom(PAYOUT_COUNT_NOW)
                .where(PAYOUT_COUNT_NOW.LEDGER_ID.eq(ledgerId))
                .fetchMap(PAYOUT_COUNT_NOW.STATUS, PAYOUT_COUNT_NOW.PAYOUTS);
        Map<String, Long> counted = db.select(PAYOUT.STATUS, count().cast(Long.class))
                .from(PAYOUT)
                .where(PAYOUT.LEDGER_ID.eq(ledgerId))
                .groupBy(PAYOUT.STATUS)
                .fetchMap(row -> row.value1(), row -> row.value2());
        Set<String> statuses = new TreeSet<>(said.keySet());
        statuses.addAll(counted.keySet());
        findings.examined(statuses.size());
        for (String status : statuses) {
            long there = counted.getOrDefault(status, 0L);
            long told = said.getOrDefault(status, 0L);
            if (told != there) {
                findings.failed(
                        new Failure("payouts that are " + status, "count", Long.toString(there), Long.toString(told)));
            }
        }
    }
}
