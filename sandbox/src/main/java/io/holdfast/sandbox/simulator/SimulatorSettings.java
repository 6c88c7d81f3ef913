package io.holdfast.sandbox.simulator;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * How a simulator runs, whichever provider it plays.
 *
 * @param clock its time: a {@link io.holdfast.sandbox.MovableClock} where tests move it
 * @param port where it listens on loopback; 0 takes a free one
 * @param settleAfter how long a payout stays pending
 * @param laterAfter how long after that a {@link Fault#REVERSAL} or {@link Fault#LATE_SUCCESS} follows
 * @param slowBy how late a {@link Fault#SLOW_SUCCESS} answers, in real time
 * @param tickEvery how often, in real time, it looks by itself for what is due; empty if only when told to
 * @param seed decides all references and ids; two simulators with one seed give the same
 */
public record SimulatorSettings(
        Clock clock,
        int port,
        Duration settleAfter,
        Duration laterAfter,
        Duration slowBy,
        Optional<Duration> tickEvery,
        long seed) {

    private static final int PORT_MAX = 65_535;

    /** Checks the values. */
    public SimulatorSettings {
        if (port < 0 || port > PORT_MAX) {
            throw new IllegalArgumentException("Port " + port + " is none: use 0 for a free one, or 1 to " + PORT_MAX);
        }
        requireNotNegative("settleAfter", settleAfter);
        requireNotNegative("laterAfter", laterAfter);
        requireNotNegative("slowBy", slowBy);
        if (tickEvery.isPresent()
                && (tickEvery.get().isNegative() || tickEvery.get().isZero())) {
            throw new IllegalArgumentException("tickEvery is " + tickEvery.get() + ": it must be above zero");
        }
    }

    /**
     * Returns the settings for a clock: a free port, payouts settle after 5 s, what comes later comes after an hour,
     * slow answers take 2 s, nothing happens unless told, and the ids follow from the clock's time.
     */
    public static SimulatorSettings with(Clock clock) {
        long seed = clock.instant().toEpochMilli();
        return new SimulatorSettings(
                clock, 0, Duration.ofSeconds(5), Duration.ofHours(1), Duration.ofSeconds(2), Optional.empty(), seed);
    }

    /** Returns these settings with a fixed port. */
    public SimulatorSettings onPort(int fixed) {
        return new SimulatorSettings(clock, fixed, settleAfter, laterAfter, slowBy, tickEvery, seed);
    }

    /** Returns these settings with another time until payouts settle. */
    public SimulatorSettings settlingAfter(Duration duration) {
        return new SimulatorSettings(clock, port, duration, laterAfter, slowBy, tickEvery, seed);
    }

    /** Returns these settings with another time until reversals and late successes. */
    public SimulatorSettings laterAfter(Duration duration) {
        return new SimulatorSettings(clock, port, settleAfter, duration, slowBy, tickEvery, seed);
    }

    /** Returns these settings with another delay of slow answers. */
    public SimulatorSettings slowBy(Duration duration) {
        return new SimulatorSettings(clock, port, settleAfter, laterAfter, duration, tickEvery, seed);
    }

    /** Returns settings for interactive use: what is due happens by itself, looked for this often in real time. */
    public SimulatorSettings tickingEvery(Duration duration) {
        return new SimulatorSettings(clock, port, settleAfter, laterAfter, slowBy, Optional.of(duration), seed);
    }

    /** Returns these settings with another seed of references and ids. */
    public SimulatorSettings seed(long other) {
        return new SimulatorSettings(clock, port, settleAfter, laterAfter, slowBy, tickEvery, other);
    }

    private static void requireNotNegative(String name, Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException(name + " is " + duration + ": it must not be negative");
        }
    }
}
