package io.holdfast.ledger.postgres;

import io.holdfast.ledger.RecordedEntry;
import java.util.List;

/**
 * An entry to be written.
 *
 * @param entry with its hash
 * @param places for each posting, in order, which account row it goes to and where among that account's postings
 */
record PlannedEntry(RecordedEntry entry, List<Place> places) {

    record Place(long accountId, long accountSeq) {}
}
