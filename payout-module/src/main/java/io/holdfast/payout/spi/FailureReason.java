package io.holdfast.payout.spi;

/** Why a payout did not happen, in words that all providers share; the provider's own code stands beside it. */
public enum FailureReason {
    /** What we have prefunded at the provider does not suffice: not the customer's failure. */
    INSUFFICIENT_FLOAT,
    /** There is no such recipient, or it cannot be paid this way. */
    INVALID_RECIPIENT,
    /** The recipient may not receive so much. */
    RECIPIENT_LIMIT,
    /** The provider does not pay so little or so much. */
    AMOUNT_OUT_OF_RANGE,
    /** The provider, or the operator behind it, is out of service. */
    PROVIDER_UNAVAILABLE,
    /** The provider does not let us pay: credentials, permissions, a payout service that is switched off. */
    PROVIDER_DISABLED,
    /** It was not carried out in time. */
    EXPIRED,
    /** The provider or the operator refused it without saying more. */
    DECLINED,
    /** None of the others. */
    OTHER
}
