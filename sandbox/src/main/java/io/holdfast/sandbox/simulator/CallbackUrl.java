package io.holdfast.sandbox.simulator;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.Set;

/** Where a provider may be told to call back: providers take HTTPS only. */
public final class CallbackUrl {

    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost");

    private CallbackUrl() {}

    /** Returns a URL; a receiver on loopback could not offer HTTPS, so plain HTTP may go there. */
    public static Optional<URI> parse(String text) {
        try {
            URI url = new URI(text);
            boolean secure = "https".equals(url.getScheme()) && url.getHost() != null;
            boolean loopback = "http".equals(url.getScheme()) && LOOPBACK.contains(String.valueOf(url.getHost()));
            return secure || loopback ? Optional.of(url) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
