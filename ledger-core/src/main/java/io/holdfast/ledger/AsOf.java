package io.holdfast.ledger;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/**
 * A point on both time axes: what had taken effect by a business date, as far as the ledger knew it at an instant.
 *
 * @param effective the last business date that counts, inclusive; if absent, every date
 * @param recordedBy the last instant of recording that counts, inclusive; if absent, everything recorded
 */
public record AsOf(Optional<LocalDate> effective, Optional<Instant> recordedBy) {

    /** Everything that is recorded, whatever its date. */
    public static final AsOf EVERYTHING = new AsOf(Optional.empty(), Optional.empty());

    /**
     * Refuses a date or an instant that is not in the years 1900 to 9999.
     *
     * @throws IllegalArgumentException with the value and the rule
     */
    public AsOf {
        effective.ifPresent(date -> Times.check("Effective date", date));
        recordedBy.ifPresent(instant -> Times.check("Recorded by", instant));
    }

    /**
     * Returns the books at the end of a business date.
     *
     * @throws IllegalArgumentException as the constructor
     */
    public static AsOf effective(LocalDate date) {
        return new AsOf(Optional.of(date), Optional.empty());
    }

    /**
     * Returns the same as the ledger knew it at an instant.
     *
     * @throws IllegalArgumentException as the constructor
     */
    public AsOf recordedBy(Instant instant) {
        return new AsOf(effective, Optional.of(instant));
    }
}
