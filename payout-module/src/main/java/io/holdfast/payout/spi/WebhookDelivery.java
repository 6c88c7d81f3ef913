package io.holdfast.payout.spi;

import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A provider's call to us, as it arrived, believed by nobody yet.
 */
public final class WebhookDelivery {

    /** Largest body, in bytes. */
    public static final int BODY_MAX = 1_048_576;

    private final Map<String, String> headers;
    private final byte[] body;
    private final Instant receivedAt;

    /**
     * Makes a delivery of a call.
     *
     * @param headers by name, in any case
     * @param body every byte as it arrived, for signatures are made over them; copied
     * @param receivedAt when, by our own clock
     * @throws IllegalArgumentException if the body is too large, or a header is given twice
     */
    public WebhookDelivery(Map<String, String> headers, byte[] body, Instant receivedAt) {
        if (body.length > BODY_MAX) {
            throw new IllegalArgumentException(
                    "A webhook's body of " + body.length + " bytes: at most " + BODY_MAX + " are read");
        }
        Map<String, String> byName = new HashMap<>();
        headers.forEach((name, value) -> {
            if (byName.put(name.toLowerCase(Locale.ROOT), value) != null) {
                throw new IllegalArgumentException("A webhook's header \"" + Texts.cut(name, 100)
                        + "\" is given twice: which of them was signed cannot be told");
            }
        });
        this.headers = Map.copyOf(byName);
        this.body = body.clone();
        this.receivedAt = receivedAt;
    }

    /** Returns the value of a header, whatever the case of its name. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }

    /** Returns a copy of the body. */
    public byte[] body() {
        return body.clone();
    }

    /** Returns when it arrived, by our own clock. */
    public Instant receivedAt() {
        return receivedAt;
    }

    /** Returns size and time; headers hold signatures and the body personal data. */
    @Override
    public String toString() {
        return "a webhook of " + body.length + " bytes at " + receivedAt;
    }
}
