package io.holdfast.payout.engine;

import static io.holdfast.payout.engine.PayoutBench.tzs;

import io.holdfast.ledger.Money;
import io.holdfast.payout.StatementLine;
import io.holdfast.payout.StatementLine.Status;
import io.holdfast.payout.spi.Evidence;
import io.holdfast.payout.spi.FailureReason;
import io.holdfast.payout.spi.Outcome;
import io.holdfast.payout.spi.Particulars;
import io.holdfast.payout.spi.PayoutInstruction;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Optional;

/** What a {@link ModelBank} has done for one create, or will do, and what it says of that. */
final class ModelPayment {

    static final Money FEE = tzs(100);
    private static final Money KEPT = tzs(50);

    final PayoutInstruction instruction;
    final String reference;
    final Instant createdAt;
    /** Whether the bank said that it would not pay it, and took it up all the same. */
    final boolean wasRejected;

    private State state = State.UNDECIDED;
    private Money back = tzs(0);
    private Money feeBack = tzs(0);
    private Money kept = tzs(0);
    private boolean hasChangedItsMind;
    private boolean isTold;
    private Optional<String> twin = Optional.empty();

    ModelPayment(PayoutInstruction instruction, String reference, Instant createdAt, boolean wasRejected) {
        this.instruction = instruction;
        this.reference = reference;
        this.createdAt = createdAt;
        this.wasRejected = wasRejected;
    }

    enum State {
        UNDECIDED,
        PAID,
        FAILED
    }

    boolean isPaid() {
        return state == State.PAID;
    }

    boolean hasFailed() {
        return state == State.FAILED;
    }

    boolean isUndecided() {
        return state == State.UNDECIDED;
    }

    /** Tells whether the recipient has some of it. */
    boolean isOut() {
        return isPaid() && back.compareTo(instruction.amount()) < 0;
    }

    Money back() {
        return back;
    }

    /** Tells whether whoever asks about it until its end is known finds out that it was paid. */
    boolean isPaidForAllWhoAsk() {
        return isPaid() && !hasChangedItsMind;
    }

    Money kept() {
        return kept;
    }

    Optional<String> twin() {
        return twin;
    }

    void pay() {
        state = State.PAID;
    }

    void fail(boolean keepsFee) {
        state = State.FAILED;
        kept = keepsFee ? KEPT : tzs(0);
    }

    /** Pays what had failed, once, unless somebody may still hear of the failure when it is over. */
    void changeItsMind() {
        if (hasFailed() && !hasChangedItsMind && !isTold && kept.isZero()) {
            hasChangedItsMind = true;
            pay();
        }
    }

    /** Takes so many quarters more of it back, and the fee with the last of them. */
    void takeBack(int quarters) {
        Money more = Money.ofMinor(
                back.currency(),
                instruction
                        .amount()
                        .minor()
                        .multiply(BigInteger.valueOf(quarters))
                        .divide(BigInteger.valueOf(4)));
        Money all = back.plus(more);
        back = all.compareTo(instruction.amount()) < 0 ? all : instruction.amount();
        feeBack = isOut() ? feeBack : FEE;
    }

    /** Pays it again under another reference, unless that is done. */
    void payAgain() {
        twin = isOut() ? Optional.of(twin.orElse(reference + "-again")) : twin;
    }

    /** Notes that a call about it is under way, whenever that arrives. */
    void told() {
        isTold = true;
    }

    /** Returns what the bank says of it. */
    Outcome standing() {
        return switch (state) {
            case UNDECIDED -> accepted();
            case PAID ->
                back.isZero()
                        ? paid(reference)
                        : new Outcome.Reversed(reference, back, Optional.of(feeBack), Evidence.NONE);
            case FAILED ->
                new Outcome.Failed(
                        reference,
                        FailureReason.DECLINED,
                        "",
                        "",
                        Optional.of(kept).filter(Money::isPositive),
                        Evidence.NONE);
        };
    }

    Outcome accepted() {
        return new Outcome.Accepted(reference, Particulars.NONE, Evidence.NONE);
    }

    Outcome paid(String under) {
        return new Outcome.Succeeded(under, Particulars.NONE.chargedFee(FEE), Evidence.NONE);
    }

    StatementLine line(String under) {
        Status status = switch (state) {
            case UNDECIDED -> Status.UNDER_WAY;
            case PAID -> isOut() ? Status.PAID : Status.CAME_BACK;
            case FAILED -> Status.FAILED;
        };
        Money fee = status == Status.PAID ? FEE : kept;
        return StatementLine.of(under, instruction.amount(), status).fee(fee);
    }

    /** Returns what the bank has taken for it from what we have prefunded. */
    Money taken() {
        return switch (state) {
            case UNDECIDED -> tzs(0);
            case PAID ->
                twin.map(again -> once().plus(once()))
                        .orElse(once())
                        .minus(back)
                        .minus(feeBack);
            case FAILED -> kept;
        };
    }

    /** Returns what it takes to pay it once. */
    Money once() {
        return instruction.amount().plus(FEE);
    }

    @Override
    public String toString() {
        return reference + " " + state + (wasRejected ? " though rejected" : "")
                + (hasChangedItsMind ? " though failed" : "") + (back.isZero() ? "" : ", back " + back);
    }
}
