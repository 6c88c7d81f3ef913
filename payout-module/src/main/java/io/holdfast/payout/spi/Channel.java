package io.holdfast.payout.spi;

/** By which way money reaches a recipient. */
public enum Channel {
    MOBILE_MONEY,
    BANK
}
