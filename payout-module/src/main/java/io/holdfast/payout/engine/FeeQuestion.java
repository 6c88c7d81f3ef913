package io.holdfast.payout.engine;

import io.holdfast.ledger.Money;
import io.holdfast.payout.ProviderFees;
import io.holdfast.payout.spi.Answer;
import io.holdfast.payout.spi.Feature;
import io.holdfast.payout.spi.PayoutProvider;
import io.holdfast.payout.spi.ProviderFee;
import io.holdfast.payout.spi.Recipient;
import java.util.Optional;

/** Asks providers what they would charge, with no connection out. */
final class FeeQuestion implements ProviderFees {

    private final Settings settings;
    private final Gates gates;

    FeeQuestion(Settings settings, Gates gates) {
        this.settings = settings;
        this.gates = gates;
    }

    @Override
    public Answer<ProviderFee> of(String provider, Money amount, Recipient recipient) {
        PayoutProvider known = settings.find(provider)
                .orElseThrow(() -> new IllegalArgumentException("There is no provider \"" + provider + "\", only "
                        + settings.providers().keySet()));
        if (!known.capabilities().has(Feature.FEE)) {
            return new Answer.NotOffered<>();
        }
        Answer<ProviderFee> answer = gates.calls(known).fee(amount, recipient);
        return answer instanceof Answer.Told<ProviderFee> told
                        && !told.value().amount().equals(amount)
                ? new Answer.Unavailable<>(
                        Optional.empty(),
                        "asked about " + amount + ", it told of " + told.value().amount())
                : answer;
    }
}
