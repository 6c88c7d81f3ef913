package io.holdfast.payout;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.holdfast.ledger.Account;
import io.holdfast.ledger.Currency;
import io.holdfast.ledger.Money;
import io.holdfast.ledger.Wallets;
import io.holdfast.payout.spi.Recipient;
import org.junit.jupiter.api.Test;

class QuoteRequestTest {

    private static final Currency UGX = Currency.of("UGX");
    private static final Account ALICE = Wallets.account("alice", UGX);

    @Test
    void a_quote_of_what_no_payout_can_be_is_refused_as_a_quote() {
        assertRefused(ALICE, Money.zero(UGX), "A quote of UGX 0: an amount is above zero");
        assertRefused(ALICE, Money.parse("TZS 5"), "A quote of TZS 5.00 from " + ALICE + ": the currencies differ");
        Account cash = Account.of("assets:cash", UGX);
        assertRefused(cash, Money.parse("UGX 5"), "A quote from " + cash + ": a wallet is a liability account,");
    }

    private static void assertRefused(Account wallet, Money amount, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> QuoteRequest.of(wallet, amount, Recipient.MobileMoney.of("+256712345678")))
                .withMessageStartingWith(message);
    }
}
