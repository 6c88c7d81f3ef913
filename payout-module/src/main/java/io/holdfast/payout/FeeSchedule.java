package io.holdfast.payout;

import io.holdfast.ledger.Currency;
import io.holdfast.ledger.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/**
 * How a fee is computed from the amount that a request names: a fixed part, a percentage and tiers, rounded, between a
 * minimum and a maximum.
 *
 * <pre>{@code
 * FeeSchedule.percent(UGX, new BigDecimal("1.0")).minimum(Money.ofMinor(UGX, 500)).maximum(Money.ofMinor(UGX, 10_000))
 * }</pre>
 *
 * @param fixed not below zero; also settles the currency
 * @param percent 0 to 100, at most 4 decimals
 * @param minimum the least the fee can be; if absent, no limit
 * @param maximum the most the fee can be; if absent, no limit
 * @param decimals to how many the fee is rounded, 0 to the currency's own
 * @param rounding how
 * @param tiers what is added by how much is paid
 */
public record FeeSchedule(
        Money fixed,
        BigDecimal percent,
        Optional<Money> minimum,
        Optional<Money> maximum,
        int decimals,
        RoundingMode rounding,
        FeeTiers tiers) {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    private static final int PERCENT_DECIMALS_MAX = 4;

    /**
     * Refuses negative parts, a percentage out of range, limits in another currency or the wrong way round, and more
     * decimals than the currency has.
     *
     * @throws IllegalArgumentException with the value and the rule
     */
    public FeeSchedule {
        Currency currency = fixed.currency();
        checkPart(currency, fixed);
        minimum.ifPresent(limit -> checkPart(currency, limit));
        maximum.ifPresent(limit -> checkPart(currency, limit));
        percent = checkedPercent(percent);
        tiers.check(currency);
        if (minimum.isPresent() && maximum.isPresent() && minimum.get().compareTo(maximum.get()) > 0) {
            throw new IllegalArgumentException(
                    "A fee's minimum of " + minimum.get() + " is above its maximum of " + maximum.get());
        }
        if (decimals < 0 || decimals > currency.exponent()) {
            throw new IllegalArgumentException("A fee in " + currency + " rounded to " + decimals + " decimals: 0 to "
                    + currency.exponent() + " are possible");
        }
    }

    /** Returns a fee that is always the same. */
    public static FeeSchedule fixed(Money fee) {
        return new FeeSchedule(
                fee,
                BigDecimal.ZERO,
                Optional.empty(),
                Optional.empty(),
                fee.currency().exponent(),
                RoundingMode.HALF_UP,
                FeeTiers.NONE);
    }

    /** Returns a percentage of the amount, rounded half up to the currency's decimals. */
    public static FeeSchedule percent(Currency currency, BigDecimal percent) {
        return new FeeSchedule(
                Money.zero(currency),
                percent,
                Optional.empty(),
                Optional.empty(),
                currency.exponent(),
                RoundingMode.HALF_UP,
                FeeTiers.NONE);
    }

    /**
     * Returns the same with this much more as a fixed part.
     *
     * @throws IllegalArgumentException if the part is below zero or in another currency
     */
    public FeeSchedule plus(Money part) {
        checkPart(fixed.currency(), part);
        return new FeeSchedule(fixed.plus(part), percent, minimum, maximum, decimals, rounding, tiers);
    }

    /** Returns the same, never less than that. */
    public FeeSchedule minimum(Money limit) {
        return new FeeSchedule(fixed, percent, Optional.of(limit), maximum, decimals, rounding, tiers);
    }

    /** Returns the same, never more than that. */
    public FeeSchedule maximum(Money limit) {
        return new FeeSchedule(fixed, percent, minimum, Optional.of(limit), decimals, rounding, tiers);
    }

    /** Returns the same, rounded otherwise. */
    public FeeSchedule rounded(int newDecimals, RoundingMode newRounding) {
        return new FeeSchedule(fixed, percent, minimum, maximum, newDecimals, newRounding, tiers);
    }

    /** Returns the same with fees that depend on how much is paid. */
    public FeeSchedule tiers(FeeTiers values) {
        return new FeeSchedule(fixed, percent, minimum, maximum, decimals, rounding, values);
    }

    /**
     * Returns the fee for an amount.
     *
     * @throws IllegalArgumentException if the amount is in another currency
     */
    public Money feeFor(Money amount) {
        checkPart(fixed.currency(), amount);
        BigDecimal exact = amount.toDecimal()
                .multiply(percent)
                .divide(HUNDRED)
                .add(fixed.toDecimal())
                .add(tiers.exact(amount));
        Money fee = Money.of(fixed.currency(), exact.setScale(decimals, rounding));
        if (minimum.isPresent() && fee.compareTo(minimum.get()) < 0) {
            return minimum.get();
        }
        return maximum.isPresent() && fee.compareTo(maximum.get()) > 0 ? maximum.get() : fee;
    }

    /** Returns a percentage in its shortest form. */
    static BigDecimal checkedPercent(BigDecimal percent) {
        if (percent.signum() < 0
                || percent.compareTo(HUNDRED) > 0
                || percent.stripTrailingZeros().scale() > PERCENT_DECIMALS_MAX) {
            throw new IllegalArgumentException("A fee of " + percent.toPlainString() + " %: 0 to 100 with at most "
                    + PERCENT_DECIMALS_MAX + " decimals");
        }
        return percent.signum() == 0 ? BigDecimal.ZERO : percent.stripTrailingZeros();
    }

    static void checkPart(Currency currency, Money part) {
        if (part.isNegative() || !part.currency().equals(currency)) {
            throw new IllegalArgumentException(
                    part + " in a fee in " + currency + ": not below zero, and in that currency");
        }
    }
}
