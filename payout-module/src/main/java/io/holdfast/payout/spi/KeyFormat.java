package io.holdfast.payout.spi;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;

/** Which idempotency keys a provider takes. Keys are derived, so that the same attempt has the same key for ever. */
public sealed interface KeyFormat {

    /** Returns the key of an attempt; two attempts never share one. */
    String keyOf(UUID payout, int attempt);

    /**
     * Lower-case letters and digits.
     *
     * @param lengthMax the longest that the provider takes, at least {@value #LENGTH_MIN}
     */
    record Text(int lengthMax) implements KeyFormat {

        /** Below this, keys of different payouts might coincide. */
        public static final int LENGTH_MIN = 20;

        private static final int LENGTH_USED = 30;

        /**
         * Refuses keys too short to be told apart.
         *
         * @throws IllegalArgumentException with the length
         */
        public Text {
            if (lengthMax < LENGTH_MIN) {
                throw new IllegalArgumentException(
                        "Provider keys of at most " + lengthMax + " characters: " + LENGTH_MIN + " are needed");
            }
        }

        @Override
        public String keyOf(UUID payout, int attempt) {
            String digest = HexFormat.of().formatHex(KeyFormat.digest(payout, attempt));
            return digest.substring(0, Math.min(lengthMax, LENGTH_USED));
        }
    }

    /** UUIDs that say they are of version 4. */
    record Uuid() implements KeyFormat {

        private static final long VERSION = 0xF000L;
        private static final long VERSION_4 = 0x4000L;
        private static final long VARIANT = 0xC000_0000_0000_0000L;
        private static final long VARIANT_2 = 0x8000_0000_0000_0000L;

        @Override
        public String keyOf(UUID payout, int attempt) {
            ByteBuffer digest = ByteBuffer.wrap(KeyFormat.digest(payout, attempt));
            long high = (digest.getLong() & ~VERSION) | VERSION_4;
            long low = (digest.getLong() & ~VARIANT) | VARIANT_2;
            return new UUID(high, low).toString();
        }
    }

    private static byte[] digest(UUID payout, int attempt) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(("holdfast/payout/" + payout + "/" + attempt).getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
