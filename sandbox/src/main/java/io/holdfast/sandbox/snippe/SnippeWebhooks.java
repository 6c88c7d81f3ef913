package io.holdfast.sandbox.snippe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.sandbox.simulator.HmacSha256;
import io.holdfast.sandbox.simulator.Ids;
import io.holdfast.sandbox.simulator.PayoutStatus;
import io.holdfast.sandbox.simulator.SimulatedPayout;
import io.holdfast.sandbox.simulator.WebhookMessage;
import io.holdfast.sandbox.simulator.WebhookRules;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Snippe's webhooks: what they say, how they are signed, and how often they are tried. */
final class SnippeWebhooks {

    private static final List<Duration> RETRY_DELAYS =
            List.of(Duration.ofMinutes(3), Duration.ofMinutes(6), Duration.ofMinutes(12), Duration.ofMinutes(24));
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final int ID_LENGTH = 24;

    private final SnippeSettings account;
    private final Ids ids;

    SnippeWebhooks(SnippeSettings account, Ids ids) {
        this.account = account;
        this.ids = ids;
    }

    WebhookRules rules() {
        return new WebhookRules(RETRY_DELAYS, TIMEOUT, this::headers);
    }

    List<WebhookMessage> about(SimulatedPayout payout, SnippePayout own) {
        Optional<URI> target = own.order().webhookUrl().or(account::webhookUrl);
        if (target.isEmpty() || payout.status() == PayoutStatus.PENDING) {
            return List.of();
        }
        String id = "evt_" + ids.token(ID_LENGTH);
        String type = "payout." + SnippeJson.status(payout.status());
        ObjectNode body = SnippeJson.object()
                .put("id", id)
                .put("type", type)
                .put("api_version", SnippeJson.API_VERSION)
                .put("created_at", payout.changedAt().toString());
        body.set("data", SnippeJson.payout(payout, own));
        return List.of(new WebhookMessage(id, type, payout.reference(), target.get(), body.toString()));
    }

    private Map<String, String> headers(WebhookMessage message, Instant at) {
        String timestamp = Long.toString(at.getEpochSecond());
        return Map.of(
                "Content-Type",
                "application/json",
                "X-Webhook-Event",
                message.event(),
                "X-Webhook-Timestamp",
                timestamp,
                "X-Webhook-Signature",
                sign(account.webhookSecret(), timestamp, message.body()));
    }

    /** Returns the signature of a body sent at this time, in epoch seconds. */
    static String sign(String secret, String timestamp, String body) {
        return HmacSha256.hex(secret, timestamp + "." + body);
    }
}
