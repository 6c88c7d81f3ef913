package io.holdfast.payout.engine;

import io.holdfast.ledger.Money;
import io.holdfast.payout.AttemptState;
import java.util.Optional;
import java.util.Set;

/** Finds out what the reference that an event brings means to the attempt that the event is about. */
final class Meanings {

    private final BookedStore booked;

    Meanings(BookedStore booked) {
        this.booked = booked;
    }

    /** What was paid under a reference, and the account on which it stands. */
    record Suspended(String path, Money paid) {}

    /**
     * What a reference means.
     *
     * @param suspended what was put in suspense under it, if it stands there
     */
    record Meaning(View.Reference reference, Optional<Suspended> suspended) {

        /** There is no reference. */
        static final Meaning NONE = of(View.Reference.NONE);

        private static Meaning of(View.Reference reference) {
            return new Meaning(reference, Optional.empty());
        }

        /** Tells whether the attempt has the reference, as of now or before. */
        boolean isAttempts() {
            return reference == View.Reference.OWN || reference == View.Reference.SECOND;
        }
    }

    /** Returns what a reference, if there is one, means to an attempt as it was before, given which references are bound. */
    Meaning of(
            Transaction transaction, Attempt attempt, Optional<PayoutStore.Given> given, Set<PayoutStore.Given> bound) {
        if (given.isEmpty()) {
            return Meaning.NONE;
        } else if (!bound.contains(given.get())) {
            return Meaning.of(View.Reference.TAKEN);
        }
        String reference = given.get().reference();
        boolean isOwn =
                attempt.reference().isEmpty() || attempt.reference().get().equals(reference);
        // What settles a payout stands in suspense no longer, should it have stood there before.
        boolean mayBeSuspended =
                attempt.state() == AttemptState.SURPLUS || (attempt.state() == AttemptState.SETTLED && !isOwn);
        Optional<Suspended> suspended = Optional.of(attempt)
                .filter(one -> mayBeSuspended)
                .flatMap(one -> booked.suspended(transaction.db(), one.provider(), reference))
                .map(found -> new Suspended(
                        found.path(), Money.ofMinor(attempt.feeBooked().currency(), found.minor())));
        if (suspended.isPresent()) {
            return new Meaning(View.Reference.SUSPENDED, suspended);
        }
        return Meaning.of(isOwn ? View.Reference.OWN : View.Reference.SECOND);
    }
}
