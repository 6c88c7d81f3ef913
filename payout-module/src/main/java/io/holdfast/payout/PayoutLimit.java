package io.holdfast.payout;

import io.holdfast.ledger.Currency;
import io.holdfast.ledger.Money;
import java.util.Optional;

/**
 * How much may be paid out. What counts is the amount that is paid, without our fee, from the request on; what fails or is
 * cancelled counts no more. Days and months are those of the ledger's zone.
 *
 * @param subject what is counted: each payout by itself, or all of one wallet or to one recipient
 * @param span within which time it is counted; means nothing for a payout by itself
 * @param currency of the payouts
 * @param count how many payouts at most; if absent, any number
 * @param amount how much at most; if absent, any amount
 */
public record PayoutLimit(
        Subject subject, Span span, Currency currency, Optional<Integer> count, Optional<Money> amount) {

    /** What is counted. */
    public enum Subject {
        /** A payout by itself. */
        PAYOUT,
        /** All payouts of a wallet. */
        WALLET,
        /** All payouts to a recipient, from whichever wallet. */
        RECIPIENT
    }

    /** Within which time. */
    public enum Span {
        /** A business day. */
        DAY,
        /** A calendar month. */
        MONTH
    }

    /**
     * Refuses a limit that limits nothing, a count below zero or of a payout by itself, and an amount that is negative or
     * of another currency.
     *
     * @throws IllegalArgumentException with the values
     */
    public PayoutLimit {
        if (count.isEmpty() && amount.isEmpty()) {
            throw new IllegalArgumentException("A limit by " + subject + " has a count, an amount or both");
        }
        if (count.isPresent() && (count.get() < 0 || subject == Subject.PAYOUT)) {
            throw new IllegalArgumentException("A limit of " + count.get() + " payouts by " + subject
                    + ": a count is 0 or more, and of a WALLET or RECIPIENT");
        }
        if (amount.isPresent()
                && (amount.get().isNegative() || !amount.get().currency().equals(currency))) {
            throw new IllegalArgumentException(
                    "A limit of " + amount.get() + " in " + currency + ": not below zero, and in that currency");
        }
    }

    /** Returns the most that a payout by itself may be. */
    public static PayoutLimit ofPayout(Money amount) {
        return new PayoutLimit(Subject.PAYOUT, Span.DAY, amount.currency(), Optional.empty(), Optional.of(amount));
    }

    /** Returns how much a wallet or recipient may have within a time. */
    public static PayoutLimit amount(Subject subject, Span span, Money amount) {
        return new PayoutLimit(subject, span, amount.currency(), Optional.empty(), Optional.of(amount));
    }

    /** Returns how many payouts a wallet or recipient may have within a time. */
    public static PayoutLimit count(Subject subject, Span span, Currency currency, int count) {
        return new PayoutLimit(subject, span, currency, Optional.of(count), Optional.empty());
    }
}
