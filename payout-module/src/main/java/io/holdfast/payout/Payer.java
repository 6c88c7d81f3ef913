package io.holdfast.payout;

/** Who bears our fee. */
public enum Payer {
    /** The request names what is paid; the wallet is charged that and the fee. */
    SENDER,
    /** The request names what the wallet is charged; what is paid is that less the fee. */
    RECIPIENT
}
