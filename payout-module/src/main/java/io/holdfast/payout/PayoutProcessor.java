package io.holdfast.payout;

/**
 * Does what is due with payouts: sends them, asks about them, settles them, takes up webhooks that waited, and numbers the
 * {@link PayoutFeed}. Starts no thread: the host calls it from whatever it has, as often as it likes, from as many threads
 * and nodes as it likes.
 *
 * <p>Safe for use by any number of threads. No database transaction is open while a provider is called.
 */
public interface PayoutProcessor {

    /**
     * Takes up payouts that are due, as many at a time as the engine's {@link Calling} says, and does with each the one
     * thing that is due. When its thread is interrupted it takes up no more.
     *
     * <p>It returns or throws once every call under way has ended, so it takes as long as the slowest call of a provider.
     * By default calls are made one after the other on the caller's thread: a host with many payouts gives the engine a
     * {@link Calling}.
     *
     * <p>It throws the first failure of the database, jOOQ's {@code DataAccessException}, or an {@link Error} such as that
     * memory ran out. Nothing is lost then: what was taken up and not done is taken up again once its lease has run out.
     * What an adapter throws by mistake is not thrown here: it leaves that payout in doubt.
     *
     * @param limit how many at most, above zero
     * @return how many were taken up; fewer than the limit means that no more were due, or that the providers at which
     *     they are take no more calls now
     * @throws IllegalArgumentException if the limit is not above zero
     */
    int runOnce(int limit);
}
