package io.holdfast.payout.engine;

import static io.holdfast.db.generated.Tables.ACCOUNT;
import static io.holdfast.db.generated.Tables.PAYOUT;
import static io.holdfast.db.generated.Tables.PAYOUT_ATTEMPT;
import static io.holdfast.db.generated.Tables.PAYOUT_METADATA;
import static io.holdfast.db.generated.Tables.PAYOUT_REFERENCE;
import static io.holdfast.db.generated.Tables.PAYOUT_SEND;

import io.holdfast.ledger.Account;
import io.holdfast.payout.PayoutFailure;
import io.holdfast.payout.spi.CreateRequest;
import io.holdfast.payout.spi.Recipient;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;

/** Writes how payouts, attempts and sends stand. */
final class PayoutStore {

    private final int ledgerId;

    PayoutStore(int ledgerId) {
        this.ledgerId = ledgerId;
    }

    /** Takes a payout down; does nothing if its key is taken or the ledger has no such wallet. Returns whether it did. */
    boolean insert(DSLContext db, Intent intent, Standing standing, Map<String, String> metadata) {
        Optional<Long> wallet = accountId(db, intent.wallet());
        if (wallet.isEmpty() || !insert(db, intent, standing, wallet.get())) {
            return false;
        }
        insertMetadata(db, intent.id(), metadata);
        return true;
    }

    /** Writes how a payout stands. */
    void update(DSLContext db, UUID payout, Standing standing) {
        db.update(PAYOUT)
                .set(PAYOUT.STATUS, standing.status().name())
                .set(PAYOUT.ROUTE_NO, standing.routeNo())
                .set(PAYOUT.NEXT_AT, standing.nextAt().orElse(null))
                .set(PAYOUT.TRIES, standing.tries())
                .set(PAYOUT.LEASE_TOKEN, standing.leaseToken())
                .set(PAYOUT.LEASE_UNTIL, standing.leaseUntil().orElse(null))
                .set(PAYOUT.BLOCKED, standing.blocked())
                .set(
                        PAYOUT.FAILURE_REASON,
                        standing.failure().map(why -> why.reason().name()).orElse(null))
                .set(
                        PAYOUT.FAILURE_CODE,
                        standing.failure().map(PayoutFailure::providerCode).orElse(null))
                .set(
                        PAYOUT.FAILURE_DETAIL,
                        standing.failure().map(PayoutFailure::detail).orElse(null))
                .set(PAYOUT.FAILOVER_REASON, standing.failoverReason().orElse(null))
                .set(
                        PAYOUT.RECEIVED,
                        standing.received().map(money -> money.minor()).orElse(null))
                .set(PAYOUT.REVERSED, standing.reversed().minor())
                .set(PAYOUT.LATE, standing.late())
                .set(PAYOUT.TRANSITIONS, standing.transitions())
                .set(PAYOUT.UPDATED_AT, standing.updatedAt())
                .set(PAYOUT.COMPLETED_AT, standing.completedAt().orElse(null))
                .where(PAYOUT.LEDGER_ID.eq(ledgerId))
                .and(PAYOUT.PAYOUT_ID.eq(payout))
                .execute();
    }

    /** Takes an attempt down, its bytes with it. */
    void insert(DSLContext db, UUID payout, Attempt attempt, Instant now) {
        db.insertInto(PAYOUT_ATTEMPT)
                .set(PAYOUT_ATTEMPT.LEDGER_ID, ledgerId)
                .set(PAYOUT_ATTEMPT.PAYOUT_ID, payout)
                .set(PAYOUT_ATTEMPT.ATTEMPT_NO, attempt.number())
                .set(PAYOUT_ATTEMPT.PROVIDER, attempt.provider())
                .set(PAYOUT_ATTEMPT.PROVIDER_KEY, attempt.key())
                .set(PAYOUT_ATTEMPT.MEMO, attempt.memo())
                .set(
                        PAYOUT_ATTEMPT.QUOTED_FEE,
                        attempt.quotedFee().map(fee -> fee.minor()).orElse(null))
                .set(PAYOUT_ATTEMPT.USABLE_UNTIL, attempt.usableUntil().orElse(null))
                .set(
                        PAYOUT_ATTEMPT.METHOD,
                        attempt.create().map(CreateRequest::method).orElse(null))
                .set(
                        PAYOUT_ATTEMPT.PATH,
                        attempt.create().map(CreateRequest::path).orElse(null))
                .set(
                        PAYOUT_ATTEMPT.BODY,
                        attempt.create().map(CreateRequest::body).orElse(null))
                .set(PAYOUT_ATTEMPT.CREATED_AT, now)
                .set(PAYOUT_ATTEMPT.STATE, attempt.state().name())
                .set(PAYOUT_ATTEMPT.OUTCOME, attempt.outcome().orElse(null))
                .set(
                        PAYOUT_ATTEMPT.FAILURE_REASON,
                        attempt.failure().map(Enum::name).orElse(null))
                .execute();
    }

