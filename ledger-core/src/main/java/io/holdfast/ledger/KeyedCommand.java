package io.holdfast.ledger;

/** A command that becomes exactly one journal entry, under one key. */
public sealed interface KeyedCommand extends Command
        permits JournalEntry, HoldRequest, HoldCommit, HoldRelease, Reversal {

    /** Returns the idempotency key. */
    Key key();

    /** Returns business date, description, metadata and documents. */
    Details details();
}
