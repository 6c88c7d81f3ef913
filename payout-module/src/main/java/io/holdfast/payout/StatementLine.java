package io.holdfast.payout;

import io.holdfast.ledger.Money;
import io.holdfast.ledger.Times;
import io.holdfast.payout.spi.Outcome;
import java.time.LocalDate;
import java.util.Optional;

/**
 * A payout as a provider's list or statement has it.
 *
 * @param reference the provider's, not empty, of at most 200 characters without control characters
 * @param amount what it paid or was to pay, above zero
 * @param fee what it charged, not below zero, if it says so
 * @param status how it stands there
 * @param address the recipient's, if it is told
 * @param on the provider's date of its standing so, in the years 1900 to 9999, if it is told: what is booked by this line is
 *     booked on it, but for one to come, which is today, and one before our float there was opened, which is that day
 */
public record StatementLine(
        String reference,
        Money amount,
        Optional<Money> fee,
        Status status,
        Optional<String> address,
        Optional<LocalDate> on) {

    /** How a payout stands at the provider. */
    public enum Status {
        /** It has not been decided. */
        UNDER_WAY,
        /** It was paid. */
        PAID,
        /** It failed. */
        FAILED,
        /** It was paid and came back, all of it: a statement has no figure for a part. */
        CAME_BACK,
        /** What is written there means nothing to us. */
        UNREAD
    }

    /**
     * Refuses an empty or malformed reference, what is no payment, and a date in no year that books are kept in.
     *
     * @throws IllegalArgumentException with the value
     */
    public StatementLine {
        if (reference.isBlank()) {
            throw new IllegalArgumentException("A statement's line of " + amount + " has no reference");
        } else if (!References.isOne(reference)) {
            throw new IllegalArgumentException("A statement's line of " + amount + " has a reference of "
                    + reference.length() + " characters: a provider's has at most " + Outcome.REFERENCE_MAX
                    + ", and no control characters");
        } else if (!amount.isPositive()) {
            throw new IllegalArgumentException(
                    "A statement's line of " + amount + " is no payment: the amount has to be above zero");
        }
        fee.filter(Money::isNegative).ifPresent(charged -> {
            throw new IllegalArgumentException("A statement's line of " + amount + " has a fee of " + charged
                    + ", which is below zero: what a provider gives back is no payment");
        });
        on.ifPresent(date -> Times.check("A statement's line of " + amount + " on", date));
    }

    /**
     * Returns a line of a payout that stands so, with no fee, address or date.
     *
     * @throws IllegalArgumentException if the reference is empty
     */
    public static StatementLine of(String reference, Money amount, Status status) {
        return new StatementLine(reference, amount, Optional.empty(), status, Optional.empty(), Optional.empty());
    }

    /**
     * Returns a line of a payout that was paid, with no fee, address or date.
     *
     * @throws IllegalArgumentException if the reference is empty
     */
    public static StatementLine paid(String reference, Money amount) {
        return of(reference, amount, Status.PAID);
    }

    /** Returns the same with what the provider charged. */
    public StatementLine fee(Money charged) {
        return new StatementLine(reference, amount, Optional.of(charged), status, address, on);
    }

    /** Returns the same with the recipient's address. */
    public StatementLine address(String recipient) {
        return new StatementLine(reference, amount, fee, status, Optional.of(recipient), on);
    }

    /** Returns the same with the provider's date. */
    public StatementLine on(LocalDate date) {
        return new StatementLine(reference, amount, fee, status, address, Optional.of(date));
    }

    /** Names the payout, without the recipient. */
    @Override
    public String toString() {
        return reference + " of " + amount + ": " + status;
    }
}
