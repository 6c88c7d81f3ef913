package io.holdfast.ledger;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The bytes that an entry's hash covers, version 1.
 *
 * <p>Each field is its length as a big-endian 32-bit number and its bytes, an absent one the length -1; a list is the
 * number of its items and the items. In this order: the tag {@value #TAG}, ledger, id, kind, effectiveOn (ISO 8601),
 * recordedAt (64-bit big-endian microseconds since 1970), actor, origin, key, fingerprint, description, hold, expiresAt,
 * reverses, documents (reference, digest), metadata (key, value, by the UTF-8 bytes of the key), postings by line (path,
 * currency, exponent, part, side, amount in minor units, description). Text is UTF-8, numbers are plain digits. The
 * function {@code holdfast.canonical_bytes} builds the same in SQL.
 */
public final class CanonicalEntry {

    /** Names the version; other versions will have other tags, and this one stays verifiable. */
    public static final String TAG = "holdfast/entry/v1";

    private static final byte[] ABSENT = {-1, -1, -1, -1};

    /** Never fed itself: cloning it is cheaper than looking for the algorithm among the platform's each time. */
    private static final MessageDigest SHA_256 = newSha256();

    private byte[] bytes = new byte[512];
    private int length;

    private CanonicalEntry() {}

    /** Returns the bytes. The entry's own hash takes no part in them. */
    public static byte[] bytes(RecordedEntry entry) {
        CanonicalEntry canonical = new CanonicalEntry().write(entry);
        return Arrays.copyOf(canonical.bytes, canonical.length);
    }

    /** Returns the SHA-256 of the bytes. */
    public static byte[] hash(RecordedEntry entry) {
        return sha256(bytes(entry));
    }

    /** Returns the SHA-256 of some bytes. */
    public static byte[] sha256(byte[] content) {
        try {
            return ((MessageDigest) SHA_256.clone()).digest(content);
        } catch (CloneNotSupportedException ofThisProvider) {
            return newSha256().digest(content);
        }
    }

    private static MessageDigest newSha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java platform has SHA-256", impossible);
        }
    }

    private CanonicalEntry write(RecordedEntry entry) {
        text(TAG)
                .text(entry.ledger())
                .text(entry.id().toString())
                .text(entry.kind().word());
        text(entry.effectiveOn().toString()).instant(Optional.of(entry.recordedAt()));
        text(entry.actor()).text(entry.origin()).text(entry.key().value());
        field(HexFormat.of().parseHex(entry.fingerprint())).text(entry.description());
        optional(entry.holdId()).instant(entry.expiresAt()).optional(entry.reverses());
        count(entry.documents().size());
        entry.documents().forEach(document -> text(document.reference()).field(document.digest()));
        count(entry.metadata().size());
        entry.metadata().keySet().stream()
                .sorted((a, b) -> Arrays.compareUnsigned(utf8(a), utf8(b)))
                .forEach(key -> text(key).text(String.valueOf(entry.metadata().get(key))));
        return postings(entry.postings());
    }

    private CanonicalEntry postings(List<Posting> postings) {
        count(postings.size());
        for (Posting posting : postings) {
            Currency currency = posting.account().currency();
            text(posting.account().path()).text(currency.code()).text(Integer.toString(currency.exponent()));
            text(posting.part().word()).text(posting.side().word());
            text(posting.amount().minor().toString()).text(posting.description());
        }
        return this;
    }

    private CanonicalEntry optional(Optional<?> value) {
        return field(value.map(Object::toString).map(CanonicalEntry::utf8).orElse(null));
    }

    private CanonicalEntry instant(Optional<Instant> value) {
        return field(value.map(CanonicalEntry::micros)
                .map(micros -> ByteBuffer.allocate(Long.BYTES).putLong(micros).array())
                .orElse(null));
    }

    /** Counted by hand: on JDK 17, {@code ChronoUnit.MICROS.between} overflows in the year 2262. */
    private static long micros(Instant at) {
        return Math.addExact(Math.multiplyExact(at.getEpochSecond(), 1_000_000L), at.getNano() / 1_000);
    }

    private CanonicalEntry text(String value) {
        return field(utf8(value));
    }

    private CanonicalEntry field(byte @Nullable [] value) {
        if (value == null) {
            append(ABSENT);
        } else {
            count(value.length);
            append(value);
        }
        return this;
    }

    private void count(int number) {
        append(new byte[] {(byte) (number >>> 24), (byte) (number >>> 16), (byte) (number >>> 8), (byte) number});
    }

    private void append(byte[] more) {
        if (bytes.length - length < more.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more.length));
        }
        System.arraycopy(more, 0, bytes, length, more.length);
        length += more.length;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
