package io.holdfast.payout;

import io.holdfast.ledger.Money;
import io.holdfast.payout.spi.Answer;
import io.holdfast.payout.spi.ProviderFee;
import io.holdfast.payout.spi.Recipient;

/**
 * What providers would charge us, asked of them before anything is sent. It is not what the wallet pays: that is {@link
 * PayoutQuote#fee}.
 *
 * <p>Safe for use by any number of threads. Each question calls a provider, which takes as long as its calls may take: ask
 * outside any database transaction. None is open here meanwhile.
 */
public interface ProviderFees {

    /**
     * Asks a provider what it would charge for paying an amount to a recipient. Moves no money and writes nothing.
     *
     * @return what it told of that very amount, that it tells no fee beforehand, or why it did not tell now
     * @throws IllegalArgumentException if the provider is not configured
     */
    Answer<ProviderFee> of(String provider, Money amount, Recipient recipient);
}
