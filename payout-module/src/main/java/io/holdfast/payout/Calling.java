package io.holdfast.payout;

import java.util.concurrent.Executor;

/**
 * On which threads providers are called, and how many calls are under way at once.
 *
 * @param executor carries out calls. One that it refuses is carried out by the thread that calls {@link
 *     PayoutProcessor#runOnce}, and so is one that it has not begun when it is shut down, if it is an {@link
 *     java.util.concurrent.ExecutorService}. What another executor drops without a word is waited for, for ever
 * @param atOnce how many payouts one {@link PayoutProcessor#runOnce} works on at the same time, above zero; those whose answers
 *     come together share a transaction, so that each of some hundreds costs less than each of a few
 * @param atOnceByProvider how many of the engine's calls to one provider are under way at the same time, above zero
 */
public record Calling(Executor executor, int atOnce, int atOnceByProvider) {

    /** How many calls to one provider are under way at once, unless said otherwise. */
    public static final int AT_ONCE_BY_PROVIDER = 32;

    /** One payout after the other, on the thread that calls {@link PayoutProcessor#runOnce}. */
    public static final Calling ON_THE_CALLERS_THREAD = new Calling(Runnable::run, 1, AT_ONCE_BY_PROVIDER);

    /**
     * Refuses numbers that are not above zero.
     *
     * @throws IllegalArgumentException with the numbers
     */
    public Calling {
        if (atOnce < 1 || atOnceByProvider < 1) {
            throw new IllegalArgumentException(
                    "Calling " + atOnce + " at once and " + atOnceByProvider + " of one provider: both are above zero");
        }
    }

    /** Returns calling on an executor of the host's, such as one of virtual threads or a pool of that many. */
    public static Calling on(Executor executor, int atOnce) {
        return new Calling(executor, atOnce, AT_ONCE_BY_PROVIDER);
    }

    /** Returns the same with another bound for each provider. */
    public Calling byProvider(int calls) {
        return new Calling(executor, atOnce, calls);
    }
}
