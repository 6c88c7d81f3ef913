package io.holdfast.ledger;

/**
 * One line of a journal entry.
 *
 * @param account whose balance it changes
 * @param side debit or credit
 * @param part whether it touches what is available or what is held
 * @param amount above zero, in the account's currency
 * @param description of this line alone; empty for none
 */
public record Posting(Account account, Side side, Part part, Money amount, String description) {

    /**
     * Refuses an amount that is not above zero or not in the account's currency.
     *
     * @throws IllegalArgumentException with the amount and the rule
     */
    public Posting {
        if (!amount.isPositive()) {
            throw new IllegalArgumentException("Posting of " + amount + " to " + account.path()
                    + ": an amount is above zero, the side says which way it goes");
        }
        if (!account.currency().equals(amount.currency())) {
            throw new IllegalArgumentException("Posting of " + amount + " to " + account + ": the currencies differ");
        }
        description = Text.normalized("Line description", description, Text.DESCRIPTION_MAX);
    }

    /** Returns a debit of what is available in an account. */
    public static Posting debit(String path, Money amount) {
        return of(path, Side.DEBIT, amount);
    }

    /** Returns a credit of what is available in an account. */
    public static Posting credit(String path, Money amount) {
        return of(path, Side.CREDIT, amount);
    }

    /** Returns a posting to the available part of the account of that path in the amount's currency. */
    public static Posting of(String path, Side side, Money amount) {
        return new Posting(Account.of(path, amount.currency()), side, Part.AVAILABLE, amount, "");
    }

    /** Returns the same with a description of this line alone. */
    public Posting describedAs(String text) {
        return new Posting(account, side, part, amount, text);
    }

    /** Returns the amount, positive if it raises the account on its normal side and negative if it lowers it. */
    public Money effect() {
        return side == account.normalSide() ? amount : amount.negate();
    }
}
