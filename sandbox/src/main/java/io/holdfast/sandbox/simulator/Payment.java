package io.holdfast.sandbox.simulator;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

/**
 * Money that really reached a recipient.
 *
 * @param reference the payout that paid it
 * @param reversedAt when it was taken back, if ever
 */
public record Payment(
        String reference,
        String recipient,
        String currency,
        BigDecimal amount,
        Instant paidAt,
        Optional<Instant> reversedAt) {

    Payment reversed(Instant at) {
        return new Payment(reference, recipient, currency, amount, paidAt, Optional.of(at));
    }
}
