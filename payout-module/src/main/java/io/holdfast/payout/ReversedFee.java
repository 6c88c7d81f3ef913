package io.holdfast.payout;

/** What becomes of our fee when all of a payout comes back. */
public enum ReversedFee {
    /** The wallet gets it back, with the last part. */
    GIVEN_BACK,
    /** We keep it. */
    KEPT
}
