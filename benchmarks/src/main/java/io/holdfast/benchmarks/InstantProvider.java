package io.holdfast.benchmarks;

import io.holdfast.ledger.Currency;
import io.holdfast.ledger.Money;
import io.holdfast.payout.spi.Capabilities;
import io.holdfast.payout.spi.Channel;
import io.holdfast.payout.spi.CreateRequest;
import io.holdfast.payout.spi.Evidence;
import io.holdfast.payout.spi.FeeMode;
import io.holdfast.payout.spi.KeyFormat;
import io.holdfast.payout.spi.Outcome;
import io.holdfast.payout.spi.Particulars;
import io.holdfast.payout.spi.PayoutInstruction;
import io.holdfast.payout.spi.PayoutProvider;
import io.holdfast.payout.spi.Preparation;
import io.holdfast.payout.spi.Resend;
import io.holdfast.payout.spi.WireCurrency;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/** A provider in this process that answers at once, so that what is measured is Holdfast. */
final class InstantProvider implements PayoutProvider {

    static final String NAME = "instant";

    private final Capabilities capabilities;
    private final Function<PayoutInstruction, Outcome> answer;

    /** A provider that pays everything and charges a little. */
    InstantProvider(Currency currency) {
        this(currency, instruction -> paid(instruction, Money.ofMinor(currency, 100)));
    }

    InstantProvider(Currency currency, Function<PayoutInstruction, Outcome> answer) {
        this.answer = answer;
        capabilities = Capabilities.builder(FeeMode.ON_TOP, new KeyFormat.Text(40))
                .channels(Channel.MOBILE_MONEY)
                .currencies(List.of(WireCurrency.of(currency, 0)))
                .resend(Resend.within(Duration.ofHours(24)))
                .build();
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Capabilities capabilities() {
        return capabilities;
    }

    @Override
    public Duration exchangeTimeout() {
        return Duration.ofSeconds(10);
    }

    @Override
    public CreateRequest create(PayoutInstruction instruction, Preparation.Ready preparation) {
        return CreateRequest.post(
                "/payouts",
                "{\"amount\":" + instruction.amount().minor() + ",\"to\":\""
                        + instruction.recipient().address() + "\",\"key\":\"" + instruction.key() + "\"}");
    }

    @Override
    public Outcome send(PayoutInstruction instruction, CreateRequest request) {
        return answer.apply(instruction);
    }

    static Outcome paid(PayoutInstruction instruction, Money fee) {
        String reference = reference(instruction);
        return new Outcome.Succeeded(
                reference,
                Particulars.NONE.amount(instruction.amount()).chargedFee(fee),
                Evidence.http(201, "{\"id\":\"" + reference + "\",\"status\":\"paid\",\"fee\":100}"));
    }

    static String reference(PayoutInstruction instruction) {
        return "r-" + instruction.payout();
    }

    @Override
    public Outcome lookup(PayoutInstruction instruction, String reference) {
        return Outcome.Unknown.of("Nobody is asked here");
    }
}
