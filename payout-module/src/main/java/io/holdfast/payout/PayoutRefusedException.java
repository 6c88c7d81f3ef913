package io.holdfast.payout;

/** Thrown when a rule of payouts says no. Nothing was written. */
public final class PayoutRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient PayoutRefusal refusal;

    /** Carries a refusal. */
    public PayoutRefusedException(PayoutRefusal refusal) {
        super(refusal.code() + ": " + refusal.message());
        this.refusal = refusal;
    }

    /** Returns which rule said no, and with which values. */
    public PayoutRefusal refusal() {
        return refusal;
    }
}
