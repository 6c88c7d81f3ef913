package io.holdfast.payout;

import io.holdfast.payout.spi.Outcome;

/** The latest that was said of an attempt as a whole; what the answer to one send proved is told by the {@link PayoutSend}. */
public enum AttemptOutcome {
    /** The provider would not even prepare it: {@link Outcome.Rejected}. */
    REJECTED,
    /** The provider has it and will decide: {@link Outcome.Accepted}. */
    ACCEPTED,
    /** It was paid: {@link Outcome.Succeeded}. */
    SUCCEEDED,
    /** The provider says that it failed: {@link Outcome.Failed}. */
    FAILED,
    /** It was paid and came back, or a part of it: {@link Outcome.Reversed}. */
    REVERSED,
    /** Two persons say that it failed, and its provider has said nothing since: unlike the provider's own word that proves no end. */
    SAID_TO_HAVE_FAILED
}
