package io.holdfast.provider.zopay;

import io.holdfast.ledger.Money;
import io.holdfast.payout.spi.PayoutProvider;
import io.holdfast.payout.spi.Recipient;
import io.holdfast.sandbox.contract.PayoutProviderContract;
import io.holdfast.sandbox.simulator.Simulator;
import io.holdfast.sandbox.simulator.SimulatorSettings;
import io.holdfast.sandbox.zopay.ZopaySimulator;
import java.net.URI;
import java.time.Clock;

/** Zopay's adapter keeps the contract of all adapters. */
class ZopayProviderTest extends PayoutProviderContract {

    @Override
    protected Simulator simulator(SimulatorSettings settings) {
        return ZopaySimulator.start(settings, PlayedZopay.ACCOUNT.webhookUrl(WEBHOOKS));
    }

    @Override
    protected PayoutProvider provider(URI simulator, Clock clock) {
        return new ZopayProvider(PlayedZopay.settings(simulator, clock).build());
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
