package io.holdfast.provider.rohopay;

import io.holdfast.ledger.Currency;
import io.holdfast.payout.spi.PayoutProvider;
import io.holdfast.payout.spi.Recipient;
import io.holdfast.provider.PlayedProvider;
import io.holdfast.provider.ProviderBench;
import io.holdfast.sandbox.rohopay.RohoPaySimulator;
import io.holdfast.sandbox.simulator.Simulator;
import io.holdfast.sandbox.simulator.SimulatorSettings;
import java.net.URI;
import java.time.Clock;

/** RohoPay with a live key, paying UGX. */
public final class PlayedRohoPay implements PlayedProvider {

    static final io.holdfast.sandbox.rohopay.RohoPaySettings ACCOUNT =
            io.holdfast.sandbox.rohopay.RohoPaySettings.account().requestsPerMinute(Integer.MAX_VALUE);

    @Override
    public String name() {
        return "rohopay";
    }

    @Override
    public Currency currency() {
        return Currency.of("UGX");
    }

    @Override
    public Recipient recipient() {
        return Recipient.MobileMoney.of("+256772345678").named("Grace Akello");
    }

    @Override
    public String account() {
        return "UGX";
    }

    @Override
    public long fee() {
        return 100;
    }

    @Override
    public Simulator simulator(SimulatorSettings settings) {
        return RohoPaySimulator.start(settings, ACCOUNT);
    }

    @Override
    public PayoutProvider adapter(URI simulator, Clock clock) {
        return new RohoPayProvider(settings(simulator).build());
    }

    static RohoPaySettings.Builder settings(URI simulator) {
        return RohoPaySettings.builder(ACCOUNT.liveKey())
                .baseUrl(simulator)
                .webhookSecret(ACCOUNT.webhookSecret())
                .exchangeTimeout(ProviderBench.EXCHANGE_TIMEOUT);
    }
}
