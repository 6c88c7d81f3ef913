package io.holdfast.payout.spi;

import java.time.Duration;

/**
 * How often a provider may be called.
 *
 * @param calls at least 1
 * @param per in how long, above zero
 */
public record RateLimit(int calls, Duration per) {

    /**
     * Refuses no calls and no time.
     *
     * @throws IllegalArgumentException with the values
     */
    public RateLimit {
        if (calls < 1 || per.isNegative() || per.isZero()) {
            throw new IllegalArgumentException("A rate of " + calls + " calls per " + per + ": both are above zero");
        }
    }
}
