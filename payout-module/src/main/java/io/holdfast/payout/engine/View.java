package io.holdfast.payout.engine;

import io.holdfast.ledger.Money;
import io.holdfast.payout.AttemptOutcome;
import io.holdfast.payout.AttemptState;
import io.holdfast.payout.PayoutItem.Kind;
import io.holdfast.payout.PayoutStatus;
import io.holdfast.payout.PayoutTransition.Cause;
import io.holdfast.payout.PayoutTransition.Verdict;
import io.holdfast.payout.spi.Environment;
import io.holdfast.payout.spi.Feature;
import io.holdfast.payout.spi.FeeMode;
import io.holdfast.payout.spi.Outcome;
import io.holdfast.payout.spi.Particulars;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * An event beside the payout it concerns: what the rules look at.
 *
 * @param attempt the payout's attempt that the event is about, its answered send and reference recorded already
 * @param meaning what the reference that the event brings means to that attempt
 */
record View(PayoutSnapshot payout, Attempt attempt, Event event, Meanings.Meaning meaning, Terms terms, Instant now) {

    /** What a provider's reference means to an attempt. */
    enum Reference {
        /** The event brings none. */
        NONE,
        /** It is the attempt's own, as of now or before. */
        OWN,
        /** The attempt has another one already. */
        SECOND,
        /** It is the attempt's, and what was paid under it stands in suspense. */
        SUSPENDED,
        /** Another attempt has it. */
        TAKEN
    }

    /** Returns the same event beside the payout as it has become. */
    View after(PayoutSnapshot changed) {
        return new View(changed, changed.attempt(event.attempt()), event, meaning, terms, now);
    }

    Reference reference() {
        return meaning.reference();
    }

    Standing standing() {
        return payout.standing();
    }

    PayoutStatus status() {
        return payout.standing().status();
    }

    /** Tells whether the event is about another payment of the attempt than the one it is asked for. */
    boolean isBeside() {
        return reference() == Reference.SECOND || reference() == Reference.SUSPENDED;
    }

    /** Tells whether the event is about the payment that the attempt is asked for, or about none in particular. */
    boolean isOwn() {
        return reference() == Reference.NONE || event.reference().equals(attempt.reference());
    }

    /** Tells whether the event is the answer to sending, not to asking. */
    boolean isAboutSending() {
        return event.send().isPresent() || event.cause() == Cause.PREPARATION;
    }

    Decision unchanged(Verdict verdict, String detail) {
        return Decision.of(verdict, askedAgain(standing()), attempt, detail);
    }

    /** Returns a standing that has just come about, with the time to look at it next. */
    Standing fresh(Standing changed) {
        return due(changed.next(changed.nextAt(), 0));
    }

    /** Returns a standing that stays as it is, with the time to look at it next if it was this that was due now. */
    Standing askedAgain(Standing same) {
        return event.lease().isPresent() ? due(same.next(same.nextAt(), same.tries() + 1)) : same;
    }

    private Standing due(Standing standing) {
        int tries = standing.tries();
        return switch (standing.status()) {
            case PROCESSING, UNKNOWN ->
                standing.next(Optional.of(terms.schedule().poll(payout.intent().id(), tries, now)), tries);
            case REVIEW ->
                standing.next(
                        Optional.of(terms.schedule().review(payout.intent().id(), tries, now)), tries);
            case SUCCEEDED, FAILED, CANCELLED -> standing.next(afterEnd(standing), tries);
            case REVERSED -> standing.next(Optional.empty(), tries);
            case AWAITING_APPROVAL, SCHEDULED, PENDING, SENDING -> standing;
        };
    }

    /**
     * Returns a decision after which each attempt that may pay and that somebody can be asked about is, however the payout
     * stands: for as long as it may, in review daily, else ever less often and in the end daily.
     */
    Decision watching(Decision decision) {
        Standing standing = decision.standing();
        boolean isAsked = standing.status().isHolding() && standing.nextAt().isPresent();
        boolean isOver = payout.with(decision.attempt()).attempts().stream().noneMatch(Attempt::isToBeAsked);
        if (isAsked || isOver) {
            return decision;
        }
        UUID id = payout.intent().id();
        Instant next = standing.status() == PayoutStatus.REVIEW
                ? terms.schedule().review(id, standing.tries(), now)
                : terms.schedule().poll(id, standing.tries(), now);
        Instant first = standing.nextAt().filter(next::isAfter).orElse(next);
        return decision.standing(standing.next(Optional.of(first), standing.tries()));
    }

