package io.holdfast.sandbox.wistfare;

/** Ways in which Wistfare's sources contradict its published page. */
public enum WistfareVariation {
    /** Requests are written {@code business_id} instead of {@code businessId}, as the SDKs do. */
    SNAKE_CASE,
    /** A create is answered as the Dart SDK reads it: {@code disbursement_id}, {@code fee_amount}, {@code net_amount}. */
    SDK_ANSWERS,
    /** The fee is taken from the amount: the recipient gets less. */
    FEE_DEDUCTED,
    /** The same {@code referenceId} again is answered with the first disbursement. */
    IDEMPOTENT_REFERENCES
}
