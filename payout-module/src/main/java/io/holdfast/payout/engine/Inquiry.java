package io.holdfast.payout.engine;

import io.holdfast.payout.PayoutStatus;
import io.holdfast.payout.PayoutTransition.Cause;
import io.holdfast.payout.engine.Questions.Question;
import io.holdfast.payout.spi.Feature;
import io.holdfast.payout.spi.Outcome;
import io.holdfast.payout.spi.PayoutInstruction;
import io.holdfast.payout.spi.PayoutProvider;
import io.holdfast.payout.spi.Resend;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out what became of what was sent: asks by reference, else sends the same bytes again where that is safe, else looks
 * through the provider's list, else gives it to a person.
 */
final class Inquiry {

    private static final Logger LOG = LoggerFactory.getLogger(Inquiry.class);

    private final Desk desk;
    private final Settings settings;
    private final Gates gates;
    private final Claims claims;
    private final Applier applier;
    private final FirstSend sender;
    private final ListSearch search;
    private final Questions questions;

    Inquiry(Desk desk, Gates gates, Claims claims, Applier applier, FirstSend sender, ListSearch search) {
        this.desk = desk;
        this.settings = desk.settings();
        this.gates = gates;
        this.claims = claims;
        this.applier = applier;
        this.sender = sender;
        this.search = search;
        this.questions = new Questions(settings);
    }

    /** Asks about a payout, each attempt whose end is not proven, as far as rates and the lease let it. */
    void ask(Claim claim) {
        List<Question> all = questions.about(claim.payout());
        if (all.isEmpty()) {
            claims.returnUnused(claim, Optional.empty(), Optional.empty());
        } else {
            Question first = first(claim, all);
            List<Question> waiting = all.stream()
                    .filter(other -> !other.equals(first))
                    .filter(other -> !askBeside(claim, other))
                    .toList();
            askUnderClaim(claim, first);
            claim.payout()
                    .standing()
                    .hinted()
                    .filter(hinted ->
                            waiting.stream().noneMatch(one -> one.attempt().number() == hinted))
                    .ifPresent(hinted -> claims.heeded(claim, hinted));
        }
    }

    /**
     * Returns the question for which the claim was let in at its provider's gate: what is in doubt without a reference, which
     * may have to be sent again, else each in turn, so that none waits for ever for room beside another.
     */
    private static Question first(Claim claim, List<Question> all) {
        int tries = claim.payout().standing().tries();
        return all.stream()
                .filter(one -> one.reference().isEmpty() && one.attempt().stands())
                .findFirst()
                .orElseGet(() -> all.get(tries % all.size()));
    }

    /** Asks one more under the same claim, and returns whether that was possible. */
    private boolean askBeside(Claim claim, Question question) {
        Attempt attempt = question.attempt();
        Optional<PayoutProvider> provider = settings.find(attempt.provider())
                .filter(one -> sender.objection(one).isEmpty())
                .filter(one -> isInTime(claim, one) && hasRoom(one));
        if (provider.isPresent() && question.reference().isPresent()) {
            lookup(claim, question, provider.get(), Optional.empty());
        } else if (provider.isPresent()
                && search.find(claim.payout(), attempt, provider.get()) instanceof ListSearch.Match match) {
            learn(claim, attempt, Cause.LIST, match.outcome(), Optional.empty());
        }
        return provider.isPresent();
    }

    private void askUnderClaim(Claim claim, Question question) {
        Attempt attempt = question.attempt();
        Optional<PayoutProvider> provider = settings.find(attempt.provider());
        Instant now = desk.now();
        if (isInDoubt(claim) && isTooOld(claim.payout(), now)) {
            // Also where nobody can be asked.
            claims.review(
                    claim,
                    "Open for longer than " + settings.processing().reviewAfter(),
                    Optional.empty(),
                    Optional.of(now));
        } else if (provider.isEmpty()) {
            LOG.error(
                    "Payout {} is open at provider {}, which is not configured",
                    claim.intent().id(),
                    attempt.provider());
            claims.returnUnused(claim, next(claim, now), Optional.empty());
        } else if (sender.objection(provider.get()).isPresent()) {
            String why = sender.objection(provider.get()).get();
            LOG.error("Payout {} is not asked about: {}", claim.intent().id(), why);
            claims.returnUnused(claim, next(claim, now), Optional.empty());
        } else if (!attempt.provider().equals(claim.payout().currentRoute()) && !hasRoom(provider.get())) {
            // It was let in at the gate of another provider.
            claims.returnUnused(claim, next(claim, now), Optional.empty());
        } else if (question.reference().isPresent()) {
            lookup(claim, question, provider.get(), Optional.of(claim.token()));
        } else {
            askWithoutReference(claim, attempt, provider.get(), now);
        }
    }

