package io.holdfast.payout;

import io.holdfast.ledger.Money;
import java.util.Optional;

/**
 * A payout as a provider's list or statement has it.
 *
 * @param reference the provider's, not empty
 * @param amount what it paid or was to pay
 * @param fee what it charged, if it says so
 * @param status how it stands there
 * @param address the recipient's, if it is told
 */
public record StatementLine(
        String reference, Money amount, Optional<Money> fee, Status status, Optional<String> address) {

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
     * Refuses an empty reference.
     *
     * @throws IllegalArgumentException with the amount
     */
    public StatementLine {
        if (reference.isBlank()) {
            throw new IllegalArgumentException("A statement's line of " + amount + " has no reference");
        }
    }

    /** Names the payout, without the recipient. */
    @Override
    public String toString() {
        return reference + " of " + amount + ": " + status;
    }
}
