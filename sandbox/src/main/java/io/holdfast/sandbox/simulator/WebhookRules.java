package io.holdfast.sandbox.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * How a provider delivers its webhooks.
 *
 * @param retryDelays how long after each failed attempt the next one follows; after the last it gives up
 * @param timeout how long, in real time, it waits for an answer; only 2xx counts as delivered
 * @param signer makes the headers
 */
public record WebhookRules(List<Duration> retryDelays, Duration timeout, Signer signer) {

    /** Copies the delays. */
    public WebhookRules {
        retryDelays = List.copyOf(retryDelays);
    }

    /** Makes the headers of one attempt. */
    public interface Signer {

        /** Returns the headers of a message that is sent at this time. */
        Map<String, String> headers(WebhookMessage message, Instant at);
    }
}