    private boolean hasRoom(PayoutProvider provider) {
        return gates.of(provider).takeOneMore(desk.now());
    }

    /** Tells whether the lease is long enough for a call more than the one that it was made for. */
    private boolean isInTime(Claim claim, PayoutProvider provider) {
        Instant end =
                desk.now().plus(provider.exchangeTimeout().multipliedBy(2)).plus(Claims.LEASE_MARGIN);
        return claim.payout().standing().leaseUntil().filter(end::isBefore).isPresent();
    }

    /** Asks by reference. The lease ends with the answer if it is told with it. */
    private void lookup(Claim claim, Question question, PayoutProvider provider, Optional<Long> lease) {
        Attempt attempt = question.attempt();
        PayoutInstruction instruction = claim.intent().instruction(attempt.number(), attempt.key());
        Outcome outcome =
                gates.calls(provider).lookup(instruction, question.reference().orElseThrow());
        learn(claim, attempt, Cause.LOOKUP, outcome, lease);
    }

    private void learn(Claim claim, Attempt attempt, Cause cause, Outcome outcome, Optional<Long> lease) {
        applier.apply(claim.payout(), Event.learned(claim.intent().id(), attempt.number(), cause, outcome, lease));
    }

    private void askWithoutReference(Claim claim, Attempt attempt, PayoutProvider provider, Instant now) {
        if (claim.status() == PayoutStatus.UNKNOWN && mayResend(claim, attempt, provider, now)) {
            sender.send(claim, attempt);
        } else if (provider.capabilities().has(Feature.LIST) && !attempt.sends().isEmpty()) {
            search(claim, attempt, provider, now);
        } else {
            claims.review(
                    claim,
                    "Provider " + provider.name() + " offers no way to find out what became of it",
                    Optional.empty(),
                    Optional.empty());
        }
    }

    private void search(Claim claim, Attempt attempt, PayoutProvider provider, Instant now) {
        ListSearch.Found found = search.find(claim.payout(), attempt, provider);
        if (found instanceof ListSearch.Match match) {
            learn(claim, attempt, Cause.LIST, match.outcome(), Optional.of(claim.token()));
        } else if (found instanceof ListSearch.Ambiguous ambiguous && isInDoubt(claim) && attempt.stands()) {
            Instant again = settings.schedule().review(claim.intent().id(), 0, now);
            claims.review(claim, found.detail(), Optional.of(ambiguous.finding()), Optional.of(again));
        } else {
            Scribe.Move noted = Scribe.Move.noNews(Cause.LIST, found.detail(), settings.actor(), now);
            claims.returnUnused(claim, next(claim, now), Optional.of(noted));
        }
    }

    /** Returns when to ask again after a question that brought nothing; absent for what has been over for long enough. */
    private Optional<Instant> next(Claim claim, Instant now) {
        Standing standing = claim.payout().standing();
        int tries = standing.tries() + 1;
        if (standing.status() == PayoutStatus.FAILED && !claim.payout().isDisputed()) {
            return settings.schedule().afterEnd(standing.completedAt().orElse(now), now);
        }
        return Optional.of(
                standing.status() == PayoutStatus.REVIEW
                        ? settings.schedule().review(claim.intent().id(), tries, now)
                        : settings.schedule().poll(claim.intent().id(), tries, now));
    }

    private boolean isTooOld(PayoutSnapshot payout, Instant now) {
        return payout.open()
                .flatMap(Attempt::firstSentAt)
                .filter(sentAt ->
                        !now.isBefore(sentAt.plus(settings.processing().reviewAfter())))
                .isPresent();
    }

    private boolean mayResend(Claim claim, Attempt attempt, PayoutProvider provider, Instant now) {
        Resend resend = provider.capabilities().resend();
        if (claim.payout().standing().blocked() || attempt.firstSentAt().isEmpty()) {
            return false;
        }
        Instant end = attempt.firstSentAt().get().plus(resend.window());
        Instant last =
                attempt.usableUntil().filter(until -> until.isBefore(end)).orElse(end);
        return now.isBefore(last.minus(settings.processing().resendMargin()));
    }

    private static boolean isInDoubt(Claim claim) {
        return claim.status() == PayoutStatus.UNKNOWN || claim.status() == PayoutStatus.PROCESSING;
    }
}
