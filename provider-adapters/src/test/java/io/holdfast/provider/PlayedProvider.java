package io.holdfast.provider;

import io.holdfast.ledger.Currency;
import io.holdfast.payout.spi.PayoutProvider;
import io.holdfast.payout.spi.Recipient;
import io.holdfast.sandbox.simulator.Simulator;
import io.holdfast.sandbox.simulator.SimulatorSettings;
import java.net.URI;
import java.time.Clock;

/** One provider as tests have it: played on loopback, and the adapter that reaches it. Made without arguments. */
public interface PlayedProvider {

    /** Returns its name in configuration and account paths. */
    String name();

    /** Returns the currency that payouts are made in. */
    Currency currency();

    /** Returns who is paid. */
    Recipient recipient();

    /** Returns the name of the simulator's account that pays. */
    String account();

    /** Returns what the simulator charges for paying 5,000, on top, in whole units. */
    long fee();

    /** Starts the simulator, without a rate limit. */
    Simulator simulator(SimulatorSettings settings);

    /** Returns the adapter, at the clock's time and with {@link ProviderBench#EXCHANGE_TIMEOUT}. */
    PayoutProvider adapter(URI simulator, Clock clock);
}
