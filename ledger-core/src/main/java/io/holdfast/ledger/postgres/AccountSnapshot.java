package io.holdfast.ledger.postgres;

import io.holdfast.ledger.Account;
import io.holdfast.ledger.Money;
import io.holdfast.ledger.Part;
import io.holdfast.ledger.Side;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Optional;

/**
 * An account under lock: balance and terms, in minor units on its normal side.
 *
 * @param lastSeq position of its latest posting
 * @param earliestExpiry no active hold on it expires before this
 */
record AccountSnapshot(
        long id,
        Account account,
        BigInteger available,
        BigInteger held,
        long lastSeq,
        Terms terms,
        Optional<Instant> earliestExpiry) {

    /** The most that 38 digits can count. */
    static final BigInteger MOST = BigInteger.TEN.pow(Money.DIGITS_MAX).subtract(BigInteger.ONE);

    /** Limits, freezes, closure. */
    record Terms(
            Optional<BigInteger> minimum,
            Optional<BigInteger> maximum,
            boolean debitFrozen,
            boolean creditFrozen,
            boolean closed) {}

    BigInteger total() {
        return available.add(held);
    }

    Money money(BigInteger minor) {
        return Money.ofMinor(account.currency(), minor);
    }

    /** Returns the amount, or the most that can be counted if it is beyond that. */
    Money moneyAtMost(BigInteger minor) {
        return money(minor.min(MOST));
    }

    /** Returns the account after one more posting of so much, positive if it raises the part. */
    AccountSnapshot after(Part part, BigInteger effect) {
        return new AccountSnapshot(
                id,
                account,
                part == Part.AVAILABLE ? available.add(effect) : available,
                part == Part.HELD ? held.add(effect) : held,
                lastSeq + 1,
                terms,
                earliestExpiry);
    }

    AccountSnapshot withEarliestExpiry(Optional<Instant> expiry) {
        return new AccountSnapshot(id, account, available, held, lastSeq, terms, expiry);
    }

    boolean isFrozen() {
        return terms.debitFrozen() || terms.creditFrozen();
    }

    /**
     * Tells whether a freeze blocks a change of what is available by so much on the normal side. A closed account is
     * closed, and not frozen.
     */
    Optional<Side> frozenAgainst(BigInteger change) {
        if (terms.closed()) {
            return Optional.empty();
        }
        if (change.signum() < 0 && terms.debitFrozen()) {
            return Optional.of(Side.DEBIT);
        }
        return change.signum() > 0 && terms.creditFrozen() ? Optional.of(Side.CREDIT) : Optional.empty();
    }
}
