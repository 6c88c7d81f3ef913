package io.holdfast.provider;

import io.holdfast.payout.spi.Capabilities;
import io.holdfast.payout.spi.Feature;
import io.holdfast.sandbox.simulator.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One moment at which a processor is killed.
 *
 * @param before what had become of the payout until then
 * @param step where it dies
 * @param fault what its send meets on the way; if absent, the provider accepts
 */
record CrashCase(Before before, Step step, Optional<Fault> fault) {

    /** What became of a payout before the processor that dies took it up. */
    enum Before {
        /** Nothing was sent. */
        NEW,
        /** It was sent and carried out, and no answer came. */
        LOST_THOUGH_EXECUTED,
        /** It was sent, nothing was done, and no answer came. */
        LOST_AND_NOT_EXECUTED,
        /** The provider has accepted it. */
        ACCEPTED
    }

    CrashCase(Before before, Step step) {
        this(before, step, Optional.empty());
    }

    CrashCase(Before before, Step step, Fault fault) {
        this(before, step, Optional.of(fault));
    }

    /** Returns every moment that there is with an adapter of these capabilities. */
    static List<CrashCase> of(Capabilities can) {
        List<CrashCase> cases = new ArrayList<>(firstSends());
        if (can.has(Feature.PREPARATION)) {
            cases.add(new CrashCase(Before.NEW, Step.AFTER_THE_PREPARATION));
        }
        if (can.resend().isPossible()) {
            cases.addAll(resends(Before.LOST_THOUGH_EXECUTED));
            cases.addAll(resends(Before.LOST_AND_NOT_EXECUTED));
        } else if (can.has(Feature.LIST)) {
            cases.addAll(questions(Before.LOST_THOUGH_EXECUTED));
            cases.addAll(questions(Before.LOST_AND_NOT_EXECUTED));
        }
        cases.addAll(questions(Before.ACCEPTED));
        return cases;
    }

    private static List<CrashCase> firstSends() {
        return List.of(
                new CrashCase(Before.NEW, Step.BEFORE_THE_ATTEMPT),
                new CrashCase(Before.NEW, Step.BEFORE_THE_BYTES),
                new CrashCase(Before.NEW, Step.BEFORE_THE_ANSWER, Fault.TIMEOUT_AFTER_EXECUTING),
                new CrashCase(Before.NEW, Step.BEFORE_THE_ANSWER, Fault.TIMEOUT_WITHOUT_EXECUTING),
                new CrashCase(Before.NEW, Step.BEFORE_THE_OUTCOME),
                new CrashCase(Before.NEW, Step.BEFORE_THE_OUTCOME, Fault.REJECTED),
                new CrashCase(Before.NEW, Step.BEFORE_THE_OUTCOME, Fault.RATE_LIMITED),
                new CrashCase(Before.NEW, Step.BEFORE_THE_OUTCOME, Fault.INSUFFICIENT_FLOAT),
                new CrashCase(Before.NEW, Step.AFTER_THE_OUTCOME),
                new CrashCase(Before.NEW, Step.AFTER_THE_OUTCOME, Fault.REJECTED),
                new CrashCase(Before.NEW, Step.AFTER_THE_OUTCOME, Fault.RATE_LIMITED),
                new CrashCase(Before.NEW, Step.AFTER_THE_OUTCOME, Fault.INSUFFICIENT_FLOAT));
    }

    private static List<CrashCase> resends(Before lost) {
        return List.of(
                new CrashCase(lost, Step.BEFORE_THE_BYTES),
                new CrashCase(lost, Step.BEFORE_THE_ANSWER, Fault.TIMEOUT_AFTER_EXECUTING),
                new CrashCase(lost, Step.BEFORE_THE_ANSWER, Fault.TIMEOUT_WITHOUT_EXECUTING),
                new CrashCase(lost, Step.BEFORE_THE_OUTCOME),
                new CrashCase(lost, Step.BEFORE_THE_OUTCOME, Fault.ROTATED_KEY),
                new CrashCase(lost, Step.AFTER_THE_OUTCOME),
                new CrashCase(lost, Step.AFTER_THE_OUTCOME, Fault.ROTATED_KEY));
    }

    private static List<CrashCase> questions(Before before) {
        return List.of(
                new CrashCase(before, Step.BEFORE_THE_QUESTION), new CrashCase(before, Step.BEFORE_THE_SETTLEMENT));
    }

    /** Tells whether the provider's refusal of the only send was written down. */
    boolean isRefusedForCertain() {
        return isKnownToHaveMet(Fault.REJECTED);
    }

    /** Tells whether it was written down that the only send did nothing, for want of float, and that another is to follow. */
    boolean isShortOfFloat() {
        return isKnownToHaveMet(Fault.INSUFFICIENT_FLOAT);
    }

    /** Tells whether it was written down that the only send did nothing, and that the same is to be sent again. */
    boolean isPutOff() {
        return isKnownToHaveMet(Fault.RATE_LIMITED);
    }

    private boolean isKnownToHaveMet(Fault met) {
        return before == Before.NEW && step == Step.AFTER_THE_OUTCOME && fault.equals(Optional.of(met));
    }

    /** Tells whether somebody else cannot know from the database alone what became of the send. */
    boolean isInDoubt() {
        boolean isLost = before == Before.LOST_THOUGH_EXECUTED || before == Before.LOST_AND_NOT_EXECUTED;
        boolean diesWithTheAnswer =
                step == Step.BEFORE_THE_BYTES || step == Step.BEFORE_THE_ANSWER || step == Step.BEFORE_THE_OUTCOME;
        return isLost || diesWithTheAnswer;
    }

    @Override
    public String toString() {
        return before + ", killed " + step + fault.map(met -> ", " + met).orElse("");
    }
}
