package io.holdfast.provider;

/** Where a processor dies. */
public enum Step {
    /** Taken up; no attempt is written down. */
    BEFORE_THE_ATTEMPT,
    /** The provider has answered what it was asked in preparation; nothing of that is written down. */
    AFTER_THE_PREPARATION,
    /** The attempt and its send are written down; no byte has left. */
    BEFORE_THE_BYTES,
    /** The provider has the bytes; it has not answered. */
    BEFORE_THE_ANSWER,
    /** The provider has answered; nothing of that is written down. */
    BEFORE_THE_OUTCOME,
    /** The outcome of the send is written down. */
    AFTER_THE_OUTCOME,
    /** It is about to ask how the payout stands. */
    BEFORE_THE_QUESTION,
    /** The provider has told how the payout stands; nothing of that is written down. */
    BEFORE_THE_SETTLEMENT
}
