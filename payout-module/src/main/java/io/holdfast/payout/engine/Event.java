package io.holdfast.payout.engine;

import io.holdfast.payout.PayoutTransition.Cause;
import io.holdfast.payout.spi.Outcome;
import java.util.Optional;
import java.util.UUID;

/**
 * Something learned about an attempt, from whatever source.
 *
 * @param send which send was answered, if this is the answer to one
 * @param lease the token of the claim under which it was learned, which ends with it
 */
record Event(UUID payout, int attempt, Optional<Integer> send, Cause cause, Outcome outcome, Optional<Long> lease) {

    static Event answer(UUID payout, int attempt, int send, Outcome outcome, long lease) {
        return new Event(payout, attempt, Optional.of(send), Cause.SEND, outcome, Optional.of(lease));
    }

    static Event learned(UUID payout, int attempt, Cause cause, Outcome outcome, long lease) {
        return new Event(payout, attempt, Optional.empty(), cause, outcome, Optional.of(lease));
    }

    Event outcome(Outcome replacement) {
        return new Event(payout, attempt, send, cause, replacement, lease);
    }
}
