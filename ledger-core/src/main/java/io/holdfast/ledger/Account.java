package io.holdfast.ledger;

/**
 * A path in one currency, such as {@code liabilities:wallets:alice} in UGX. Its type is the root of its path.
 *
 * @param path a root ({@code assets liabilities equity revenue expenses}) and at least one more component, joined by
 *     {@code :}; a component begins with a letter or digit and goes on with those and {@code _ . @ / -}
 * @param currency what the account counts
 */
public record Account(String path, Currency currency) {

    /** Longest path, in characters. */
    public static final int PATH_MAX = 255;

    /**
     * Refuses a malformed path.
     *
     * @throws IllegalArgumentException with the path and the rule it breaks
     */
    public Account {
        checkPath(path);
    }

    /**
     * Returns the account of that path and currency; whether a ledger has it open is another question.
     *
     * @throws IllegalArgumentException if the path is malformed
     */
    public static Account of(String path, Currency currency) {
        return new Account(path, currency);
    }

    /** Returns the type that the path's root names. */
    public AccountType type() {
        return AccountType.ofRoot(path.substring(0, path.indexOf(':')));
    }

    /** Returns the side on which the account grows. */
    public Side normalSide() {
        return type().normalSide();
    }

    /**
     * Checks that a text is an account path.
     *
     * @throws IllegalArgumentException with the path and the rule it breaks
     */
    public static void checkPath(String path) {
        if (path.length() > PATH_MAX) {
            throw new IllegalArgumentException("Account path \"" + Text.excerpt(path) + "\" has " + path.length()
                    + " characters, at most " + PATH_MAX + " are possible");
        }
        int rootEnd = path.indexOf(':');
        AccountType.ofRoot(rootEnd < 0 ? path : path.substring(0, rootEnd));
        if (rootEnd < 0) {
            throw new IllegalArgumentException(
                    "Account path \"" + path + "\" is a root alone, it needs a name, as in \"" + path + ":name\"");
        }
        int start = rootEnd + 1;
        while (start <= path.length()) {
            int end = path.indexOf(':', start);
            end = end < 0 ? path.length() : end;
            if (!isComponent(path, start, end)) {
                throw new IllegalArgumentException(
                        "Account path \"" + Text.excerpt(path) + "\" has the component \""
                                + Text.excerpt(path.substring(start, end))
                                + "\": a component begins with a letter or digit and goes on with letters, digits and _ . @ / -");
            }
            start = end + 1;
        }
    }

    private static boolean isComponent(String path, int start, int end) {
        for (int i = start; i < end; i++) {
            char c = path.charAt(i);
            boolean alphanumeric = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (!alphanumeric && (i == start || "_.@/-".indexOf(c) < 0)) {
                return false;
            }
        }
        return end > start;
    }

    /** Returns path and currency, {@code liabilities:wallets:alice UGX}. */
    @Override
    public String toString() {
        return path + " " + currency;
    }
}
