package io.holdfast.provider.nkwa;

import io.holdfast.provider.BoundedHttp;
import io.holdfast.provider.RsaSha256;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How Nkwa signs its calls to us, of which integrators report different things.
 *
 * @param url the URL in Nkwa's portal, letter by letter, as part of what is signed; it is never taken from a request. Empty
 *     where it is not signed, as one integrator reports
 * @param publicKey from the portal: base64, with or without the frame of a PEM file
 * @param signatureHeader carries the signature; {@code X-Sig} has been seen too
 * @param timestampHeader carries the time; {@code Date} has been seen too
 * @param timestamps how the time is written
 * @param separator between the parts of what is signed
 */
public record NkwaCallback(
        Optional<URI> url,
        String publicKey,
        String signatureHeader,
        String timestampHeader,
        Timestamps timestamps,
        String separator) {

    private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9-]{1,60}");

    /** How a time is written. */
    public enum Timestamps {
        /** Seconds since 1970. */
        SECONDS,
        /** Milliseconds since 1970. */
        MILLISECONDS,
        /** As the header {@code Date} is. */
        HTTP_DATE
    }

    /**
     * Refuses what no signature could be checked with.
     *
     * @throws IllegalArgumentException with the value and the rule
     */
    public NkwaCallback {
        url.ifPresent(signed -> BoundedHttp.checkUrl("Nkwa's callback URL", signed));
        new RsaSha256("Nkwa's public key", publicKey);
        for (String header : new String[] {signatureHeader, timestampHeader}) {
            if (!HEADER.matcher(header).matches()) {
                throw new IllegalArgumentException(
                        "Nkwa's callback header \"" + header + "\" is no name of a header, such as X-Signature");
            }
        }
    }

    /**
     * Returns what most integrators report: {@code X-Signature}, {@code X-Timestamp} in seconds, nothing between the parts.
     *
     * @throws IllegalArgumentException if URL or key are none
     */
    public static NkwaCallback of(URI url, String publicKey) {
        return usual(Optional.of(url), publicKey);
    }

    /**
     * Returns the same but for the URL, which is not signed.
     *
     * @throws IllegalArgumentException if the key is none
     */
    public static NkwaCallback withoutUrl(String publicKey) {
        return usual(Optional.empty(), publicKey);
    }

    private static NkwaCallback usual(Optional<URI> url, String publicKey) {
        return new NkwaCallback(url, publicKey, "X-Signature", "X-Timestamp", Timestamps.SECONDS, "");
    }

    /** Returns the same with other headers. */
    public NkwaCallback headers(String signature, String timestamp) {
        return new NkwaCallback(url, publicKey, signature, timestamp, timestamps, separator);
    }

    /** Returns the same with times written otherwise. */
    public NkwaCallback timestamps(Timestamps other) {
        return new NkwaCallback(url, publicKey, signatureHeader, timestampHeader, other, separator);
    }

    /** Returns the same with something between the parts of what is signed. */
    public NkwaCallback separator(String other) {
        return new NkwaCallback(url, publicKey, signatureHeader, timestampHeader, timestamps, other);
    }
}
