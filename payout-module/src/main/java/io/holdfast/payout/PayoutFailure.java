package io.holdfast.payout;

import io.holdfast.payout.spi.FailureReason;

/**
 * Why a payout failed.
 *
 * @param reason in words that all providers share
 * @param providerCode the provider's own code; empty if it gave none
 * @param detail the provider's own text, personal data masked
 */
public record PayoutFailure(FailureReason reason, String providerCode, String detail) {}
