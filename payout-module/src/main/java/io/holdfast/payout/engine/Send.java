package io.holdfast.payout.engine;

import io.holdfast.payout.PayoutSend;
import java.time.Instant;
import java.util.Optional;

/** One sending of an attempt's bytes, and what its own answer proved. */
record Send(int number, Instant sentAt, Optional<String> outcome, Optional<Instant> answeredAt) {

    private static final String IN_DOUBT = "UNKNOWN";
    private static final String NOT_SENT = "NOT_SENT";

    boolean isUnderWay() {
        return outcome.isEmpty();
    }

    /** Tells whether it is not known what became of this send, whatever is known of another one. */
    boolean isInDoubt() {
        return outcome.isEmpty() || outcome.get().equals(IN_DOUBT);
    }

    /** Tells whether a byte of it may have reached the provider. */
    boolean mayHaveLeft() {
        return !outcome.equals(Optional.of(NOT_SENT));
    }

    boolean createdNothing() {
        return shown().createdNothing();
    }

    /** Returns it as a host sees it. */
    PayoutSend shown() {
        return new PayoutSend(number, sentAt, outcome, answeredAt);
    }

    Send answered(String code, Instant at) {
        return new Send(number, sentAt, Optional.of(code), Optional.of(at));
    }
}
