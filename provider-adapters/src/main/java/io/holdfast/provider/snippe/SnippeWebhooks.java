package io.holdfast.provider.snippe;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.payout.spi.Evidence;
import io.holdfast.payout.spi.Outcome;
import io.holdfast.payout.spi.WebhookDelivery;
import io.holdfast.payout.spi.WebhookNotice;
import io.holdfast.provider.HmacSha256;
import io.holdfast.provider.Json;
import io.holdfast.provider.Redaction;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads Snippe's calls to us. */
final class SnippeWebhooks {

    private static final Duration AGE_MAX = Duration.ofMinutes(5);
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,11}");
    private static final String PAYOUT = "payout.";
    private static final Map<String, String> STATUS_OF_TYPE =
            Map.of("payout.completed", "completed", "payout.failed", "failed", "payout.reversed", "reversed");

    private final Optional<HmacSha256> signature;
    private final SnippeSettings settings;
    private final Redaction redaction;

    SnippeWebhooks(SnippeSettings settings, Redaction redaction) {
        this.signature = settings.webhookSecret().map(HmacSha256::new);
        this.settings = settings;
        this.redaction = redaction;
    }

    WebhookNotice read(WebhookDelivery delivery) {
        if (signature.isEmpty()) {
            return new WebhookNotice.Refused("no webhook secret of Snippe's is configured, so nothing can be checked");
        }
        String signed = delivery.header("X-Webhook-Signature").orElse("");
        String timestamp = delivery.header("X-Webhook-Timestamp").orElse("");
        byte[] body = delivery.body();
        if (!signature.get().matches(signed, (timestamp + ".").getBytes(StandardCharsets.UTF_8), body)) {
            return new WebhookNotice.Refused("not signed with Snippe's webhook secret");
        }
        if (!SECONDS.matcher(timestamp).matches()
                || Duration.between(Instant.ofEpochSecond(Long.parseLong(timestamp)), delivery.receivedAt())
                                .abs()
                                .compareTo(AGE_MAX)
                        > 0) {
            return new WebhookNotice.Refused("signed more than " + AGE_MAX + " away from now");
        }
        String text = new String(body, StandardCharsets.UTF_8);
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
