package io.holdfast.payout.engine;

import static io.holdfast.db.generated.Tables.ACCOUNT;
import static io.holdfast.db.generated.Tables.PAYOUT_ATTEMPT;
import static io.holdfast.db.generated.Tables.PAYOUT_INTENT;
import static io.holdfast.db.generated.Tables.PAYOUT_METADATA;
import static io.holdfast.db.generated.Tables.PAYOUT_REFERENCE;
import static io.holdfast.db.generated.Tables.PAYOUT_SEND;
import static io.holdfast.db.generated.Tables.PAYOUT_STATE;
import static org.jooq.impl.DSL.exists;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.selectOne;

import io.holdfast.db.generated.Routines;
import io.holdfast.ledger.Currency;
import io.holdfast.ledger.Money;
import io.holdfast.payout.PayoutFailure;
import io.holdfast.payout.PayoutStatus;
import io.holdfast.payout.spi.CreateRequest;
import io.holdfast.payout.spi.FailureReason;
import io.holdfast.payout.spi.Recipient;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jooq.DSLContext;

/** Writes how payouts, attempts and sends stand. */
final class PayoutStore {

    private final int ledgerId;

    PayoutStore(int ledgerId) {
        this.ledgerId = ledgerId;
    }

    /** Takes a payout down; that its key is taken shows when it is written. */
    void insert(Sheet sheet, Intent intent, Standing standing, long wallet, Map<String, String> metadata) {
        Recipient recipient = intent.recipient();
        sheet.insert(PAYOUT_INTENT, intent.id())
                .set(PAYOUT_INTENT.LEDGER_ID, ledgerId)
                .set(PAYOUT_INTENT.PAYOUT_ID, intent.id())
                .set(PAYOUT_INTENT.KEY, intent.key().value())
                .set(PAYOUT_INTENT.ACCOUNT_ID, wallet)
                .set(PAYOUT_INTENT.AMOUNT, intent.amount().minor())
                .set(PAYOUT_INTENT.FEE, intent.fee().minor())
                .set(PAYOUT_INTENT.PAYER, intent.payer().name())
                .set(PAYOUT_INTENT.RECIPIENT_TYPE, recipient.channel().name())
                .set(PAYOUT_INTENT.RECIPIENT_ADDRESS, recipient.address())
                .set(PAYOUT_INTENT.RECIPIENT_NAME, recipient.name())
                .set(PAYOUT_INTENT.RECIPIENT_BANK, Recipients.bank(recipient).orElse(null))
                .set(
                        PAYOUT_INTENT.RECIPIENT_OPERATOR,
                        Recipients.operator(recipient).orElse(null))
                .set(PAYOUT_INTENT.NARRATION, intent.narration())
                .set(PAYOUT_INTENT.PROVIDER, intent.onlyProvider().orElse(null))
                .set(PAYOUT_INTENT.ROUTES, intent.routes().toArray(String[]::new))
                .set(PAYOUT_INTENT.NOT_BEFORE, intent.notBefore().orElse(null))
                .set(PAYOUT_INTENT.CHECKERS, (short) intent.checkers())
                .set(PAYOUT_INTENT.APPROVE_BY, intent.approveBy().orElse(null))
                .set(PAYOUT_INTENT.QUOTE_ID, intent.quote().orElse(null))
                .set(PAYOUT_INTENT.ACTOR, intent.requestedBy())
                .set(PAYOUT_INTENT.CREATED_AT, intent.createdAt());
        Sheet.Row state = sheet.insert(PAYOUT_STATE, intent.id())
                .set(PAYOUT_STATE.AMOUNT, intent.amount().minor())
                .set(PAYOUT_STATE.CREATED_AT, intent.createdAt());
        fill(state, intent, standing);
        metadata.forEach((name, value) -> sheet.insert(PAYOUT_METADATA, intent.id(), name)
                .set(PAYOUT_METADATA.LEDGER_ID, ledgerId)
                .set(PAYOUT_METADATA.PAYOUT_ID, intent.id())
                .set(PAYOUT_METADATA.NAME, name)
                .set(PAYOUT_METADATA.VALUE, value));
    }

    /** Writes how a payout stands. */
    void update(Sheet sheet, Intent intent, Standing standing) {
        fill(sheet.update(PAYOUT_STATE, intent.id()), intent, standing);
    }

