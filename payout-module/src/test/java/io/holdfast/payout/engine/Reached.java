package io.holdfast.payout.engine;

import io.holdfast.payout.Payout;
import io.holdfast.payout.PayoutAttempt;
import io.holdfast.payout.PayoutStatus;
import io.holdfast.payout.PayoutTransition;
import io.holdfast.payout.PayoutTransition.Cause;
import io.holdfast.payout.PayoutTransition.Verdict;
import io.holdfast.payout.spi.Outcome.Code;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Counts which of the rules of states and ledger effects the histories of payouts have gone by. */
final class Reached {

    private final Map<Rule, Integer> times = new EnumMap<>(Rule.class);

    /** A rule, by what it is about. */
    enum Rule {
        SENT_AGAIN_AFTER_PROOF_OF_NOTHING,
        NEXT_ROUTE_AFTER_A_REJECTION,
        FAILED_AFTER_THE_LAST_REJECTION,
        ACCEPTED,
        IN_DOUBT_AFTER_A_SEND,
        OUT_OF_DOUBT,
        SUCCEEDED,
        FAILED,
        FOR_A_PERSON,
        ENDED_BY_TWO_PERSONS,
        PARTLY_REVERSED,
        REVERSED,
        LATE_SUCCESS,
        TAKEN_UP_AFTER_A_REJECTION,
        PAID_BESIDE_ANOTHER,
        KNOWN_ALREADY
    }

    void add(Payout payout, List<PayoutTransition> history) {
        history.forEach(this::add);
        List<PayoutAttempt> attempts = payout.attempts();
        IntStream.range(1, attempts.size())
                .filter(i ->
                        !attempts.get(i).provider().equals(attempts.get(i - 1).provider()))
                .forEach(next -> count(Rule.NEXT_ROUTE_AFTER_A_REJECTION));
    }

    Map<Rule, Integer> times() {
        return times;
    }

    private void add(PayoutTransition step) {
        switch (step.verdict()) {
            case DUPLICATE, STALE -> count(Rule.KNOWN_ALREADY);
            case CHANGED -> addChange(step, step.from().orElse(step.to()), step.outcome());
            case ITEM, NO_NEWS -> {}
        }
        boolean isTakenUp = step.verdict() == Verdict.ITEM || step.verdict() == Verdict.CHANGED;
        if (isTakenUp
                && step.outcome().equals(Optional.of(Code.ACCEPTED))
                && step.detail().contains("for certain")) {
            count(Rule.TAKEN_UP_AFTER_A_REJECTION);
        }
    }

    private void addChange(PayoutTransition step, PayoutStatus from, Optional<Code> outcome) {
        PayoutStatus to = step.to();
        boolean isByPeople = step.cause() == Cause.RESOLUTION;
        boolean provesNothing = outcome.filter(said -> said == Code.NOT_SENT || said == Code.NOT_EXECUTED)
                .isPresent();
        boolean isInDoubt = from == PayoutStatus.UNKNOWN || from == PayoutStatus.PROCESSING;
        if (step.detail().contains("it stands in suspense")) {
            count(Rule.PAID_BESIDE_ANOTHER);
        } else if (isByPeople && from == PayoutStatus.REVIEW && to != PayoutStatus.REVIEW) {
            count(Rule.ENDED_BY_TWO_PERSONS);
        } else if (from == PayoutStatus.SENDING && to == PayoutStatus.PENDING && provesNothing) {
            count(Rule.SENT_AGAIN_AFTER_PROOF_OF_NOTHING);
        } else if (from == PayoutStatus.SENDING
                && to == PayoutStatus.FAILED
                && outcome.equals(Optional.of(Code.REJECTED))) {
            count(Rule.FAILED_AFTER_THE_LAST_REJECTION);
        } else if (from == PayoutStatus.SENDING && to == PayoutStatus.PROCESSING) {
            count(Rule.ACCEPTED);
        } else if (from == PayoutStatus.SENDING && to == PayoutStatus.UNKNOWN) {
            count(Rule.IN_DOUBT_AFTER_A_SEND);
        } else if (isInDoubt && to == PayoutStatus.REVIEW) {
            count(Rule.FOR_A_PERSON);
        } else if (outcome.equals(Optional.of(Code.REVERSED)) && from == to) {
            count(Rule.PARTLY_REVERSED);
        } else if (to == PayoutStatus.REVERSED) {
            count(Rule.REVERSED);
        }
        if (from == PayoutStatus.UNKNOWN && !isByPeople && to != from && to != PayoutStatus.REVIEW) {
            count(Rule.OUT_OF_DOUBT);
        }
        if (outcome.equals(Optional.of(Code.SUCCEEDED)) && to == PayoutStatus.SUCCEEDED && from != to && !isByPeople) {
            count(from.isHolding() ? Rule.SUCCEEDED : Rule.LATE_SUCCESS);
        } else if (outcome.equals(Optional.of(Code.FAILED))
                && to == PayoutStatus.FAILED
                && from.isHolding()
                && !isByPeople) {
            count(Rule.FAILED);
        }
    }

    private void count(Rule rule) {
        times.merge(rule, 1, Integer::sum);
    }
}
