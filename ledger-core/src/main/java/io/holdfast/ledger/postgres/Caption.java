package io.holdfast.ledger.postgres;

import io.holdfast.ledger.Details;
import io.holdfast.ledger.Key;
import java.time.LocalDate;

/** What an entry says beside its postings. */
record Caption(Key key, Details details, String actor, String fingerprint) {

    Caption effectiveOn(LocalDate date) {
        return new Caption(key, details.effectiveOn(date), actor, fingerprint);
    }

    LocalDate effectiveOn() {
        return details.effectiveOn().orElseThrow();
    }
}
