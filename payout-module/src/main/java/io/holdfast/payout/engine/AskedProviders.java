package io.holdfast.payout.engine;

import io.holdfast.ledger.Currency;
import io.holdfast.ledger.Money;
import io.holdfast.payout.ProviderQuestions;
import io.holdfast.payout.spi.Answer;
import io.holdfast.payout.spi.Availability;
import io.holdfast.payout.spi.Feature;
import io.holdfast.payout.spi.PayoutProvider;
import io.holdfast.payout.spi.ProviderFee;
import io.holdfast.payout.spi.Recipient;
import java.util.Optional;
import java.util.function.Function;

/** Asks providers what moves no money, with no connection out. */
final class AskedProviders implements ProviderQuestions {

    private final Settings settings;
    private final Gates gates;
    private final Environments environments;

    AskedProviders(Settings settings, Gates gates, Environments environments) {
        this.settings = settings;
        this.gates = gates;
        this.environments = environments;
    }

    @Override
    public Answer<ProviderFee> fee(String provider, Money amount, Recipient recipient) {
        if (!settings.named(provider).capabilities().has(Feature.FEE)) {
            return new Answer.NotOffered<>();
        }
        Answer<ProviderFee> answer = ask(provider, calls -> calls.fee(amount, recipient));
        return answer instanceof Answer.Told<ProviderFee> told
                        && !told.value().amount().equals(amount)
                ? new Answer.Unavailable<>(
                        Optional.empty(),
                        "asked about " + amount + ", it told of " + told.value().amount())
                : answer;
    }

    @Override
    public Answer<Money> balance(String provider, Currency currency) {
        return ask(provider, calls -> calls.balance(currency));
    }

    @Override
    public Answer<Availability> availability(String provider) {
        return ask(provider, ProviderCalls::availability);
    }

    private <T> Answer<T> ask(String provider, Function<ProviderCalls, Answer<T>> question) {
        PayoutProvider known = settings.named(provider);
        return environments
                .difference(known)
                .<Answer<T>>map(why -> new Answer.Unavailable<>(Optional.empty(), why))
                .orElseGet(() -> question.apply(gates.calls(known)));
    }
}
