package io.holdfast.ledger;

/** Where a hold stands. All but {@link #ACTIVE} are final. */
public enum HoldState {
    ACTIVE,
    COMMITTED,
    RELEASED,
    EXPIRED
}
