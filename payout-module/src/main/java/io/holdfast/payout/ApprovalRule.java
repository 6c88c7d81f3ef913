package io.holdfast.payout;

import io.holdfast.ledger.Money;

/**
 * How many other people have to approve payouts of more than an amount.
 *
 * @param above not below zero; payouts of more than this, as their requests name it, in its currency
 * @param checkers 0, 1 or 2, beside the person who requested the payout
 */
public record ApprovalRule(Money above, int checkers) {

    /** The most that can be asked for. */
    public static final int CHECKERS_MAX = 2;

    /**
     * Refuses an amount below zero and more checkers than there can be.
     *
     * @throws IllegalArgumentException with the value and the rule
     */
    public ApprovalRule {
        if (above.isNegative()) {
            throw new IllegalArgumentException("Approval above " + above + ": an amount is not below zero");
        }
        if (checkers < 0 || checkers > CHECKERS_MAX) {
            throw new IllegalArgumentException(
                    "Approval by " + checkers + " checkers: 0 to " + CHECKERS_MAX + " are possible");
        }
    }

    /** Tells whether this rule is about payouts of that amount. */
    public boolean appliesTo(Money amount) {
        return amount.currency().equals(above.currency()) && amount.compareTo(above) > 0;
    }
}
