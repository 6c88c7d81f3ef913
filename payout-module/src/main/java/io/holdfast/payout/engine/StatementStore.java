package io.holdfast.payout.engine;

import static io.holdfast.db.generated.Tables.ACCOUNT;
import static io.holdfast.db.generated.Tables.PAYOUT;
import static io.holdfast.db.generated.Tables.PAYOUT_ATTEMPT;
import static io.holdfast.db.generated.Tables.PAYOUT_REFERENCE;
import static io.holdfast.db.generated.Tables.PAYOUT_RESOLUTION;
import static io.holdfast.db.generated.Tables.PAYOUT_SEND;

import io.holdfast.ledger.Currency;
import io.holdfast.payout.PayoutStatus;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/** Reads what of our payouts a provider's statement is compared with. */
final class StatementStore {

    /** Only these have an attempt that is open. */
    private static final List<String> HOLDING = Stream.of(PayoutStatus.values())
            .filter(PayoutStatus::isHolding)
            .map(PayoutStatus::name)
            .toList();

    /** In these nobody is at work on an attempt without a reference, as the answer to a send that is under way may bring it. */
    private static final List<String> IN_DOUBT = List.of(PayoutStatus.UNKNOWN.name(), PayoutStatus.REVIEW.name());

    private final int ledgerId;

    StatementStore(int ledgerId) {
        this.ledgerId = ledgerId;
    }

    /** Which attempt a reference belongs to. */
    record Owner(UUID payout, int attempt) {}

    Map<String, Owner> owners(DSLContext db, String provider, Collection<String> references) {
        Map<String, Owner> owners = new HashMap<>();
        db.select(PAYOUT_REFERENCE.REFERENCE, PAYOUT_REFERENCE.PAYOUT_ID, PAYOUT_REFERENCE.ATTEMPT_NO)
                .from(PAYOUT_REFERENCE)
                .where(PAYOUT_REFERENCE.LEDGER_ID.eq(ledgerId))
                .and(PAYOUT_REFERENCE.PROVIDER.eq(provider))
                .and(PAYOUT_REFERENCE.REFERENCE.eq(DSL.any(references.toArray(String[]::new))))
                .forEach(row -> owners.put(row.value1(), new Owner(row.value2(), row.value3())));
        return owners;
    }

    /** What was sent, under the provider's reference if it is known. */
    record Sent(Optional<String> reference, Owner owner) {}

    /**
     * Returns the attempts at a provider that were first sent in a span and have not failed, in order: those of which a
     * reference is known, and of the others those that have settled or that nobody is at work on.
     */
    List<Sent> sent(DSLContext db, String provider, Collection<Currency> currencies, Instant from, Instant to) {
        return db.select(PAYOUT_ATTEMPT.PROVIDER_REFERENCE, PAYOUT_ATTEMPT.PAYOUT_ID, PAYOUT_ATTEMPT.ATTEMPT_NO)
                .from(PAYOUT_ATTEMPT)
                .join(PAYOUT_SEND)
                .on(
                        PAYOUT_SEND.LEDGER_ID.eq(PAYOUT_ATTEMPT.LEDGER_ID),
                        PAYOUT_SEND.PAYOUT_ID.eq(PAYOUT_ATTEMPT.PAYOUT_ID),
                        PAYOUT_SEND.ATTEMPT_NO.eq(PAYOUT_ATTEMPT.ATTEMPT_NO),
                        PAYOUT_SEND.SEND_NO.eq(1))
                .join(PAYOUT)
                .on(PAYOUT.LEDGER_ID.eq(PAYOUT_ATTEMPT.LEDGER_ID), PAYOUT.PAYOUT_ID.eq(PAYOUT_ATTEMPT.PAYOUT_ID))
                .join(ACCOUNT)
                .on(ACCOUNT.LEDGER_ID.eq(PAYOUT.LEDGER_ID), ACCOUNT.ACCOUNT_ID.eq(PAYOUT.ACCOUNT_ID))
                .where(PAYOUT_ATTEMPT.LEDGER_ID.eq(ledgerId))
                .and(PAYOUT_ATTEMPT.PROVIDER.eq(provider))
                .and(PAYOUT_ATTEMPT.STATE.ne("FAILED"))
                .and(PAYOUT_ATTEMPT
                        .PROVIDER_REFERENCE
                        .isNotNull()
                        .or(PAYOUT_ATTEMPT.STATE.eq("SETTLED"))
                        .or(PAYOUT.STATUS.in(IN_DOUBT)))
                .and(
                        currencies.isEmpty()
                                ? DSL.noCondition()
                                : ACCOUNT.CURRENCY.in(
                                        currencies.stream().map(Currency::code).toList()))
                .and(PAYOUT_SEND.SENT_AT.ge(from))
                .and(PAYOUT_SEND.SENT_AT.lt(to))
                .orderBy(PAYOUT_SEND.SENT_AT, PAYOUT_ATTEMPT.PAYOUT_ID)
                .fetch(row -> new Sent(Optional.ofNullable(row.value1()), new Owner(row.value2(), row.value3())));
    }

