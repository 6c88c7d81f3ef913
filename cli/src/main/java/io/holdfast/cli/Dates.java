package io.holdfast.cli;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;

/** Reads dates and instants in ISO 8601. */
final class Dates {

    private static final int SHOWN_MAX = 40;

    private Dates() {}

    /**
     * Reads a business date.
     *
     * @throws IllegalArgumentException if it is written otherwise
     */
    static LocalDate date(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "\"" + Excerpts.of(text, SHOWN_MAX) + "\" is not a date such as 2026-01-31", e);
        }
    }

    /**
     * Reads an instant, in UTC or with an offset.
     *
     * @throws IllegalArgumentException if it is written otherwise
     */
    static Instant instant(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "\"" + Excerpts.of(text, SHOWN_MAX) + "\" is not an instant such as 2026-01-31T12:00:00Z", e);
        }
    }
}
