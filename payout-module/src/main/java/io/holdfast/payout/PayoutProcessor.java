package io.holdfast.payout;

/**
 * Does what is due with payouts: sends them, asks about them, settles them. Starts no thread: the host calls it from
 * whatever it has, as often as it likes, from as many threads and nodes as it likes.
 *
 * <p>Safe for use by any number of threads. No database transaction is open while a provider is called.
 */
public interface PayoutProcessor {

    /**
     * Takes up payouts that are due, one after the other, and does with each the one thing that is due.
     *
     * @param limit how many at most, above zero
     * @return how many were taken up; fewer than the limit means that no more were due
     * @throws IllegalArgumentException if the limit is not above zero
     */
    int runOnce(int limit);
}
