package io.holdfast.payout.spi;

import io.holdfast.ledger.Money;
import java.time.Instant;
import java.util.Optional;

/**
 * What a provider tells of a payout beside how it stands. The engine compares it with what was asked, and books the
 * provider's own figures.
 *
 * @param amount what the provider was asked to pay, as it understood it
 * @param chargedFee what it charges us for this payout, cumulative: never a difference
 * @param received what reaches the recipient
 * @param recipient the address it pays to, in full; absent if the provider masks it
 * @param reference our own reference, echoed
 * @param at when it came to stand so
 */
public record Particulars(
        Optional<Money> amount,
        Optional<Money> chargedFee,
        Optional<Money> received,
        Optional<String> recipient,
        Optional<String> reference,
        Optional<Instant> at) {

    /**
     * Refuses amounts below zero.
     *
     * @throws IllegalArgumentException with the amount
     */
    public Particulars {
        amount.ifPresent(Particulars::checkNotNegative);
        chargedFee.ifPresent(Particulars::checkNotNegative);
        received.ifPresent(Particulars::checkNotNegative);
    }

    /** Nothing told. */
    public static final Particulars NONE = new Particulars(
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /** Returns the same with the amount asked for. */
    public Particulars amount(Money value) {
        return new Particulars(Optional.of(value), chargedFee, received, recipient, reference, at);
    }

    /** Returns the same with the fee charged so far. */
    public Particulars chargedFee(Money value) {
        return new Particulars(amount, Optional.of(value), received, recipient, reference, at);
    }

    /** Returns the same with what reaches the recipient. */
    public Particulars received(Money value) {
        return new Particulars(amount, chargedFee, Optional.of(value), recipient, reference, at);
    }

    /** Returns the same with the address paid to. */
    public Particulars recipient(String value) {
        return new Particulars(amount, chargedFee, received, Optional.of(value), reference, at);
    }

    /** Returns the same with our own reference as echoed. */
    public Particulars reference(String value) {
        return new Particulars(amount, chargedFee, received, recipient, Optional.of(value), at);
    }

    /** Returns the same with the time at which it came to stand so. */
    public Particulars at(Instant value) {
        return new Particulars(amount, chargedFee, received, recipient, reference, Optional.of(value));
    }

    /** Names what is told, without the recipient. */
    @Override
    public String toString() {
        return "amount " + amount + ", fee " + chargedFee + ", received " + received + ", reference " + reference
                + ", at " + at;
    }

    private static void checkNotNegative(Money money) {
        if (money.isNegative()) {
            throw new IllegalArgumentException("A provider tells of " + money + ", which is below zero");
        }
    }
}