    private Optional<Instant> afterEnd(Standing standing) {
        if (payout.live().filter(live -> live.number() != attempt.number()).isPresent()) {
            // About the one that has paid this says nothing: what is asked of it goes on.
            return terms.schedule().afterEnd(standing.completedAt().orElse(now), now);
        }
        boolean wasInDoubt = status() == PayoutStatus.REVIEW || attempt.isInDoubt();
        boolean isWatched = terms.provider().has(Feature.REVERSALS)
                || (standing.status() == PayoutStatus.FAILED && (wasInDoubt || status() == PayoutStatus.FAILED))
                || standing.late();
        // What people say has failed may have been paid under a reference that nobody knows.
        boolean isListed = standing.status() == PayoutStatus.FAILED
                && attempt.isInDoubt()
                && terms.provider().has(Feature.LIST);
        return isWatched && (attempt.reference().isPresent() || isListed)
                ? terms.schedule().afterEnd(standing.completedAt().orElse(now), now)
                : Optional.empty();
    }

    /** Returns what the provider charges, to be booked beside the amount. */
    Money providerFee(Attempt told) {
        return terms.provider().feeMode() == FeeMode.DEDUCTED
                ? Money.zero(payout.intent().amount().currency())
                : told.feeTold()
                        .or(told::quotedFee)
                        .orElse(Money.zero(payout.intent().amount().currency()));
    }

    /** Returns what reaches the recipient, as far as it is known. */
    Optional<Money> received(Attempt told, Particulars particulars) {
        Money amount = payout.intent().amount();
        if (particulars.received().isPresent()) {
            return particulars.received();
        }
        return terms.provider().feeMode() == FeeMode.ON_TOP
                ? Optional.of(amount)
                : told.feeTold().filter(fee -> fee.compareTo(amount) <= 0).map(amount::minus);
    }

    /** Returns how much of what the provider charges under the event's reference is booked, or stands in suspense. */
    Money feeBooked() {
        return isOwn() ? attempt.feeBooked() : suspendedFee();
    }

    /** Returns what was put in suspense under the event's reference beside the amount. */
    Money suspendedFee() {
        Money amount = payout.intent().amount();
        return meaning.suspended().map(found -> found.paid().minus(amount)).orElse(Money.zero(amount.currency()));
    }

    /** Returns on which account that stands which was put in suspense under the event's reference. */
    String suspense() {
        return meaning.suspended().orElseThrow().path();
    }

    /** Adds to a decision what the provider charged for a failed attempt, as far as it is not booked. */
    Decision charging(Decision decision, Optional<Money> keptFee) {
        Attempt failed = decision.attempt();
        Optional<Money> kept = keptFee.filter(this::isOurs).filter(fee -> fee.compareTo(failed.feeBooked()) > 0);
        if (kept.isEmpty()) {
            return decision;
        }
        Money fee = kept.get();
        return decision.verdict(Verdict.CHANGED)
                .attempt(failed.feeTold(fee).feeBooked(fee))
                .booking(new Effect.ChargeFee(failed.provider(), fee.minus(failed.feeBooked())));
    }

    /** Returns the attempt with what the provider told of its fee under the event's reference. */
    Attempt told(Particulars particulars) {
        return told(particulars.chargedFee());
    }

    /** Returns the attempt with what the provider's fee is under the event's reference, if that is told. */
    Attempt told(Optional<Money> fee) {
        if (fee.isPresent()) {
            return attempt.feeTold(fee);
        } else if (!isOwn() && attempt.state() == AttemptState.FAILED) {
            // What was kept for a failure says nothing of what another payment costs.
            return attempt.feeTold(Optional.empty());
        }
        boolean isTold = meaning.suspended().isPresent() && terms.provider().feeMode() == FeeMode.ON_TOP;
        return !isOwn() && isTold ? attempt.feeTold(Optional.of(suspendedFee())) : attempt;
    }

    /** Returns an attempt that has paid: where only people say so, its provider's own word that the same failed stands. */
    Attempt paid(Attempt told) {
        boolean isSaid = event.cause() == Cause.RESOLUTION && isOwn() && attempt.failedByItsProvider();
        return isSaid ? told : told.outcome(AttemptOutcome.SUCCEEDED);
    }

