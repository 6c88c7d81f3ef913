package io.holdfast.sandbox.rohopay;

/** Ways in which RohoPay's sources contradict its published page. */
public enum RohoPayVariation {
    /** The commission is taken from the amount, as the API reference has it: the recipient gets less. */
    FEE_DEDUCTED,
    /** The names that integrators have seen in live answers: {@code reference}, {@code commission}, {@code balance}. */
    LIVE_NAMES,
    /** A create that is settled at once answers with its final status. */
    SETTLES_AT_ONCE
}
