package io.holdfast.provider.snippe;

/** Where a processor dies. */
enum Step {
    /** Taken up; no attempt is written down. */
    BEFORE_THE_ATTEMPT,
    /** The attempt and its send are written down; no byte has left. */
    BEFORE_THE_BYTES,
    /** Snippe has the bytes; it has not answered. */
    BEFORE_THE_ANSWER,
    /** Snippe has answered; nothing of that is written down. */
    BEFORE_THE_OUTCOME,
    /** The outcome of the send is written down. */
    AFTER_THE_OUTCOME,
    /** It is about to ask how the payout stands. */
    BEFORE_THE_QUESTION,
    /** Snippe has told how the payout stands; nothing of that is written down. */
    BEFORE_THE_SETTLEMENT
}
