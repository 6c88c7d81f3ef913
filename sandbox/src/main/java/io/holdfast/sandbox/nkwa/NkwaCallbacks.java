package io.holdfast.sandbox.nkwa;

import io.holdfast.sandbox.simulator.PayoutStatus;
import io.holdfast.sandbox.simulator.SimulatedPayout;
import io.holdfast.sandbox.simulator.WebhookMessage;
import io.holdfast.sandbox.simulator.WebhookRules;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** Nkwa's callbacks: a payment when it has come to an end, signed over time, URL and body. */
final class NkwaCallbacks {

    private static final List<Duration> RETRY_DELAYS =
            List.of(Duration.ofMinutes(1), Duration.ofMinutes(5), Duration.ofMinutes(15));
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final String ALGORITHM = "SHA256withRSA";

    private final NkwaSettings account;

    NkwaCallbacks(NkwaSettings account) {
        this.account = account;
    }

    WebhookRules rules() {
        return new WebhookRules(RETRY_DELAYS, TIMEOUT, this::headers);
    }

    List<WebhookMessage> about(SimulatedPayout payout) {
        boolean isFinal = payout.status() == PayoutStatus.SUCCEEDED || payout.status() == PayoutStatus.FAILED;
        if (account.callbackUrl().isEmpty() || !isFinal) {
            return List.of();
        }
        String status = NkwaJson.status(payout.status());
        return List.of(new WebhookMessage(
                payout.reference() + " " + status,
                status,
                payout.reference(),
                account.callbackUrl().get(),
                NkwaJson.payment(payout).toString()));
    }

    private Map<String, String> headers(WebhookMessage message, Instant at) {
        String timestamp = Long.toString(at.getEpochSecond());
        return Map.of(
                "Content-Type",
                "application/json",
                "X-Timestamp",
                timestamp,
                "X-Signature",
                sign(account.signingKeys().getPrivate(), timestamp + message.target() + message.body()));
    }

    private static String sign(PrivateKey key, String text) {
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initSign(key);
            signature.update(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK signs with " + ALGORITHM + " and an RSA key", e);
        }
    }
}
