package io.holdfast.payout.engine;

/** What a journal entry does for its payout. */
enum EntryRole {
    /** Sets amount and fee aside. */
    HOLD,
    /** Spends the hold. */
    COMMIT,
    /** Gives the hold back. */
    RELEASE,
    /** Takes the money after the hold had been given back. */
    LATE,
    /** Gives back what the provider gave back. */
    REVERSAL,
    /** Corrects what the provider charged. */
    FEE,
    /** Books what was paid beside another attempt. */
    SUSPENSE,
    /** Takes from the wallet what its owner owes for it. */
    COLLECTION,
    /** Gives up what the wallet's owner owes for it. */
    WRITE_OFF
}
