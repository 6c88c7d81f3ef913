package io.holdfast.payout;

import io.holdfast.ledger.AnyRefusal;
import io.holdfast.ledger.Refusal;
import io.holdfast.ledger.RefusedException;

/** What became of one of several requests. */
public sealed interface RequestResult {

    /**
     * Returns the payout.
     *
     * @throws io.holdfast.ledger.Refused if a rule said no: {@link PayoutRefusedException}, or {@link RefusedException} if
     *     it was the ledger's
     */
    Payout payoutOrThrow();

    /** The payout was requested, now or before, under the same key. */
    record Requested(Payout payout) implements RequestResult {
        @Override
        public Payout payoutOrThrow() {
            return payout;
        }
    }

    /** There is no payout under the key, and nothing was written. */
    sealed interface NotRequested extends RequestResult {

        /** Returns which rule said no, and with which values. */
        AnyRefusal refusal();
    }

    /** A rule of payouts said no, and nothing was written. */
    record Refused(PayoutRefusal refusal) implements NotRequested {
        @Override
        public Payout payoutOrThrow() {
            throw new PayoutRefusedException(refusal);
        }
    }

    /** The ledger refused the hold, and nothing was written. */
    record RefusedByLedger(Refusal refusal) implements NotRequested {
        @Override
        public Payout payoutOrThrow() {
            throw new RefusedException(refusal);
        }
    }
}
