package io.holdfast.payout.spi;

import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** Hides what is personal in texts that are logged, thrown or kept as evidence. */
public final class Masking {

    private static final int SHOWN = 3;
    private static final int PHONE_PREFIX = 4;
    private static final int NATIONAL_DIGITS = 8;
    private static final int NAME_MIN = 2;
    private static final int NOT_HERE = -1;
    /** How often JSON is escaped at most: JSON that JSON quotes, which it quotes in turn. */
    private static final int LEVELS_MAX = 3;

    private static final String HIDDEN = "***";
    private static final String PUNCTUATION = " .()/-";
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

    private Masking() {}

    /** Returns {@code +255***678} for a phone number and {@code ***678} for any other: at most the last three are shown. */
    public static String masked(String address) {
        String prefix = address.startsWith("+") && address.length() > PHONE_PREFIX + 2 * SHOWN
                ? address.substring(0, PHONE_PREFIX)
                : "";
        String tail = address.length() > 2 * SHOWN ? address.substring(address.length() - SHOWN) : "";
        return prefix + "***" + CONTROL.matcher(tail).replaceAll("?");
    }

    /**
     * Returns a text in which a recipient's number and name are masked: the number however it is punctuated, and a phone
     * number without its country code too; both also as JSON escapes them. What is shown of a number is of how it was written:
     * {@code +255***678}, {@code 255***678} or {@code ***678}.
     */
    public static String mask(String text, Recipient recipient) {
        return withoutName(withoutNumber(text, recipient.address()), recipient.name());
    }

    /** Returns a text in which a number is masked as that of a recipient of whom nothing else is known. */
    public static String mask(String text, String address) {
        return withoutNumber(text, address);
    }

    /** Returns a text in which a secret, which is not empty, is {@code ***}, also as JSON escapes it. */
    public static String hide(String text, String secret) {
        return replaced(text, (in, at) -> in.startsWith(secret, at) ? at + secret.length() : NOT_HERE, found -> HIDDEN);
    }

    private static String withoutNumber(String text, String address) {
        String digits = significant(address);
        if (digits.isEmpty()) {
            return text;
        }
        Digits wanted = new Digits(digits);
        return replaced(text, wanted::end, found -> wanted.shown(found, masked(address)));
    }

    private static String withoutName(String text, String name) {
        if (name.length() < NAME_MIN) {
            return text;
        }
        int[] wanted = name.codePoints().map(Masking::folded).toArray();
        return replaced(text, (in, at) -> end(wanted, in, at), found -> HIDDEN);
    }

    /** Returns where a name ends that begins at a place in a text, in capitals or not, or {@link #NOT_HERE}. */
    private static int end(int[] name, String text, int from) {
        int at = from;
        for (int character : name) {
            if (at >= text.length() || folded(text.codePointAt(at)) != character) {
                return NOT_HERE;
            }
            at += Character.charCount(text.codePointAt(at));
        }
        return at;
    }

    private static int folded(int character) {
        return Character.toLowerCase(Character.toUpperCase(character));
    }

    /**
     * Replaces what is looked for in a text, also where it stands escaped: texts of JSON hold JSON. What is escaped most is looked
     * for first, because digits of an escape look like digits of a number.
     */
    private static String replaced(String text, Sought sought, UnaryOperator<String> replacement) {
        String replaced = text;
        for (int level = Unescaped.isAnywhere(text) ? LEVELS_MAX : 0; level >= 0; level--) {
            Unescaped seen = Unescaped.none(replaced);
            for (int taken = 0; taken < level; taken++) {
                seen = seen.once();
            }
            replaced = replacedIn(replaced, seen, sought, replacement);
        }
        return replaced;
    }

