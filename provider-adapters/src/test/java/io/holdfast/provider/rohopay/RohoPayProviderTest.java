package io.holdfast.provider.rohopay;

import io.holdfast.ledger.Money;
import io.holdfast.payout.spi.PayoutProvider;
import io.holdfast.payout.spi.Recipient;
import io.holdfast.sandbox.contract.PayoutProviderContract;
import io.holdfast.sandbox.simulator.Simulator;
import io.holdfast.sandbox.simulator.SimulatorSettings;
import java.net.URI;
import java.time.Clock;

/** RohoPay's adapter keeps the contract of all adapters. */
class RohoPayProviderTest extends PayoutProviderContract {

    @Override
    protected Simulator simulator(SimulatorSettings settings) {
        return new PlayedRohoPay().simulator(settings);
    }

    @Override
    protected PayoutProvider provider(URI simulator, Clock clock) {
        return new RohoPayProvider(
                PlayedRohoPay.settings(simulator).callbackUrl(WEBHOOKS).build());
    }

    @Override
    protected Money amount() {
        return Money.parse("UGX 5000");
    }

    @Override
    protected Recipient recipient(int number) {
        return Recipient.MobileMoney.of(String.format("+256772345%03d", number)).named("Grace Akello");
    }
}
