package io.holdfast.ledger;

import java.util.UUID;

/** Names a hold: by its id, or by the key of the request that placed it. */
public sealed interface HoldReference {

    /** Names a hold by its id. */
    record ById(UUID id) implements HoldReference {
        @Override
        public String toString() {
            return id.toString();
        }
    }

    /** Names a hold by the key of the request that placed it. */
    record ByKey(Key key) implements HoldReference {
        @Override
        public String toString() {
            return key.toString();
        }
    }

    /** Names a hold by its id. */
    static HoldReference of(UUID id) {
        return new ById(id);
    }

    /** Names a hold by the key of the request that placed it. */
    static HoldReference of(Key key) {
        return new ByKey(key);
    }
}
