package io.holdfast.payout.engine;

import io.holdfast.payout.PayoutSend;
import io.holdfast.payout.spi.Outcome;
import java.time.Instant;
import java.util.Optional;

/** One sending of an attempt's bytes, and what its own answer proved. */
record Send(int number, Instant sentAt, Optional<Outcome.Code> outcome, Optional<Instant> answeredAt) {

    boolean isUnderWay() {
        return outcome.isEmpty();
    }

    /** Tells whether it is not known what became of this send, whatever is known of another one. */
    boolean isInDoubt() {
        return outcome.isEmpty() || outcome.get() == Outcome.Code.UNKNOWN;
    }

    /** Tells whether a byte of it may have reached the provider. */
    boolean mayHaveLeft() {
        return !outcome.equals(Optional.of(Outcome.Code.NOT_SENT));
    }

    boolean createdNothing() {
        return shown().createdNothing();
    }

    /** Returns it as a host sees it. */
    PayoutSend shown() {
        return new PayoutSend(number, sentAt, outcome, answeredAt);
    }

    Send answered(Outcome.Code code, Instant at) {
        return new Send(number, sentAt, Optional.of(code), Optional.of(at));
    }
}
