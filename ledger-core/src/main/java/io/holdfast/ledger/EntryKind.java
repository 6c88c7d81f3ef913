package io.holdfast.ledger;

import java.util.Locale;

/** What a journal entry came from. */
public enum EntryKind {
    /** Postings that a host asked for. */
    POST,
    /** A hold was placed. */
    HOLD,
    /** A hold was spent, wholly or in part. */
    COMMIT,
    /** A hold was released. */
    RELEASE,
    /** A hold was released because its deadline had passed. */
    EXPIRE,
    /** An earlier entry was undone, wholly or in part. */
    REVERSE,
    /** Income and expenses were closed into equity. */
    CLOSING;

    private final String word = name().toLowerCase(Locale.ROOT);

    /** Returns the kind's name in lower case, as the database and canonical bytes write it. */
    public String word() {
        return word;
    }
}
