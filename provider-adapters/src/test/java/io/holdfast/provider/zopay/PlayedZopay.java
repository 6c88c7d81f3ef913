package io.holdfast.provider.zopay;

import io.holdfast.ledger.Currency;
import io.holdfast.payout.spi.PayoutProvider;
import io.holdfast.payout.spi.Recipient;
import io.holdfast.provider.PlayedProvider;
import io.holdfast.provider.ProviderBench;
import io.holdfast.sandbox.simulator.Simulator;
import io.holdfast.sandbox.simulator.SimulatorSettings;
import io.holdfast.sandbox.zopay.ZopaySimulator;
import java.net.URI;
import java.time.Clock;
import java.util.UUID;

/** Zopay, which quotes before it pays, and wants each request signed at its own time. */
public final class PlayedZopay implements PlayedProvider {

    static final io.holdfast.sandbox.zopay.ZopaySettings ACCOUNT =
            io.holdfast.sandbox.zopay.ZopaySettings.account().requestsPerMinute(Integer.MAX_VALUE);

    @Override
    public String name() {
        return "zopay";
    }

    @Override
    public Currency currency() {
        return Currency.of("XAF");
    }

    @Override
    public Recipient recipient() {
        return Recipient.MobileMoney.of("+237670123456").named("Ngono Marie");
    }

    @Override
    public String account() {
        return ZopaySimulator.ACCOUNT;
    }

    @Override
    public long fee() {
        return 75;
    }

    @Override
    public Simulator simulator(SimulatorSettings settings) {
        return ZopaySimulator.start(settings, ACCOUNT);
    }

    @Override
    public PayoutProvider adapter(URI simulator, Clock clock) {
        return new ZopayProvider(settings(simulator, clock).build());
    }

    static ZopaySettings.Builder settings(URI simulator, Clock clock) {
        return ZopaySettings.builder(ACCOUNT.apiKey(), ACCOUNT.secret(), ACCOUNT.origin())
                .baseUrl(simulator)
                .webhookSecret(ACCOUNT.webhookSecret())
                .freshness(new ZopaySettings.Freshness(
                        clock, () -> UUID.randomUUID().toString()))
                .exchangeTimeout(ProviderBench.EXCHANGE_TIMEOUT);
    }
}
