package io.holdfast.payout.spi;

import java.nio.charset.StandardCharsets;

/** The rules that the texts of this package obey. */
final class Texts {

    private static final int EXCERPT_MAX = 40;
    private static final String ELLIPSIS = "...";

    private Texts() {}

    /**
     * Returns a text that is not blank, not longer than {@code max} and without control characters.
     *
     * @throws IllegalArgumentException if it is none; the message shows the text
     */
    static String name(String what, String text, int max) {
        return checked(what, text, max, true);
    }

    /** Like {@link #name}, for what a message must not show. */
    static String personal(String what, String text, int max) {
        return checked(what, text, max, false);
    }

    /** Returns the text cut to {@code max} characters, without what PostgreSQL cannot keep: U+0000 and half surrogates. */
    static String cut(String text, int max) {
        String kept = text.length() <= max ? text : text.substring(0, max - ELLIPSIS.length()) + ELLIPSIS;
        return new String(kept.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8).replace('\0', '?');
    }

    private static String checked(String what, String text, int max, boolean shown) {
        if (text.isBlank()) {
            throw new IllegalArgumentException(what + " is empty");
        }
        if (text.length() > max) {
            throw new IllegalArgumentException(which(what, text, shown) + " has " + text.length()
                    + " characters, at most " + max + " are possible");
        }
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(which(what, text, shown) + " holds a control character");
        }
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw new IllegalArgumentException(
                    which(what, text, shown) + " holds half a surrogate pair, which is no character");
        }
        return text;
    }

    private static String which(String what, String text, boolean shown) {
        return shown ? what + " \"" + cut(text, EXCERPT_MAX).replaceAll("\\p{Cntrl}", "?") + "\"" : what;
    }
}
