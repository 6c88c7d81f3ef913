package io.holdfast.payout;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * One sending of an attempt's bytes.
 *
 * @param number among the attempt's sends, from 1
 * @param sentAt when it was recorded, just before the connection was opened
 * @param outcome what its own answer proved, as {@link io.holdfast.payout.spi.Outcome#code}; absent while it is under way
 * @param answeredAt when that was recorded
 */
public record PayoutSend(int number, Instant sentAt, Optional<String> outcome, Optional<Instant> answeredAt) {

    private static final Set<String> PROOF_OF_NOTHING = Set.of("NOT_SENT", "NOT_EXECUTED", "REJECTED");

    /** Tells whether this send is known to have created nothing at the provider. */
    public boolean createdNothing() {
        return outcome.filter(PROOF_OF_NOTHING::contains).isPresent();
    }
}
