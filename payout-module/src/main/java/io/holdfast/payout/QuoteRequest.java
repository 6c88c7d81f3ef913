package io.holdfast.payout;

import io.holdfast.ledger.Account;
import io.holdfast.ledger.Money;
import io.holdfast.payout.spi.Recipient;
import java.util.Optional;

/**
 * Asks what a payout would cost.
 *
 * @param wallet a liability account, which would pay
 * @param amount above zero, in the wallet's currency: what would be paid, or with {@link Payer#RECIPIENT} what charged
 * @param recipient who would be paid
 * @param payer who would bear our fee
 * @param provider the only provider that may be used; if absent, the engine's routes decide
 */
public record QuoteRequest(Account wallet, Money amount, Recipient recipient, Payer payer, Optional<String> provider) {

    /**
     * Refuses an amount that is not above zero or not in the wallet's currency, and a wallet that is no liability.
     *
     * @throws IllegalArgumentException with the value and the rule
     */
    public QuoteRequest {
        PayoutRequest.checkTerms("A quote", wallet, amount);
    }

    /**
     * Returns a request over the engine's routes, the fee on top.
     *
     * @throws IllegalArgumentException as the constructor
     */
    public static QuoteRequest of(Account wallet, Money amount, Recipient recipient) {
        return new QuoteRequest(wallet, amount, recipient, Payer.SENDER, Optional.empty());
    }

    /** Returns the same with someone bearing our fee. */
    public QuoteRequest payer(Payer who) {
        return new QuoteRequest(wallet, amount, recipient, who, provider);
    }

    /** Returns the same over one provider and no other. */
    public QuoteRequest via(String only) {
        return new QuoteRequest(wallet, amount, recipient, payer, Optional.of(only));
    }

    /**
     * Returns the payout that this is about, under a key.
     *
     * @throws IllegalArgumentException if the key is malformed
     */
    public PayoutRequest as(String key) {
        PayoutRequest request = PayoutRequest.of(key, wallet, amount, recipient).payer(payer);
        return provider.map(request::via).orElse(request);
    }
}
