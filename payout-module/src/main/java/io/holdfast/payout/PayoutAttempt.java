package io.holdfast.payout;

import io.holdfast.ledger.Money;
import java.util.List;
import java.util.Optional;

/**
 * One route to one provider.
 *
 * @param number among the payout's attempts, from 1
 * @param provider the provider's name
 * @param key the idempotency key at the provider
 * @param state its state
 * @param outcome the latest that said something of it
 * @param providerReference under which the provider is asked
 * @param quotedFee what the provider said beforehand that it would charge
 * @param providerFee what the provider charged, in the books so far, less what it gave back
 * @param sends in order
 */
public record PayoutAttempt(
        int number,
        String provider,
        String key,
        AttemptState state,
        Optional<AttemptOutcome> outcome,
        Optional<String> providerReference,
        Optional<Money> quotedFee,
        Money providerFee,
        List<PayoutSend> sends) {

    /** Copies the list. */
    public PayoutAttempt {
        sends = List.copyOf(sends);
    }
}
