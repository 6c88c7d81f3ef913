package io.holdfast.provider.wistfare;

import io.holdfast.ledger.Money;
import io.holdfast.payout.spi.PayoutProvider;
import io.holdfast.payout.spi.Recipient;
import io.holdfast.sandbox.contract.PayoutProviderContract;
import io.holdfast.sandbox.simulator.Simulator;
import io.holdfast.sandbox.simulator.SimulatorSettings;
import io.holdfast.sandbox.wistfare.WistfareSimulator;
import java.net.URI;
import java.time.Clock;

/** Wistfare's adapter keeps the contract of all adapters. */
class WistfareProviderTest extends PayoutProviderContract {

    @Override
    protected Simulator simulator(SimulatorSettings settings) {
        return WistfareSimulator.start(settings, PlayedWistfare.ACCOUNT.webhookUrl(WEBHOOKS));
    }

    @Override
    protected PayoutProvider provider(URI simulator, Clock clock) {
        return new WistfareProvider(
                PlayedWistfare.settings(simulator).feeQuestion().build());
    }

    @Override
    protected Money amount() {
        return Money.parse("RWF 5000");
    }

    @Override
    protected Recipient recipient(int number) {
        return Recipient.MobileMoney.of(String.format("+250788123%03d", number)).named("Uwase Claudine");
    }
}
