package io.holdfast.payout.spi;

import io.holdfast.ledger.Money;
import io.holdfast.ledger.Times;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/** The rules that figures, times and waits of this package obey: whatever a provider says can be kept and counted with. */
final class Bounds {

    private static final Duration WAIT_MAX = Duration.ofDays(1);

    private Bounds() {}

    /**
     * Returns how long to wait, a day at most.
     *
     * @throws IllegalArgumentException if it is below zero
     */
    static Optional<Duration> wait(Optional<Duration> told) {
        told.filter(Duration::isNegative).ifPresent(wait -> {
            throw new IllegalArgumentException("A wait of " + wait + " is below zero");
        });
        return told.map(wait -> wait.compareTo(WAIT_MAX) > 0 ? WAIT_MAX : wait);
    }

    /** Returns a time if it is in the years 1900 to 9999; any other tells nothing. */
    static Optional<Instant> time(Optional<Instant> told) {
        return told.filter(Times::areKept);
    }

    /** Refuses that something is missing, which adapters may give that are compiled without a check for null. */
    static void present(Object first, Object... others) {
        Objects.requireNonNull(first);
        for (Object other : others) {
            Objects.requireNonNull(other);
        }
    }

    /** Refuses a malformed reference of a provider. */
    static void reference(String given) {
        Texts.name("Provider's reference", given, Outcome.REFERENCE_MAX);
    }

    /** Refuses an amount below zero. */
    static void notNegative(String what, Money amount) {
        if (amount.isNegative()) {
            throw new IllegalArgumentException(what + " " + amount + " is below zero");
        }
    }

    /** Refuses an amount that is not above zero. */
    static void positive(String what, Money amount) {
        if (!amount.isPositive()) {
            throw new IllegalArgumentException(what + " " + amount + " is not above zero");
        }
    }
}
