package io.holdfast.sandbox.contract;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.payout.spi.Feature;
import io.holdfast.payout.spi.Outcome;
import io.holdfast.payout.spi.Outcome.Code;
import io.holdfast.sandbox.simulator.Fault;
import java.time.Duration;
import java.util.Set;

/** One payout whose create meets one fault. */
final class FaultTrial {

    private static final Duration LATER = Duration.ofHours(2);

    private final Scene scene;
    private final ContractRun run;
    private final Fault fault;

    FaultTrial(Scene scene, ContractRun run, Fault fault) {
        this.scene = scene;
        this.run = run;
        this.fault = fault;
    }

    void run(Duration longest) {
        scene.simulator().next(fault);

        long start = System.nanoTime();
        Outcome first = run.send();
        Duration taken = Duration.ofNanos(System.nanoTime() - start);
        if (fault == Fault.UNLISTED_STATUS) {
            Checks.told(first, run);
        }
        Outcome last = run.settle(first);
        scene.simulator().advance(LATER);
        if (fault == Fault.FRACTION_OF_A_FEE) {
            Checks.feeTold(scene, run);
        }

        assertTrue(Allowed.afterSend(fault).contains(first.code()), fault + " became " + first);
        assertTrue(taken.compareTo(longest) < 0, fault + " took " + taken);
        assertTrue(run.paid().size() <= 1, fault + " paid " + run.paid());
        Checks.sameBytes(scene, run);
        Checks.hidden(run);
        assertTrue(ends().contains(last.code()), fault + " ended " + last);
        if (fault != Fault.LATE_SUCCESS) {
            Checks.paid(payments(last), run);
        }
    }

    private Set<Code> ends() {
        Set<Code> first = Allowed.afterSend(fault);
        return switch (fault) {
            case LATE_FAILURE, LATE_SUCCESS -> Set.of(Code.FAILED);
            case NEVER_SETTLES -> Set.of(Code.ACCEPTED);
            case WRONG_AMOUNT -> Set.of(Code.SUCCEEDED, Code.UNKNOWN);
            default ->
                first.contains(Code.REJECTED) || (first.contains(Code.UNKNOWN) && !recovers())
                        ? first
                        : Set.of(Code.SUCCEEDED);
        };
    }

    private int payments(Outcome last) {
        boolean inSecret = Allowed.executedInSecret(fault) || fault == Fault.WRONG_AMOUNT;
        return last instanceof Outcome.Succeeded || inSecret ? 1 : 0;
    }

    /** Tells whether the adapter declares a way to find out what became of a create that was not answered. */
    private boolean recovers() {
        boolean mayResend = scene.provider().capabilities().resend().isPossible();
        boolean isExecuted = Allowed.executedInSecret(fault);
        return mayResend || (isExecuted && scene.provider().capabilities().has(Feature.LIST));
    }
}
