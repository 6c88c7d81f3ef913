package io.holdfast.sandbox.postgres;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** A wait with an end: pauses between looks at another process until the patience is used up. */
final class Deadline {

    private static final Duration PAUSE = Duration.ofMillis(30);

    private final long endNanos;

    private Deadline(long endNanos) {
        this.endNanos = endNanos;
    }

    static Deadline in(Duration patience) {
        return new Deadline(System.nanoTime() + patience.toNanos());
    }

    /** Waits a moment; false, and at once, when the time is up or the thread was interrupted. */
    boolean pause() {
        if (System.nanoTime() - endNanos >= 0 || Thread.currentThread().isInterrupted()) {
            return false;
        }
        LockSupport.parkNanos(PAUSE.toNanos());
        return true;
    }

    /** Waits until the time is up. */
    void await() {
        boolean waiting = true;
        while (waiting) {
            waiting = pause();
        }
    }
}
