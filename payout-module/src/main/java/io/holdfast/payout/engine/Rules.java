package io.holdfast.payout.engine;

import io.holdfast.payout.AttemptOutcome;
import io.holdfast.payout.AttemptState;
import io.holdfast.payout.PayoutFailure;
import io.holdfast.payout.PayoutItem.Kind;
import io.holdfast.payout.PayoutStatus;
import io.holdfast.payout.PayoutTransition.Verdict;
import io.holdfast.payout.spi.FailureReason;
import io.holdfast.payout.spi.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Decides what an event comes to. Pure: reads no database, writes nothing. The attempt is matched first, then its state;
 * what proves nothing changes nothing.
 */
final class Rules implements Outcome.Cases<Decision> {

    private final View view;
    private final SettlementRules settlement;

    private Rules(View view) {
        this.view = view;
        this.settlement = new SettlementRules(view);
    }

    static Decision decide(View view, Outcome outcome) {
        Optional<String> mismatch = view.event()
                .delivery()
                .flatMap(delivery -> view.mismatch(delivery.notice().particulars()));
        return view.watching(
                mismatch.isPresent()
                        ? new SettlementRules(view).mismatched(mismatch.get())
                        : outcome.match(new Rules(view)));
    }

    @Override
    public Decision notSent(Outcome.NotSent outcome) {
        return nothingCreated(outcome.detail(), () -> tryAgain(Optional.empty(), outcome.detail()));
    }

    @Override
    public Decision notExecuted(Outcome.NotExecuted outcome) {
        return view.isAboutSending()
                ? nothingCreated(outcome.detail(), () -> tryAgain(outcome.retryAfter(), outcome.detail()))
                : postponed(view.unchanged(Verdict.NO_NEWS, outcome.detail()), outcome.retryAfter());
    }

    @Override
    public Decision rejected(Outcome.Rejected outcome) {
        return nothingCreated(outcome.detail(), () -> rejection(outcome));
    }

    @Override
    public Decision accepted(Outcome.Accepted outcome) {
        if (view.reference() == View.Reference.TAKEN) {
            return settlement.taken(outcome.reference());
        }
        Attempt told = view.told(outcome.particulars());
        return switch (view.attempt().state()) {
            case OPEN -> acceptedOpen(outcome, told);
            case SETTLED, SURPLUS ->
                view.unchanged(
                                view.reference() == View.Reference.SECOND ? Verdict.ITEM : Verdict.STALE,
                                "Accepted, and it is known to be paid")
                        .findings(view.oddities(view.attempt(), outcome.reference(), outcome.particulars()));
            case FAILED -> acceptedAfterFailure(outcome, told);
        };
    }

    @Override
    public Decision succeeded(Outcome.Succeeded outcome) {
        return settlement.succeeded(outcome);
    }

    @Override
    public Decision failed(Outcome.Failed outcome) {
        return settlement.failed(outcome);
    }

    @Override
    public Decision reversed(Outcome.Reversed outcome) {
        return settlement.reversed(outcome);
    }

    @Override
    public Decision notFound(Outcome.NotFound outcome) {
        return nothingProven("The provider shows no such payout");
    }

    @Override
    public Decision unknown(Outcome.Unknown outcome) {
        return nothingProven(outcome.detail());
    }

    private Decision nothingProven(String detail) {
        if (view.isAboutSending() && view.status() == PayoutStatus.SENDING) {
            return Decision.of(
                    Verdict.CHANGED, view.fresh(view.standing().status(PayoutStatus.UNKNOWN)), view.attempt(), detail);
        }
        return view.unchanged(Verdict.NO_NEWS, detail);
    }

    /** What a send that created nothing comes to: something only if no other send of the attempt is unaccounted for. */
    private Decision nothingCreated(String detail, Supplier<Decision> ifProven) {
        if (!view.isAboutSending()) {
            return view.unchanged(Verdict.NO_NEWS, "The question was not answered: " + detail);
        }
        if (view.attempt().state() != AttemptState.OPEN || !isSendable()) {
            return view.unchanged(Verdict.STALE, detail);
        }
        if (!view.attempt().isClear() || view.attempt().reference().isPresent()) {
            return view.status() == PayoutStatus.SENDING
                    ? nothingProven(detail)
                    : view.unchanged(
                            Verdict.NO_NEWS,
                            "This send created nothing, which says nothing of earlier ones: " + detail);
        }
        return ifProven.get();
    }

    private boolean isSendable() {
        return view.status() == PayoutStatus.SENDING || view.status() == PayoutStatus.UNKNOWN;
    }

    private Decision tryAgain(Optional<Duration> retryAfter, String detail) {
        Standing standing = view.standing();
        int tries = view.attempt().sends().size();
        if (standing.blocked()) {
            return Decision.of(
                    Verdict.CHANGED, view.fresh(standing.status(PayoutStatus.REVIEW)), view.attempt(), detail);
        }
        Instant next = view.terms().schedule().retry(view.payout().intent().id(), Math.max(0, tries - 1), view.now());
        Standing pending = standing.status(PayoutStatus.PENDING).next(Optional.of(next), tries);
        return postponed(Decision.of(Verdict.CHANGED, pending, view.attempt(), detail), retryAfter);
    }

