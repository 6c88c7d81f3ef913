package io.holdfast.payout.spi;

/** Who bears the provider's fee. An adapter whose provider leaves it open is told by configuration, or refuses to start. */
public enum FeeMode {
    /** What we have at the provider falls by amount and fee; the recipient receives the amount. */
    ON_TOP,
    /** What we have at the provider falls by the amount; the recipient receives the amount less the fee. */
    DEDUCTED
}
