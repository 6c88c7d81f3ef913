package io.holdfast.ledger;

import java.util.Locale;

/** The two parts of an account's balance. */
public enum Part {
    /** Spendable. */
    AVAILABLE,
    /** Set aside by holds. */
    HELD;

    private final String word = name().toLowerCase(Locale.ROOT);

    /** Returns the part's name in lower case, as files and canonical bytes write it. */
    public String word() {
        return word;
    }
}
