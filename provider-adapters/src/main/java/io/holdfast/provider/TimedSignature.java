package io.holdfast.provider;

import io.holdfast.payout.spi.WebhookDelivery;
import io.holdfast.payout.spi.WebhookNotice;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How calls to us are signed that carry their time: over the time, a dot and the body. An old call cannot be repeated later.
 *
 * @param signature with the secret that we share with the provider
 * @param signatureHeader which header has the signature, in hexadecimal
 * @param timestampHeader which header has the time, as a count since 1970
 * @param unit what the time is counted in
 */
public record TimedSignature(HmacSha256 signature, String signatureHeader, String timestampHeader, ChronoUnit unit) {

    /** How far a call's time may be from our own clock. */
    public static final Duration AGE_MAX = Duration.ofMinutes(5);

    private static final Pattern COUNT = Pattern.compile("[0-9]{1,14}");

    /** Returns why a call is not believed to be the provider's, if it is not. */
    public Optional<WebhookNotice.Refused> refusal(WebhookDelivery delivery, String provider) {
        String signed = delivery.header(signatureHeader).orElse("");
        String timestamp = delivery.header(timestampHeader).orElse("");
        if (!signature.matches(signed, (timestamp + ".").getBytes(StandardCharsets.UTF_8), delivery.body())) {
            return Optional.of(new WebhookNotice.Refused("not signed with " + provider + "'s webhook secret"));
        }
        return isRecent(timestamp, delivery.receivedAt())
                ? Optional.empty()
                : Optional.of(new WebhookNotice.Refused("signed more than " + AGE_MAX + " away from now"));
    }

    private boolean isRecent(String timestamp, Instant now) {
        if (!COUNT.matcher(timestamp).matches()) {
            return false;
        }
        Instant signedAt = Instant.EPOCH.plus(Long.parseLong(timestamp), unit);
        return Duration.between(signedAt, now).abs().compareTo(AGE_MAX) <= 0;
    }
}
