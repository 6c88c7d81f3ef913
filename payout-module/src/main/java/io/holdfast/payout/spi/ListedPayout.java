package io.holdfast.payout.spi;

import io.holdfast.ledger.Money;
import java.time.Instant;
import java.util.Optional;

/**
 * A payout in a provider's list.
 *
 * @param amount what it pays
 * @param address the recipient's number; absent if the provider masks it
 * @param createdAt when the provider recorded it
 * @param ourReference our own reference, if the provider echoes it
 * @param outcome how it stands: {@link Outcome.Accepted}, {@link Outcome.Succeeded}, {@link Outcome.Failed}, {@link
 *     Outcome.Reversed}, or {@link Outcome.Unknown} for a status that is on no table
 * @param reference under which the provider is asked
 */
public record ListedPayout(
        String reference,
        Money amount,
        Optional<String> address,
        Instant createdAt,
        Optional<String> ourReference,
        Outcome outcome) {

    /** Names the payout, without the recipient. */
    @Override
    public String toString() {
        return reference + " of " + amount + " at " + createdAt + ": " + outcome.code();
    }
}
