package io.holdfast.sandbox.snippe;

import io.holdfast.sandbox.simulator.Simulator;
import io.holdfast.sandbox.simulator.SimulatorSettings;

/**
 * Snippe, played from its published page and its own SDKs: creates, lists, shows and prices payouts, tells the balance,
 * and delivers signed webhooks. Where the sources leave something open, it refuses rather than accepts.
 *
 * <p>One account pays, named {@link #ACCOUNT}: debited with amount and fee at creation, credited with both when a payout
 * fails or is reversed. A create is remembered for 24 hours only where it created something: a refused one may be sent
 * again with its key.
 *
 * <p>Faults follow the recipient's last six digits, as {@link io.holdfast.sandbox.simulator.Fault} lists them:
 * {@code 255754990001} times out after executing, {@code 255754990021} fails late, {@code 255754990022} is reversed.
 */
public final class SnippeSimulator {

    /** The name of the account that pays, in {@link Simulator#balance} and {@link Simulator#topUp}. */
    public static final String ACCOUNT = "TZS";

    private SnippeSimulator() {}

    /**
     * Starts a simulator; its base URL has no {@code /v1}.
     *
     * @throws java.io.UncheckedIOException if the port is taken
     */
    public static Simulator start(SimulatorSettings settings, SnippeSettings account) {
        return Simulator.start(settings, stage -> new SnippeApi(stage, account));
    }
}
