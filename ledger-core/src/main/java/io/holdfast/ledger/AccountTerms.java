package io.holdfast.ledger;

import java.util.Optional;

/**
 * On what terms an account is open.
 *
 * @param account which
 * @param minimum what is available may not fall below it, on the account's normal side; if absent, no limit
 * @param maximum the total may not rise above it, on the account's normal side; if absent, no limit
 */
public record AccountTerms(Account account, Optional<Money> minimum, Optional<Money> maximum) {

    /**
     * Refuses limits of another currency, and a minimum above the maximum.
     *
     * @throws IllegalArgumentException with the values
     */
    public AccountTerms {
        minimum.ifPresent(limit -> checkCurrency(account, limit));
        maximum.ifPresent(limit -> checkCurrency(account, limit));
        if (minimum.isPresent() && maximum.isPresent() && minimum.get().compareTo(maximum.get()) > 0) {
            throw new IllegalArgumentException("Account " + account + " cannot have a minimum of " + minimum.get()
                    + " above its maximum of " + maximum.get());
        }
    }

    /** Returns terms without limits. */
    public static AccountTerms of(Account account) {
        return new AccountTerms(account, Optional.empty(), Optional.empty());
    }

    /**
     * Returns terms without limits.
     *
     * @throws IllegalArgumentException if the path is malformed
     */
    public static AccountTerms of(String path, Currency currency) {
        return of(Account.of(path, currency));
    }

    /** Returns the same with a minimum. */
    public AccountTerms minimum(Money limit) {
        return new AccountTerms(account, Optional.of(limit), maximum);
    }

    /** Returns the same with a maximum. */
    public AccountTerms maximum(Money limit) {
        return new AccountTerms(account, minimum, Optional.of(limit));
    }

    /** Returns the same without a minimum. */
    public AccountTerms withoutMinimum() {
        return new AccountTerms(account, Optional.empty(), maximum);
    }

    /** Returns the same without a maximum. */
    public AccountTerms withoutMaximum() {
        return new AccountTerms(account, minimum, Optional.empty());
    }

    private static void checkCurrency(Account account, Money limit) {
        if (!limit.currency().equals(account.currency())) {
            throw new IllegalArgumentException("Limit " + limit + " of account " + account + ": the currencies differ");
        }
    }
}
