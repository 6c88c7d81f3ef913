package io.holdfast.provider;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA256 signatures in hexadecimal. Safe for use by any number of threads. */
public final class HmacSha256 {

    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;

    /** Signs and checks with this key. */
    public HmacSha256(Secret key) {
        this.key = new SecretKeySpec(key.bytes(), ALGORITHM);
    }

    /** Returns the signature of these parts, one after the other: 64 lower-case digits. */
    public String sign(byte[]... parts) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            for (byte[] part : parts) {
                mac.update(part);
            }
            return HexFormat.of().formatHex(mac.doFinal());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has " + ALGORITHM, e);
        }
    }

    /** Tells whether a signature is that of these parts, in either case; takes the same time wherever it differs. */
    public boolean matches(String signature, byte[]... parts) {
        return MessageDigest.isEqual(
                sign(parts).getBytes(StandardCharsets.UTF_8),
                signature.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8));
    }
}
