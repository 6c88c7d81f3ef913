package io.holdfast.ledger;

/**
 * The idempotency key of a command: unique in its ledger, kept for ever.
 *
 * <p>A key used again with the same content returns the first result; with other content it is refused. Keys that begin
 * with {@value #RESERVED_PREFIX} are Holdfast's own.
 *
 * @param value 1 to 200 characters, no control characters
 */
public record Key(String value) {

    /** Longest key, in characters. */
    public static final int LENGTH_MAX = 200;

    /** How the keys begin that Holdfast gives to entries of its own, such as the expiry of a hold. */
    public static final String RESERVED_PREFIX = "holdfast:";

    /**
     * Refuses an empty or overlong key and control characters, and brings it to Unicode normal form C.
     *
     * @throws IllegalArgumentException with the key and the rule
     */
    public Key {
        value = Text.name("Key", value, LENGTH_MAX);
    }

    /**
     * Returns a key of the caller's own.
     *
     * @throws IllegalArgumentException as the constructor, and if it begins with {@value #RESERVED_PREFIX}
     */
    public static Key of(String value) {
        Key key = new Key(value);
        if (key.value.startsWith(RESERVED_PREFIX)) {
            throw new IllegalArgumentException("Key \"" + Text.excerpt(value) + "\" begins with \"" + RESERVED_PREFIX
                    + "\", which is Holdfast's own");
        }
        return key;
    }

    /**
     * Returns a key in the namespace of one of Holdfast's own modules. Not for hosts.
     *
     * @param module the module, for instance {@code payout}
     * @param value unique in that module
     */
    public static Key reserved(String module, String value) {
        return new Key(RESERVED_PREFIX + module + ":" + value);
    }

    @Override
    public String toString() {
        return value;
    }
}
