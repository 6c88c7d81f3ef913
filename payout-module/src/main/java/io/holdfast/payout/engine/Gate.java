package io.holdfast.payout.engine;

import io.holdfast.payout.spi.PayoutProvider;
import io.holdfast.payout.spi.RateLimit;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * How many calls one provider takes now: as many as may be under way at once, no more than its rate allows, and none for
 * as long as it asked not to be called. Rates go by the time at which payouts are claimed, pauses by that at which they are
 * asked for. If the clock is set back, both go on from there. Safe for use by any number of threads.
 */
final class Gate {

    /** By how much at most the moments that callers bring are out of order though nobody has set the clock. */
    private static final Duration DISORDER = Duration.ofSeconds(5);

    /** How finely waits are told, in parts of what one call takes. */
    private static final int PARTS = 1_000;

    private final PayoutProvider provider;
    private final int atOnceMax;
    private final Supplier<Instant> clock;
    private int underWay;
    private boolean isNewFirst;
    private double allowance;
    private Instant asOf = Instant.EPOCH;
    private Instant pausedUntil = Instant.EPOCH;
    private Duration pause = Duration.ZERO;

    Gate(PayoutProvider provider, int atOnceMax, Supplier<Instant> clock) {
        this.provider = provider;
        this.clock = clock;
        this.atOnceMax = atOnceMax;
        this.allowance = rate().map(RateLimit::calls).orElse(0);
    }

    PayoutProvider provider() {
        return provider;
    }

    /** Lets in as many as it can, at most as many as wanted; each has to {@link #leave}. */
    synchronized int enter(int wanted, Instant now) {
        earn(now);
        if (!pauseLeft(now).isZero()) {
            return 0;
        }
        int room = Math.min(wanted, atOnceMax - underWay);
        int entered = Math.max(0, rate().isPresent() ? Math.min(room, (int) allowance) : room);
        underWay += entered;
        allowance -= rate().isPresent() ? entered : 0;
        return entered;
    }

    /** Tells, every other time, that what is new goes in first: where only one may, it is not always one of the other kind. */
    synchronized boolean isNewFirst() {
        isNewFirst = !isNewFirst;
        return isNewFirst;
    }

    /** Takes back that some were let in who had nothing to do. */
    synchronized void turnBack(int entered) {
        underWay -= entered;
        allowance += rate().isPresent() ? entered : 0;
    }

    synchronized void leave() {
        underWay--;
    }

    /** Counts a call beside the one that each who was let in makes. */
    synchronized void countOneMore() {
        allowance -= rate().isPresent() ? 1 : 0;
    }

    /** Tells whether the rate has room for one more call, and the provider has not asked for a pause. */
    boolean hasRoom(Instant now) {
        return roomAfter(now).isZero();
    }

    /** Returns how long there is no room for one more call, as far as is known now. */
    synchronized Duration roomAfter(Instant now) {
        earn(now);
        Duration lacking = rate().filter(rate -> allowance < 1)
                .map(rate -> rate.per()
                        .dividedBy(rate.calls())
                        .multipliedBy((long) Math.ceil((1 - allowance) * PARTS))
                        .dividedBy(PARTS)
                        .plusMillis(1))
                .orElse(Duration.ZERO);
        Duration paused = pauseLeft(now);
        return paused.compareTo(lacking) > 0 ? paused : lacking;
    }

    /** Counts a call more if {@link #hasRoom} for it, and tells whether. */
    synchronized boolean takeOneMore(Instant now) {
        boolean isTaken = hasRoom(now);
        if (isTaken) {
            countOneMore();
        }
        return isTaken;
    }

    /** Heeds that the provider wants not to be called for a while from now on. */
    void pause(Duration wait) {
        pauseUntil(clock.get().plus(wait), wait);
    }

    private synchronized void pauseUntil(Instant until, Duration wait) {
        if (until.isAfter(pausedUntil)) {
            pausedUntil = until;
            pause = wait;
        }
    }

    private Duration pauseLeft(Instant now) {
        if (!now.isBefore(pausedUntil)) {
            return Duration.ZERO;
        }
        Duration left = Duration.between(now, pausedUntil);
        if (left.compareTo(pause.plus(DISORDER)) > 0) {
            pausedUntil = now.plus(pause);
            return pause;
        }
        return left;
    }

    private void earn(Instant now) {
        if (now.isBefore(asOf.minus(DISORDER))) {
            asOf = now;
        } else if (now.isAfter(asOf)) {
            Instant before = asOf;
            asOf = now;
            rate().ifPresent(rate -> {
                double spans = (double) Duration.between(before, now).toNanos()
                        / rate.per().toNanos();
                allowance = Math.min(rate.calls(), allowance + spans * rate.calls());
            });
        }
    }

    private Optional<RateLimit> rate() {
        return provider.capabilities().rateLimit();
    }
}
