package io.holdfast.ledger;

/**
 * What an account has, on its normal side.
 *
 * @param account whose
 * @param available spendable
 * @param held set aside by holds
 */
public record Balance(Account account, Money available, Money held) {

    /** Returns the sum of both, which is what the books show. */
    public Money total() {
        return available.plus(held);
    }
}
