package io.holdfast.payout.spi;

/** What a provider may offer beyond creating a payout and telling how it stands. */
public enum Feature {
    /** It returns {@link PayoutInstruction#reference} with a payout, so that a listed one is recognised for certain. */
    ECHOES_REFERENCE,
    /**
     * It keeps pairs of text with a payout: {@link PayoutInstruction#metadata}. They are read for a create, and only then.
     * Names under which the adapter puts ids of ours are ours.
     */
    METADATA,
    /** Its payouts can be listed: {@link PayoutProvider#list}. */
    LIST,
    /** It needs a preparatory call before each create: {@link PayoutProvider#prepare}. */
    PREPARATION,
    /** It tells its fee for an amount beforehand: {@link PayoutProvider#fee}. */
    FEE,
    /** It tells what we have prefunded: {@link PayoutProvider#balance}. */
    BALANCE,
    /** It tells which operators it can pay to now: {@link PayoutProvider#availability}. */
    AVAILABILITY,
    /** It takes successful payouts back, sometimes days later. */
    REVERSALS,
    /** It calls back, without a signature: such a call proves nothing and only makes us ask. */
    WEBHOOK_UNSIGNED,
    /** It calls back with a signature. */
    WEBHOOK_SIGNED
}
