package io.holdfast.ledger.postgres;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.regex.Pattern;

/** The rule for the names of who asked and by which program. */
final class Actors {

    private static final Pattern NAME = Pattern.compile("[^\\p{Cntrl}]{1,100}");

    private Actors() {}

    /** Returns the name in Unicode normal form C and without space around it, or refuses it. */
    static String checked(String name) {
        if (name.isBlank()
                || !NAME.matcher(name).matches()
                || !StandardCharsets.UTF_8.newEncoder().canEncode(name)) {
            throw new IllegalArgumentException(
                    "\"" + name.substring(0, Math.min(name.length(), 40)).replaceAll("\\p{Cntrl}", "?")
                            + "\" is no name of 1 to 100 characters without control characters");
        }
        return Normalizer.normalize(name.strip(), Normalizer.Form.NFC);
    }
}
