package io.holdfast.payout;

import java.time.Instant;
import java.util.Optional;

/**
 * What somebody said became of a payout that is in review or has ended. It counts once another person has confirmed it.
 *
 * @param number among the payout's resolutions, from 1
 * @param content what was said, the recipient masked
 * @param attempt which attempt it is about
 * @param actor who said it
 * @param at when
 * @param end what became of it; absent while it is pending
 */
public record PayoutResolution(
        int number, Resolution content, int attempt, String actor, Instant at, Optional<End> end) {

    /** What becomes of what somebody said. */
    public enum Way {
        /** Another person said so too, and it was booked. */
        CONFIRMED,
        /** The provider's own word came first. */
        LAPSED,
        /** Somebody said something else. */
        REPLACED
    }

    /**
     * The end of a resolution.
     *
     * @param way what became of it
     * @param actor by whom
     * @param at when
     */
    public record End(Way way, String actor, Instant at) {}

    /** Tells whether it waits to be confirmed. */
    public boolean isPending() {
        return end.isEmpty();
    }
}
