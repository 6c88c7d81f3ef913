package io.holdfast.cli;

import io.holdfast.ledger.Currency;
import io.holdfast.ledger.Ledger;
import io.holdfast.ledger.Money;
import java.util.HashMap;
import java.util.Map;

/**
 * Reads currencies and amounts the way people and files write them, in terms of one ledger's currencies. Asks the ledger
 * once for each currency. Not safe for use by several threads.
 */
final class Amounts {

    private static final int SHOWN_MAX = 60;

    private final Ledger ledger;
    private final Map<String, Currency> known = new HashMap<>();

    Amounts(Ledger ledger) {
        this.ledger = ledger;
    }

    /**
     * Returns the currency of a code.
     *
     * @throws IllegalArgumentException if it is neither in ISO 4217 nor the ledger's own
     */
    Currency currency(String code) {
        Currency cached = known.get(code);
        if (cached != null) {
            return cached;
        }
        Currency found = ledger.currency(code)
                .orElseThrow(() -> new IllegalArgumentException("Currency \"" + excerpt(code)
                        + "\" is unknown: it is not in ISO 4217 and not one of the ledger's own, which are added with"
                        + " `holdfast currency add CODE DECIMALS`"));
        known.put(code, found);
        return found;
    }

    /**
     * Reads {@code "TZS 5000.00"} of the command line.
     *
     * @throws IllegalArgumentException if it is written otherwise, of an unknown currency, or with too many decimals
     */
    Money money(String text) {
        return money(text, " (one argument, so quote it)");
    }

    /**
     * Reads {@code TZS 5000.00} of a file.
     *
     * @throws IllegalArgumentException as {@link #money(String)}
     */
    Money moneyOfFile(String text) {
        return money(text, "");
    }

    private Money money(String text, String advice) {
        int space = text.indexOf(' ');
        if (space < 1) {
            throw new IllegalArgumentException(
                    "\"" + excerpt(text) + "\" is not a currency and an amount such as \"TZS 5000.00\"" + advice);
        }
        return Money.of(currency(text.substring(0, space)), text.substring(space + 1));
    }

    /**
     * Reads an amount of a currency that is known from elsewhere: {@code "TZS 5000.00"} or {@code 5000.00} alone.
     *
     * @throws IllegalArgumentException as {@link #money(String)}
     */
    Money money(Currency currency, String text) {
        return text.indexOf(' ') < 0 ? Money.of(currency, text) : money(text);
    }

    private static String excerpt(String text) {
        return Excerpts.of(text, SHOWN_MAX);
    }
}
