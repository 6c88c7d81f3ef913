package io.holdfast.ledger;

/** Something a ledger is asked to do: one keyed command, or several that succeed or are refused as one. */
public sealed interface Command permits KeyedCommand, CommandGroup {}
