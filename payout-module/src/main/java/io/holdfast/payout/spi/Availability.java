package io.holdfast.payout.spi;

import java.util.Set;

/**
 * Which operators a provider can pay to now, by its own names for them.
 *
 * @param operational those that it can pay to
 * @param suspended those that it cannot
 */
public record Availability(Set<String> operational, Set<String> suspended) {

    /** Copies the sets. */
    public Availability {
        operational = Set.copyOf(operational);
        suspended = Set.copyOf(suspended);
    }
}
