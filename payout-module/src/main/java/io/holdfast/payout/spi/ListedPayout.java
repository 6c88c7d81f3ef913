package io.holdfast.payout.spi;

import io.holdfast.ledger.Money;
import io.holdfast.ledger.Times;
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

    /**
     * Refuses a malformed reference, and a time that is not in the years 1900 to 9999: what lacks either is an {@link
     * UnreadPayout}.
     *
     * @throws IllegalArgumentException with the value
     */
    public ListedPayout {
        Bounds.present(amount, address, ourReference, outcome);
        Bounds.reference(reference);
        Times.check("Payout " + reference + " of a list at", createdAt);
    }

    /** Names the payout, without the recipient. */
    @Override
    public String toString() {
        return reference + " of " + amount + " at " + createdAt + ": " + outcome.code();
    }
}
