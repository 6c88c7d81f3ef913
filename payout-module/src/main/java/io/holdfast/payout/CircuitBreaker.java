package io.holdfast.payout;

import java.time.Duration;

/**
 * When nothing new is sent to a provider any more. Questions and repeated sends go on: they move no money that is not on
 * its way.
 *
 * @param failures after how many first sends, or calls before one, in a row that did not get through, or 0 for never
 * @param pause how long until one payout is sent to find out whether it works again; twice as long after each that fails
 * @param pauseMax the longest pause
 */
public record CircuitBreaker(int failures, Duration pause, Duration pauseMax) {

    /** After 5, for 30 seconds to 10 minutes. */
    public static final CircuitBreaker DEFAULTS = new CircuitBreaker(5, Duration.ofSeconds(30), Duration.ofMinutes(10));

    /** New payouts are sent whatever became of those before. */
    public static final CircuitBreaker OFF = new CircuitBreaker(0, DEFAULTS.pause, DEFAULTS.pauseMax);

    private static final int DOUBLINGS_MAX = 20;

    /**
     * Refuses a number below zero, and pauses that are not above zero, longer than 3650 days or the wrong way round.
     *
     * @throws IllegalArgumentException with the values
     */
    public CircuitBreaker {
        Spans.check("A breaker's pause", pause);
        Spans.check("A breaker's longest pause", pauseMax);
        if (failures < 0 || pause.compareTo(pauseMax) > 0) {
            throw new IllegalArgumentException("A breaker after " + failures + " failures for " + pause + " to "
                    + pauseMax + ": 0 or more failures, and a pause at most the longest");
        }
    }

    /** Tells whether there is one. */
    public boolean isOn() {
        return failures > 0;
    }

    /** Returns how long to wait once so many payouts were sent to find out, and none got through. */
    public Duration pauseAfter(int trials) {
        Duration wait = pause;
        for (int i = 0; i < Math.min(trials, DOUBLINGS_MAX) && wait.compareTo(pauseMax) < 0; i++) {
            wait = wait.multipliedBy(2);
        }
        return wait.compareTo(pauseMax) < 0 ? wait : pauseMax;
    }
}
