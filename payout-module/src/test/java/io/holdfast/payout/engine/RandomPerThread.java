package io.holdfast.payout.engine;

import java.util.Random;

/** What each thread draws from it follows from the thread's own seed, whatever others draw meanwhile. */
final class RandomPerThread extends Random {

    private static final long serialVersionUID = 1L;

    private final transient ThreadLocal<Random> own = ThreadLocal.withInitial(() -> {
        throw new IllegalStateException("Thread " + Thread.currentThread().getName() + " draws and was given no seed");
    });

    /** Gives this thread its own seed. */
    void begin(long seed) {
        own.set(new Random(seed));
    }

    @Override
    protected int next(int bits) {
        return own.get().nextInt() >>> (Integer.SIZE - bits);
    }
}
