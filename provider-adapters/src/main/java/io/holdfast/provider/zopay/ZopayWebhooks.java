package io.holdfast.provider.zopay;

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
import java.util.Set;
import java.util.regex.Pattern;

/** Reads Zopay's calls to us. */
final class ZopayWebhooks {

    private static final Duration AGE_MAX = Duration.ofMinutes(5);
    private static final Pattern MILLISECONDS = Pattern.compile("[0-9]{1,14}");
    private static final String PAYOUT = "payout.";
    private static final Map<String, Set<String>> STATUSES_OF_EVENT =
            Map.of("payout.completed", Set.of("SUCCESS"), "payout.failed", Set.of("FAILED", "CANCELLED"));

    private final ZopaySettings settings;
    private final Redaction redaction;
    private final Optional<HmacSha256> signature;

    ZopayWebhooks(ZopaySettings settings, Redaction redaction) {
        this.settings = settings;
        this.redaction = redaction;
        this.signature = settings.webhook().map(webhook -> new HmacSha256(webhook.secret()));
    }

    WebhookNotice read(WebhookDelivery delivery) {
        if (settings.webhook().isEmpty()) {
            return new WebhookNotice.Refused("no webhook secret of Zopay's is configured, so nothing can be checked");
        }
        ZopaySettings.Webhook webhook = settings.webhook().get();
        String signed = delivery.header(webhook.signatureHeader()).orElse("");
        String timestamp = delivery.header(webhook.timestampHeader()).orElse("");
        byte[] body = delivery.body();
        if (!signature.orElseThrow().matches(signed, (timestamp + ".").getBytes(StandardCharsets.UTF_8), body)) {
            return new WebhookNotice.Refused("not signed with Zopay's webhook secret");
        }
        if (!MILLISECONDS.matcher(timestamp).matches()
                || Duration.between(Instant.ofEpochMilli(Long.parseLong(timestamp)), delivery.receivedAt())
                                .abs()
                                .compareTo(AGE_MAX)
                        > 0) {
            return new WebhookNotice.Refused("signed more than " + AGE_MAX + " away from now");
        }
        String text = new String(body, StandardCharsets.UTF_8);
        return Json.read(text)
                .map(event -> believed(event, text))
                .orElse(new WebhookNotice.Refused("signed by Zopay, but not readable as JSON"));
    }

    private WebhookNotice believed(JsonNode event, String text) {
        String name = Json.text(event.path("event")).orElse("");
        if (!name.startsWith(PAYOUT)) {
            return new WebhookNotice.Unrelated(name);
        }
        ZopayPayout payout = new ZopayPayout(event.path("data"), settings, redaction);
        Optional<String> reference = payout.reference();
        // Zopay's own id of a delivery is not signed: one says the same as another of this payout, event and status.
        String id = String.join(" ", reference.orElse(""), name, payout.status());
        if (reference.isEmpty() || id.length() > WebhookNotice.ID_MAX) {
            return new WebhookNotice.Refused("signed by Zopay, but without a payout_id that can be one");
        }
        Evidence evidence = payout.redaction().evidence(text);
        Outcome outcome = STATUSES_OF_EVENT.getOrDefault(name, Set.of()).contains(payout.status())
                ? payout.outcome(reference.get(), evidence, Json.instant(event.path("timestamp")))
                : Outcome.Unknown.unlisted(
                        payout.redaction()
                                .clean("event \"" + name + "\" of a payout with status \"" + payout.status()
                                        + "\" is on no table"),
                        evidence);
        return new WebhookNotice.Proven(id, reference, Optional.empty(), payout.particulars(), outcome);
    }
}
