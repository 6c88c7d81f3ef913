package io.holdfast.payout;

import io.holdfast.ledger.Account;

/**
 * An account that takes a share of our fee.
 *
 * @param path of a revenue or liability account
 * @param weight its part in proportion to the others', above zero
 */
public record FeeShare(String path, int weight) {

    /**
     * Refuses a malformed path and a weight that is not above zero.
     *
     * @throws IllegalArgumentException with the value and the rule
     */
    public FeeShare {
        Account.checkPath(path);
        if (weight < 1) {
            throw new IllegalArgumentException(
                    "Fee share of " + path + " has weight " + weight + ": weights are above zero");
        }
    }
}
