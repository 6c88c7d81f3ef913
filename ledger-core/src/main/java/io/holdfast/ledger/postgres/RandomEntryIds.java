package io.holdfast.ledger.postgres;

import io.holdfast.ledger.EntryIds;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * UUIDv7 of RFC 9562: milliseconds, a 12-bit fraction of the millisecond (method 3), a 42-bit count that begins anywhere, so
 * that the entries of one batch lie in its order (method 1), 20 random bits.
 */
final class RandomEntryIds implements EntryIds {

    private static final long VERSION_7 = 0x7000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;
    private static final long VARIANT_MASK = 0x3fff_ffff_ffff_ffffL;
    private static final long MICROS_PER_MILLI = 1_000;
    private static final long FRACTIONS = 4_096;

    private static final int RANDOM_BITS = 20;

    private final SecureRandom random = new SecureRandom();
    private final AtomicLong count = new AtomicLong(random.nextLong());

    @Override
    public UUID next(Instant recordedAt) {
        long micros = ChronoUnit.MICROS.between(Instant.EPOCH, recordedAt);
        long fraction = Math.floorMod(micros, MICROS_PER_MILLI) * FRACTIONS / MICROS_PER_MILLI;
        long high = (Math.floorDiv(micros, MICROS_PER_MILLI) << 16) | VERSION_7 | fraction;
        long low = (count.getAndIncrement() << RANDOM_BITS) | random.nextInt(1 << RANDOM_BITS);
        return new UUID(high, (low & VARIANT_MASK) | VARIANT);
    }
}
