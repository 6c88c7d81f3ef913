package io.holdfast.ledger;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A currency and how many decimals its amounts have. ISO 4217 grows: a code that a ledger has as its own may become the
 * standard's, with other decimals, and in that ledger it goes on to mean what it meant.
 *
 * @param code 2 to 15 upper-case letters and digits, a letter first
 * @param exponent decimals, 0 to 18
 */
public record Currency(String code, int exponent) {

    /** The most decimals a currency may have. */
    public static final int EXPONENT_MAX = 18;

    private static final Pattern CODE = Pattern.compile("[A-Z][A-Z0-9]{1,14}");

    /**
     * A currency as a ledger keeps it; {@link #of(String, int)} makes one. Refuses a malformed code and an exponent out of
     * range.
     *
     * @throws IllegalArgumentException with the value and the rule
     */
    public Currency {
        if (!CODE.matcher(code).matches()) {
            throw new IllegalArgumentException("Currency code \"" + Text.excerpt(code)
                    + "\" is not 2 to 15 upper-case letters and digits beginning with a letter");
        }
        if (exponent < 0 || exponent > EXPONENT_MAX) {
            throw new IllegalArgumentException("Currency " + code + " cannot have " + exponent + " decimals: 0 to "
                    + EXPONENT_MAX + " are possible");
        }
    }

    /**
     * Returns a currency of ISO 4217 with the standard's decimals.
     *
     * @throws IllegalArgumentException if the standard has no such code; {@link #of(String, int)} makes one of your own
     */
    public static Currency of(String isoCode) {
        int exponent = isoExponent(isoCode);
        if (exponent < 0) {
            throw new IllegalArgumentException("Currency \"" + Text.excerpt(isoCode)
                    + "\" is not in ISO 4217; a currency of your own is added to the ledger with its decimals first");
        }
        return new Currency(isoCode, exponent);
    }

    /**
     * Returns a currency with its decimals: {@code USDC} with 6, {@code ETH} with 18.
     *
     * @throws IllegalArgumentException as the constructor, and for an ISO 4217 code with other decimals than the standard's;
     *     {@link Ledger#currency} returns one that a ledger has as its own nevertheless
     */
    public static Currency of(String code, int exponent) {
        Currency currency = new Currency(code, exponent);
        int standard = isoExponent(code);
        if (standard >= 0 && standard != exponent) {
            throw new IllegalArgumentException(
                    "Currency " + code + " has " + standard + " decimals by ISO 4217, not " + exponent);
        }
        return currency;
    }

    /** Tells whether ISO 4217 has this code as money with a minor unit. */
    public static boolean isIso(String code) {
        return isoExponent(code) >= 0;
    }

    private static int isoExponent(String code) {
        if (code.length() != 3 || !code.equals(code.toUpperCase(Locale.ROOT))) {
            return -1;
        }
        try {
            return java.util.Currency.getInstance(code).getDefaultFractionDigits();
        } catch (IllegalArgumentException notIso) {
            return -1;
        }
    }

    @Override
    public String toString() {
        return code;
    }
}
