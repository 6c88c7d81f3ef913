package io.holdfast.ledger;

/** Thrown by the methods that do one thing when a rule of the ledger says no. Nothing was written. */
public final class RefusedException extends Refused {

    private static final long serialVersionUID = 1L;

    private final transient Refusal refusal;

    /** Carries a refusal. */
    public RefusedException(Refusal refusal) {
        super(refusal);
        this.refusal = refusal;
    }

    @Override
    public Refusal refusal() {
        return refusal;
    }
}
