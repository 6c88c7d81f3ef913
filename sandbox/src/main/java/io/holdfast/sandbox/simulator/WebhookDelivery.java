package io.holdfast.sandbox.simulator;

import java.time.Instant;
import java.util.Map;
import java.util.OptionalInt;

/**
 * One attempt to deliver a webhook.
 *
 * @param attempt its number, from 1
 * @param answered the status of the answer, empty if none came
 */
public record WebhookDelivery(
        WebhookMessage message, int attempt, Instant at, Map<String, String> headers, OptionalInt answered) {

    /** Copies the headers. */
    public WebhookDelivery {
        headers = Map.copyOf(headers);
    }

    /** Returns whether the receiver took it. */
    public boolean isDelivered() {
        return answered.isPresent() && answered.getAsInt() >= 200 && answered.getAsInt() < 300;
    }
}
