package io.holdfast.ledger;

/** What a hold is. All but {@link #ACTIVE} are final. */
public enum HoldState {
    ACTIVE,
    COMMITTED,
    RELEASED,
    EXPIRED
}
