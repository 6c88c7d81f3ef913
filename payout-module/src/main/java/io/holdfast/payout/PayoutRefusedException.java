package io.holdfast.payout;

import io.holdfast.ledger.Refused;

/** Thrown when a rule of payouts says no. Nothing was written. */
public final class PayoutRefusedException extends Refused {

    private static final long serialVersionUID = 1L;

    private final transient PayoutRefusal refusal;

    /** Carries a refusal. */
    public PayoutRefusedException(PayoutRefusal refusal) {
        super(refusal);
        this.refusal = refusal;
    }

    @Override
    public PayoutRefusal refusal() {
        return refusal;
    }
}
