package io.holdfast.provider.nkwa;

import io.holdfast.ledger.Currency;
import io.holdfast.payout.spi.PayoutProvider;
import io.holdfast.payout.spi.Recipient;
import io.holdfast.provider.PlayedProvider;
import io.holdfast.provider.ProviderBench;
import io.holdfast.sandbox.nkwa.NkwaSimulator;
import io.holdfast.sandbox.simulator.Simulator;
import io.holdfast.sandbox.simulator.SimulatorSettings;
import java.net.URI;
import java.time.Clock;

/** Nkwa, of which nothing can be found out that it did not answer. */
public final class PlayedNkwa implements PlayedProvider {

    static final io.holdfast.sandbox.nkwa.NkwaSettings ACCOUNT =
            io.holdfast.sandbox.nkwa.NkwaSettings.account().requestsPerMinute(Integer.MAX_VALUE);

    @Override
    public String name() {
        return "nkwa";
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
        return NkwaSimulator.ACCOUNT;
    }

    @Override
    public long fee() {
        return 50;
    }

    @Override
    public Simulator simulator(SimulatorSettings settings) {
        return NkwaSimulator.start(settings, ACCOUNT);
    }

    @Override
    public PayoutProvider adapter(URI simulator, Clock clock) {
        return new NkwaProvider(settings(simulator).build());
    }

    /** Returns the key that the simulator's calls are checked with. */
    public static String publicKey() {
        return ACCOUNT.publicKey();
    }

    static NkwaSettings.Builder settings(URI simulator) {
        return NkwaSettings.builder(ACCOUNT.apiKey())
                .baseUrl(simulator)
                .exchangeTimeout(ProviderBench.EXCHANGE_TIMEOUT);
    }
}
