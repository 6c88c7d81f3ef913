package io.holdfast.sandbox.simulator;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A payout as the simulator knows it at one moment.
 *
 * @param reference the provider's name for it
 * @param faults what is wrong with it
 * @param changedAt when it took this status
 * @param completedAt when it was paid, if ever
 */
public record SimulatedPayout(
        String reference,
        PayoutOrder order,
        Set<Fault> faults,
        PayoutStatus status,
        Instant createdAt,
        Instant changedAt,
        Optional<Instant> completedAt) {

    /** A status that no provider's documents list. */
    public static final String UNLISTED = "on_hold";

    /** What a fee is shown too high by where it is shown with a fraction: more decimals than any currency here has. */
    public static final BigDecimal FRACTION = new BigDecimal("0.125");

    /** Copies the faults. */
    public SimulatedPayout {
        faults = Set.copyOf(faults);
    }

    /** Returns whether a caller may be shown this payout. */
    public boolean isVisible() {
        return status != PayoutStatus.PENDING || !faults.contains(Fault.INVISIBLE_UNTIL_SETTLED);
    }

    /** Returns whether a caller is shown a status that no document lists, {@link #UNLISTED}. */
    public boolean isUnlisted() {
        return status == PayoutStatus.PENDING && faults.contains(Fault.UNLISTED_STATUS);
    }

    /** Returns a fee in whole units as a caller is shown it. */
    public BigDecimal shownFee(long fee) {
        return shownFee(fee, faults);
    }

    /** Returns a fee in whole units as it is shown where these faults are at work. */
    public static BigDecimal shownFee(long fee, Set<Fault> faults) {
        BigDecimal charged = BigDecimal.valueOf(fee);
        return faults.contains(Fault.FRACTION_OF_A_FEE) ? charged.add(FRACTION) : charged;
    }

    SimulatedPayout changedTo(PayoutStatus next, Instant at) {
        Optional<Instant> completed = next == PayoutStatus.SUCCEEDED ? Optional.of(at) : completedAt;
        return new SimulatedPayout(reference, order, faults, next, createdAt, at, completed);
    }
}
