package io.holdfast.sandbox.zopay;

import io.holdfast.sandbox.simulator.HmacSha256;
import io.holdfast.sandbox.simulator.Ids;
import io.holdfast.sandbox.simulator.PayoutStatus;
import io.holdfast.sandbox.simulator.SimulatedPayout;
import io.holdfast.sandbox.simulator.WebhookMessage;
import io.holdfast.sandbox.simulator.WebhookRules;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Zopay's webhooks: what they say, how they are signed, and how often they are tried. */
final class ZopayWebhooks {

    private static final List<Duration> RETRY_DELAYS = List.of(
            Duration.ofMinutes(1),
            Duration.ofMinutes(5),
            Duration.ofMinutes(15),
            Duration.ofHours(1),
            Duration.ofHours(6));
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final ZopaySettings account;
    private final ZopayJson json;
    private final Ids ids;

    ZopayWebhooks(ZopaySettings account, ZopayJson json, Ids ids) {
        this.account = account;
        this.json = json;
        this.ids = ids;
    }

    WebhookRules rules() {
        return new WebhookRules(RETRY_DELAYS, TIMEOUT, this::headers);
    }

    List<WebhookMessage> about(SimulatedPayout payout, ZopayPayout own) {
        boolean isTold = payout.status() == PayoutStatus.SUCCEEDED || payout.status() == PayoutStatus.FAILED;
        if (account.webhookUrl().isEmpty() || !isTold) {
            return List.of();
        }
        String event = payout.status() == PayoutStatus.SUCCEEDED ? "payout.completed" : "payout.failed";
        return List.of(new WebhookMessage(
                ids.uuid(),
                event,
                payout.reference(),
                account.webhookUrl().get(),
                json.event(payout, own, event).toString()));
    }

    /** Here the time is in milliseconds, other than in requests. */
    private Map<String, String> headers(WebhookMessage message, Instant at) {
        String timestamp = Long.toString(at.toEpochMilli());
        return Map.of(
                "Content-Type",
                "application/json",
                "X-Zo-Event",
                message.event(),
                "X-Zo-Delivery-Id",
                message.id(),
                "X-Zo-Timestamp",
                timestamp,
                "X-Zo-Replay",
                "false",
                "X-Zo-Signature",
                HmacSha256.hex(account.webhookSecret(), timestamp + "." + message.body()));
    }
}