    /** Makes payouts due that wait because a provider was short of float in their currency; returns how many. */
    int retryShortOfFloat(DSLContext db, String provider, Currency currency, Instant now) {
        return db.update(PAYOUT_STATE)
                .set(PAYOUT_STATE.NEXT_AT, now)
                .where(PAYOUT_STATE.LEDGER_ID.eq(ledgerId))
                .and(PAYOUT_STATE.STATUS.eq(inline(PayoutStatus.PENDING.name())))
                .and(PAYOUT_STATE.NEXT_AT.gt(now))
                .and(exists(selectOne()
                        .from(PAYOUT_ATTEMPT)
                        .join(PAYOUT_INTENT)
                        .on(
                                PAYOUT_INTENT.LEDGER_ID.eq(PAYOUT_ATTEMPT.LEDGER_ID),
                                PAYOUT_INTENT.PAYOUT_ID.eq(PAYOUT_ATTEMPT.PAYOUT_ID))
                        .join(ACCOUNT)
                        .on(
                                ACCOUNT.LEDGER_ID.eq(PAYOUT_INTENT.LEDGER_ID),
                                ACCOUNT.ACCOUNT_ID.eq(PAYOUT_INTENT.ACCOUNT_ID))
                        .where(PAYOUT_ATTEMPT.LEDGER_ID.eq(PAYOUT_STATE.LEDGER_ID))
                        .and(PAYOUT_ATTEMPT.PAYOUT_ID.eq(PAYOUT_STATE.PAYOUT_ID))
                        .and(PAYOUT_ATTEMPT.PROVIDER.eq(provider))
                        .and(PAYOUT_ATTEMPT.FAILURE_REASON.eq(FailureReason.INSUFFICIENT_FLOAT.name()))
                        .and(ACCOUNT.CURRENCY.eq(currency.code()))))
                .execute();
    }

    /** Takes an attempt down, its bytes with it. */
    void insert(Sheet sheet, UUID payout, Attempt attempt, Instant now) {
        Sheet.Row row = sheet.insert(PAYOUT_ATTEMPT, payout, attempt.number())
                .set(PAYOUT_ATTEMPT.PROVIDER, attempt.provider())
                .set(PAYOUT_ATTEMPT.PROVIDER_KEY, attempt.key())
                .set(PAYOUT_ATTEMPT.MEMO, attempt.memo())
                .set(
                        PAYOUT_ATTEMPT.QUOTED_FEE,
                        attempt.quotedFee().map(Money::minor).orElse(null))
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
                .set(PAYOUT_ATTEMPT.CREATED_AT, now);
        fill(row, payout, attempt);
    }

    /** Writes how an attempt stands. */
    void update(Sheet sheet, UUID payout, Attempt attempt) {
        fill(sheet.update(PAYOUT_ATTEMPT, payout, attempt.number()), payout, attempt);
    }

    /** Takes a send down, before its first byte leaves. */
    void insert(Sheet sheet, UUID payout, int attempt, Send send, long leaseToken) {
        Sheet.Row row = sheet.insert(PAYOUT_SEND, payout, attempt, send.number())
                .set(PAYOUT_SEND.LEASE_TOKEN, leaseToken)
                .set(PAYOUT_SEND.SENT_AT, send.sentAt());
        fill(row, payout, attempt, send);
    }

    /** Writes what a send's answer proved. */
    void update(Sheet sheet, UUID payout, int attempt, Send send) {
        fill(sheet.update(PAYOUT_SEND, payout, attempt, send.number()), payout, attempt, send);
    }

    private void fill(Sheet.Row row, Intent intent, Standing standing) {
        row.set(PAYOUT_STATE.LEDGER_ID, ledgerId)
                .set(PAYOUT_STATE.PAYOUT_ID, intent.id())
                .set(PAYOUT_STATE.STATUS, standing.status().name())
                .set(PAYOUT_STATE.ROUTE, intent.routes().get(standing.routeNo() - 1))
                .set(PAYOUT_STATE.ROUTE_NO, standing.routeNo())
                .set(PAYOUT_STATE.NEXT_AT, standing.nextAt().orElse(null))
                .set(PAYOUT_STATE.TRIES, standing.tries())
                .set(PAYOUT_STATE.LEASE_TOKEN, standing.leaseToken())
                .set(PAYOUT_STATE.LEASE_UNTIL, standing.leaseUntil().orElse(null))
                .set(PAYOUT_STATE.BLOCKED, standing.blocked())
                .set(
                        PAYOUT_STATE.FAILURE_REASON,
                        standing.failure().map(why -> why.reason().name()).orElse(null))
                .set(
                        PAYOUT_STATE.FAILURE_CODE,
                        standing.failure().map(PayoutFailure::providerCode).orElse(null))
                .set(
                        PAYOUT_STATE.FAILURE_DETAIL,
                        standing.failure().map(PayoutFailure::detail).orElse(null))
                .set(PAYOUT_STATE.FAILOVER_REASON, standing.failoverReason().orElse(null))
                .set(
                        PAYOUT_STATE.RECEIVED,
                        standing.received().map(Money::minor).orElse(null))
                .set(PAYOUT_STATE.REVERSED, standing.reversed().minor())
                .set(PAYOUT_STATE.LATE, standing.late())
                .set(PAYOUT_STATE.TRANSITIONS, standing.transitions())
                .set(PAYOUT_STATE.UPDATED_AT, standing.updatedAt())
                .set(PAYOUT_STATE.COMPLETED_AT, standing.completedAt().orElse(null))
                .set(PAYOUT_STATE.TOLD_OPERATOR, standing.operator().orElse(null));
    }

