package io.holdfast.payout.engine;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** One sending of an attempt's bytes, and what its own answer proved. */
record Send(int number, Instant sentAt, Optional<String> outcome, Optional<Instant> answeredAt) {

    /** Outcomes of a send that prove that it created nothing. */
    private static final Set<String> PROOF_OF_NOTHING = Set.of("NOT_SENT", "NOT_EXECUTED", "REJECTED");

    private static final String IN_DOUBT = "UNKNOWN";

    boolean isUnderWay() {
        return outcome.isEmpty();
    }

    /** Tells whether it is not known what became of this send, whatever is known of another one. */
    boolean isInDoubt() {
        return outcome.isEmpty() || outcome.get().equals(IN_DOUBT);
    }

    boolean createdNothing() {
        return outcome.isPresent() && PROOF_OF_NOTHING.contains(outcome.get());
    }

    Send answered(String code, Instant at) {
        return new Send(number, sentAt, Optional.of(code), Optional.of(at));
    }
}
