package io.holdfast.ledger;

import java.util.Arrays;
import java.util.Locale;

/** The five types of account, each named by the root of its accounts' paths. */
public enum AccountType {
    ASSETS(Side.DEBIT),
    LIABILITIES(Side.CREDIT),
    EQUITY(Side.CREDIT),
    REVENUE(Side.CREDIT),
    EXPENSES(Side.DEBIT);

    private final Side normalSide;

    AccountType(Side normalSide) {
        this.normalSide = normalSide;
    }

    /** Returns the side on which an account of this type grows. */
    public Side normalSide() {
        return normalSide;
    }

    /** Returns the root of the paths of this type, {@code liabilities}. */
    public String root() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Returns the type whose paths have this root.
     *
     * @throws IllegalArgumentException if none has
     */
    static AccountType ofRoot(String root) {
        return Arrays.stream(values())
                .filter(type -> type.root().equals(root))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("\"" + Text.excerpt(root)
                        + "\" is no root of an account path: assets, liabilities, equity, revenue or expenses"));
    }
}
