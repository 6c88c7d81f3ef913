package io.holdfast.payout;

import io.holdfast.payout.spi.Outcome;
import java.time.Instant;
import java.util.Optional;

/**
 * A provider's signed call that was recorded and concerns no payout that is known yet. It is applied as soon as one turns
 * out to have its reference.
 *
 * @param number unique in its ledger, rising
 * @param provider who called
 * @param delivery the same for each copy of the call
 * @param reference the provider's reference that it names, if it names one
 * @param ourReference our own reference that it echoes, if it does
 * @param outcome what it says became of the payout
 * @param receivedAt when it came
 */
public record ParkedWebhook(
        long number,
        String provider,
        String delivery,
        Optional<String> reference,
        Optional<String> ourReference,
        Outcome.Code outcome,
        Instant receivedAt) {}
