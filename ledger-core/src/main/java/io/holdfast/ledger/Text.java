package io.holdfast.ledger;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;

/** The rules that every text kept in the ledger obeys. */
final class Text {

    /** Longest description, in characters. */
    static final int DESCRIPTION_MAX = 1_000;

    private static final int EXCERPT_MAX = 40;

    private Text() {}

    /**
     * Returns the text in Unicode normal form C, so that equal words have equal bytes.
     *
     * @throws IllegalArgumentException if it is longer than {@code max}, before or in normal form C, or holds U+0000 or
     *     half a surrogate pair
     */
    static String normalized(String what, String text, int max) {
        checkLength(what, text, max);
        if (isPlain(text)) {
            return text;
        }
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException(what + " holds the character U+0000, which PostgreSQL cannot keep");
        }
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw new IllegalArgumentException(
                    what + " holds half a surrogate pair, which is no character: \"" + excerpt(text) + "\"");
        }
        String normal = Normalizer.normalize(text, Normalizer.Form.NFC);
        // A few characters become two or three in normal form C.
        checkLength(what, normal, max);
        return normal;
    }

    /** Tells whether a text is ASCII without U+0000, which is as it should be. */
    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == 0 || text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    private static void checkLength(String what, String text, int max) {
        if (text.length() > max) {
            throw new IllegalArgumentException(what + " has " + text.length() + " characters, at most " + max
                    + " are kept: \"" + excerpt(text) + "\"");
        }
    }

    /** Like {@link #normalized}, for a name: not blank, and no control characters. */
    static String name(String what, String text, int max) {
        String name = normalized(what, text, max);
        if (name.isBlank()) {
            throw new IllegalArgumentException(what + " is empty");
        }
        for (int i = 0; i < name.length(); i++) {
            if (Character.isISOControl(name.charAt(i))) {
                throw new IllegalArgumentException(what + " holds the control character U+"
                        + String.format("%04X", (int) name.charAt(i)) + ": \"" + excerpt(name) + "\"");
            }
        }
        return name;
    }

    /** The beginning of a text for an error message, control characters made visible. */
    static String excerpt(String text) {
        String start = text.length() <= EXCERPT_MAX ? text : text.substring(0, EXCERPT_MAX) + "...";
        return start.replaceAll("\\p{Cntrl}", "?");
    }
}
