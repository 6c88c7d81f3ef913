package io.holdfast.payout.engine;

import static io.holdfast.db.generated.Tables.ACCOUNT;
import static io.holdfast.db.generated.Tables.PAYOUT;
import static io.holdfast.db.generated.Tables.PAYOUT_ATTEMPT;
import static io.holdfast.db.generated.Tables.PAYOUT_REFERENCE;
import static io.holdfast.db.generated.Tables.PAYOUT_SEND;

import io.holdfast.ledger.Currency;
import io.holdfast.payout.PayoutStatus;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/** Reads what of our payouts a provider's statement is compared with. */
final class StatementStore {

    /** Only these have an attempt that is open. */
    private static final List<String> HOLDING = Stream.of(PayoutStatus.values())
            .filter(PayoutStatus::isHolding)
            .map(PayoutStatus::name)
            .toList();

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

    /** Returns the references of attempts at a provider that were first sent in a span and have not failed, in order. */
    Map<String, Owner> sent(DSLContext db, String provider, Collection<Currency> currencies, Instant from, Instant to) {
        Map<String, Owner> sent = new LinkedHashMap<>();
        db.select(PAYOUT_ATTEMPT.PROVIDER_REFERENCE, PAYOUT_ATTEMPT.PAYOUT_ID, PAYOUT_ATTEMPT.ATTEMPT_NO)
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
                .and(PAYOUT_ATTEMPT.PROVIDER_REFERENCE.isNotNull())
                .and(PAYOUT_ATTEMPT.STATE.ne("FAILED"))
                .and(
                        currencies.isEmpty()
                                ? DSL.noCondition()
                                : ACCOUNT.CURRENCY.in(
                                        currencies.stream().map(Currency::code).toList()))
                .and(PAYOUT_SEND.SENT_AT.ge(from))
                .and(PAYOUT_SEND.SENT_AT.lt(to))
                .orderBy(PAYOUT_SEND.SENT_AT, PAYOUT_ATTEMPT.PAYOUT_ID)
                .forEach(row -> sent.put(row.value1(), new Owner(row.value2(), row.value3())));
        return sent;
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

    /** Tells whether an attempt of that amount at a provider is open of which no reference is known. */
    boolean mayBeOurs(DSLContext db, String provider, Currency currency, BigInteger amount) {
        return db.fetchExists(DSL.selectOne()
                .from(PAYOUT_ATTEMPT)
                .join(PAYOUT)
                .on(PAYOUT.LEDGER_ID.eq(PAYOUT_ATTEMPT.LEDGER_ID), PAYOUT.PAYOUT_ID.eq(PAYOUT_ATTEMPT.PAYOUT_ID))
                .join(ACCOUNT)
                .on(ACCOUNT.LEDGER_ID.eq(PAYOUT.LEDGER_ID), ACCOUNT.ACCOUNT_ID.eq(PAYOUT.ACCOUNT_ID))
                .where(PAYOUT_ATTEMPT.LEDGER_ID.eq(ledgerId))
                .and(PAYOUT.STATUS.in(HOLDING))
                .and(PAYOUT_ATTEMPT.PROVIDER.eq(provider))
                .and(PAYOUT_ATTEMPT.STATE.eq(DSL.inline("OPEN")))
                .and(PAYOUT_ATTEMPT.PROVIDER_REFERENCE.isNull())
                .and(ACCOUNT.CURRENCY.eq(currency.code()))
                .and(PAYOUT.AMOUNT.eq(amount)));
    }

    static List<UUID> payouts(Collection<Owner> owners) {
        return owners.stream().map(Owner::payout).distinct().toList();
    }
}
