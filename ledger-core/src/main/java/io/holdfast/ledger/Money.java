package io.holdfast.ledger;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An exact amount of one currency, counted in its minor units, up to 38 digits. Nothing here rounds.
 *
 * @param currency what is counted
 * @param minor the count of minor units (cents for USD, whole shillings for UGX); may be negative
 */
public record Money(Currency currency, BigInteger minor) implements Comparable<Money> {

    /** The most digits that a count of minor units may have. */
    public static final int DIGITS_MAX = 38;

    private static final BigInteger LIMIT = BigInteger.TEN.pow(DIGITS_MAX);
    private static final int TEXT_MAX = 80;
    private static final Pattern DECIMAL = Pattern.compile("-?[0-9]+(\\.[0-9]+)?");
    private static final Pattern AMOUNT = Pattern.compile("([A-Z][A-Z0-9]{1,14}) (" + DECIMAL + ")");

    /**
     * Refuses an amount of more than 38 digits.
     *
     * @throws IllegalArgumentException if there are more
     */
    public Money {
        if (!fits(minor)) {
            throw new IllegalArgumentException("An amount of " + currency + " has more than " + DIGITS_MAX + " digits");
        }
    }

    /** Returns so many minor units. */
    public static Money ofMinor(Currency currency, long minor) {
        return new Money(currency, BigInteger.valueOf(minor));
    }

    /**
     * Returns so many minor units.
     *
     * @throws IllegalArgumentException if there are more than 38 digits
     */
    public static Money ofMinor(Currency currency, BigInteger minor) {
        return new Money(currency, minor);
    }

    /** Returns nothing of a currency. */
    public static Money zero(Currency currency) {
        return new Money(currency, BigInteger.ZERO);
    }

    /**
     * Returns a decimal amount, exactly.
     *
     * @throws IllegalArgumentException if it has more decimals than the currency, or more than 38 digits
     */
    public static Money of(Currency currency, BigDecimal amount) {
        BigDecimal exact = amount.signum() == 0 ? BigDecimal.ZERO : amount.stripTrailingZeros();
        if (exact.scale() > currency.exponent()) {
            throw new IllegalArgumentException("Amount " + Text.excerpt(amount.toString()) + " has more decimals than "
                    + currency + " has: " + currency.exponent());
        }
        if ((long) exact.precision() - exact.scale() + currency.exponent() > DIGITS_MAX) {
            throw new IllegalArgumentException("An amount of " + currency + " has more than " + DIGITS_MAX + " digits");
        }
        return new Money(currency, exact.setScale(currency.exponent()).unscaledValue());
    }

    /**
     * Reads a plain decimal, {@code 5000} or {@code -0.50}: no exponent, no grouping, a point before decimals.
     *
     * @throws IllegalArgumentException if it is written otherwise, has too many decimals or too many digits
     */
    public static Money of(Currency currency, String decimal) {
        if (decimal.length() > TEXT_MAX || !DECIMAL.matcher(decimal).matches()) {
            throw new IllegalArgumentException(
                    "Amount \"" + Text.excerpt(decimal) + "\" is not a plain decimal number such as 5000.00");
        }
        return of(currency, new BigDecimal(decimal));
    }

    /**
     * Reads {@code "TZS 5000.00"}, a code of ISO 4217 and a plain decimal.
     *
     * @throws IllegalArgumentException if it is written otherwise, or the currency is not in ISO 4217
     */
    public static Money parse(String text) {
        Matcher amount = AMOUNT.matcher(text);
        if (text.length() > TEXT_MAX || !amount.matches()) {
            throw new IllegalArgumentException(
                    "\"" + Text.excerpt(text) + "\" is not a currency and an amount such as \"TZS 5000.00\"");
        }
        return of(Currency.of(amount.group(1)), amount.group(2));
    }

    /**
     * Returns the sum.
     *
     * @throws IllegalArgumentException if the currencies differ or the sum has more than 38 digits
     */
    public Money plus(Money other) {
        return new Money(currency, minor.add(sameCurrency(other).minor));
    }

    /**
     * Returns the difference.
     *
     * @throws IllegalArgumentException if the currencies differ or the difference has more than 38 digits
     */
    public Money minus(Money other) {
        return new Money(currency, minor.subtract(sameCurrency(other).minor));
    }

    /** Returns the amount with the other sign. */
    public Money negate() {
        return new Money(currency, minor.negate());
    }

    /** Tells whether this is above zero. */
    public boolean isPositive() {
        return minor.signum() > 0;
    }

    /** Tells whether this is below zero. */
    public boolean isNegative() {
        return minor.signum() < 0;
    }

    /** Tells whether this is nothing. */
    public boolean isZero() {
        return minor.signum() == 0;
    }

    /**
     * Splits this in proportion to weights; the parts add up to it exactly. What does not divide goes, one minor unit
     * each, to the parts with the largest remainder, the earlier first.
     *
     * @throws IllegalArgumentException if there are no weights, one is negative, or all are zero
     */
    public List<Money> allocate(List<Integer> weights) {
        long sum = weights.stream().mapToLong(Integer::longValue).sum();
        if (sum <= 0 || weights.stream().anyMatch(weight -> weight < 0)) {
            throw new IllegalArgumentException(
                    "Weights " + weights + " cannot split an amount: none negative, not all zero");
        }
        BigInteger whole = minor.abs();
        BigInteger total = BigInteger.valueOf(sum);
        List<BigInteger> parts = new ArrayList<>();
        List<Integer> byRemainder = new ArrayList<>();
        BigInteger left = whole;
        for (int i = 0; i < weights.size(); i++) {
            BigInteger part = whole.multiply(BigInteger.valueOf(weights.get(i))).divide(total);
            parts.add(part);
            byRemainder.add(i);
            left = left.subtract(part);
        }
        byRemainder.sort(
                (a, b) -> remainder(whole, weights.get(b), total).compareTo(remainder(whole, weights.get(a), total)));
        for (int i = 0; i < left.intValueExact(); i++) {
            parts.set(byRemainder.get(i), parts.get(byRemainder.get(i)).add(BigInteger.ONE));
        }
        return parts.stream()
                .map(part -> new Money(currency, minor.signum() < 0 ? part.negate() : part))
                .toList();
    }

    /** Returns the amount as a decimal with the currency's full scale. */
    public BigDecimal toDecimal() {
        return new BigDecimal(minor, currency.exponent());
    }

    /** Returns the decimal with the currency's full scale, {@code 5000.00}. */
    public String toPlainString() {
        return currency.exponent() == 0 ? minor.toString() : toDecimal().toPlainString();
    }

    /**
     * Orders amounts of one currency.
     *
     * @throws IllegalArgumentException if the currencies differ
     */
    @Override
    public int compareTo(Money other) {
        return minor.compareTo(sameCurrency(other).minor);
    }

    /** Returns {@code TZS 5000.00}, which {@link #parse} reads. */
    @Override
    public String toString() {
        return currency.code() + " " + toPlainString();
    }

    /** Tells whether a count of minor units has no more than 38 digits. */
    public static boolean fits(BigInteger minor) {
        return minor.abs().compareTo(LIMIT) < 0;
    }

    private static BigInteger remainder(BigInteger whole, int weight, BigInteger total) {
        return whole.multiply(BigInteger.valueOf(weight)).mod(total);
    }

    private Money sameCurrency(Money other) {
        if (!currency.equals(other.currency)) {
            throw new IllegalArgumentException(this + " and " + other + " are of different currencies");
        }
        return other;
    }
}
