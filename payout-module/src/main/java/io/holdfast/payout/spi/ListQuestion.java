package io.holdfast.payout.spi;

import io.holdfast.ledger.Times;
import java.time.Instant;
import java.util.Optional;

/**
 * Which part of a provider's list is asked for, in whatever currencies.
 *
 * @param from created at or after; a provider that cannot filter may return earlier ones too
 * @param to created before; a provider that cannot filter may return later ones too
 * @param page where to go on, from {@link ListPage#next}; absent for the first page
 */
public record ListQuestion(Instant from, Instant to, Optional<String> page) {

    /**
     * Refuses a span that ends before it begins or is not in the years 1900 to 9999.
     *
     * @throws IllegalArgumentException with both ends
     */
    public ListQuestion {
        Times.check("A list from", from);
        Times.check("A list to", to);
        if (to.isBefore(from)) {
            throw new IllegalArgumentException("A list from " + from + " to " + to + " ends before it begins");
        }
    }

    /** Tells whether a payout is of the span that is asked for. */
    public boolean covers(ListedPayout payout) {
        return covers(payout.createdAt());
    }

    /** Tells whether what is recorded at a time is of the span that is asked for. */
    public boolean covers(Instant createdAt) {
        return !createdAt.isBefore(from) && createdAt.isBefore(to);
    }

    /** Tells whether another question is about the same payouts, whatever page it asks for. */
    public boolean hasSpanOf(ListQuestion other) {
        return from.equals(other.from) && to.equals(other.to);
    }

    /** Returns the question for the next page. */
    public ListQuestion page(String next) {
        return new ListQuestion(from, to, Optional.of(next));
    }
}
