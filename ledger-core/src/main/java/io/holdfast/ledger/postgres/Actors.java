package io.holdfast.ledger.postgres;

import java.util.regex.Pattern;

/** The rule for the names of who asked and by which program. */
final class Actors {

    private static final Pattern NAME = Pattern.compile("[^\\p{Cntrl}]{1,100}");

    private Actors() {}

    /** Returns the name, or refuses it. */
    static String checked(String name) {
        if (name.isBlank() || !NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("\"" + name.substring(0, Math.min(name.length(), 40))
                    + "\" is no name of 1 to 100 characters without control characters");
        }
        return name;
    }
}
