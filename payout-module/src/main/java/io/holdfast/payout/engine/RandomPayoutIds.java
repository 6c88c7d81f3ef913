package io.holdfast.payout.engine;

import io.holdfast.ledger.EntryIds;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.UUID;

/** UUIDv7 of RFC 9562: milliseconds and 74 random bits. */
final class RandomPayoutIds implements EntryIds {

    private static final int MILLIS_SHIFT = 16;
    private static final long RANDOM_A = 0xFFFL;
    private static final long VERSION_7 = 0x7000L;
    private static final long RANDOM_B = 0x3FFF_FFFF_FFFF_FFFFL;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    private final SecureRandom random = new SecureRandom();

    @Override
    public UUID next(Instant now) {
        long high = (now.toEpochMilli() << MILLIS_SHIFT) | VERSION_7 | (random.nextLong() & RANDOM_A);
        return new UUID(high, (random.nextLong() & RANDOM_B) | VARIANT);
    }
}
