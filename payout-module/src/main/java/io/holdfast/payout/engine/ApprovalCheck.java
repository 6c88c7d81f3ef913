package io.holdfast.payout.engine;

import static io.holdfast.db.generated.Tables.PAYOUT;
import static io.holdfast.db.generated.Tables.PAYOUT_RESOLUTION;
import static io.holdfast.db.generated.Tables.PAYOUT_RESOLUTION_END;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.notExists;
import static org.jooq.impl.DSL.selectOne;

import io.holdfast.audit.Check;
import io.holdfast.audit.Failure;
import io.holdfast.audit.Findings;
import io.holdfast.db.generated.Routines;
import io.holdfast.ledger.postgres.session.Jooq;
import io.holdfast.payout.PayoutResolution.Way;
import io.holdfast.payout.PayoutStatus;
import java.sql.Connection;
import java.util.List;
import org.jooq.Condition;
import org.jooq.DSLContext;

/**
 * Where it takes others, they were others: no payout went on its way without those who had to agree to what it is, and none
 * was resolved by one person alone.
 */
final class ApprovalCheck implements Check {

    private static final List<String> MAY_BE_UNAPPROVED =
            List.of(PayoutStatus.AWAITING_APPROVAL.name(), PayoutStatus.CANCELLED.name());

    private static final List<String> MAY_BE_RESOLVED =
            Resolvable.STATUSES.stream().map(PayoutStatus::name).toList();

    @Override
    public String name() {
        return "payouts-approved-by-others";
    }

    @Override
    public void run(Connection connection, int ledgerId, Findings findings) {
        DSLContext db = Jooq.on(connection);
        Condition concerned = PAYOUT.LEDGER_ID.eq(ledgerId).and(PAYOUT.CHECKERS.gt((short) 0));
        findings.examined(db.fetchCount(PAYOUT, concerned));
        db.select(PAYOUT.PAYOUT_ID, PAYOUT.CHECKERS, PAYOUT.STATUS)
                .from(PAYOUT)
                .where(concerned)
                .and(PAYOUT.STATUS.notIn(MAY_BE_UNAPPROVED))
                .and(Routines.payoutIsApproved(PAYOUT.LEDGER_ID, PAYOUT.PAYOUT_ID)
                        .isFalse())
                .forEach(row -> findings.failed(new Failure(
                        "payout " + row.value1(),
                        "approvals",
                        row.value2() + " by others, of what it is",
                        "fewer, and it is " + row.value3())));
        checkConfirmations(db, ledgerId, findings);
        checkPending(db, ledgerId, findings);
    }

    private static void checkConfirmations(DSLContext db, int ledgerId, Findings findings) {
        db.select(PAYOUT_RESOLUTION.PAYOUT_ID, PAYOUT_RESOLUTION.RESOLUTION_NO, PAYOUT_RESOLUTION.ACTOR)
                .from(PAYOUT_RESOLUTION)
                .join(PAYOUT_RESOLUTION_END)
                .on(
                        PAYOUT_RESOLUTION_END.LEDGER_ID.eq(PAYOUT_RESOLUTION.LEDGER_ID),
                        PAYOUT_RESOLUTION_END.PAYOUT_ID.eq(PAYOUT_RESOLUTION.PAYOUT_ID),
                        PAYOUT_RESOLUTION_END.RESOLUTION_NO.eq(PAYOUT_RESOLUTION.RESOLUTION_NO))
                .where(PAYOUT_RESOLUTION.LEDGER_ID.eq(ledgerId))
                .and(PAYOUT_RESOLUTION_END.WAY.eq(Way.CONFIRMED.name()))
                .and(PAYOUT_RESOLUTION_END.ACTOR.eq(PAYOUT_RESOLUTION.ACTOR))
                .forEach(row -> findings.failed(new Failure(
                        "resolution " + row.value2() + " of payout " + row.value1(),
                        "confirmed by",
                        "another than " + row.value3(),
                        row.value3())));
    }

    private static void checkPending(DSLContext db, int ledgerId, Findings findings) {
        db.select(PAYOUT.PAYOUT_ID, PAYOUT.STATUS, count())
                .from(PAYOUT_RESOLUTION)
                .join(PAYOUT)
                .on(PAYOUT.LEDGER_ID.eq(PAYOUT_RESOLUTION.LEDGER_ID), PAYOUT.PAYOUT_ID.eq(PAYOUT_RESOLUTION.PAYOUT_ID))
                .where(PAYOUT_RESOLUTION.LEDGER_ID.eq(ledgerId))
                .and(notExists(selectOne()
                        .from(PAYOUT_RESOLUTION_END)
                        .where(PAYOUT_RESOLUTION_END.LEDGER_ID.eq(PAYOUT_RESOLUTION.LEDGER_ID))
                        .and(PAYOUT_RESOLUTION_END.PAYOUT_ID.eq(PAYOUT_RESOLUTION.PAYOUT_ID))
                        .and(PAYOUT_RESOLUTION_END.RESOLUTION_NO.eq(PAYOUT_RESOLUTION.RESOLUTION_NO))))
                .groupBy(PAYOUT.PAYOUT_ID, PAYOUT.STATUS)
                .having(PAYOUT.STATUS.notIn(MAY_BE_RESOLVED).or(count().gt(1)))
                .forEach(row -> findings.failed(new Failure(
                        "payout " + row.value1(),
                        "pending resolutions",
                        "one at most, and it is " + String.join(", ", MAY_BE_RESOLVED),
                        row.value3() + ", and it is " + row.value2())));
    }
}
