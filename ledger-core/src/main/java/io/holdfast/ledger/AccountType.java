package io.holdfast.ledger;

import java.util.List;
import java.util.Locale;

/** The five types of account, each named by the root of its accounts' paths. */
public enum AccountType {
    ASSETS(Side.DEBIT),
    LIABILITIES(Side.CREDIT),
    EQUITY(Side.CREDIT),
    REVENUE(Side.CREDIT),
    EXPENSES(Side.DEBIT);

    private static final List<AccountType> ALL = List.of(values());

    private final Side normalSide;
    private final String root;

    AccountType(Side normalSide) {
        this.normalSide = normalSide;
        this.root = name().toLowerCase(Locale.ROOT);
    }

    /** Returns the side on which an account of this type grows. */
    public Side normalSide() {
        return normalSide;
    }

    /** Returns the root of the paths of this type, {@code liabilities}. */
    public String root() {
        return root;
    }

    /**
     * Returns the type whose paths have this root.
     *
     * @throws IllegalArgumentException if none has
     */
    static AccountType ofRoot(String root) {
        for (AccountType type : ALL) {
            if (type.root.equals(root)) {
                return type;
            }
        }
        throw new IllegalArgumentException("\"" + Text.excerpt(root)
                + "\" is no root of an account path: assets, liabilities, equity, revenue or expenses");
    }
}
