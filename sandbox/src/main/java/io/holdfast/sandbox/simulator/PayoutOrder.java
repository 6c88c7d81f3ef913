package io.holdfast.sandbox.simulator;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * What a payout is to do.
 *
 * @param account which of the simulator's accounts pays
 * @param recipient who is paid: phone number in digits, or bank account
 * @param amount what the recipient gets, in whole units of the currency, above zero
 * @param fee what the provider takes from the account beside it, zero or more
 * @param key the caller's own key, if any
 */
public record PayoutOrder(
        String account, String recipient, String currency, BigDecimal amount, BigDecimal fee, Optional<String> key) {

    /** Checks the amounts. */
    public PayoutOrder {
        if (amount.signum() <= 0 || fee.signum() < 0) {
            throw new IllegalArgumentException("A payout of " + amount + " with a fee of " + fee
                    + " is none: the amount must be above zero, the fee not below");
        }
    }

    /** Returns what leaves the account. */
    public BigDecimal total() {
        return amount.add(fee);
    }
}
