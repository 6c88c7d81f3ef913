package io.holdfast.ledger;

import java.util.Locale;

/** The two sides of a posting. */
public enum Side {
    DEBIT,
    CREDIT;

    private final String word = name().toLowerCase(Locale.ROOT);

    /** Returns the other side. */
    public Side opposite() {
        return this == DEBIT ? CREDIT : DEBIT;
    }

    /** Returns the side's name in lower case, as files and canonical bytes write it. */
    public String word() {
        return word;
    }
}
