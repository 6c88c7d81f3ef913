package io.holdfast.provider;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Texts as parts of a URL. */
public final class UrlText {

    private UrlText() {}

    /** Returns a text percent-encoded, so that it can be a segment of a path or the value of a parameter. */
    public static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
