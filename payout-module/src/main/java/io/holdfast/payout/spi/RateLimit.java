package io.holdfast.payout.spi;

import java.time.Duration;

/**
 * How often a provider may be called.
 *
 * @param calls at least 1
 * @param per in how long, from a millisecond to a day
 */
public record RateLimit(int calls, Duration per) {

    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofDays(1);

    /**
     * Refuses no calls, and a time that is too short or too long.
     *
     * @throws IllegalArgumentException with the values
     */
    public RateLimit {
        if (calls < 1 || per.compareTo(SHORTEST) < 0 || per.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("A rate of " + calls + " calls per " + per
                    + ": at least one call, in at least a millisecond and at most a day");
        }
    }
}
