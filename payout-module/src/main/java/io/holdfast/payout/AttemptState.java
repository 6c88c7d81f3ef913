package io.holdfast.payout;

/** Where an attempt stands. At most one attempt of a payout is open or settled. */
public enum AttemptState {
    /** It may be sent, may have been sent, may have been carried out. */
    OPEN,
    /** It was not carried out, as its sends, the provider or two people say. Should it be paid after all, that is booked. */
    FAILED,
    /** It was carried out, and the payout's money paid for it. */
    SETTLED,
    /** It was carried out although another attempt is open or settled: what it paid stands in suspense. */
    SURPLUS
}
