package io.holdfast.payout;

import io.holdfast.ledger.Account;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Which payouts to list.
 *
 * @param statuses only those that stand in one of these ways; if there are none, however they stand
 * @param wallet only those of this account
 * @param from only those requested at or after
 * @param to only those requested before
 * @param limit the most to return, 1 to {@value #LIMIT_MAX}
 * @param offset how many to leave out first
 */
public record PayoutQuery(
        Set<PayoutStatus> statuses,
        Optional<Account> wallet,
        Optional<Instant> from,
        Optional<Instant> to,
        int limit,
        int offset) {

    /** The most payouts on a page. */
    public static final int LIMIT_MAX = 1_000;

    /** The first page of all payouts. */
    public static final PayoutQuery ALL =
            new PayoutQuery(Set.of(), Optional.empty(), Optional.empty(), Optional.empty(), 100, 0);

    /**
     * Copies the set, and refuses a limit or offset out of range.
     *
     * @throws IllegalArgumentException with the value
     */
    public PayoutQuery {
        statuses = Set.copyOf(statuses);
        if (limit < 1 || limit > LIMIT_MAX || offset < 0) {
            throw new IllegalArgumentException("A page of " + limit + " from " + offset + ": the limit is 1 to "
                    + LIMIT_MAX + ", the offset 0 or more");
        }
    }

    /** Returns the same for payouts that stand so. */
    public PayoutQuery status(PayoutStatus only) {
        return statuses(Set.of(only));
    }

    /** Returns the same for payouts that stand in one of these ways; if there are none, however they stand. */
    public PayoutQuery statuses(Set<PayoutStatus> only) {
        return new PayoutQuery(only, wallet, from, to, limit, offset);
    }

    /** Returns the same for payouts of an account. */
    public PayoutQuery wallet(Account only) {
        return new PayoutQuery(statuses, Optional.of(only), from, to, limit, offset);
    }

    /** Returns the same for payouts requested in a span of time, its end excluded. */
    public PayoutQuery between(Instant first, Instant end) {
        return new PayoutQuery(statuses, wallet, Optional.of(first), Optional.of(end), limit, offset);
    }

    /** Returns the same for another page. */
    public PayoutQuery page(int newLimit, int newOffset) {
        return new PayoutQuery(statuses, wallet, from, to, newLimit, newOffset);
    }
}
