package io.holdfast.provider;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/** Checks RSA signatures over SHA-256, written in base64. Safe for use by any number of threads. */
public final class RsaSha256 {

    private static final String ALGORITHM = "SHA256withRSA";

    private final PublicKey key;

    /**
     * Checks with this key.
     *
     * @param what its name in the message, such as "Nkwa's public key"
     * @param text the key in base64, with or without the frame of a PEM file
     * @throws IllegalArgumentException if it is no public RSA key
     */
    public RsaSha256(String what, String text) {
        String base64 = text.replaceAll("-----(BEGIN|END) PUBLIC KEY-----|\\s|\\\\n", "");
        try {
            key = KeyFactory.getInstance("RSA")
                    .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(base64)));
        } catch (IllegalArgumentException | GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    what + " is no RSA key as a PEM file holds it between BEGIN and END PUBLIC KEY: copy it anew", e);
        }
    }

    /** Tells whether a signature is that of these parts, one after the other. */
    public boolean matches(String signature, byte[]... parts) {
        try {
            Signature check = Signature.getInstance(ALGORITHM);
            check.initVerify(key);
            for (byte[] part : parts) {
                check.update(part);
            }
            return check.verify(Base64.getDecoder().decode(signature.strip()));
        } catch (IllegalArgumentException | GeneralSecurityException e) {
            return false;
        }
    }
}