    /** Replaces whatever begins somewhere in a text as it is seen, from the left. */
    private static String replacedIn(String text, Unescaped seen, Sought sought, UnaryOperator<String> replacement) {
        StringBuilder replaced = new StringBuilder();
        int copied = 0;
        int at = 0;
        while (at < seen.text().length()) {
            int after = sought.end(seen.text(), at);
            if (after == NOT_HERE || seen.wasSeenBefore(at, after)) {
                at++;
            } else {
                replaced.append(text, copied, seen.from(at))
                        .append(replacement.apply(seen.text().substring(at, after)));
                copied = seen.from(after);
                at = after;
            }
        }
        return copied == 0 ? text : replaced.append(text, copied, text.length()).toString();
    }

    /** Something that is looked for in a text. */
    private interface Sought {

        /** Returns where it ends if it begins at a place, or {@link #NOT_HERE}. */
        int end(String text, int at);
    }

    /** A number as it may stand in a text: with a country code, with or without a +, or without one, with or without a 0. */
    private record Digits(String country, String national, boolean standsAlone) {

        Digits(String digits) {
            this(
                    digits.substring(0, Math.max(0, digits.length() - NATIONAL_DIGITS)),
                    digits.substring(Math.max(0, digits.length() - NATIONAL_DIGITS)),
                    // A short number is also part of longer ones, such as amounts.
                    digits.length() < NATIONAL_DIGITS);
        }

        /** Returns where the number ends that begins here, or {@link #NOT_HERE}. */
        int end(String text, int at) {
            if (standsAlone && isSignificant(text, at - 1)) {
                return NOT_HERE;
            }
            char first = text.charAt(at);
            int international = nationalEnd(text, after(country, text, first == '+' ? at + 1 : at));
            if (international != NOT_HERE) {
                return international;
            }
            int trunk = first == '0' ? nationalEnd(text, at + 1) : NOT_HERE;
            return trunk == NOT_HERE ? nationalEnd(text, at) : trunk;
        }

        /** Returns what is shown of the number as it was found: no more of how it is masked as a whole than was written. */
        String shown(String found, String whole) {
            if (found.startsWith("+")) {
                return whole;
            }
            boolean isInternational = significant(found).length() == country.length() + national.length()
                    && after(country, found, 0) != NOT_HERE;
            return whole.substring(isInternational && whole.startsWith("+") ? 1 : whole.indexOf(HIDDEN));
        }

        private int nationalEnd(String text, int at) {
            int last = national.length() - 1;
            int end = at == NOT_HERE ? NOT_HERE : after(national.substring(0, last), text, at);
            if (end == NOT_HERE
                    || end >= text.length()
                    || capital(text.charAt(end)) != capital(national.charAt(last))) {
                return NOT_HERE;
            }
            return standsAlone && isSignificant(text, end + 1) ? NOT_HERE : end + 1;
        }

        /** Returns where characters end that are at a place in a text, each maybe with a punctuation mark after it. */
        private static int after(String characters, String text, int from) {
            int at = from;
            for (int i = 0; i < characters.length(); i++) {
                if (at >= text.length() || capital(text.charAt(at)) != capital(characters.charAt(i))) {
                    return NOT_HERE;
                }
                at += isPunctuation(text, at + 1) ? 2 : 1;
            }
            return at;
        }

        private static char capital(char character) {
            return character >= 'a' && character <= 'z' ? (char) (character - 'a' + 'A') : character;
        }

        private static boolean isPunctuation(String text, int at) {
            return at < text.length() && PUNCTUATION.indexOf(text.charAt(at)) >= 0;
        }
    }

    /** Returns the letters and digits of an address. */
    static String significant(String address) {
        StringBuilder significant = new StringBuilder(address.length());
        for (int i = 0; i < address.length(); i++) {
            if (isSignificant(address, i)) {
                significant.append(address.charAt(i));
            }
        }
        return significant.toString();
    }

    private static boolean isSignificant(String text, int at) {
        if (at < 0 || at >= text.length()) {
            return false;
        }
        char character = text.charAt(at);
        return (character >= '0' && character <= '9')
                || (character >= 'A' && character <= 'Z')
                || (character >= 'a' && character <= 'z');
    }
}
