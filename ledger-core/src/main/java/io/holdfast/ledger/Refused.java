package io.holdfast.ledger;

/**
 * Thrown when a rule says no, whichever module's. Nothing was written.
 *
 * <pre>{@code
 * try {
 *     payouts.request(request);
 * } catch (Refused no) {
 *     reply(no.code(), no.getMessage());
 * }
 * }</pre>
 */
public abstract class Refused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String code;

    /** Tells of a refusal by its code and message. */
    protected Refused(AnyRefusal refusal) {
        super(refusal.code() + ": " + refusal.message());
        this.code = refusal.code();
    }

    /** Returns the refusal's stable name, {@code INSUFFICIENT_FUNDS}. */
    public final String code() {
        return code;
    }

    /** Returns which rule said no, and with which values. */
    public abstract AnyRefusal refusal();
}
