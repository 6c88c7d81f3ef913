package io.holdfast.provider.rohopay;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.payout.spi.Evidence;
import io.holdfast.payout.spi.Outcome;
import io.holdfast.payout.spi.WebhookDelivery;
import io.holdfast.payout.spi.WebhookNotice;
import io.holdfast.provider.HmacSha256;
import io.holdfast.provider.Json;
import io.holdfast.provider.Redaction;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * Reads RohoPay's calls to us. They carry no time, so an old one is as good as a new one: it says again what became of a
 * payout, which for RohoPay never changes.
 */
final class RohoPayWebhooks {

    private static final String SCHEME = "sha256=";
    private static final String WITHDRAW = "withdraw.";
    private static final Map<String, String> STATUS_OF_EVENT =
            Map.of("withdraw.successful", "successful", "withdraw.failed", "failed");

    private final Optional<HmacSha256> signature;
    private final RohoPaySettings settings;
    private final Redaction redaction;

    RohoPayWebhooks(RohoPaySettings settings, Redaction redaction) {
        this.signature = settings.webhookSecret().map(HmacSha256::new);
        this.settings = settings;
        this.redaction = redaction;
    }

    WebhookNotice read(WebhookDelivery delivery) {
        if (signature.isEmpty()) {
            return new WebhookNotice.Refused("no webhook secret of RohoPay's is configured, so nothing can be checked");
        }
        String signed = delivery.header("x-rohopay-signature").orElse("");
        byte[] body = delivery.body();
        if (!signed.startsWith(SCHEME) || !signature.get().matches(signed.substring(SCHEME.length()), body)) {
            return new WebhookNotice.Refused("not signed with RohoPay's webhook secret");
        }
        String text = new String(body, StandardCharsets.UTF_8);
        return Json.read(text)
                .map(event -> believed(event, text))
                .orElse(new WebhookNotice.Refused("signed by RohoPay, but not readable as JSON"));
    }

    private WebhookNotice believed(JsonNode event, String text) {
        String name = Json.text(event.path("event")).orElse("");
        if (!name.startsWith(WITHDRAW)) {
            return new WebhookNotice.Unrelated(name);
        }
        RohoPayTransaction transaction = new RohoPayTransaction(event, settings, redaction);
        Optional<String> reference = transaction.reference();
        if (reference.isEmpty()) {
            return new WebhookNotice.Refused("signed by RohoPay, but without a reference");
        }
        // RohoPay gives its calls no id: one says the same as another of this payout, event and status.
        String id = String.join(" ", reference.get(), name, transaction.status());
        if (id.length() > WebhookNotice.ID_MAX) {
            return new WebhookNotice.Refused("signed by RohoPay, but with names that are too long");
        }
        Evidence evidence = transaction.redaction().evidence(text);
        Outcome outcome = transaction.status().equals(STATUS_OF_EVENT.get(name))
                ? transaction.outcome(reference.get(), evidence)
                : Outcome.Unknown.unlisted(
                        transaction
                                .redaction()
                                .clean("event \"" + name + "\" of a transaction with status \"" + transaction.status()
                                        + "\" is on no table"),
                        evidence);
        return new WebhookNotice.Proven(id, reference, Optional.empty(), transaction.particulars(), outcome);
    }
}
