package io.holdfast.payout;

import io.holdfast.ledger.Key;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What a provider has, beside what we have.
 *
 * @param provider which
 * @param from payouts of ours are looked for there if they were sent at or after
 * @param to and before
 * @param lines those of the provider in its order, then those of ours that it lacks, then what of its list cannot be read
 */
public record ReconciliationReport(String provider, Instant from, Instant to, List<Line> lines) {

    /** What comparing one payout came to. */
    public enum Verdict {
        /** Both have the same, or another line of the reference tells how it stands since. */
        MATCHED,
        /** The provider has it, and we do not. What it says was paid stands in suspense, until it is known to have come back. */
        MISSING_HERE,
        /** The provider has it, and it may be one of ours of which we do not know the reference. Nothing was booked. */
        IN_DOUBT,
        /**
         * We have it, and the provider does not show it, or shows it under a reference that is not known here. That proves
         * nothing.
         */
        MISSING_THERE,
        /** The amounts differ. */
        AMOUNT_DIFFERS,
        /** The provider's fees differ. */
        FEE_DIFFERS,
        /** Its status there differs from ours, or more or less of it came back. */
        STATUS_DIFFERS,
        /** The provider lists it, and without a reference, time and amount above zero that can be read: nothing was compared. */
        UNREAD
    }

    /**
     * One payout.
     *
     * @param reference the provider's; absent for one of ours of which none is known, and if it cannot be read
     * @param payout ours, if there is one
     * @param key of ours
     * @param entry the journal entry that put it in suspense, now or before
     * @param detail both sides' values
     */
    public record Line(
            Verdict verdict,
            Optional<String> reference,
            Optional<UUID> payout,
            Optional<Key> key,
            Optional<UUID> entry,
            String detail) {}

    /** Copies the list. */
    public ReconciliationReport {
        lines = List.copyOf(lines);
    }

    /** Returns how many lines came to that. */
    public long count(Verdict verdict) {
        return lines.stream().filter(line -> line.verdict() == verdict).count();
    }

    /** Tells whether both sides have the same throughout. */
    public boolean isClean() {
        return lines.stream().allMatch(line -> line.verdict() == Verdict.MATCHED);
    }
}
