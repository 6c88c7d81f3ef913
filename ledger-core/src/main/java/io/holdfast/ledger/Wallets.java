package io.holdfast.ledger;

/**
 * A thin convenience over a ledger for customers' wallets: liability accounts with a floor of zero under {@value #ROOT}.
 *
 * <p>Safe for use by as many threads as its ledger.
 */
public final class Wallets {

    /** Where wallets live. */
    public static final String ROOT = "liabilities:wallets:";

    /** Where money that funds a wallet comes from, unless said otherwise. */
    public static final String SETTLEMENT = "assets:bank:settlement";

    private final Ledger ledger;

    /** Returns the wallets of a ledger. */
    public Wallets(Ledger ledger) {
        this.ledger = ledger;
    }

    /**
     * Returns the account of an owner's wallet, open or not.
     *
     * @throws IllegalArgumentException if the owner's name cannot be part of an account path
     */
    public static Account account(String owner, Currency currency) {
        return Account.of(ROOT + owner, currency);
    }

    /**
     * Opens an owner's wallet. Opening it again is a no-op.
     *
     * @throws RefusedException with {@link Refusal.AccountExists} if its limits were changed since, or {@link
     *     Refusal.AccountClosed}
     * @throws IllegalArgumentException if the owner's name cannot be part of an account path, or the ledger does not have
     *     the currency
     */
    public Account open(String owner, Currency currency) {
        return ledger.open(AccountTerms.of(account(owner, currency)).minimum(Money.zero(currency)));
    }

    /**
     * Puts money that arrived at the bank into a wallet.
     *
     * @throws RefusedException with one of the refusals of {@link Ledger#post}
     * @throws IllegalArgumentException if the key or the owner's name is malformed, or the amount is not above zero
     */
    public RecordedEntry fund(String owner, Money amount, String key) {
        return fund(owner, amount, key, SETTLEMENT);
    }

    /**
     * Puts money into a wallet that arrived on the account of a path, which is opened without limits if it is not open.
     *
     * @throws RefusedException with one of the refusals of {@link Ledger#post}
     * @throws IllegalArgumentException if the key or a path is malformed, or the amount is not above zero
     */
    public RecordedEntry fund(String owner, Money amount, String key, String source) {
        Account from = Account.of(source, amount.currency());
        if (ledger.account(from).isEmpty()) {
            ledger.open(AccountTerms.of(from));
        }
        return ledger.post(funding(owner, amount, key, source));
    }

    /**
     * Returns the entry that {@link #fund} records, for those who carry out commands in batches.
     *
     * @throws IllegalArgumentException if the key or a path is malformed, or the amount is not above zero
     */
    public static JournalEntry funding(String owner, Money amount, String key, String source) {
        return JournalEntry.of(key)
                .describedAs("Fund wallet of " + owner)
                .debit(source, amount)
                .credit(account(owner, amount.currency()).path(), amount)
                .build();
    }

    /**
     * Returns what a wallet has now.
     *
     * @throws RefusedException with {@link Refusal.AccountNotFound}
     */
    public Balance balance(String owner, Currency currency) {
        return ledger.balance(account(owner, currency));
    }
}
