package io.holdfast.provider.snippe;

import io.holdfast.ledger.Currency;
import io.holdfast.payout.spi.PayoutProvider;
import io.holdfast.payout.spi.Recipient;
import io.holdfast.provider.PlayedProvider;
import io.holdfast.provider.ProviderBench;
import io.holdfast.sandbox.simulator.Simulator;
import io.holdfast.sandbox.simulator.SimulatorSettings;
import io.holdfast.sandbox.snippe.SnippeSimulator;
import java.net.URI;
import java.time.Clock;

/** Snippe, whose adapter is told what the simulated Snippe does where the real one's documents are silent. */
public final class PlayedSnippe implements PlayedProvider {

    @Override
    public String name() {
        return "snippe";
    }

    @Override
    public Currency currency() {
        return Currency.of("TZS");
    }

    @Override
    public Recipient recipient() {
        return Recipient.MobileMoney.of("+255712345678").named("Asha Juma");
    }

    @Override
    public String account() {
        return SnippeSimulator.ACCOUNT;
    }

    @Override
    public long fee() {
        return 1_500;
    }

    @Override
    public Simulator simulator(SimulatorSettings settings) {
        return SnippeSimulator.start(
                settings, io.holdfast.sandbox.snippe.SnippeSettings.account().requestsPerMinute(Integer.MAX_VALUE));
    }

    @Override
    public PayoutProvider adapter(URI simulator, Clock clock) {
        return new SnippeProvider(SnippeSettings.builder("snp_test_key")
                .baseUrl(simulator)
                .exchangeTimeout(ProviderBench.EXCHANGE_TIMEOUT)
                .reversalRefundsFee()
                .build());
    }
}