    private Decision rejection(Outcome.Rejected outcome) {
        Standing standing = view.standing();
        Attempt failed = view.attempt().failed(outcome.reason());
        String why = outcome.reason() + (outcome.providerCode().isEmpty() ? "" : " (" + outcome.providerCode() + ")");
        String detail = why + ": " + outcome.detail();
        if (standing.blocked()) {
            return Decision.of(Verdict.CHANGED, view.fresh(standing.status(PayoutStatus.REVIEW)), failed, detail);
        }
        boolean isFloatShort = outcome.reason() == FailureReason.INSUFFICIENT_FLOAT;
        Optional<Standing> next = standing.routeNo()
                        < view.payout().intent().routes().size()
                ? Optional.of(nextRoute(failed.provider() + ": " + why))
                : Optional.of(firstRouteAgain(failed.provider() + ": " + why)).filter(again -> isFloatShort);
        if (next.isPresent()) {
            Decision decision = Decision.of(Verdict.CHANGED, next.get(), failed, detail);
            return isFloatShort ? decision.finding(floatShort()) : decision;
        }
        PayoutFailure failure = new PayoutFailure(outcome.reason(), outcome.providerCode(), outcome.detail());
        return Decision.of(Verdict.CHANGED, view.fresh(standing.failed(failure).completed(view.now())), failed, detail)
                .booking(new Effect.Release());
    }

    private Standing nextRoute(String why) {
        Standing standing = view.standing();
        return standing.status(PayoutStatus.PENDING)
                .route(standing.routeNo() + 1, why)
                .next(Optional.of(view.now()), 0);
    }

    /**
     * Once the last route is short of float all are tried again, in their order, for whichever may have been topped up: after
     * waits that go on to the longest between questions, because each try is an attempt for ever.
     */
    private Standing firstRouteAgain(String why) {
        Standing pending = view.standing().status(PayoutStatus.PENDING);
        int routes = view.payout().intent().routes().size();
        int rounds = view.payout().attempts().size() / routes;
        Instant next = view.terms().schedule().poll(view.payout().intent().id(), Math.max(0, rounds - 1), view.now());
        return (routes == 1 ? pending : pending.route(1, why)).next(Optional.of(next), rounds);
    }

    private Finding floatShort() {
        return new Finding(
                Kind.FLOAT_SHORT,
                view.attempt().provider() + " says that what we have prefunded in "
                        + view.payout().intent().amount().currency() + " does not suffice");
    }

    private Decision acceptedOpen(Outcome.Accepted outcome, Attempt told) {
        Standing standing = view.standing();
        Optional<String> mismatch = view.mismatch(outcome.particulars());
        if (mismatch.isPresent()) {
            return settlement.mismatched(mismatch.get());
        }
        Attempt attempt = told.outcome(AttemptOutcome.ACCEPTED);
        Decision decision = switch (view.status()) {
            case SENDING, UNKNOWN, PENDING ->
                Decision.of(
                        Verdict.CHANGED,
                        view.fresh(standing.status(PayoutStatus.PROCESSING)),
                        attempt,
                        "The provider has it as " + outcome.reference());
            default -> Decision.of(Verdict.DUPLICATE, view.askedAgain(standing), attempt, "The provider still has it");
        };
        return decision.findings(view.oddities(view.attempt(), outcome.reference(), outcome.particulars()));
    }

    /** The provider has what it had refused: it may pay after all. */
    private Decision acceptedAfterFailure(Outcome.Accepted outcome, Attempt told) {
        Standing standing = view.standing();
        if (view.attempt().failedByItsProvider() && view.reference() == View.Reference.OWN) {
            return view.unchanged(Verdict.STALE, "It is known to have failed since");
        }
        boolean isKnown = view.attempt().outcome().equals(Optional.of(AttemptOutcome.ACCEPTED));
        if (isKnown && view.reference() == View.Reference.OWN) {
            return view.unchanged(Verdict.DUPLICATE, "The provider still has it");
        }
        Finding contradiction = new Finding(
                Kind.CONTRADICTION,
                view.attempt().provider() + " has attempt " + view.attempt().number() + " as " + outcome.reference()
                        + (view.attempt().failedByPeople()
                                ? ", which two persons say has failed"
                                : ", which had failed for certain"));
        boolean isFree = view.payout().live().isEmpty() && !view.payout().hasSurplus();
        if (standing.status().isHolding() && isFree) {
            Attempt open = told.state(AttemptState.OPEN).outcome(AttemptOutcome.ACCEPTED);
            Standing processing = standing.status() == PayoutStatus.REVIEW
                    ? view.askedAgain(standing)
                    : view.fresh(standing.status(PayoutStatus.PROCESSING));
            return Decision.of(Verdict.CHANGED, processing, open, contradiction.detail())
                    .finding(contradiction);
        }
        Standing blocked = standing.block();
        Standing asked =
                standing.status().isHolding() || isKnown ? view.askedAgain(blocked) : blocked.next(blocked.nextAt(), 0);
        return Decision.of(Verdict.ITEM, asked, told.outcome(AttemptOutcome.ACCEPTED), contradiction.detail())
                .finding(contradiction);
    }

    private Decision postponed(Decision decision, Optional<Duration> retryAfter) {
        Standing standing = decision.standing();
        Optional<Instant> earliest = retryAfter.map(view.now()::plus);
        boolean isLater = earliest.isPresent()
                && standing.nextAt().isPresent()
                && earliest.get().isAfter(standing.nextAt().get());
        return isLater ? decision.standing(standing.next(earliest, standing.tries())) : decision;
    }
}
