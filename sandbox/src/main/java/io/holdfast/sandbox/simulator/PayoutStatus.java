package io.holdfast.sandbox.simulator;

/** Where a simulated payout stands; each provider has its own words for it. */
public enum PayoutStatus {
    /** Accepted; the float is debited. */
    PENDING,
    /** The recipient has the money. */
    SUCCEEDED,
    /** It never got there; the float is as before. */
    FAILED,
    /** It got there and came back. */
    REVERSED
}
