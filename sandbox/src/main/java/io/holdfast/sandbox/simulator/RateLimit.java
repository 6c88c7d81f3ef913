package io.holdfast.sandbox.simulator;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * So many requests per window and caller, the window opened by the caller's first request in it. Used by one thread at
 * a time.
 */
public final class RateLimit {

    private final int limit;
    private final Duration length;
    private final Clock clock;
    private final Map<String, Window> windows = new HashMap<>();

    /** Allows so many requests in each window of this length. */
    public RateLimit(int limit, Duration length, Clock clock) {
        this.limit = limit;
        this.length = length;
        this.clock = clock;
    }

    /** What a request has left of its window; over the limit when {@code used} exceeds {@code limit}. */
    public record Window(Instant opened, int limit, int used, Duration untilReset) {

        /** Returns whether the request may be served. */
        public boolean allows() {
            return used <= limit;
        }

        /** Returns how many more requests may be served in this window. */
        public int remaining() {
            return Math.max(0, limit - used);
        }
    }

    /** Counts a request of the caller. */
    public Window count(String caller) {
        Instant now = clock.instant();
        Window open = windows.getOrDefault(caller, new Window(now, limit, 0, length));
        if (!now.isBefore(open.opened().plus(length))) {
            open = new Window(now, limit, 0, length);
        }
        Duration untilReset = Duration.between(now, open.opened().plus(length));
        Window counted = new Window(open.opened(), limit, open.used() + 1, untilReset);
        windows.put(caller, counted);
        return counted;
    }
}
