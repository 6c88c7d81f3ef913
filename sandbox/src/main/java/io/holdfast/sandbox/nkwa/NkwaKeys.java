package io.holdfast.sandbox.nkwa;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;

/** The key pair that signs callbacks: made once, because that takes a while. */
final class NkwaKeys {

    private static final int BITS = 2_048;

    static final KeyPair PAIR = pair();

    private NkwaKeys() {}

    private static KeyPair pair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(BITS);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK makes RSA keys of " + BITS + " bits", e);
        }
    }
}
