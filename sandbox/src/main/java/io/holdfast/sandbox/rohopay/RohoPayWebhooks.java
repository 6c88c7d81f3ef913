package io.holdfast.sandbox.rohopay;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.sandbox.simulator.HmacSha256;
import io.holdfast.sandbox.simulator.PayoutStatus;
import io.holdfast.sandbox.simulator.SimulatedPayout;
import io.holdfast.sandbox.simulator.WebhookMessage;
import io.holdfast.sandbox.simulator.WebhookRules;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** RohoPay's webhooks: what they say, how they are signed, and how often they are tried. */
final class RohoPayWebhooks {

    private static final List<Duration> RETRY_DELAYS =
            List.of(Duration.ofMinutes(1), Duration.ofMinutes(5), Duration.ofMinutes(15), Duration.ofHours(1));
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final String secret;
    private final RohoPayJson json;

    RohoPayWebhooks(String secret, RohoPayJson json) {
        this.secret = secret;
        this.json = json;
    }

    WebhookRules rules() {
        return new WebhookRules(
                RETRY_DELAYS,
                TIMEOUT,
                (message, at) -> Map.of(
                        "Content-Type", "application/json", "x-rohopay-signature", sign(secret, message.body())));
    }

    /** Returns what is told of a payout: nothing where its create named no URL, for there is none for the account. */
    List<WebhookMessage> about(SimulatedPayout payout, RohoPayPayout own) {
        Optional<URI> target = own.order().callbackUrl();
        if (target.isEmpty() || payout.status() == PayoutStatus.PENDING || payout.status() == PayoutStatus.REVERSED) {
            return List.of();
        }
        ObjectNode event = json.event(payout, own);
        String name = event.path("event").asText();
        return List.of(new WebhookMessage(
                payout.reference() + " " + name, name, payout.reference(), target.get(), event.toString()));
    }

    static String sign(String secret, String body) {
        return "sha256=" + HmacSha256.hex(secret, body);
    }
}
