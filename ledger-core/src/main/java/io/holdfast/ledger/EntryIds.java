package io.holdfast.ledger;

import java.time.Instant;
import java.util.UUID;

/** Gives journal entries their ids. Implementations are safe for use by several threads. */
@FunctionalInterface
public interface EntryIds {

    /**
     * Returns an id never returned before, UUIDv7, so that ids of one time lie together in an index.
     *
     * @param recordedAt when the entry is recorded
     */
    UUID next(Instant recordedAt);
}