    /** Tells whether a payout ever went to a provider of that name. */
    boolean isUsed(DSLContext db, String provider) {
        return Keepable.is(provider)
                && db.fetchExists(
                        PAYOUT_ATTEMPT, PAYOUT_ATTEMPT.LEDGER_ID.eq(ledgerId), PAYOUT_ATTEMPT.PROVIDER.eq(provider));
    }

    /** Tells whether an attempt has no reference yet and is not known to have failed. */
    boolean isUnbound(DSLContext db, WebhookStore.About attempt) {
        return db.fetchExists(
                PAYOUT_ATTEMPT,
                PAYOUT_ATTEMPT.LEDGER_ID.eq(ledgerId),
                PAYOUT_ATTEMPT.PAYOUT_ID.eq(attempt.payout()),
                PAYOUT_ATTEMPT.ATTEMPT_NO.eq(attempt.attempt()),
                PAYOUT_ATTEMPT.PROVIDER_REFERENCE.isNull(),
                PAYOUT_ATTEMPT.STATE.ne("FAILED"));
    }

    /**
     * Returns payouts of that amount at a provider of which no reference is known: those that are open there, and those that
     * two persons say were paid.
     */
    List<UUID> unbound(DSLContext db, String provider, Currency currency, BigInteger amount) {
        Condition isUnbound = PAYOUT_ATTEMPT
                .LEDGER_ID
                .eq(ledgerId)
                .and(PAYOUT_ATTEMPT.PROVIDER.eq(provider))
                .and(PAYOUT_ATTEMPT.PROVIDER_REFERENCE.isNull())
                .and(ACCOUNT.CURRENCY.eq(currency.code()))
                .and(PAYOUT.AMOUNT.eq(amount));
        return db.select(PAYOUT.PAYOUT_ID)
                .from(PAYOUT_ATTEMPT)
                .join(PAYOUT)
                .on(PAYOUT.LEDGER_ID.eq(PAYOUT_ATTEMPT.LEDGER_ID), PAYOUT.PAYOUT_ID.eq(PAYOUT_ATTEMPT.PAYOUT_ID))
                .join(ACCOUNT)
                .on(ACCOUNT.LEDGER_ID.eq(PAYOUT.LEDGER_ID), ACCOUNT.ACCOUNT_ID.eq(PAYOUT.ACCOUNT_ID))
                .where(isUnbound)
                .and(PAYOUT.STATUS.in(HOLDING))
                .and(PAYOUT_ATTEMPT.STATE.eq(DSL.inline("OPEN")))
                // Only by people's word is anything settled without a reference, and they say little: their words lead
                // there.
                .union(db.select(PAYOUT.PAYOUT_ID)
                        .from(PAYOUT_RESOLUTION)
                        .join(PAYOUT_ATTEMPT)
                        .on(
                                PAYOUT_ATTEMPT.LEDGER_ID.eq(PAYOUT_RESOLUTION.LEDGER_ID),
                                PAYOUT_ATTEMPT.PAYOUT_ID.eq(PAYOUT_RESOLUTION.PAYOUT_ID),
                                PAYOUT_ATTEMPT.ATTEMPT_NO.eq(PAYOUT_RESOLUTION.ATTEMPT_NO))
                        .join(PAYOUT)
                        .on(
                                PAYOUT.LEDGER_ID.eq(PAYOUT_ATTEMPT.LEDGER_ID),
                                PAYOUT.PAYOUT_ID.eq(PAYOUT_ATTEMPT.PAYOUT_ID))
                        .join(ACCOUNT)
                        .on(ACCOUNT.LEDGER_ID.eq(PAYOUT.LEDGER_ID), ACCOUNT.ACCOUNT_ID.eq(PAYOUT.ACCOUNT_ID))
                        .where(isUnbound)
                        .and(PAYOUT_RESOLUTION.VERDICT.eq("SUCCEEDED"))
                        .and(PAYOUT_ATTEMPT.STATE.eq("SETTLED")))
                .fetch(PAYOUT.PAYOUT_ID);
    }

    static List<UUID> payouts(Collection<Owner> owners) {
        return owners.stream().map(Owner::payout).distinct().toList();
    }
}
