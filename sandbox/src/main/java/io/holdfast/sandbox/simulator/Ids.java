package io.holdfast.sandbox.simulator;

import java.util.SplittableRandom;
import java.util.UUID;

/** References and ids that look random and follow from a seed. Thread-safe. */
public final class Ids {

    private static final String ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final long VERSION_MASK = 0xffffffffffff0fffL;
    private static final long VERSION_4 = 0x4000L;
    private static final long VARIANT_MASK = 0x3fffffffffffffffL;
    private static final long VARIANT = 0x8000000000000000L;

    private final SplittableRandom random;

    Ids(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /** Returns the next id in the form of a UUID of version 4. */
    public synchronized String uuid() {
        long most = (random.nextLong() & VERSION_MASK) | VERSION_4;
        long least = (random.nextLong() & VARIANT_MASK) | VARIANT;
        return new UUID(most, least).toString();
    }

    /** Returns the next id of so many letters and digits. */
    public synchronized String token(int length) {
        StringBuilder token = new StringBuilder(length);
        for (int letter = 0; letter < length; letter++) {
            token.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return token.toString();
    }
}
