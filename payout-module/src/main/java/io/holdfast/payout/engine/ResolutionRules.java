package io.holdfast.payout.engine;

import io.holdfast.ledger.Money;
import io.holdfast.payout.AttemptState;
import io.holdfast.payout.PayoutFailure;
import io.holdfast.payout.PayoutTransition.Verdict;
import io.holdfast.payout.Resolution;
import io.holdfast.payout.spi.FailureReason;
import io.holdfast.payout.spi.Outcome;
import io.holdfast.payout.spi.Particulars;

/**
 * Decides what it comes to that two persons agree on what became of a payout in review. Their word stands for the proof that
 * nobody else can give, so sends that are not accounted for do not stand in its way; what the provider proves later is applied
 * on top of it like any other news.
 */
final class ResolutionRules {

    private final View view;
    private final Resolution resolution;

    ResolutionRules(View view, Resolution resolution) {
        this.view = view;
        this.resolution = resolution;
    }

    Decision decide() {
        return resolution.verdict() == Resolution.Verdict.SUCCEEDED ? succeeded() : failed();
    }

    private Decision succeeded() {
        Attempt told = view.paid(view.told(resolution.fee()));
        Money fee = view.providerFee(told);
        Money more = fee.minus(view.feeBooked());
        Standing standing =
                view.standing().succeeded(view.received(told, Particulars.NONE)).completed(view.now());
        Attempt settled = resolution
                .reference()
                .map(told::settledBy)
                .orElse(told.state(AttemptState.SETTLED))
                .feeBooked(fee);
        Decision decision = Decision.of(
                Verdict.CHANGED, view.fresh(standing), settled, "Resolved as succeeded: " + resolution.evidence());
        if (view.reference() != View.Reference.SUSPENDED) {
            return decision.booking(new Effect.Commit(told.provider(), more));
        }
        Decision adopted = decision.booking(new Effect.Adopt(told.provider(), view.suspendedFee(), view.suspense()));
        return more.isZero() ? adopted : adopted.booking(new Effect.ChargeFee(told.provider(), more));
    }

    private Decision failed() {
        Attempt attempt = view.attempt();
        PayoutFailure failure =
                new PayoutFailure(FailureReason.OTHER, "", "Resolved as failed: " + excerpt(resolution.evidence()));
        Standing standing = view.standing().failed(failure).completed(view.now());
        Attempt failed = attempt.state() == AttemptState.OPEN ? attempt.saidToHaveFailed() : attempt;
        Decision released = Decision.of(
                        Verdict.CHANGED, view.fresh(standing), failed, "Resolved as failed: " + resolution.evidence())
                .booking(new Effect.Release());
        // What a payment beside another one cost stands in suspense with it.
        return attempt.state() == AttemptState.SURPLUS ? released : view.charging(released, resolution.fee());
    }

    private static String excerpt(String evidence) {
        int most = Outcome.DETAIL_MAX;
        return evidence.length() <= most ? evidence : evidence.substring(0, most);
    }
}
