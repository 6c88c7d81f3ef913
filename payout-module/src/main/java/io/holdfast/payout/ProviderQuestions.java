package io.holdfast.payout;

import io.holdfast.ledger.Currency;
import io.holdfast.ledger.Money;
import io.holdfast.payout.spi.Answer;
import io.holdfast.payout.spi.Availability;
import io.holdfast.payout.spi.ProviderFee;
import io.holdfast.payout.spi.Recipient;

/**
 * What providers tell when they are asked. No answer moves money or is written down. A provider that is configured for another
 * environment than this ledger's payouts by it is not asked: what it has is other money, and the answer says so.
 *
 * <p>Safe for use by any number of threads. Each question calls a provider, which takes as long as its calls may take: ask
 * outside any database transaction. None is open here meanwhile.
 */
public interface ProviderQuestions {

    /**
     * Asks a provider what it would charge for paying an amount to a recipient. It is not what the wallet pays: that is
     * {@link PayoutQuote#fee}.
     *
     * @return what it told of that very amount, that it tells no fee beforehand, or why it did not tell now
     * @throws IllegalArgumentException if the provider is not configured
     */
    Answer<ProviderFee> fee(String provider, Money amount, Recipient recipient);

    /**
     * Asks a provider what we have prefunded there and can still pay out.
     *
     * @return what it told, that it does not tell, or why it did not tell now
     * @throws IllegalArgumentException if the provider is not configured
     */
    Answer<Money> balance(String provider, Currency currency);

    /**
     * Asks a provider which operators it can pay to now.
     *
     * @return what it told, that it does not tell, or why it did not tell now
     * @throws IllegalArgumentException if the provider is not configured
     */
    Answer<Availability> availability(String provider);
}
