package io.holdfast.payout.engine;

import static io.holdfast.db.generated.Tables.PAYOUT_APPROVAL;

import io.holdfast.payout.PayoutApproval;
import java.util.List;
import java.util.UUID;
import org.jooq.DSLContext;

/** Writes and reads what people agreed to. */
final class PeopleStore {

    private final int ledgerId;

    PeopleStore(int ledgerId) {
        this.ledgerId = ledgerId;
    }

    void approve(DSLContext db, UUID payout, PayoutApproval approval, byte[] contentHash) {
        db.insertInto(PAYOUT_APPROVAL)
                .set(PAYOUT_APPROVAL.LEDGER_ID, ledgerId)
                .set(PAYOUT_APPROVAL.PAYOUT_ID, payout)
                .set(PAYOUT_APPROVAL.APPROVAL_NO, approval.number())
                .set(PAYOUT_APPROVAL.ACTOR, approval.actor())
                .set(PAYOUT_APPROVAL.CONTENT_HASH, contentHash)
                .set(PAYOUT_APPROVAL.RECORDED_AT, approval.at())
                .execute();
    }

    List<PayoutApproval> approvals(DSLContext db, UUID payout) {
        return db.selectFrom(PAYOUT_APPROVAL)
                .where(PAYOUT_APPROVAL.LEDGER_ID.eq(ledgerId))
                .and(PAYOUT_APPROVAL.PAYOUT_ID.eq(payout))
                .orderBy(PAYOUT_APPROVAL.APPROVAL_NO)
                .fetch(row -> new PayoutApproval(row.getApprovalNo(), row.getActor(), row.getRecordedAt()));
    }
}
