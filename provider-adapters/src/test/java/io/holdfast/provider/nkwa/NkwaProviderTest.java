package io.holdfast.provider.nkwa;

import io.holdfast.ledger.Money;
import io.holdfast.payout.spi.PayoutProvider;
import io.holdfast.payout.spi.Recipient;
import io.holdfast.sandbox.contract.PayoutProviderContract;
import io.holdfast.sandbox.nkwa.NkwaSimulator;
import io.holdfast.sandbox.simulator.Simulator;
import io.holdfast.sandbox.simulator.SimulatorSettings;
import java.net.URI;
import java.time.Clock;

/** Nkwa's adapter keeps the contract of all adapters. */
class NkwaProviderTest extends PayoutProviderContract {

    @Override
    protected Simulator simulator(SimulatorSettings settings) {
        return NkwaSimulator.start(settings, PlayedNkwa.ACCOUNT.callbackUrl(WEBHOOKS));
    }

    @Override
    protected PayoutProvider provider(URI simulator, Clock clock) {
        return new NkwaProvider(PlayedNkwa.settings(simulator)
                .callback(NkwaCallback.of(WEBHOOKS, PlayedNkwa.ACCOUNT.publicKey()))
                .build());
    }

    @Override
    protected Money amount() {
        return Money.parse("XAF 5000");
    }

    @Override
    protected Recipient recipient(int number) {
        return Recipient.MobileMoney.of(String.format("+237670123%03d", number)).named("Ngono Marie");
    }
}
