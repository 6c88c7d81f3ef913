package io.holdfast.payout;

/** The status of a payout. */
public enum PayoutStatus {
    /** The amount is held; other people have to approve it before anything is sent. */
    AWAITING_APPROVAL,
    /** The amount is held; it is not time to send yet. */
    SCHEDULED,
    /** The amount is held; to be sent. Nothing that was sent before is in doubt. */
    PENDING,
    /** The amount is held; a processor is at it, and bytes may be leaving. */
    SENDING,
    /** The amount is held; the provider has it and will decide. */
    PROCESSING,
    /** The amount is held; it was sent and nobody knows what became of it. */
    UNKNOWN,
    /** The amount is held; what became of it cannot be found out without a person. */
    REVIEW,
    /** The provider has paid. */
    SUCCEEDED,
    /** Not paid, as the provider or two people say; what was held is available again. */
    FAILED,
    /** Cancelled or not approved, while every send was known to have created nothing; what was held is available again. */
    CANCELLED,
    /** The provider had paid, and all of it came back. */
    REVERSED;

    /** Tells whether the payout's money is held on the wallet. */
    public boolean isHolding() {
        return switch (this) {
            case AWAITING_APPROVAL, SCHEDULED, PENDING, SENDING, PROCESSING, UNKNOWN, REVIEW -> true;
            case SUCCEEDED, FAILED, CANCELLED, REVERSED -> false;
        };
    }

    /**
     * Tells whether the payout is in doubt: it may have been paid, and nobody knows. Its money stays held until that is known;
     * pay it by no other way meanwhile.
     */
    public boolean isInDoubt() {
        return switch (this) {
            case SENDING, UNKNOWN, REVIEW -> true;
            case AWAITING_APPROVAL, SCHEDULED, PENDING, PROCESSING, SUCCEEDED, FAILED, CANCELLED, REVERSED -> false;
        };
    }

    /** Tells whether the payout has ended. What its provider or people say later may still bring it to another end. */
    public boolean hasEnded() {
        return switch (this) {
            case SUCCEEDED, FAILED, CANCELLED, REVERSED -> true;
            case AWAITING_APPROVAL, SCHEDULED, PENDING, SENDING, PROCESSING, UNKNOWN, REVIEW -> false;
        };
    }
}
