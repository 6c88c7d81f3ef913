package io.holdfast.provider;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** A credential. Nothing but {@link #value} and {@link #bytes} shows it. Immutable. */
public final class Secret {

    private static final int LENGTH_MAX = 4_096;
    private static final Pattern VISIBLE = Pattern.compile("[\\x21-\\x7E]+");

    private final String value;

    private Secret(String value) {
        this.value = value;
    }

    /**
     * Takes a credential.
     *
     * @param what its name in the message, such as "Snippe's API key"
     * @throws IllegalArgumentException if it is empty, too long, or holds what an HTTP header cannot carry; the message
     *     does not show it
     */
    public static Secret of(String what, String value) {
        if (value.isEmpty()) {
            throw new IllegalArgumentException(what + " is empty: set it to the one from the provider's dashboard");
        }
        if (value.length() > LENGTH_MAX || !VISIBLE.matcher(value).matches()) {
            throw new IllegalArgumentException(what + " of " + value.length() + " characters holds blanks, line ends or"
                    + " other than ASCII, or more than " + LENGTH_MAX + " characters: copy it anew");
        }
        return new Secret(value);
    }

    /** Returns the credential itself. */
    public String value() {
        return value;
    }

    /** Returns the credential's bytes, as a key for signatures. */
    public byte[] bytes() {
        return value.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret that && value.equals(that.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    /** Returns {@code ***}. */
    @Override
    public String toString() {
        return "***";
    }
}
