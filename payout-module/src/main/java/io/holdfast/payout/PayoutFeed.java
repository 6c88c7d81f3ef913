package io.holdfast.payout;

import java.sql.Connection;
import java.util.List;

/**
 * Everything that happens to a ledger's payouts, in one order that never changes: a host that reads on from where it was
 * misses nothing and sees each transition at least once.
 *
 * <pre>{@code
 * PayoutFeed feed = engine.feed().within(connection);
 * for (PayoutEvent event : feed.after(feed.offset("mail"), 100)) {
 *     ...
 *     feed.advance("mail", event.number());
 * }
 * }</pre>
 *
 * <p>{@link PayoutProcessor#runOnce} gives the numbers, one processor at a time, to what is committed by then: they follow on
 * each other without gaps, and nothing ever appears below a number that could be read. A transition in a transaction that is
 * still open gets its number once that has committed. A payout's own transitions come in their order.
 *
 * <p>A consumer that reads and stores its offset in the transaction in which it does its work, as above, does it exactly once,
 * on however many nodes it runs. Safe for use by any number of threads, except a feed from {@link #within}, which belongs to its
 * connection's thread.
 */
public interface PayoutFeed {

    /** The most events that are read at once. */
    int LIMIT_MAX = 1_000;

    /** The longest name of a consumer, in characters. */
    int CONSUMER_MAX = 100;

    /**
     * Returns this feed in the host's transaction.
     *
     * @throws IllegalArgumentException if the connection is in auto-commit mode
     */
    PayoutFeed within(Connection connection);

    /**
     * Returns the events after an offset, in order; nothing if there are none yet.
     *
     * @param offset the number of the last event that is known, 0 to begin with the first
     * @param limit 1 to {@value #LIMIT_MAX}
     * @throws IllegalArgumentException if the offset is below 0, or the limit out of range
     */
    List<PayoutEvent> after(long offset, int limit);

    /**
     * Returns the offset that a consumer has stored; 0 if none. In the host's transaction the offset is the consumer's until
     * that ends: the same consumer on another node waits here, and then sees what this one has stored. Above read committed it
     * may fail with the SQL state 40001 instead, as any statement there: the host then begins again.
     *
     * @throws IllegalArgumentException if the name is empty or longer than {@value #CONSUMER_MAX} characters, or holds
     *     U+0000 or half a surrogate pair
     */
    long offset(String consumer);

    /**
     * Stores how far a consumer has come. It may go back, to read again.
     *
     * @throws IllegalArgumentException if there is no event of that number, or the name is empty or longer than {@value
     *     #CONSUMER_MAX} characters, or holds
     *     U+0000 or half a surrogate pair
     */
    void advance(String consumer, long offset);
}
