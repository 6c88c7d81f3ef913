package io.holdfast.payout.engine;

import io.holdfast.ledger.Money;
import io.holdfast.payout.AttemptOutcome;
import io.holdfast.payout.AttemptState;
import io.holdfast.payout.PayoutFailure;
import io.holdfast.payout.PayoutItem.Kind;
import io.holdfast.payout.PayoutStatus;
import io.holdfast.payout.PayoutTransition.Cause;
import io.holdfast.payout.PayoutTransition.Verdict;
import io.holdfast.payout.ReversedFee;
import io.holdfast.payout.spi.Outcome;
import java.util.List;
import java.util.Optional;

/** Decides what proof that money left, did not leave, or came back comes to. */
final class SettlementRules {

    private final View view;

    SettlementRules(View view) {
        this.view = view;
    }

    Decision succeeded(Outcome.Succeeded outcome) {
        if (view.reference() == View.Reference.TAKEN) {
            return taken(outcome.reference());
        }
        Optional<String> mismatch = view.mismatch(outcome.particulars());
        if (mismatch.isPresent()) {
            return mismatched(mismatch.get());
        }
        Attempt told = view.paid(view.told(outcome.particulars()));
        boolean isSaid = view.event().cause() == Cause.RESOLUTION;
        if (view.reference() == View.Reference.SUSPENDED && !isSaid) {
            return view.unchanged(
                    Verdict.DUPLICATE, "What was paid under this reference is known to stand in suspense");
        }
        Decision decision = switch (view.attempt().state()) {
            case OPEN -> commit(outcome, told);
            case SETTLED -> succeededAgain(outcome, told);
            case FAILED -> succeededAfterFailure(outcome, told);
            case SURPLUS -> isSaid ? adoptedLate(outcome, told) : paidTwice(outcome, told);
        };
        return decision.findings(view.oddities(told, outcome.reference(), outcome.particulars()));
    }

    Decision failed(Outcome.Failed outcome) {
        if (view.reference() == View.Reference.TAKEN) {
            return taken(outcome.reference());
        }
        Decision decision = switch (view.attempt().state()) {
            case OPEN -> failedOpen(outcome);
            case SETTLED -> failedAfterSuccess(outcome);
            case FAILED -> failedAgain(outcome);
            case SURPLUS -> failedInSuspense(outcome.reference());
        };
        return decision.findings(view.foreign(outcome.keptFee(), "kept for " + outcome.reference()));
    }

    Decision reversed(Outcome.Reversed outcome) {
        if (view.reference() == View.Reference.TAKEN) {
            return taken(outcome.reference());
        }
        if (!view.isOurs(outcome.amount())
                || outcome.amount().compareTo(view.payout().intent().amount()) > 0) {
            String detail = view.attempt().provider() + " says that " + outcome.amount() + " of "
                    + view.payout().intent().amount() + " came back";
            return toReview(detail).finding(new Finding(Kind.CONTRADICTION, detail));
        }
        if (view.attempt().state() != AttemptState.SETTLED || view.isBeside()) {
            return contradiction(view.attempt().provider() + " says that " + outcome.amount() + " came back of "
                    + outcome.reference() + ", which did not settle this payout");
        }
        Money refunded = outcome.refundedFee()
                .filter(view::isOurs)
                .map(fee -> least(fee, view.attempt().feeBooked()))
                .orElse(view.attempt().feeRefunded());
        return giveBack(outcome.amount(), refunded, AttemptOutcome.REVERSED)
                .findings(view.foreign(outcome.refundedFee(), "gave back for " + outcome.reference()));
    }

    /** The reference belongs to another attempt, so what the answer says is not proven of this one. */
    Decision taken(String reference) {
        String detail =
                view.attempt().provider() + " gave the reference " + reference + ", which belongs to another attempt";
        return toReview(detail).finding(new Finding(Kind.REFERENCE_TAKEN, detail));
    }

