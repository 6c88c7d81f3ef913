package io.holdfast.provider.snippe;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.payout.spi.Evidence;
import io.holdfast.payout.spi.Outcome;
import io.holdfast.payout.spi.WebhookDelivery;
import io.holdfast.payout.spi.WebhookNotice;
import io.holdfast.provider.HmacSha256;
import io.holdfast.provider.Json;
import io.holdfast.provider.Redaction;
import io.holdfast.provider.TimedSignature;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;

/** Reads Snippe's calls to us. */
final class SnippeWebhooks {

    private static final String PAYOUT = "payout.";
    private static final Map<String, String> STATUS_OF_TYPE =
            Map.of("payout.completed", "completed", "payout.failed", "failed", "payout.reversed", "reversed");

    private final Optional<TimedSignature> signature;
    private final SnippeSettings settings;
    private final Redaction redaction;

    SnippeWebhooks(SnippeSettings settings, Redaction redaction) {
        this.signature = settings.webhookSecret()
                .map(secret -> new TimedSignature(
                        new HmacSha256(secret), "X-Webhook-Signature", "X-Webhook-Timestamp", ChronoUnit.SECONDS));
        this.settings = settings;
        this.redaction = redaction;
    }

    WebhookNotice read(WebhookDelivery delivery) {
        if (signature.isEmpty()) {
            return new WebhookNotice.Refused("no webhook secret of Snippe's is configured, so nothing can be checked");
        }
        Optional<WebhookNotice.Refused> refused = signature.get().refusal(delivery, "Snippe");
        if (refused.isPresent()) {
            return refused.get();
        }
        String text = new String(delivery.body(), StandardCharsets.UTF_8);
        return Json.read(text)
                .map(event -> believed(event, text))
                .orElse(new WebhookNotice.Refused("signed by Snippe, but not readable as JSON"));
    }

    private WebhookNotice believed(JsonNode event, String text) {
        String type = Json.text(event.path("type")).orElse("");
        if (!type.startsWith(PAYOUT)) {
            return new WebhookNotice.Unrelated(type);
        }
        SnippePayout payout = new SnippePayout(event.path("data"), settings, redaction);
        Optional<String> id = Json.reference(event.path("id"));
        if (id.isEmpty()) {
            return new WebhookNotice.Refused("signed by Snippe, but without an id");
        }
        Evidence evidence = payout.redaction().evidence(text);
        return new WebhookNotice.Proven(
                id.get(),
                payout.reference(),
                payout.ourReference(),
                payout.particulars(),
                outcome(type, payout, evidence, Json.instant(event.path("created_at"))));
    }

    /** Type and status say the same, or nothing is proven. */
    private static Outcome outcome(String type, SnippePayout payout, Evidence evidence, Optional<Instant> at) {
        if (!payout.status().equals(STATUS_OF_TYPE.get(type))) {
            String said = "event \"" + type + "\" of a payout with status \"" + payout.status() + "\"";
            return Outcome.Unknown.unlisted(payout.redaction().clean(said) + " is on no table", evidence);
        }
        return payout.reference()
                .map(reference -> payout.outcome(reference, evidence, at))
                .orElse(Outcome.Unknown.unlisted("event \"" + type + "\" without a reference", evidence));
    }
}
