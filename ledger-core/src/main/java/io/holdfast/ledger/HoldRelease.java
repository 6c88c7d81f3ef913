package io.holdfast.ledger;

import java.util.UUID;

/**
 * Releases what is left of a hold: it is available again.
 *
 * @param key idempotency key
 * @param details business date, description, metadata, documents
 * @param hold which
 */
public record HoldRelease(Key key, Details details, HoldReference hold) implements KeyedCommand {

    /** Asks to release a hold. */
    public static HoldRelease of(UUID hold, String key) {
        return of(HoldReference.of(hold), Key.of(key));
    }

    /** Asks to release a hold. */
    public static HoldRelease of(HoldReference hold, Key key) {
        return new HoldRelease(key, Details.NONE, hold);
    }

    /** Returns the same with these details. */
    public HoldRelease with(Details replacement) {
        return new HoldRelease(key, replacement, hold);
    }
}