    /** What the provider echoes is not what it was told, so what the answer says is not proven of this payout. */
    Decision mismatched(String detail) {
        return toReview(detail).finding(new Finding(Kind.MISMATCH, detail));
    }

    /** Gives a payout to a person: at once if it is about the open attempt, else before anything more is sent for it. */
    private Decision toReview(String detail) {
        AttemptState state = view.attempt().state();
        if (!view.status().isHolding() || (state != AttemptState.OPEN && state != AttemptState.FAILED)) {
            return view.unchanged(Verdict.ITEM, detail);
        } else if (state == AttemptState.FAILED) {
            return Decision.of(Verdict.ITEM, blocked(), view.attempt(), detail);
        }
        return view.status() == PayoutStatus.REVIEW
                ? view.unchanged(Verdict.ITEM, detail)
                : Decision.of(
                        Verdict.CHANGED,
                        view.fresh(view.standing().status(PayoutStatus.REVIEW)),
                        view.attempt(),
                        detail);
    }

    /** Returns the payout's standing with nothing more to be sent for it. */
    private Standing blocked() {
        Standing blocked = view.standing().block();
        return view.status() == PayoutStatus.PENDING
                ? view.fresh(blocked.status(PayoutStatus.REVIEW))
                : view.askedAgain(blocked);
    }

    private Decision commit(Outcome.Succeeded outcome, Attempt told) {
        Money fee = view.providerFee(told);
        Standing standing = view.standing()
                .succeeded(view.received(told, outcome.particulars()))
                .completed(view.now());
        return Decision.of(
                        Verdict.CHANGED,
                        view.fresh(standing),
                        told.settledBy(outcome.reference()).feeBooked(fee),
                        "The provider has paid " + outcome.reference())
                .booking(new Effect.Commit(told.provider(), fee.minus(view.feeBooked())));
    }

    private Decision succeededAgain(Outcome.Succeeded outcome, Attempt told) {
        if (view.reference() == View.Reference.SECOND) {
            return paidTwice(outcome, told);
        }
        if (view.status() == PayoutStatus.REVERSED) {
            return view.unchanged(Verdict.STALE, "All of it has come back since");
        }
        // A fee that was told before is no news, though another mode be configured by now than when it was booked.
        boolean isToldAnew = !told.feeTold().equals(view.attempt().feeTold());
        Money more = view.providerFee(told).minus(view.attempt().feeBooked());
        if (!isToldAnew
                || more.isZero()
                || view.providerFee(told).compareTo(view.attempt().feeRefunded()) < 0) {
            return Decision.of(Verdict.DUPLICATE, view.askedAgain(view.standing()), told, "It is known to be paid");
        }
        return Decision.of(
                        Verdict.CHANGED,
                        view.askedAgain(view.standing()),
                        told.feeBooked(view.providerFee(told)),
                        "The provider has charged " + view.providerFee(told) + " in all")
                .booking(new Effect.ChargeFee(told.provider(), more));
    }

    private Decision succeededAfterFailure(Outcome.Succeeded outcome, Attempt told) {
        if (view.payout().live().isPresent()) {
            return suspend(outcome, told);
        }
        if (view.status().isHolding()) {
            return commit(outcome, told)
                    .finding(new Finding(
                            Kind.CONTRADICTION,
                            told.provider() + " paid " + outcome.reference() + ", which had failed for certain"));
        }
        Money more = view.providerFee(told).minus(view.feeBooked());
        return late(outcome, told).booking(new Effect.TakeLate(told.provider(), more));
    }

    /** Two persons say that what stands in suspense, or yet another payment of its attempt, is what paid the recipient. */
    private Decision adoptedLate(Outcome.Succeeded outcome, Attempt told) {
        Money more = view.providerFee(told).minus(view.feeBooked());
        if (view.reference() != View.Reference.SUSPENDED) {
            return late(outcome, told).booking(new Effect.TakeLate(told.provider(), more));
        }
        Decision adopted = late(outcome, told)
                .booking(new Effect.AdoptLate(told.provider(), view.suspendedFee(), view.suspense()));
        return more.isZero() ? adopted : adopted.booking(new Effect.ChargeFee(told.provider(), more));
    }

