package io.holdfast.payout.engine;

import static io.holdfast.db.generated.Tables.PAYOUT_ENTRY;
import static io.holdfast.db.generated.Tables.PAYOUT_SURPLUS;
import static io.holdfast.db.generated.Tables.PAYOUT_TRANSITION;
import static io.holdfast.db.generated.Tables.PAYOUT_WEBHOOK;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.inline;

import io.holdfast.audit.Check;
import io.holdfast.audit.Failure;
import io.holdfast.audit.Findings;
import io.holdfast.ledger.postgres.session.Jooq;
import io.holdfast.payout.PayoutTransition.Cause;
import java.sql.Connection;
import org.jooq.Condition;
import org.jooq.DSLContext;

/** Each payment beside the one that settled its payout stands in suspense once, and each webhook came to what it says. */
final class SuspenseCheck implements Check {

    @Override
    public String name() {
        return "payout-surplus-in-suspense";
    }

    @Override
    public void run(Connection connection, int ledgerId, Findings findings) {
        DSLContext db = Jooq.on(connection);
        Condition entries = PAYOUT_ENTRY.LEDGER_ID.eq(ledgerId).and(PAYOUT_ENTRY.ROLE.eq(EntryRole.SUSPENSE.name()));
        findings.examined(db.fetchCount(PAYOUT_ENTRY, entries));
        db.select(PAYOUT_ENTRY.ENTRY_ID, PAYOUT_ENTRY.PAYOUT_ID)
                .from(PAYOUT_ENTRY)
                .leftJoin(PAYOUT_SURPLUS)
                .on(
                        PAYOUT_SURPLUS.LEDGER_ID.eq(PAYOUT_ENTRY.LEDGER_ID),
                        PAYOUT_SURPLUS.ENTRY_ID.eq(PAYOUT_ENTRY.ENTRY_ID))
                .where(entries)
                .and(PAYOUT_SURPLUS.PAYOUT_ID.isNull().or(PAYOUT_SURPLUS.PAYOUT_ID.ne(PAYOUT_ENTRY.PAYOUT_ID)))
                .forEach(row -> findings.failed(new Failure(
                        "entry " + row.value1(), "surplus", "a payment of payout " + row.value2(), "none")));
        db.select(PAYOUT_SURPLUS.REFERENCE, PAYOUT_SURPLUS.PAYOUT_ID, coalesce(PAYOUT_ENTRY.ROLE, inline("none")))
                .from(PAYOUT_SURPLUS)
                .leftJoin(PAYOUT_ENTRY)
                .on(
                        PAYOUT_ENTRY.LEDGER_ID.eq(PAYOUT_SURPLUS.LEDGER_ID),
                        PAYOUT_ENTRY.ENTRY_ID.eq(PAYOUT_SURPLUS.ENTRY_ID))
                .where(PAYOUT_SURPLUS.LEDGER_ID.eq(ledgerId))
                .and(coalesce(PAYOUT_ENTRY.ROLE, inline("none")).ne(EntryRole.SUSPENSE.name()))
                .forEach(row -> findings.failed(new Failure(
                        "payment " + row.value1() + " of payout " + row.value2(),
                        "entry",
                        EntryRole.SUSPENSE.name(),
                        row.value3())));
        checkWebhooks(db, ledgerId, findings);
    }

    private static void checkWebhooks(DSLContext db, int ledgerId, Findings findings) {
        db.select(PAYOUT_WEBHOOK.WEBHOOK_NO, PAYOUT_TRANSITION.CAUSE, PAYOUT_WEBHOOK.PAYOUT_ID)
                .from(PAYOUT_WEBHOOK)
                .join(PAYOUT_TRANSITION)
                .on(
                        PAYOUT_TRANSITION.LEDGER_ID.eq(PAYOUT_WEBHOOK.LEDGER_ID),
                        PAYOUT_TRANSITION.PAYOUT_ID.eq(PAYOUT_WEBHOOK.PAYOUT_ID),
                        PAYOUT_TRANSITION.TRANSITION_NO.eq(PAYOUT_WEBHOOK.TRANSITION_NO))
                .where(PAYOUT_WEBHOOK.LEDGER_ID.eq(ledgerId))
                .and(PAYOUT_TRANSITION.CAUSE.ne(Cause.WEBHOOK.name()))
                .forEach(row -> findings.failed(new Failure(
                        "webhook " + row.value1() + " of payout " + row.value3(),
                        "cause of its transition",
                        Cause.WEBHOOK.name(),
                        row.value2())));
    }
}
