package io.holdfast.ledger;

import java.util.UUID;

/** Names a recorded entry: by its id, or by its key. */
public sealed interface EntryReference {

    /** Names an entry by its id. */
    record ById(UUID id) implements EntryReference {
        @Override
        public String toString() {
            return id.toString();
        }
    }

    /** Names an entry by its key. */
    record ByKey(Key key) implements EntryReference {
        @Override
        public String toString() {
            return key.toString();
        }
    }

    /** Names an entry by its id. */
    static EntryReference of(UUID id) {
        return new ById(id);
    }

    /** Names an entry by its key. */
    static EntryReference of(Key key) {
        return new ByKey(key);
    }
}