    private Decision late(Outcome.Succeeded outcome, Attempt told) {
        Standing standing = view.standing()
                .succeeded(view.received(told, outcome.particulars()))
                .afterRelease()
                .completed(view.now());
        String detail = told.provider() + " paid " + outcome.reference() + " after the hold had been released";
        Attempt settled = told.settledBy(outcome.reference()).feeBooked(view.providerFee(told));
        return Decision.of(Verdict.CHANGED, view.fresh(standing), settled, detail)
                .finding(new Finding(Kind.LATE_SUCCESS, detail));
    }

    private Decision suspend(Outcome.Succeeded outcome, Attempt told) {
        Money fee = view.providerFee(told);
        String detail = told.provider() + " paid " + outcome.reference() + " of attempt " + told.number()
                + " beside another attempt; it stands in suspense";
        return Decision.of(
                        Verdict.CHANGED,
                        blocked(),
                        told.settledBy(outcome.reference())
                                .state(AttemptState.SURPLUS)
                                .feeBooked(fee),
                        detail)
                .booking(new Effect.Suspend(
                        told.provider(), fee.minus(view.feeBooked()), told.number(), outcome.reference()))
                .finding(new Finding(Kind.SUSPENSE, detail));
    }

    /** The attempt has paid once already, as its state tells: this payment is another one. */
    private Decision paidTwice(Outcome.Succeeded outcome, Attempt told) {
        String detail = told.provider() + " paid " + outcome.reference() + " too, beside "
                + view.attempt().reference().orElse("none") + " of attempt " + told.number()
                + "; it stands in suspense";
        return Decision.of(Verdict.CHANGED, view.askedAgain(view.standing()), view.attempt(), detail)
                .booking(
                        new Effect.Suspend(told.provider(), view.providerFee(told), told.number(), outcome.reference()))
                .finding(new Finding(Kind.SUSPENSE, detail));
    }

    private Decision failedOpen(Outcome.Failed outcome) {
        if (view.attempt().isUnderWay()) {
            return view.unchanged(
                    Verdict.NO_NEWS, "The provider says that it failed, and a send of it is still under way");
        }
        List<String> references = view.attempt().references();
        boolean isAccountedFor = !view.payout().hasSurplus()
                && !view.payout().isDisputed()
                && references.equals(List.of(outcome.reference()));
        if (!isAccountedFor) {
            String detail = view.attempt().provider() + " says that " + outcome.reference()
                    + " failed, and not everything sent for this payout is accounted for: references " + references;
            Decision unproven = toReview(detail).finding(new Finding(Kind.CONTRADICTION, detail));
            return view.isOwn() ? unproven.attempt(view.attempt().outcome(AttemptOutcome.FAILED)) : unproven;
        }
        Attempt failed = view.attempt().outcome(AttemptOutcome.FAILED).failed(outcome.reason());
        return view.charging(released(outcome, failed), outcome.keptFee());
    }

    private Decision released(Outcome.Failed outcome, Attempt failed) {
        PayoutFailure failure = new PayoutFailure(outcome.reason(), outcome.providerCode(), outcome.detail());
        Standing standing = view.standing().failed(failure).completed(view.now());
        return Decision.of(Verdict.CHANGED, view.fresh(standing), failed, outcome.reason() + ": " + outcome.detail())
                .booking(new Effect.Release());
    }

    /** Tells whether a payout's money is still set aside, and nothing that was sent for it may pay any more. */
    private boolean isLastInDoubt(Attempt failed) {
        PayoutSnapshot after = view.payout().with(failed);
        return view.status().isHolding() && after.live().isEmpty() && !after.isDisputed() && !after.hasSurplus();
    }

