package io.holdfast.sandbox.wistfare;

import io.holdfast.sandbox.simulator.Simulator;
import io.holdfast.sandbox.simulator.SimulatorSettings;

/**
 * Wistfare, played from its published page and its own SDKs: creates, shows and lists disbursements, prices them, tells
 * the wallet's balance, and calls back without a signature. Where the sources leave something open, it refuses rather than
 * accepts; and since no source says that a {@code referenceId} is looked at, each create that arrives pays.
 *
 * <p>One wallet pays, named {@link #ACCOUNT}: debited with amount and fee at creation, credited with both when a
 * disbursement fails or is refunded. When calls are repeated is not documented: here after 1, 5 and 15 minutes. Nor is the
 * form of the wallet's balance.
 *
 * <p>Faults follow the recipient's last six digits, as {@link io.holdfast.sandbox.simulator.Fault} lists them:
 * {@code 250788990001} times out after executing.
 */
public final class WistfareSimulator {

    /** The name of the wallet that pays, in {@link Simulator#balance} and {@link Simulator#topUp}. */
    public static final String ACCOUNT = "RWF";

    private WistfareSimulator() {}

    /**
     * Starts a simulator; its base URL has no {@code /v1}.
     *
     * @throws java.io.UncheckedIOException if the port is taken
     */
    public static Simulator start(SimulatorSettings settings, WistfareSettings account) {
        return Simulator.start(settings, stage -> new WistfareApi(stage, account));
    }
}
