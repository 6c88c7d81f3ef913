package io.holdfast.provider.snippe;

import io.holdfast.ledger.Money;
import io.holdfast.payout.spi.PayoutProvider;
import io.holdfast.payout.spi.Recipient;
import io.holdfast.sandbox.contract.PayoutProviderContract;
import io.holdfast.sandbox.simulator.Simulator;
import io.holdfast.sandbox.simulator.SimulatorSettings;
import io.holdfast.sandbox.snippe.SnippeSimulator;
import java.net.URI;
import java.time.Clock;

/** Snippe's adapter keeps the contract of all adapters. */
class SnippeProviderTest extends PayoutProviderContract {

    @Override
    protected Simulator simulator(SimulatorSettings settings) {
        return SnippeSimulator.start(
                settings,
                io.holdfast.sandbox.snippe.SnippeSettings.account()
                        .webhookUrl(WEBHOOKS)
                        .requestsPerMinute(Integer.MAX_VALUE));
    }

    @Override
    protected PayoutProvider provider(URI simulator, Clock clock) {
        return new SnippeProvider(SnippeSettings.builder("snp_test_key")
                .baseUrl(simulator)
                .webhookSecret("whsec_test")
                .exchangeTimeout(EXCHANGE_TIMEOUT)
                .build());
    }

    @Override
    protected Money amount() {
        return Money.parse("TZS 5000");
    }

    @Override
    protected Recipient recipient(int number) {
        return Recipient.MobileMoney.of(String.format("+255712345%03d", number)).named("Asha Juma");
    }
}
