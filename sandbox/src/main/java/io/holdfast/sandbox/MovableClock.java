package io.holdfast.sandbox;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * A clock whose time moves only when told to. Thread-safe; copies made by {@link #withZone} show the same time and
 * move together.
 */
public final class MovableClock extends Clock {

    private final Hand hand;
    private final ZoneId zone;

    private MovableClock(Hand hand, ZoneId zone) {
        this.hand = hand;
        this.zone = zone;
    }

    /** The time, shared by all copies of a clock. */
    private static final class Hand {

        private Instant now;

        private Hand(Instant now) {
            this.now = now;
        }

        private synchronized Instant now() {
            return now;
        }

        private synchronized Instant advance(Duration duration) {
            now = now.plus(duration);
            return now;
        }

        private synchronized void moveTo(Instant instant) {
            now = instant;
        }
    }

    /** Returns a clock in UTC that stands at the given instant. */
    public static MovableClock at(Instant instant) {
        return new MovableClock(new Hand(instant), ZoneOffset.UTC);
    }

    /**
     * Returns a clock in UTC that stands at the given instant, written as {@code 2026-01-31T12:00:00Z}.
     *
     * @throws java.time.format.DateTimeParseException if the text is no ISO instant
     */
    public static MovableClock at(String instant) {
        return at(Instant.parse(instant));
    }

    /**
     * Moves the clock forward and returns its new time.
     *
     * @throws IllegalArgumentException if the duration is negative; to go back, say so with {@link #moveTo}
     */
    public Instant advance(Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException(
                    "Cannot advance a clock by " + duration + ": give zero or more, or use moveTo to go back");
        }
        return hand.advance(duration);
    }

    /** Sets the clock to the given instant, which may lie in its past. */
    public void moveTo(Instant instant) {
        hand.moveTo(instant);
    }

    @Override
    public Instant instant() {
        return hand.now();
    }

    @Override
    public ZoneId getZone() {
        return zone;
    }

    @Override
    public MovableClock withZone(ZoneId otherZone) {
        return new MovableClock(hand, otherZone);
    }

    @Override
    public String toString() {
        return "MovableClock[" + hand.now() + ", " + zone + "]";
    }
}
