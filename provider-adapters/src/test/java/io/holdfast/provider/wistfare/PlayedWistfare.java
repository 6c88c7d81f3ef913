package io.holdfast.provider.wistfare;

import io.holdfast.ledger.Currency;
import io.holdfast.payout.spi.PayoutProvider;
import io.holdfast.payout.spi.Recipient;
import io.holdfast.provider.PlayedProvider;
import io.holdfast.provider.ProviderBench;
import io.holdfast.sandbox.simulator.Simulator;
import io.holdfast.sandbox.simulator.SimulatorSettings;
import io.holdfast.sandbox.wistfare.WistfareSimulator;
import java.net.URI;
import java.time.Clock;

/** Wistfare, which pays anew for each create that arrives and lists what it has. */
public final class PlayedWistfare implements PlayedProvider {

    static final io.holdfast.sandbox.wistfare.WistfareSettings ACCOUNT =
            io.holdfast.sandbox.wistfare.WistfareSettings.account().requestsPerMinute(Integer.MAX_VALUE);

    @Override
    public String name() {
        return "wistfare";
    }

    @Override
    public Currency currency() {
        return Currency.of("RWF");
    }

    @Override
    public Recipient recipient() {
        return Recipient.MobileMoney.of("+250788123456").named("Uwase Claudine");
    }

    @Override
    public String account() {
        return WistfareSimulator.ACCOUNT;
    }

    @Override
    public long fee() {
        return 100;
    }

    @Override
    public Simulator simulator(SimulatorSettings settings) {
        return WistfareSimulator.start(settings, ACCOUNT);
    }

    @Override
    public PayoutProvider adapter(URI simulator, Clock clock) {
        return new WistfareProvider(settings(simulator).build());
    }

    static WistfareSettings.Builder settings(URI simulator) {
        return WistfareSettings.builder(ACCOUNT.apiKey(), ACCOUNT.businessId(), ACCOUNT.walletId())
                .baseUrl(simulator)
                .reversalRefundsFee()
                .exchangeTimeout(ProviderBench.EXCHANGE_TIMEOUT);
    }
}
