package io.holdfast.ledger;

import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A document that an entry rests on, kept elsewhere, and the digest that proves which it was.
 *
 * @param reference where it is kept or what it is called, 1 to 200 characters
 * @param sha256 its SHA-256, 64 hexadecimal digits, kept in lower case
 */
public record DocumentReference(String reference, String sha256) {

    private static final int REFERENCE_MAX = 200;
    private static final Pattern SHA_256 = Pattern.compile("[0-9a-fA-F]{64}");

    /**
     * Refuses an empty reference and a digest that is none.
     *
     * @throws IllegalArgumentException with the value and the rule
     */
    public DocumentReference {
        reference = Text.name("Document reference", reference, REFERENCE_MAX);
        if (!SHA_256.matcher(sha256).matches()) {
            throw new IllegalArgumentException(
                    "\"" + Text.excerpt(sha256) + "\" is not a SHA-256 digest of 64 hexadecimal digits");
        }
        sha256 = sha256.toLowerCase(Locale.ROOT);
    }

    /** Returns the digest's 32 bytes. */
    public byte[] digest() {
        return HexFormat.of().parseHex(sha256);
    }
}