    /** Returns in what the provider's figures are not those that it was told, if they are not. */
    Optional<String> mismatch(Particulars particulars) {
        Intent intent = payout.intent();
        List<String> differs = new ArrayList<>();
        particulars
                .amount()
                .filter(amount -> !amount.equals(intent.amount()))
                .ifPresent(amount -> differs.add("it was told to pay " + intent.amount() + " and says " + amount));
        particulars
                .recipient()
                .filter(echoed -> !intent.recipient().hasAddress(echoed))
                .ifPresent(echoed -> differs.add("it names another recipient than " + intent.recipient()));
        String ours = intent.instruction(attempt.number(), attempt.key()).reference();
        particulars
                .reference()
                .filter(echoed -> !echoed.equals(ours))
                .ifPresent(echoed -> differs.add("it echoes another reference than " + ours));
        Optional<Environment> environment = terms.provider().environment();
        particulars
                .environment()
                .filter(told -> environment.isPresent() && told != environment.get())
                .ifPresent(told -> differs.add("it speaks of the environment " + told));
        Stream.of(particulars.chargedFee(), particulars.received())
                .flatMap(Optional::stream)
                .filter(money -> !isOurs(money))
                .forEach(money -> differs.add("it names " + money + " in another currency"));
        return differs.isEmpty()
                ? Optional.empty()
                : Optional.of(attempt.provider() + ": " + String.join("; ", differs));
    }

    /** Returns that it was paid, where an outcome says that it came back and its success was never seen: it must have left before. */
    Optional<Outcome.Succeeded> unseenSuccess(Outcome outcome) {
        boolean isUnseen = attempt.state() == AttemptState.OPEN || attempt.state() == AttemptState.FAILED;
        if (!isUnseen
                || reference() == Reference.TAKEN
                || !(outcome instanceof Outcome.Reversed reversed)
                || !isOurs(reversed.amount())
                || reversed.amount().compareTo(payout.intent().amount()) > 0) {
            return Optional.empty();
        }
        // When it left nobody tells, but not after it came back.
        Particulars told = reversed.at().map(Particulars.NONE::at).orElse(Particulars.NONE);
        return Optional.of(new Outcome.Succeeded(reversed.reference(), told, reversed.evidence()));
    }

    boolean isOurs(Money money) {
        return money.currency().equals(payout.intent().amount().currency());
    }

    /**
     * Returns what a person should see of a fee in another currency than the payout's, of which nothing is booked.
     *
     * @param what the provider says that it did with it
     */
    List<Finding> foreign(Optional<Money> fee, String what) {
        return fee
                .filter(told -> !isOurs(told))
                .map(told -> new Finding(
                        Kind.FEE_DIFFERS,
                        attempt.provider() + " says that it " + what + " a fee of " + told
                                + ", which is not booked: the payout is in "
                                + payout.intent().amount().currency()))
                .stream()
                .toList();
    }

    /** Returns what a person should look at although it stands in nobody's way. */
    List<Finding> oddities(Attempt told, String given, Particulars particulars) {
        List<Finding> findings = new ArrayList<>();
        if (reference() == Reference.SECOND) {
            findings.add(new Finding(
                    Kind.SECOND_REFERENCE,
                    attempt.provider() + " gave attempt " + attempt.number() + " the reference " + given + " beside "
                            + attempt.reference().orElse("none")));
        }
        particulars
                .risk()
                .ifPresent(risk -> findings.add(new Finding(
                        Kind.SECOND_OPERATOR, attempt.provider() + " may pay " + given + " twice: " + risk)));
        particulars
                .received()
                .filter(net -> terms.provider().feeMode() == FeeMode.ON_TOP
                        && !net.equals(payout.intent().amount()))
                .ifPresent(net -> findings.add(new Finding(
                        Kind.FEE_DIFFERS,
                        attempt.provider() + " pays out " + net + " of "
                                + payout.intent().amount() + ", though its fee was to come on top")));
        told.feeTold()
                .filter(fee -> told.quotedFee().isPresent()
                        && !terms.feeTolerance().allows(told.quotedFee().get(), fee))
                .ifPresent(fee -> findings.add(new Finding(
                        Kind.FEE_DIFFERS,
                        attempt.provider() + " charges " + fee + " and had quoted "
                                + told.quotedFee().orElseThrow())));
        return findings;
    }
}
