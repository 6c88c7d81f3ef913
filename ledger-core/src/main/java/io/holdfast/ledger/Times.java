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
        if (time.isBefore(EARLIEST) || time.isAfter(LATEST)) {
            throw new IllegalArgumentException(subject + " " + time + ": times lie in the years 1900 to 9999");
        }
    }
}
