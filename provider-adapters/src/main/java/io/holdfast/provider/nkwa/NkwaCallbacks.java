package io.holdfast.provider.nkwa;

import io.holdfast.payout.spi.WebhookDelivery;
import io.holdfast.payout.spi.WebhookNotice;
import io.holdfast.provider.Json;
import io.holdfast.provider.Redaction;
import io.holdfast.provider.RsaSha256;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads Nkwa's calls to us. */
final class NkwaCallbacks {

    private static final Duration AGE_MAX = Duration.ofMinutes(5);
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,15}");

    private final NkwaSettings settings;
    private final Redaction redaction;
    private final Optional<RsaSha256> signature;

    NkwaCallbacks(NkwaSettings settings, Redaction redaction) {
        this.settings = settings;
        this.redaction = redaction;
        this.signature = settings.callback().map(callback -> new RsaSha256("Nkwa's public key", callback.publicKey()));
    }

    WebhookNotice read(WebhookDelivery delivery) {
        byte[] body = delivery.body();
        Optional<String> objection = settings.callback().flatMap(callback -> objection(callback, delivery, body));
        if (objection.isPresent()) {
            return new WebhookNotice.Refused(objection.get());
        }
        String text = new String(body, StandardCharsets.UTF_8);
        Optional<NkwaPayment> payment = Json.read(text).map(data -> new NkwaPayment(data, settings, redaction));
        Optional<String> reference = payment.flatMap(NkwaPayment::reference);
        if (payment.isEmpty() || reference.isEmpty()) {
            return new WebhookNotice.Refused("not readable as a payment with an id");
        }
        if (!payment.get().isDisbursement()) {
            return signature.isPresent()
                    ? new WebhookNotice.Unrelated("collection")
                    : new WebhookNotice.Refused("an unsigned call about a collection");
        }
        return signature.isPresent()
                ? proven(payment.get(), reference.get(), text)
                : WebhookNotice.Hint.at(reference.get());
    }

    /** Returns why a call is not believed, if it is not. */
    private Optional<String> objection(NkwaCallback callback, WebhookDelivery delivery, byte[] body) {
        String signed = delivery.header(callback.signatureHeader()).orElse("");
        String timestamp = delivery.header(callback.timestampHeader()).orElse("");
        String url = callback.url().map(part -> part + callback.separator()).orElse("");
        String head = timestamp + callback.separator() + url;
        if (!signature.orElseThrow().matches(signed, head.getBytes(StandardCharsets.UTF_8), body)) {
            return Optional.of("not signed with Nkwa's key for this callback URL");
        }
        boolean isLate = instant(callback.timestamps(), timestamp)
                .filter(at -> Duration.between(at, delivery.receivedAt()).abs().compareTo(AGE_MAX) <= 0)
                .isEmpty();
        return isLate ? Optional.of("signed more than " + AGE_MAX + " away from now") : Optional.empty();
    }

    private static Optional<Instant> instant(NkwaCallback.Timestamps form, String text) {
        try {
            if (form == NkwaCallback.Timestamps.HTTP_DATE) {
                return Optional.of(ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                        .toInstant());
            }
            if (!NUMBER.matcher(text).matches()) {
                return Optional.empty();
            }
            long number = Long.parseLong(text);
            return Optional.of(
                    form == NkwaCallback.Timestamps.SECONDS
                            ? Instant.ofEpochSecond(number)
                            : Instant.ofEpochMilli(number));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Nkwa gives its calls no id: one says the same as another of this payment and status. */
    private static WebhookNotice proven(NkwaPayment payment, String reference, String text) {
        String id = reference + " " + payment.status();
        return id.length() > WebhookNotice.ID_MAX
                ? new WebhookNotice.Refused("signed by Nkwa, but with names that are too long")
                : new WebhookNotice.Proven(
                        id,
                        Optional.of(reference),
                        payment.ourReference(),
                        payment.particulars(),
                        payment.outcome(reference, payment.redaction().evidence(text)));
    }
}
