package io.holdfast.ledger;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** Says which times and dates can be kept: PostgreSQL knows other bounds than Java, and no record of money lies beyond these. */
public final class Times {

    private static final LocalDate FIRST = LocalDate.of(1900, 1, 1);
    private static final LocalDate LAST = LocalDate.of(9999, 12, 31);
    private static final Instant BEGIN = FIRST.atStartOfDay(ZoneOffset.UTC).toInstant();
    private static final Instant END =
            LAST.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    private static final String RULE = " lie in the years " + FIRST.getYear() + " to " + LAST.getYear();

    private Times() {}

    /**
     * Refuses a time that is not in the years 1900 to 9999, in UTC.
     *
     * @param subject what the time is of, as the message begins
     * @throws IllegalArgumentException with the time and the rule
     */
    public static void check(String subject, Instant time) {
        if (!areKept(time)) {
            throw new IllegalArgumentException(subject + " " + time + ": times" + RULE);
        }
    }

    /**
     * Refuses a date that is not in the years 1900 to 9999.
     *
     * @param subject what the date is of, as the message begins
     * @throws IllegalArgumentException with the date and the rule
     */
    public static void check(String subject, LocalDate date) {
        if (!areKept(date)) {
            throw new IllegalArgumentException(subject + " " + date + ": dates" + RULE);
        }
    }

    /** Tells whether a time is in the years 1900 to 9999, in UTC. */
    public static boolean areKept(Instant time) {
        return !time.isBefore(BEGIN) && time.isBefore(END);
    }

    /** Tells whether a date is in the years 1900 to 9999. */
    public static boolean areKept(LocalDate date) {
        return !date.isBefore(FIRST) && !date.isAfter(LAST);
    }

    /** Returns the time, or where it is not in those years the nearest that is. */
    public static Instant nearest(Instant time) {
        if (time.isBefore(BEGIN)) {
            return BEGIN;
        }
        return time.isBefore(END) ? time : END.minusSeconds(1);
    }
}
