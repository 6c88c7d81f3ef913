package io.holdfast.payout.engine;

import io.holdfast.ledger.Account;
import io.holdfast.ledger.AccountState;
import io.holdfast.ledger.AccountTerms;
import io.holdfast.ledger.Currency;
import io.holdfast.ledger.Ledger;

/** Opens accounts that are not there, and finds those that stand for closed ones. */
final class OpenAccounts {

    private OpenAccounts() {}

    /** Tells whether nothing can be booked on an account any more. */
    static boolean isClosed(Ledger ledger, Account account) {
        return ledger.account(account).filter(AccountState::closed).isPresent();
    }

    /**
     * Returns where that ends which was booked on a path: there, unless it is closed. Whoever closed it had to move what stood
     * there before, so then it ends on the one that is configured for the same today, which is opened if it is not there.
     */
    static String standingFor(Ledger ledger, String booked, String today, Currency currency) {
        if (!isClosed(ledger, Account.of(booked, currency))) {
            return booked;
        }
        open(ledger, Account.of(today, currency));
        return today;
    }

    /** Opens an account if it is not there. */
    static void open(Ledger ledger, Account account) {
        if (ledger.account(account).isEmpty()) {
            ledger.open(AccountTerms.of(account));
        }
    }
}
