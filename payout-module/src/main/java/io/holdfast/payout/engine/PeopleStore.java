package io.holdfast.payout.engine;

import static io.holdfast.db.generated.Tables.ACCOUNT;
import static io.holdfast.db.generated.Tables.PAYOUT;
import static io.holdfast.db.generated.Tables.PAYOUT_APPROVAL;
import static io.holdfast.db.generated.Tables.PAYOUT_RESOLUTION;
import static io.holdfast.db.generated.Tables.PAYOUT_RESOLUTION_END;

import io.holdfast.ledger.Currency;
import io.holdfast.ledger.Money;
import io.holdfast.payout.PayoutApproval;
import io.holdfast.payout.PayoutResolution;
import io.holdfast.payout.Resolution;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Record;

/** Writes and reads what people agreed to and what they said became of payouts. */
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

    void resolve(DSLContext db, UUID payout, PayoutResolution resolution) {
        Resolution content = resolution.content();
        db.insertInto(PAYOUT_RESOLUTION)
                .set(PAYOUT_RESOLUTION.LEDGER_ID, ledgerId)
                .set(PAYOUT_RESOLUTION.PAYOUT_ID, payout)
                .set(PAYOUT_RESOLUTION.RESOLUTION_NO, resolution.number())
                .set(PAYOUT_RESOLUTION.VERDICT, content.verdict().name())
                .set(PAYOUT_RESOLUTION.ATTEMPT_NO, resolution.attempt())
                .set(PAYOUT_RESOLUTION.REFERENCE, content.reference().orElse(null))
                .set(PAYOUT_RESOLUTION.FEE, content.fee().map(Money::minor).orElse(null))
                .set(PAYOUT_RESOLUTION.HAPPENED_ON, content.on().orElse(null))
                .set(PAYOUT_RESOLUTION.EVIDENCE, content.evidence())
                .set(PAYOUT_RESOLUTION.ACTOR, resolution.actor())
                .set(PAYOUT_RESOLUTION.RECORDED_AT, resolution.at())
                .execute();
    }

    void end(DSLContext db, UUID payout, int resolution, PayoutResolution.End end) {
        db.insertInto(PAYOUT_RESOLUTION_END)
                .set(PAYOUT_RESOLUTION_END.LEDGER_ID, ledgerId)
                .set(PAYOUT_RESOLUTION_END.PAYOUT_ID, payout)
                .set(PAYOUT_RESOLUTION_END.RESOLUTION_NO, resolution)
                .set(PAYOUT_RESOLUTION_END.WAY, end.way().name())
                .set(PAYOUT_RESOLUTION_END.ACTOR, end.actor())
                .set(PAYOUT_RESOLUTION_END.RECORDED_AT, end.at())
                .execute();
    }

    /** Ends what is pending about a payout and says one of these, if anything does. */
    void end(DSLContext db, UUID payout, Set<Resolution.Verdict> saying, PayoutResolution.End end) {
        resolutions(db, payout).stream()
                .filter(one -> one.isPending() && saying.contains(one.content().verdict()))
                .forEach(one -> end(db, payout, one.number(), end));
    }

    List<PayoutResolution> resolutions(DSLContext db, UUID payout) {
        return db.select(PAYOUT_RESOLUTION.fields())
                .select(
                        PAYOUT_RESOLUTION_END.WAY,
                        PAYOUT_RESOLUTION_END.ACTOR,
                        PAYOUT_RESOLUTION_END.RECORDED_AT,
                        ACCOUNT.CURRENCY,
                        ACCOUNT.EXPONENT)
                .from(PAYOUT_RESOLUTION)
                .join(PAYOUT)
                .on(PAYOUT.LEDGER_ID.eq(PAYOUT_RESOLUTION.LEDGER_ID), PAYOUT.PAYOUT_ID.eq(PAYOUT_RESOLUTION.PAYOUT_ID))
                .join(ACCOUNT)
                .on(ACCOUNT.LEDGER_ID.eq(PAYOUT.LEDGER_ID), ACCOUNT.ACCOUNT_ID.eq(PAYOUT.ACCOUNT_ID))
                .leftJoin(PAYOUT_RESOLUTION_END)
                .on(
                        PAYOUT_RESOLUTION_END.LEDGER_ID.eq(PAYOUT_RESOLUTION.LEDGER_ID),
                        PAYOUT_RESOLUTION_END.PAYOUT_ID.eq(PAYOUT_RESOLUTION.PAYOUT_ID),
                        PAYOUT_RESOLUTION_END.RESOLUTION_NO.eq(PAYOUT_RESOLUTION.RESOLUTION_NO))
                .where(PAYOUT_RESOLUTION.LEDGER_ID.eq(ledgerId))
                .and(PAYOUT_RESOLUTION.PAYOUT_ID.eq(payout))
                .orderBy(PAYOUT_RESOLUTION.RESOLUTION_NO)
                .fetch(PeopleStore::resolution);
    }

    private static PayoutResolution resolution(Record row) {
        Currency currency = Currency.of(row.get(ACCOUNT.CURRENCY), row.get(ACCOUNT.EXPONENT));
        Resolution content = new Resolution(
                Resolution.Verdict.valueOf(row.get(PAYOUT_RESOLUTION.VERDICT)),
                row.get(PAYOUT_RESOLUTION.EVIDENCE),
                Optional.ofNullable(row.get(PAYOUT_RESOLUTION.REFERENCE)),
                Optional.ofNullable(row.get(PAYOUT_RESOLUTION.FEE)).map(fee -> Money.ofMinor(currency, fee)),
                Optional.ofNullable(row.get(PAYOUT_RESOLUTION.HAPPENED_ON)));
        return new PayoutResolution(
                row.get(PAYOUT_RESOLUTION.RESOLUTION_NO),
                content,
                row.get(PAYOUT_RESOLUTION.ATTEMPT_NO),
                row.get(PAYOUT_RESOLUTION.ACTOR),
                row.get(PAYOUT_RESOLUTION.RECORDED_AT),
                Optional.ofNullable(row.get(PAYOUT_RESOLUTION_END.WAY))
                        .map(way -> new PayoutResolution.End(
                                PayoutResolution.Way.valueOf(way),
                                row.get(PAYOUT_RESOLUTION_END.ACTOR),
                                row.get(PAYOUT_RESOLUTION_END.RECORDED_AT))));
    }

    List<PayoutApproval> approvals(DSLContext db, UUID payout) {
        return db.selectFrom(PAYOUT_APPROVAL)
                .where(PAYOUT_APPROVAL.LEDGER_ID.eq(ledgerId))
                .and(PAYOUT_APPROVAL.PAYOUT_ID.eq(payout))
                .orderBy(PAYOUT_APPROVAL.APPROVAL_NO)
                .fetch(row -> new PayoutApproval(row.getApprovalNo(), row.getActor(), row.getRecordedAt()));
    }
}
