package io.holdfast.payout;

import io.holdfast.ledger.Account;
import io.holdfast.ledger.Currency;
import io.holdfast.ledger.Times;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Which payouts to list, and in which order.
 *
 * <pre>{@code
 * PayoutQuery.FIRST_PAGE.wallet(alice).newestFirst().page(20, 0)
 * }</pre>
 *
 * @param statuses only those of one of these statuses; if empty, of any
 * @param wallet only those of the accounts of this path; if absent, of any
 * @param currency only those in this currency; if absent, in any
 * @param from only those requested at or after this time; if absent, from the first one on
 * @param to only those requested before this time; if absent, up to the last one
 * @param order in which they are listed
 * @param limit the most to return, 1 to {@value #LIMIT_MAX}
 * @param offset how many to leave out first
 */
public record PayoutQuery(
        Set<PayoutStatus> statuses,
        Optional<String> wallet,
        Optional<Currency> currency,
        Optional<Instant> from,
        Optional<Instant> to,
        Order order,
        int limit,
        int offset) {

    /** The most payouts on a page. */
    public static final int LIMIT_MAX = 1_000;

    /** The first 100 of all payouts, the oldest first. */
    public static final PayoutQuery FIRST_PAGE = new PayoutQuery(
            Set.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Order.OLDEST_FIRST,
            100,
            0);

    /** In which order payouts are listed. */
    public enum Order {
        /** As they were requested. Payouts that are requested meanwhile change no page but the last. */
        OLDEST_FIRST,
        /** The latest request first. Each payout that is requested meanwhile moves all pages on by one. */
        NEWEST_FIRST
    }

    /**
     * Copies the set, and refuses a malformed path, a limit or offset out of range and times that are not in the years 1900 to 9999.
     *
     * @throws IllegalArgumentException with the value
     */
    public PayoutQuery {
        statuses = Set.copyOf(statuses);
        wallet.ifPresent(Account::checkPath);
        from.ifPresent(first -> Times.check("Payouts requested from", first));
        to.ifPresent(end -> Times.check("Payouts requested before", end));
        if (limit < 1 || limit > LIMIT_MAX || offset < 0) {
            throw new IllegalArgumentException("A page of " + limit + " from " + offset + ": the limit is 1 to "
                    + LIMIT_MAX + ", the offset 0 or more");
        }
    }

    /** Returns the same for payouts of one status. */
    public PayoutQuery status(PayoutStatus only) {
        return statuses(Set.of(only));
    }

    /** Returns the same for payouts of one of these statuses; if there are none, of any. */
    public PayoutQuery statuses(Set<PayoutStatus> only) {
        return new PayoutQuery(only, wallet, currency, from, to, order, limit, offset);
    }

    /** Returns the same for payouts of an account: of its path, in its currency. */
    public PayoutQuery wallet(Account only) {
        return wallet(only.path()).currency(only.currency());
    }

    /**
     * Returns the same for payouts of all accounts of a path, which differ in currency.
     *
     * @throws IllegalArgumentException as the constructor
     */
    public PayoutQuery wallet(String path) {
        return new PayoutQuery(statuses, Optional.of(path), currency, from, to, order, limit, offset);
    }

    /**
     * Returns the same for payouts in a currency. Where no wallet is named, the payouts in other currencies are passed over one
     * by one, and the total is counted.
     */
    public PayoutQuery currency(Currency only) {
        return new PayoutQuery(statuses, wallet, Optional.of(only), from, to, order, limit, offset);
    }

    /**
     * Returns the same for payouts requested at or after a time.
     *
     * @throws IllegalArgumentException as the constructor
     */
    public PayoutQuery since(Instant first) {
        return new PayoutQuery(statuses, wallet, currency, Optional.of(first), to, order, limit, offset);
    }

    /**
     * Returns the same for payouts requested before a time.
     *
     * @throws IllegalArgumentException as the constructor
     */
    public PayoutQuery until(Instant end) {
        return new PayoutQuery(statuses, wallet, currency, from, Optional.of(end), order, limit, offset);
    }

    /**
     * Returns the same for payouts requested in a span of time, its end excluded.
     *
     * @throws IllegalArgumentException as the constructor
     */
    public PayoutQuery between(Instant first, Instant end) {
        return since(first).until(end);
    }

    /** Returns the same, the latest request first. */
    public PayoutQuery newestFirst() {
        return new PayoutQuery(statuses, wallet, currency, from, to, Order.NEWEST_FIRST, limit, offset);
    }

    /** Returns the same for another page. */
    public PayoutQuery page(int newLimit, int newOffset) {
        return new PayoutQuery(statuses, wallet, currency, from, to, order, newLimit, newOffset);
    }
}
