package io.holdfast.payout;

import io.holdfast.payout.spi.FailureReason;
import io.holdfast.payout.spi.Masking;
import io.holdfast.payout.spi.Recipient;

/**
 * Why a payout failed.
 *
 * @param reason in words that all providers share
 * @param providerCode the provider's own code; empty if it gave none
 * @param detail the provider's own text, personal data masked
 */
public record PayoutFailure(FailureReason reason, String providerCode, String detail) {

    /** Returns the same with the recipient's number and name masked. */
    public PayoutFailure masking(Recipient recipient) {
        return new PayoutFailure(reason, Masking.mask(providerCode, recipient), Masking.mask(detail, recipient));
    }
}