    private Decision failedInSuspense(String reference) {
        return contradiction(view.attempt().provider() + " says that " + reference
                + " failed, which it had paid beside what settles this payout; what it paid stands in suspense");
    }

    private Decision failedAgain(Outcome.Failed outcome) {
        boolean isAccountedFor = view.attempt().references().equals(List.of(outcome.reference()));
        if (view.attempt().isDisputed() && isAccountedFor) {
            Attempt failed = view.attempt().outcome(AttemptOutcome.FAILED);
            return view.charging(
                    isLastInDoubt(failed)
                            ? released(outcome, failed)
                            : Decision.of(
                                    Verdict.CHANGED,
                                    view.askedAgain(view.standing()),
                                    failed,
                                    "What " + failed.provider() + " had taken up after all has failed: "
                                            + outcome.reference()),
                    outcome.keptFee());
        }
        Verdict verdict = view.status() == PayoutStatus.FAILED ? Verdict.DUPLICATE : Verdict.STALE;
        return view.charging(view.unchanged(verdict, "This attempt is known to have failed"), outcome.keptFee());
    }

    /** The attempt that had paid has failed after all: all of it came back. */
    private Decision failedAfterSuccess(Outcome.Failed outcome) {
        if (view.reference() == View.Reference.SUSPENDED) {
            return failedInSuspense(outcome.reference());
        } else if (view.reference() == View.Reference.SECOND) {
            return view.unchanged(Verdict.STALE, "Not the reference that settled this payout");
        }
        boolean isSaidBefore = view.event().cause() != Cause.RESOLUTION
                && view.status() == PayoutStatus.SUCCEEDED
                && view.attempt().failedByItsProvider();
        if (isSaidBefore) {
            return contradiction(view.attempt().provider() + " says as before that " + outcome.reference()
                    + " failed, of which two persons say that it was paid");
        }
        Money booked = view.attempt().feeBooked();
        Money refunded = outcome.keptFee()
                .filter(view::isOurs)
                .map(kept -> booked.minus(least(kept, booked)))
                .orElse(view.attempt().feeRefunded());
        return giveBack(view.payout().intent().amount(), refunded, AttemptOutcome.FAILED);
    }

    /** Books what came back, given cumulative figures, as far as it is not booked. */
    private Decision giveBack(Money amount, Money refunded, AttemptOutcome latest) {
        Intent intent = view.payout().intent();
        Money more = amount.minus(view.standing().reversed());
        Money moreFee = refunded.minus(view.attempt().feeRefunded());
        if (!more.isPositive() && !moreFee.isPositive()) {
            return view.unchanged(Verdict.DUPLICATE, "It is known to have come back");
        }
        if (view.status() == PayoutStatus.REVERSED || more.isNegative() || moreFee.isNegative()) {
            return contradiction(view.attempt().provider() + " says that " + amount + " and a fee of " + refunded
                    + " came back; booked are " + view.standing().reversed() + " and "
                    + view.attempt().feeRefunded());
        }
        boolean isAll = amount.equals(intent.amount());
        Money ours = isAll && view.terms().reversedFee() == ReversedFee.GIVEN_BACK
                ? intent.fee()
                : Money.zero(amount.currency());
        Standing reversed = view.standing().reversed(amount);
        Standing standing = isAll
                ? view.fresh(reversed.status(PayoutStatus.REVERSED).completed(view.now()))
                : view.askedAgain(reversed);
        return Decision.of(
                        Verdict.CHANGED,
                        standing,
                        view.attempt().outcome(latest).feeRefunded(refunded),
                        amount + " of " + intent.amount() + " came back in all")
                .booking(new Effect.GiveBack(
                        view.attempt().provider(),
                        more,
                        ours,
                        moreFee,
                        view.standing().late()));
    }

    private Decision contradiction(String detail) {
        return view.unchanged(Verdict.ITEM, detail).finding(new Finding(Kind.CONTRADICTION, detail));
    }

    private static Money least(Money one, Money other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
