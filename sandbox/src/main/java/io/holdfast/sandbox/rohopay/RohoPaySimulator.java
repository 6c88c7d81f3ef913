package io.holdfast.sandbox.rohopay;

import io.holdfast.sandbox.simulator.Simulator;
import io.holdfast.sandbox.simulator.SimulatorSettings;

/**
 * RohoPay, played from its published page and its other documents: creates, shows and lists disbursements, tells the
 * balance, and delivers signed webhooks. Where the sources leave something open, it refuses rather than accepts.
 *
 * <p>Each currency has an account of its own, named by its code, in {@link Simulator#balance} and {@link
 * Simulator#topUp}. A create is remembered for 24 hours only where it created something. When the webhooks are repeated
 * is not documented: here after 1, 5 and 15 minutes and an hour. RohoPay knows no reversal: a payout that {@link
 * io.holdfast.sandbox.simulator.Fault#REVERSAL} takes back goes on being shown as successful.
 *
 * <p>Faults follow the recipient's last six digits, as {@link io.holdfast.sandbox.simulator.Fault} lists them:
 * {@code 256700990001} times out after executing, {@code 256700990041} is passed on to a second operator.
 */
public final class RohoPaySimulator {

    private RohoPaySimulator() {}

    /**
     * Starts a simulator; its base URL has no {@code /api}.
     *
     * @throws java.io.UncheckedIOException if the port is taken
     */
    public static Simulator start(SimulatorSettings settings, RohoPaySettings account) {
        return Simulator.start(settings, stage -> new RohoPayApi(stage, account));
    }
}
