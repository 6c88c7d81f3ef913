package io.holdfast.payout;

import io.holdfast.ledger.Refusal;

/** What became of one of several requests. */
public sealed interface RequestResult {

    /** The payout is recorded, now or before, under the same key. */
    record Requested(Payout payout) implements RequestResult {}

    /** There is no payout under the key, and nothing was written. */
    sealed interface NotRequested extends RequestResult {}

    /** A rule of payouts said no, and nothing was written. */
    record Refused(PayoutRefusal refusal) implements NotRequested {}

    /** The ledger refused the hold, and nothing was written. */
    record RefusedByLedger(Refusal refusal) implements NotRequested {}
}
