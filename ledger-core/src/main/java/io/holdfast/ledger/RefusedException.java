package io.holdfast.ledger;

/** Thrown by the methods that do one thing when a rule says no. Nothing was written. */
public final class RefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Refusal refusal;

    /** Carries a refusal. */
    public RefusedException(Refusal refusal) {
        super(refusal.code() + ": " + refusal.message());
        this.refusal = refusal;
    }

    /** Returns which rule said no, and with which values. */
    public Refusal refusal() {
        return refusal;
    }
}
