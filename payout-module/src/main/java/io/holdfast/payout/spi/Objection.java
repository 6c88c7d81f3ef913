package io.holdfast.payout.spi;

/**
 * Why a provider cannot be told to pay something, known without asking it.
 *
 * @param reason in words that all providers share
 * @param detail the rule and the values, with numbers masked
 */
public record Objection(FailureReason reason, String detail) {}
