package io.holdfast.payout.spi;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Hides what is personal in texts that are logged, thrown or kept as evidence. */
public final class Masking {

    private static final int SHOWN = 3;
    private static final int PHONE_PREFIX = 4;
    private static final int NATIONAL_DIGITS = 8;
    private static final int NAME_MIN = 2;
    private static final String PUNCTUATION = "[ .()/-]?";
    private static final Pattern INSIGNIFICANT = Pattern.compile("[^A-Za-z0-9]");

    private Masking() {}

    /** Returns {@code +255***678} for a phone number and {@code ***678} for any other: at most the last three are shown. */
    public static String masked(String address) {
        String prefix = address.startsWith("+") && address.length() > PHONE_PREFIX + 2 * SHOWN
                ? address.substring(0, PHONE_PREFIX)
                : "";
        String tail = address.length() > 2 * SHOWN ? address.substring(address.length() - SHOWN) : "";
        return prefix + "***" + tail.replaceAll("\\p{Cntrl}", "?");
    }

    /**
     * Returns a text in which a recipient's number and name are masked: the number however it is punctuated, and a phone
     * number without its country code too.
     */
    public static String mask(String text, Recipient recipient) {
        String masked = text;
        String digits = significant(recipient.address());
        if (!digits.isEmpty()) {
            int national = Math.max(0, digits.length() - NATIONAL_DIGITS);
            String number = "(?:\\+?" + punctuated(digits.substring(0, national)) + "|0?)"
                    + punctuated(digits.substring(national));
            // A short number is also part of longer ones, such as amounts.
            Pattern pattern = Pattern.compile(
                    digits.length() < NATIONAL_DIGITS ? "(?<![A-Za-z0-9])" + number + "(?![A-Za-z0-9])" : number);
            masked = pattern.matcher(masked).replaceAll(Matcher.quoteReplacement(masked(recipient.address())));
        }
        return recipient.name().length() < NAME_MIN
                ? masked
                : Pattern.compile(Pattern.quote(recipient.name()), Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE)
                        .matcher(masked)
                        .replaceAll("***");
    }

    private static String punctuated(String characters) {
        return characters
                .chars()
                .mapToObj(character -> Character.toString(character) + PUNCTUATION)
                .collect(Collectors.joining());
    }

    static String significant(String address) {
        return INSIGNIFICANT.matcher(address).replaceAll("");
    }
}
