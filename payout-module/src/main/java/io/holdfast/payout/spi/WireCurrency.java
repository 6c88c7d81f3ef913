package io.holdfast.payout.spi;

import io.holdfast.ledger.Currency;
import io.holdfast.ledger.Money;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;

/**
 * How one provider counts one currency, and between which amounts it pays. The wire's decimals are the provider's own
 * and never derived from ISO 4217: TZS has two decimals there, and the wire counts whole shillings.
 *
 * @param currency which
 * @param scale decimals on the wire, 0 to the currency's own
 * @param minimum the least it pays; if absent, no limit is known
 * @param maximum the most it pays; if absent, no limit is known
 */
public record WireCurrency(Currency currency, int scale, Optional<Money> minimum, Optional<Money> maximum) {

    /**
     * Refuses more decimals than the currency has, and limits of another currency.
     *
     * @throws IllegalArgumentException with the values
     */
    public WireCurrency {
        if (scale < 0 || scale > currency.exponent()) {
            throw new IllegalArgumentException("A wire scale of " + scale + " for " + currency + ": 0 to "
                    + currency.exponent() + " are possible");
        }
        minimum.ifPresent(limit -> check(currency, limit));
        maximum.ifPresent(limit -> check(currency, limit));
    }

    /** Returns a currency without limits. */
    public static WireCurrency of(Currency currency, int scale) {
        return new WireCurrency(currency, scale, Optional.empty(), Optional.empty());
    }

    /**
     * Returns the same with another count of decimals on the wire.
     *
     * @throws IllegalArgumentException if the currency has fewer
     */
    public WireCurrency scale(int decimals) {
        return new WireCurrency(currency, decimals, minimum, maximum);
    }

    /** Returns the same with the least that is paid. */
    public WireCurrency minimum(Money limit) {
        return new WireCurrency(currency, scale, Optional.of(limit), maximum);
    }

    /** Returns the same with the most that is paid. */
    public WireCurrency maximum(Money limit) {
        return new WireCurrency(currency, scale, minimum, Optional.of(limit));
    }

    /** Returns why an amount of this currency cannot be sent, if it cannot. */
    public Optional<String> objection(Money amount) {
        if (amount.toDecimal().stripTrailingZeros().scale() > scale) {
            return Optional.of(amount + " has more than the " + scale + " decimals that the provider takes");
        }
        if (minimum.isPresent() && amount.compareTo(minimum.get()) < 0) {
            return Optional.of(amount + " is below the provider's minimum of " + minimum.get());
        }
        if (maximum.isPresent() && amount.compareTo(maximum.get()) > 0) {
            return Optional.of(amount + " is above the provider's maximum of " + maximum.get());
        }
        return Optional.empty();
    }

    /**
     * Returns an amount as the decimal that the wire carries, {@code 5000} for TZS 5000.00 at scale 0.
     *
     * @throws IllegalArgumentException if it has more decimals than the wire, or is of another currency
     */
    public BigDecimal toWire(Money amount) {
        check(currency, amount);
        try {
            return amount.toDecimal().setScale(scale);
        } catch (ArithmeticException inexact) {
            throw new IllegalArgumentException(
                    amount + " has more than the " + scale + " decimals that the wire carries", inexact);
        }
    }

    /**
     * Returns a decimal of the wire as money.
     *
     * @throws IllegalArgumentException if it has more decimals than the currency
     */
    public Money fromWire(BigDecimal amount) {
        return Money.of(currency, amount);
    }

    /**
     * Returns an amount as a count of the wire's smallest unit, {@code 500000} for TZS 5000.00 at scale 2.
     *
     * @throws IllegalArgumentException if it has more decimals than the wire, or is of another currency
     */
    public BigInteger toWireUnits(Money amount) {
        return toWire(amount).unscaledValue();
    }

    private static void check(Currency currency, Money amount) {
        if (!amount.currency().equals(currency)) {
            throw new IllegalArgumentException(amount + " is not of " + currency);
        }
    }
}