    private void fill(Sheet.Row row, UUID payout, Attempt attempt) {
        row.set(PAYOUT_ATTEMPT.LEDGER_ID, ledgerId)
                .set(PAYOUT_ATTEMPT.PAYOUT_ID, payout)
                .set(PAYOUT_ATTEMPT.ATTEMPT_NO, attempt.number())
                .set(PAYOUT_ATTEMPT.STATE, attempt.state().name())
                .set(PAYOUT_ATTEMPT.STANDS, attempt.stands())
                .set(PAYOUT_ATTEMPT.OUTCOME, attempt.outcome().map(Enum::name).orElse(null))
                .set(PAYOUT_ATTEMPT.PROVIDER_REFERENCE, attempt.reference().orElse(null))
                .set(
                        PAYOUT_ATTEMPT.FEE_TOLD,
                        attempt.feeTold().map(Money::minor).orElse(null))
                .set(PAYOUT_ATTEMPT.FEE_BOOKED, attempt.feeBooked().minor())
                .set(PAYOUT_ATTEMPT.FEE_REFUNDED, attempt.feeRefunded().minor())
                .set(
                        PAYOUT_ATTEMPT.FAILURE_REASON,
                        attempt.failure().map(Enum::name).orElse(null));
    }

    private void fill(Sheet.Row row, UUID payout, int attempt, Send send) {
        row.set(PAYOUT_SEND.LEDGER_ID, ledgerId)
                .set(PAYOUT_SEND.PAYOUT_ID, payout)
                .set(PAYOUT_SEND.ATTEMPT_NO, attempt)
                .set(PAYOUT_SEND.SEND_NO, send.number())
                .set(PAYOUT_SEND.OUTCOME, send.outcome().map(Enum::name).orElse(null))
                .set(PAYOUT_SEND.ANSWERED_AT, send.answeredAt().orElse(null));
    }

    /** A provider's reference that an attempt was given. */
    record Given(UUID payout, int attempt, String provider, String reference) {}

    /** Lets nobody give a provider's reference to an attempt before the transaction ends, nor after without seeing its end. */
    void lock(DSLContext db, String provider, String reference) {
        Routines.lockNobodysReference(db.configuration(), ledgerId, provider, reference);
    }

    /** Gives references to attempts unless others have them; returns those that have theirs now. */
    Set<Given> bind(DSLContext db, List<Given> given, Instant now) {
        if (given.isEmpty()) {
            return Set.of();
        }
        UUID[] payouts = given.stream().map(Given::payout).toArray(UUID[]::new);
        Integer[] attempts = given.stream().map(Given::attempt).toArray(Integer[]::new);
        String[] providers = given.stream().map(Given::provider).toArray(String[]::new);
        String[] references = given.stream().map(Given::reference).toArray(String[]::new);
        return db.selectFrom(Routines.bindReferences(ledgerId, now, payouts, attempts, providers, references))
                .collect(Collectors.mapping(
                        row -> new Given(row.getPayoutId(), row.getAttemptNo(), row.getProvider(), row.getReference()),
                        Collectors.toSet()));
    }

    /** Tells whether any attempt has a provider's reference. */
    boolean isBound(DSLContext db, String provider, String reference) {
        return db.fetchExists(
                PAYOUT_REFERENCE,
                PAYOUT_REFERENCE.LEDGER_ID.eq(ledgerId),
                PAYOUT_REFERENCE.PROVIDER.eq(provider),
                PAYOUT_REFERENCE.REFERENCE.eq(reference));
    }
}
