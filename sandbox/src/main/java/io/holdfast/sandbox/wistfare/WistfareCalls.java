package io.holdfast.sandbox.wistfare;

import io.holdfast.sandbox.simulator.PayoutStatus;
import io.holdfast.sandbox.simulator.SimulatedPayout;
import io.holdfast.sandbox.simulator.WebhookMessage;
import io.holdfast.sandbox.simulator.WebhookRules;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Wistfare's calls: signed by nobody, at most with a secret that both sides know. */
final class WistfareCalls {

    private static final List<Duration> RETRY_DELAYS =
            List.of(Duration.ofMinutes(1), Duration.ofMinutes(5), Duration.ofMinutes(15));
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final WistfareSettings account;
    private final WistfareJson json;

    WistfareCalls(WistfareSettings account, WistfareJson json) {
        this.account = account;
        this.json = json;
    }

    WebhookRules rules() {
        return new WebhookRules(RETRY_DELAYS, TIMEOUT, (message, at) -> {
            Map<String, String> headers = new LinkedHashMap<>();
            headers.put("Content-Type", "application/json");
            account.sharedSecret().ifPresent(secret -> headers.put("X-Webhook-Secret", secret));
            return headers;
        });
    }

    /** Returns what is told of a disbursement: only that it was completed or failed. */
    List<WebhookMessage> about(SimulatedPayout payout, WistfareOrder order) {
        boolean isTold = payout.status() == PayoutStatus.SUCCEEDED || payout.status() == PayoutStatus.FAILED;
        if (account.webhookUrl().isEmpty() || !isTold) {
            return List.of();
        }
        String event = "disbursement." + WistfareJson.status(payout.status());
        return List.of(new WebhookMessage(
                payout.reference() + " " + event,
                event,
                payout.reference(),
                account.webhookUrl().get(),
                json.event(payout, order).toString()));
    }
}
