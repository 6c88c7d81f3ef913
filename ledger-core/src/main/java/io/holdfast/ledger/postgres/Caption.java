package io.holdfast.ledger.postgres;

import io.holdfast.ledger.Details;
import io.holdfast.ledger.Key;
import io.holdfast.ledger.Refusal;
import java.time.LocalDate;

/** What an entry says beside its postings. */
record Caption(Key key, Details details, String actor, String fingerprint) {

    /** How the keys begin of what payouts record: how they stand says what it is, so nobody else undoes it. */
    private static final String OF_PAYOUTS = Key.reserved("payout", "").value();

    Caption effectiveOn(LocalDate date) {
        return new Caption(key, details.effectiveOn(date), actor, fingerprint);
    }

    /** Refuses to end or to reverse what was recorded under a key of payouts, unless this entry is one of theirs too. */
    void checkMayTouch(String what, Key recordedUnder) {
        boolean isTheirs = recordedUnder.value().startsWith(OF_PAYOUTS);
        if (isTheirs && !key.value().startsWith(OF_PAYOUTS)) {
            throw new Planner.Refusing(new Refusal.OfPayout(what, recordedUnder));
        }
    }

    LocalDate effectiveOn() {
        return details.effectiveOn().orElseThrow();
    }
}
