package io.holdfast.payout.spi;

import io.holdfast.ledger.Money;

/**
 * What a provider says it would charge for paying an amount.
 *
 * @param amount what would be paid, as the provider understood the question
 * @param fee what it would charge
 */
public record ProviderFee(Money amount, Money fee) {

    /**
     * Refuses a negative fee and a fee in another currency.
     *
     * @throws IllegalArgumentException with the values
     */
    public ProviderFee {
        if (fee.isNegative() || !fee.currency().equals(amount.currency())) {
            throw new IllegalArgumentException(
                    "Fee " + fee + " for paying " + amount + " is below zero or of another currency");
        }
    }
}
