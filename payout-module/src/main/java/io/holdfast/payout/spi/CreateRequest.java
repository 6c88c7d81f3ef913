package io.holdfast.payout.spi;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;

/**
 * The create of one attempt as it goes over the wire, again and again the same: method, path and body. It is stored
 * before the first byte leaves. Headers that authenticate are made for each send and are no part of it.
 */
public final class CreateRequest {

    /** Largest body, in bytes. */
    public static final int BODY_MAX = 262_144;

    private static final Set<String> METHODS = Set.of("POST", "PUT", "PATCH");
    private static final int PATH_MAX = 1_000;

    private final String method;
    private final String path;
    private final byte[] body;

    /**
     * Fixes a request.
     *
     * @param method {@code POST}, {@code PUT} or {@code PATCH}
     * @param path from {@code /} on, with the query if there is one, without scheme and host
     * @param body copied
     * @throws IllegalArgumentException if the method or the path is another, or the body too large
     */
    public CreateRequest(String method, String path, byte[] body) {
        if (!METHODS.contains(method)) {
            throw new IllegalArgumentException(
                    "Method \"" + Texts.cut(method, 20) + "\" of a create is none of " + METHODS);
        }
        Texts.name("Path of a create", path, PATH_MAX);
        if (!path.startsWith("/")) {
            throw new IllegalArgumentException("Path \"" + path + "\" of a create does not begin with /");
        }
        if (body.length > BODY_MAX) {
            throw new IllegalArgumentException(
                    "A create's body of " + body.length + " bytes: at most " + BODY_MAX + " are possible");
        }
        this.method = method;
        this.path = path;
        this.body = body.clone();
    }

    /**
     * Returns a {@code POST} of a text in UTF-8.
     *
     * @throws IllegalArgumentException as the constructor
     */
    public static CreateRequest post(String path, String body) {
        return new CreateRequest("POST", path, body.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns the HTTP method. */
    public String method() {
        return method;
    }

    /** Returns path and query, from {@code /} on. */
    public String path() {
        return path;
    }

    /** Returns a copy of the body. */
    public byte[] body() {
        return body.clone();
    }

    /** Tells whether method, path and every byte of the body are the same. */
    @Override
    public boolean equals(Object other) {
        return other instanceof CreateRequest that
                && method.equals(that.method)
                && path.equals(that.path)
                && Arrays.equals(body, that.body);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(body) * 31 + path.hashCode();
    }

    /** Returns method and path; the body holds personal data. */
    @Override
    public String toString() {
        return method + " " + path + " (" + body.length + " bytes)";
    }
}
