package io.holdfast.payout;

import io.holdfast.ledger.Money;
import java.math.BigDecimal;

/**
 * How far what a provider charges may be off what it had quoted before a person should look at it. Whatever it charges is
 * booked.
 *
 * @param percent of the quoted fee, from 0 up
 */
public record FeeTolerance(BigDecimal percent) {

    /** No difference at all. */
    public static final FeeTolerance EXACT = new FeeTolerance(BigDecimal.ZERO);

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    /**
     * Refuses what is below zero.
     *
     * @throws IllegalArgumentException with the percentage
     */
    public FeeTolerance {
        if (percent.signum() < 0) {
            throw new IllegalArgumentException("A tolerance of " + percent + " percent is below zero");
        }
    }

    /** Tells whether a fee is near enough to the quoted one, which is of the same currency. */
    public boolean allows(Money quoted, Money charged) {
        BigDecimal off = charged.minus(quoted).toDecimal().abs();
        return off.multiply(HUNDRED).compareTo(percent.multiply(quoted.toDecimal())) <= 0;
    }
}
