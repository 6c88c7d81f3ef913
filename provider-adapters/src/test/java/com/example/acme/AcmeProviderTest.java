package com.example.acme;

import io.holdfast.ledger.Money;
import io.holdfast.payout.spi.PayoutProvider;
import io.holdfast.payout.spi.Recipient;
import io.holdfast.sandbox.contract.PayoutProviderContract;
import io.holdfast.sandbox.simulator.Simulator;
import io.holdfast.sandbox.simulator.SimulatorSettings;
import java.net.URI;
import java.time.Clock;

/** Acme's adapter keeps the contract of all adapters. */
class AcmeProviderTest extends PayoutProviderContract {

    @Override
    protected Simulator simulator(SimulatorSettings settings) {
        return AcmeSimulator.start(settings);
    }

    @Override
    protected PayoutProvider provider(URI simulator, Clock clock) {
        return new AcmeProvider(simulator, AcmeSimulator.KEY, EXCHANGE_TIMEOUT);
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
