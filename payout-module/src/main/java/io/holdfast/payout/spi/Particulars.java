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
 * @param risk what the provider did on its own by which the recipient may have been paid twice, in words; absent if nothing
 * @param environment in which environment it is; absent if the provider does not tell
 * @param operator which mobile operator it is paid by, as the provider names it; absent if it does not tell
 */
public record Particulars(
        Optional<Money> amount,
        Optional<Money> chargedFee,
        Optional<Money> received,
        Optional<String> recipient,
        Optional<String> reference,
        Optional<Instant> at,
        Optional<String> risk,
        Optional<Environment> environment,
        Optional<String> operator) {

    /** Longest name of an operator that is kept, in characters. */
    public static final int OPERATOR_MAX = 60;

    /**
     * Refuses amounts below zero; cuts a text that is too long, and leaves a time out that is not in the years 1900 to 9999.
     *
     * @throws IllegalArgumentException with the amount
     */
    public Particulars {
        amount.ifPresent(Particulars::checkNotNegative);
        chargedFee.ifPresent(Particulars::checkNotNegative);
        received.ifPresent(Particulars::checkNotNegative);
        Bounds.present(recipient, reference, environment);
        at = Bounds.time(at);
        risk = risk.map(text -> Texts.cut(text, Outcome.DETAIL_MAX));
        operator = operator.map(name -> Texts.cut(name, OPERATOR_MAX));
    }

    /** Nothing told. */
    public static final Particulars NONE = new Particulars(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    /** Returns the same with the amount asked for. */
    public Particulars amount(Money value) {
        return new Particulars(
                Optional.of(value), chargedFee, received, recipient, reference, at, risk, environment, operator);
    }

    /** Returns the same with the fee charged so far. */
    public Particulars chargedFee(Money value) {
        return new Particulars(
                amount, Optional.of(value), received, recipient, reference, at, risk, environment, operator);
    }

    /** Returns the same with what reaches the recipient. */
    public Particulars received(Money value) {
        return new Particulars(
                amount, chargedFee, Optional.of(value), recipient, reference, at, risk, environment, operator);
    }

    /** Returns the same with the address paid to. */
    public Particulars recipient(String value) {
        return new Particulars(
                amount, chargedFee, received, Optional.of(value), reference, at, risk, environment, operator);
    }

    /** Returns the same with our own reference as echoed. */
    public Particulars reference(String value) {
        return new Particulars(
                amount, chargedFee, received, recipient, Optional.of(value), at, risk, environment, operator);
    }

    /** Returns the same with the time at which it came to stand so. */
    public Particulars at(Instant value) {
        return new Particulars(
                amount, chargedFee, received, recipient, reference, Optional.of(value), risk, environment, operator);
    }

    /** Returns the same with what the provider did by which it may pay twice. */
    public Particulars risk(String value) {
        return new Particulars(
                amount, chargedFee, received, recipient, reference, at, Optional.of(value), environment, operator);
    }

    /** Returns the same with the environment that it is in. */
    public Particulars environment(Environment value) {
        return new Particulars(
                amount, chargedFee, received, recipient, reference, at, risk, Optional.of(value), operator);
    }

    /** Returns the same with the operator that it is paid by. */
    public Particulars operator(String value) {
        return new Particulars(
                amount, chargedFee, received, recipient, reference, at, risk, environment, Optional.of(value));
    }

    /** Names what is told, without the recipient. */
    @Override
    public String toString() {
        return "amount " + amount + ", fee " + chargedFee + ", received " + received + ", reference " + reference
                + ", at " + at + ", risk " + risk + ", environment " + environment + ", operator " + operator;
    }

    private static void checkNotNegative(Money money) {
        if (money.isNegative()) {
            throw new IllegalArgumentException("A provider tells of " + money + ", which is below zero");
        }
    }
}
