package io.holdfast.books;

import io.holdfast.ledger.Account;
import io.holdfast.ledger.AsOf;
import io.holdfast.ledger.Currency;
import io.holdfast.ledger.Money;
import java.util.List;

/**
 * What every account had, in debit and credit columns.
 *
 * @param ledger the ledger's name
 * @param asOf by which business date, as the ledger knew it when
 * @param rows accounts that had postings by then, by path and currency
 * @param totals one for each currency of the rows, by its code
 */
public record TrialBalance(String ledger, AsOf asOf, List<Row> rows, List<Total> totals) {

    /** Copies the lists. */
    public TrialBalance {
        rows = List.copyOf(rows);
        totals = List.copyOf(totals);
    }

    /** Tells whether debits equal credits in every currency, as they do unless the journal was damaged. */
    public boolean isBalanced() {
        return totals.stream().allMatch(total -> total.debit().equals(total.credit()));
    }

    /**
     * One account. What it had stands in the column of the side on which its postings net, and the other is zero.
     *
     * @param account which
     * @param debit debits less credits, if above zero
     * @param credit credits less debits, if above zero
     */
    public record Row(Account account, Money debit, Money credit) {}

    /**
     * The sums of one currency's columns.
     *
     * @param currency which
     * @param debit sum of the debit column
     * @param credit sum of the credit column
     */
    public record Total(Currency currency, Money debit, Money credit) {}
}
