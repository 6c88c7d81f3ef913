package io.holdfast.ledger;

import java.text.Normalizer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The rule for the names of who asked and by which program. Where it takes two persons, names that look alike because they
 * differ only in what nobody sees must not be two.
 */
public final class Actors {

    /** Longest name, in characters. */
    public static final int LENGTH_MAX = 100;

    private static final String RULE =
            ": a name has 1 to " + LENGTH_MAX + " characters, none of which is a control character or cannot be seen";

    private static final Pattern BLANKS = Pattern.compile("\\p{Zs}+");

    /** Control and format characters, breaks of lines, half surrogates, and what else Unicode says is not shown by default. */
    private static final Pattern UNSEEN = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}"
            + "\\u034F\\u115F\\u1160\\u17B4\\u17B5\\u180B-\\u180F\\u2065\\u2800\\u3164\\uFE00-\\uFE0F\\uFFA0\\uFFF0-\\uFFF8"
            + "\\x{E0000}-\\x{E0FFF}]");

    private Actors() {}

    /**
     * Returns a name as it is kept: in Unicode normal form C, without blanks around it, and with one space for each run of
     * blanks, of whatever width and kind, within it. Capitals stay as they are.
     *
     * @throws IllegalArgumentException if it is empty or longer than {@value #LENGTH_MAX} characters, or holds a control
     *     character, a format character such as U+200B or another that cannot be seen
     */
    public static String checked(String name) {
        if (name.length() > LENGTH_MAX) {
            throw new IllegalArgumentException(
                    "The name \"" + excerpt(name) + "\" has " + name.length() + " characters" + RULE);
        }
        Matcher unseen = UNSEEN.matcher(name);
        if (unseen.find()) {
            throw new IllegalArgumentException(String.format(
                    "The name \"%s\" holds the character U+%04X%s",
                    excerpt(name), name.codePointAt(unseen.start()), RULE));
        }
        String kept = spaced(name);
        if (kept.isEmpty() || kept.length() > LENGTH_MAX) {
            throw new IllegalArgumentException("The name \"" + excerpt(name) + "\" has " + kept.length()
                    + " characters as it would be kept" + RULE);
        }
        return kept;
    }

    /**
     * Tells whether two names are one person's, whatever of them cannot be seen. Names that were recorded under an older rule
     * may hold what {@link #checked} refuses, and are compared without it.
     */
    public static boolean areSame(String one, String other) {
        return one.equals(other) || seen(one).equals(seen(other));
    }

    private static String seen(String name) {
        return spaced(UNSEEN.matcher(name).replaceAll(""));
    }

    private static String spaced(String name) {
        String normal = Normalizer.normalize(name, Normalizer.Form.NFC);
        return BLANKS.matcher(normal).replaceAll(" ").strip();
    }

    private static String excerpt(String name) {
        return UNSEEN.matcher(Text.excerpt(name)).replaceAll("?");
    }
}
