package io.holdfast.ledger.postgres;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/**
 * What one batch takes as now.
 *
 * @param now by the database's clock, read once the locks were held, in whole microseconds
 * @param today the business date of that
 * @param closedThrough the date through which the books are closed
 */
record Moment(Instant now, LocalDate today, Optional<LocalDate> closedThrough) {

    boolean isClosed(LocalDate date) {
        return closedThrough.isPresent() && !date.isAfter(closedThrough.get());
    }

    /** Returns the date itself, or the first open day after the books' closing. */
    LocalDate firstOpen(LocalDate date) {
        return isClosed(date) ? closedThrough.orElseThrow().plusDays(1) : date;
    }
}
