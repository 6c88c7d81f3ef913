package io.holdfast.sandbox.nkwa;

import io.holdfast.sandbox.simulator.Simulator;
import io.holdfast.sandbox.simulator.SimulatorSettings;

/**
 * Nkwa Pay, played from its published OpenAPI document, which also checks each request, and from its other documents:
 * creates and shows disbursements, tells which operators can be paid, and calls back with an RSA signature. There is no
 * idempotency key, no reference of the caller's and no list: each create that arrives pays.
 *
 * <p>One account pays, named {@link #ACCOUNT}: debited with amount and fee at creation, credited with both when a
 * disbursement fails. Nkwa knows no reversal: a payout that {@link io.holdfast.sandbox.simulator.Fault#REVERSAL} takes back
 * goes on being shown as a success. When callbacks are repeated is not documented: here after 1, 5 and 15 minutes.
 *
 * <p>Faults follow the recipient's last six digits, as {@link io.holdfast.sandbox.simulator.Fault} lists them:
 * {@code 237650990001} times out after executing.
 */
public final class NkwaSimulator {

    /** The name of the account that pays, in {@link Simulator#balance} and {@link Simulator#topUp}. */
    public static final String ACCOUNT = "XAF";

    private NkwaSimulator() {}

    /**
     * Starts a simulator.
     *
     * @throws java.io.UncheckedIOException if the port is taken
     */
    public static Simulator start(SimulatorSettings settings, NkwaSettings account) {
        return Simulator.start(settings, stage -> new NkwaApi(stage, account));
    }
}