    /** Writes how an attempt stands. */
    void update(DSLContext db, UUID payout, Attempt attempt) {
        db.update(PAYOUT_ATTEMPT)
                .set(PAYOUT_ATTEMPT.STATE, attempt.state().name())
                .set(PAYOUT_ATTEMPT.OUTCOME, attempt.outcome().orElse(null))
                .set(PAYOUT_ATTEMPT.PROVIDER_REFERENCE, attempt.reference().orElse(null))
                .set(
                        PAYOUT_ATTEMPT.FEE_TOLD,
                        attempt.feeTold().map(fee -> fee.minor()).orElse(null))
                .set(PAYOUT_ATTEMPT.FEE_BOOKED, attempt.feeBooked().minor())
                .set(PAYOUT_ATTEMPT.FEE_REFUNDED, attempt.feeRefunded().minor())
                .set(
                        PAYOUT_ATTEMPT.FAILURE_REASON,
                        attempt.failure().map(Enum::name).orElse(null))
                .where(PAYOUT_ATTEMPT.LEDGER_ID.eq(ledgerId))
                .and(PAYOUT_ATTEMPT.PAYOUT_ID.eq(payout))
                .and(PAYOUT_ATTEMPT.ATTEMPT_NO.eq(attempt.number()))
                .execute();
    }

    /** Takes a send down, before its first byte leaves. */
    void insert(DSLContext db, UUID payout, int attempt, Send send, long leaseToken) {
        db.insertInto(PAYOUT_SEND)
                .set(PAYOUT_SEND.LEDGER_ID, ledgerId)
                .set(PAYOUT_SEND.PAYOUT_ID, payout)
                .set(PAYOUT_SEND.ATTEMPT_NO, attempt)
                .set(PAYOUT_SEND.SEND_NO, send.number())
                .set(PAYOUT_SEND.LEASE_TOKEN, leaseToken)
                .set(PAYOUT_SEND.SENT_AT, send.sentAt())
                .execute();
    }

    /** Writes what a send's answer proved. */
    void update(DSLContext db, UUID payout, int attempt, Send send) {
        db.update(PAYOUT_SEND)
                .set(PAYOUT_SEND.OUTCOME, send.outcome().orElse(null))
                .set(PAYOUT_SEND.ANSWERED_AT, send.answeredAt().orElse(null))
                .where(PAYOUT_SEND.LEDGER_ID.eq(ledgerId))
                .and(PAYOUT_SEND.PAYOUT_ID.eq(payout))
                .and(PAYOUT_SEND.ATTEMPT_NO.eq(attempt))
                .and(PAYOUT_SEND.SEND_NO.eq(send.number()))
                .execute();
    }

    /** Gives a provider's reference to an attempt unless another has it; returns whether this attempt has it now. */
    boolean bind(DSLContext db, UUID payout, Attempt attempt, String reference, Instant now) {
        db.insertInto(PAYOUT_REFERENCE)
                .set(PAYOUT_REFERENCE.LEDGER_ID, ledgerId)
                .set(PAYOUT_REFERENCE.PROVIDER, attempt.provider())
                .set(PAYOUT_REFERENCE.REFERENCE, reference)
                .set(PAYOUT_REFERENCE.PAYOUT_ID, payout)
                .set(PAYOUT_REFERENCE.ATTEMPT_NO, attempt.number())
                .set(PAYOUT_REFERENCE.RECORDED_AT, now)
                .onConflict(PAYOUT_REFERENCE.LEDGER_ID, PAYOUT_REFERENCE.PROVIDER, PAYOUT_REFERENCE.REFERENCE)
                .doNothing()
                .execute();
        return db.fetchExists(
                PAYOUT_REFERENCE,
                PAYOUT_REFERENCE.LEDGER_ID.eq(ledgerId),
                PAYOUT_REFERENCE.PROVIDER.eq(attempt.provider()),
                PAYOUT_REFERENCE.REFERENCE.eq(reference),
                PAYOUT_REFERENCE.PAYOUT_ID.eq(payout),
                PAYOUT_REFERENCE.ATTEMPT_NO.eq(attempt.number()));
    }

