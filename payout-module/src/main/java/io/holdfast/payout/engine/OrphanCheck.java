package io.holdfast.payout.engine;

import static io.holdfast.db.generated.Tables.JOURNAL_ENTRY;
import static io.holdfast.db.generated.Tables.PAYOUT_ENTRY;

import io.holdfast.audit.Check;
import io.holdfast.audit.Failure;
import io.holdfast.audit.Findings;
import io.holdfast.ledger.Key;
import io.holdfast.ledger.postgres.session.Jooq;
import java.sql.Connection;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/** Each journal entry under a key of the payouts' own belongs to a payout. */
final class OrphanCheck implements Check {

    private static final String PREFIX = Key.reserved("payout", "").value();

    @Override
    public String name() {
        return "payout-entries-belong";
    }

    @Override
    public void run(Connection connection, int ledgerId, Findings findings) {
        DSLContext db = Jooq.on(connection);
        Condition ours = JOURNAL_ENTRY.LEDGER_ID.eq(ledgerId).and(JOURNAL_ENTRY.KEY.startsWith(PREFIX));
        findings.examined(db.fetchCount(JOURNAL_ENTRY, ours));
        db.select(JOURNAL_ENTRY.ENTRY_ID, JOURNAL_ENTRY.KEY)
                .from(JOURNAL_ENTRY)
                .where(ours)
                .and(DSL.notExists(DSL.selectOne()
                        .from(PAYOUT_ENTRY)
                        .where(PAYOUT_ENTRY.LEDGER_ID.eq(JOURNAL_ENTRY.LEDGER_ID))
                        .and(PAYOUT_ENTRY.ENTRY_ID.eq(JOURNAL_ENTRY.ENTRY_ID))))
                .forEach(row -> findings.failed(new Failure(
                        "entry " + row.value1(),
                        "key",
                        "an entry of a payout",
                        "\"" + row.value2() + "\", of no payout")));
    }
}
