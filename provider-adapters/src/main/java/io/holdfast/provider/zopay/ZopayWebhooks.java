package io.holdfast.provider.zopay;

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
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads Zopay's calls to us. */
final class ZopayWebhooks {

    private static final String PAYOUT = "payout.";
    private static final Map<String, Set<String>> STATUSES_OF_EVENT =
            Map.of("payout.completed", Set.of("SUCCESS"), "payout.failed", Set.of("FAILED", "CANCELLED"));

    private final ZopaySettings settings;
    private final Redaction redaction;
    private final Optional<TimedSignature> signature;

    ZopayWebhooks(ZopaySettings settings, Redaction redaction) {
        this.settings = settings;
        this.redaction = redaction;
        this.signature = settings.webhook()
                .map(webhook -> new TimedSignature(
                        new HmacSha256(webhook.secret()),
                        webhook.signatureHeader(),
                        webhook.timestampHeader(),
                        ChronoUnit.MILLIS));
    }

    WebhookNotice read(WebhookDelivery delivery) {
        if (signature.isEmpty()) {
            return new WebhookNotice.Refused("no webhook secret of Zopay's is configured, so nothing can be checked");
        }
        Optional<WebhookNotice.Refused> refused = signature.get().refusal(delivery, "Zopay");
        if (refused.isPresent()) {
            return refused.get();
        }
        String text = new String(delivery.body(), StandardCharsets.UTF_8);
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