    /** Tells whether any attempt has a provider's reference. */
    boolean isBound(DSLContext db, String provider, String reference) {
        return db.fetchExists(
                PAYOUT_REFERENCE,
                PAYOUT_REFERENCE.LEDGER_ID.eq(ledgerId),
                PAYOUT_REFERENCE.PROVIDER.eq(provider),
                PAYOUT_REFERENCE.REFERENCE.eq(reference));
    }

    private boolean insert(DSLContext db, Intent intent, Standing standing, long wallet) {
        Recipient recipient = intent.recipient();
        return db.insertInto(PAYOUT)
                        .set(PAYOUT.LEDGER_ID, ledgerId)
                        .set(PAYOUT.PAYOUT_ID, intent.id())
                        .set(PAYOUT.KEY, intent.key().value())
                        .set(PAYOUT.ACCOUNT_ID, wallet)
                        .set(PAYOUT.AMOUNT, intent.amount().minor())
                        .set(PAYOUT.FEE, intent.fee().minor())
                        .set(PAYOUT.PAYER, intent.payer().name())
                        .set(PAYOUT.RECIPIENT_TYPE, recipient.channel().name())
                        .set(PAYOUT.RECIPIENT_ADDRESS, recipient.address())
                        .set(PAYOUT.RECIPIENT_NAME, recipient.name())
                        .set(PAYOUT.RECIPIENT_BANK, Recipients.bank(recipient).orElse(null))
                        .set(
                                PAYOUT.RECIPIENT_OPERATOR,
                                Recipients.operator(recipient).orElse(null))
                        .set(PAYOUT.NARRATION, intent.narration())
                        .set(PAYOUT.PROVIDER, intent.onlyProvider().orElse(null))
                        .set(PAYOUT.ROUTES, intent.routes().toArray(String[]::new))
                        .set(PAYOUT.NOT_BEFORE, intent.notBefore().orElse(null))
                        .set(PAYOUT.CHECKERS, (short) intent.checkers())
                        .set(PAYOUT.APPROVE_BY, intent.approveBy().orElse(null))
                        .set(PAYOUT.ACTOR, intent.requestedBy())
                        .set(PAYOUT.CREATED_AT, intent.createdAt())
                        .set(PAYOUT.STATUS, standing.status().name())
                        .set(PAYOUT.NEXT_AT, standing.nextAt().orElse(null))
                        .set(PAYOUT.UPDATED_AT, standing.updatedAt())
                        .onConflict(PAYOUT.LEDGER_ID, PAYOUT.KEY)
                        .doNothing()
                        .execute()
                == 1;
    }

    private Optional<Long> accountId(DSLContext db, Account account) {
        return db.select(ACCOUNT.ACCOUNT_ID)
                .from(ACCOUNT)
                .where(ACCOUNT.LEDGER_ID.eq(ledgerId))
                .and(ACCOUNT.PATH.eq(account.path()))
                .and(ACCOUNT.CURRENCY.eq(account.currency().code()))
                .fetchOptional(ACCOUNT.ACCOUNT_ID);
    }

    private void insertMetadata(DSLContext db, UUID payout, Map<String, String> metadata) {
        db.batch(metadata.entrySet().stream()
                        .map(pair -> db.insertInto(PAYOUT_METADATA)
                                .set(PAYOUT_METADATA.LEDGER_ID, ledgerId)
                                .set(PAYOUT_METADATA.PAYOUT_ID, payout)
                                .set(PAYOUT_METADATA.NAME, pair.getKey())
                                .set(PAYOUT_METADATA.VALUE, pair.getValue()))
                        .toList())
                .execute();
    }
}
