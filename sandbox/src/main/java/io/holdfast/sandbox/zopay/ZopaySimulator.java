package io.holdfast.sandbox.zopay;

import io.holdfast.sandbox.simulator.Simulator;
import io.holdfast.sandbox.simulator.SimulatorSettings;

/**
 * Zopay, played from its published page and its guide: quotes, executes, shows and lists disbursements, and delivers
 * signed webhooks. Each request is checked as the guide says: key, clock, nonce, origin, version, and a signature over
 * exactly what was sent. Where the sources leave something open, it refuses rather than accepts.
 *
 * <p>One account pays, named {@link #ACCOUNT}: debited with amount and fees when a quote is executed, credited with both
 * when a payout fails. Zopay knows no reversal: a payout that {@link io.holdfast.sandbox.simulator.Fault#REVERSAL} takes
 * back goes on being shown as a success. For how long an idempotency key is remembered is not documented: here for ever.
 *
 * <p>Faults follow the recipient's last six digits, as {@link io.holdfast.sandbox.simulator.Fault} lists them:
 * {@code +237670990001} times out after executing, {@code +237670990042} has its quote expired.
 */
public final class ZopaySimulator {

    /** The name of the account that pays, in {@link Simulator#balance} and {@link Simulator#topUp}. */
    public static final String ACCOUNT = "XAF";

    private ZopaySimulator() {}

    /**
     * Starts a simulator; its base URL has no {@code /api}.
     *
     * @throws java.io.UncheckedIOException if the port is taken
     */
    public static Simulator start(SimulatorSettings settings, ZopaySettings account) {
        return Simulator.start(settings, stage -> new ZopayApi(stage, account));
    }
}
