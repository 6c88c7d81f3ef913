package io.holdfast.payout;

import java.time.Duration;

/** Says how long a configured span of time may be: whatever is added to a time has to stay a time that can be kept. */
final class Spans {

    private static final Duration LONGEST = Duration.ofDays(3_650);

    private Spans() {}

    /**
     * Refuses a span that is not above zero, or longer than 3650 days.
     *
     * @param what it is the span of, as the message begins
     * @throws IllegalArgumentException with the span and the rule
     */
    static void check(String what, Duration span) {
        if (span.isNegative() || span.isZero() || span.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    what + " of " + span + ": a span of time is above zero and at most " + LONGEST.toDays() + " days");
        }
    }
}
