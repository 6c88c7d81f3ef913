package io.holdfast.payout;

import io.holdfast.payout.spi.Outcome;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * One sending of an attempt's bytes.
 *
 * @param number among the attempt's sends, from 1
 * @param sentAt when it was recorded, just before the connection was opened
 * @param outcome what its own answer proved; absent while it is under way
 * @param answeredAt when that was recorded
 */
public record PayoutSend(int number, Instant sentAt, Optional<Outcome.Code> outcome, Optional<Instant> answeredAt) {

    private static final Set<Outcome.Code> PROOF_OF_NOTHING =
            EnumSet.of(Outcome.Code.NOT_SENT, Outcome.Code.NOT_EXECUTED, Outcome.Code.REJECTED);

    /** Tells whether this send is known to have created nothing at the provider. */
    public boolean createdNothing() {
        return outcome.filter(PROOF_OF_NOTHING::contains).isPresent();
    }
}
