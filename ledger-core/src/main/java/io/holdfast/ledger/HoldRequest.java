package io.holdfast.ledger;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Asks to set an amount of one account aside.
 *
 * @param key idempotency key, by which the hold can be named too
 * @param details business date, description, metadata, documents
 * @param account whose available part falls and held part rises
 * @param amount above zero, in the account's currency
 * @param expiresAt when the hold ends by itself, in whole microseconds; if absent, never
 */
public record HoldRequest(Key key, Details details, Account account, Money amount, Optional<Instant> expiresAt)
        implements KeyedCommand {

    /**
     * Refuses an amount that is not above zero or not in the account's currency, and a deadline that is not in the years
     * 1900 to 9999; truncates the deadline to microseconds, which is what PostgreSQL keeps.
     *
     * @throws IllegalArgumentException with the value and the rule
     */
    public HoldRequest {
        if (!amount.isPositive()) {
            throw new IllegalArgumentException("Hold \"" + key + "\" of " + amount + ": an amount is above zero");
        }
        if (!account.currency().equals(amount.currency())) {
            throw new IllegalArgumentException(
                    "Hold \"" + key + "\" of " + amount + " on " + account + ": the currencies differ");
        }
        expiresAt.ifPresent(at -> Times.check("Hold \"" + key + "\" until", at));
        expiresAt = expiresAt.map(at -> at.truncatedTo(ChronoUnit.MICROS));
    }

    /**
     * Asks for a hold without a deadline.
     *
     * @throws IllegalArgumentException as the constructor
     */
    public static HoldRequest of(String key, Account account, Money amount) {
        return of(Key.of(key), account, amount);
    }

    /** Asks for a hold without a deadline. */
    public static HoldRequest of(Key key, Account account, Money amount) {
        return new HoldRequest(key, Details.NONE, account, amount, Optional.empty());
    }

    /**
     * Returns the same with a deadline.
     *
     * @throws IllegalArgumentException if it is not in the years 1900 to 9999
     */
    public HoldRequest expiresAt(Instant deadline) {
        return new HoldRequest(key, details, account, amount, Optional.of(deadline));
    }

    /** Returns the same with these details. */
    public HoldRequest with(Details replacement) {
        return new HoldRequest(key, replacement, account, amount, expiresAt);
    }
}
