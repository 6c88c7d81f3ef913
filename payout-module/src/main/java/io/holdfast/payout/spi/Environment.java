package io.holdfast.payout.spi;

/** Whether money is meant. What belongs to one environment of a provider never settles what belongs to the other. */
public enum Environment {
    /** Nothing is really paid. */
    TEST,
    /** Money moves. */
    LIVE
}
