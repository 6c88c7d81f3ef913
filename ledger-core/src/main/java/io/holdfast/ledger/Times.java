package io.holdfast.ledger;

import java.time.Instant;

/** Says which times can be kept: PostgreSQL knows other bounds than Java, and no record of money lies beyond these. */
public final class Times {

    private static final Instant EARLIEST = Instant.parse("1900-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999999Z");

    private Times() {}

    /**
     * Refuses a time that is not in the years 1900 to 9999, in UTC.
     *
     * @param subject what the time is of, as the message begins
     * @throws IllegalArgumentException with the time and the rule
     */
    public static void check(String subject, Instant time) {
        if (!areKept(time)) {
            throw new IllegalArgumentException(subject + " " + time + ": times lie in the years 1900 to 9999");
        }
    }

    /** Tells whether a time is in the years 1900 to 9999, in UTC. */
    public static boolean areKept(Instant time) {
        return !time.isBefore(EARLIEST) && !time.isAfter(LATEST);
    }

    /** Returns the time, or where it is not in those years the nearest that is. */
    public static Instant nearest(Instant time) {
        if (time.isBefore(EARLIEST)) {
            return EARLIEST;
        }
        return time.isAfter(LATEST) ? LATEST : time;
    }
}
