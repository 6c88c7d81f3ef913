package io.holdfast.ledger;

/**
 * A rule said no, and nothing was written. Each module has refusals of its own: those of the ledger are {@link Refusal}.
 */
public interface AnyRefusal {

    /** Returns the refusal's stable name, {@code INSUFFICIENT_FUNDS}. */
    String code();

    /** Returns what was refused and why, with the values. */
    String message();
}
