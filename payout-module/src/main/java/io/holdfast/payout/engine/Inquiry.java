package io.holdfast.payout.engine;

import io.holdfast.payout.PayoutStatus;
import io.holdfast.payout.PayoutTransition.Cause;
import io.holdfast.payout.spi.Feature;
import io.holdfast.payout.spi.Outcome;
import io.holdfast.payout.spi.PayoutInstruction;
import io.holdfast.payout.spi.PayoutProvider;
import io.holdfast.payout.spi.Resend;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
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

    private final Settings settings;
    private final Gates gates;
    private final Claims claims;
    private final Applier applier;
    private final FirstSend sender;
    private final ListSearch search;

    Inquiry(Settings settings, Gates gates, Claims claims, Applier applier, FirstSend sender, ListSearch search) {
        this.settings = settings;
        this.gates = gates;
        this.claims = claims;
        this.applier = applier;
        this.sender = sender;
        this.search = search;
    }

    void ask(Claim claim) {
        Optional<Attempt> asked = asked(claim.payout());
        if (asked.isEmpty()) {
            claims.giveBack(claim, Optional.empty(), Optional.empty());
            return;
        }
        Attempt attempt = asked.get();
        Optional<PayoutProvider> provider = settings.find(attempt.provider());
        Instant now = claims.now();
        if (provider.isEmpty()) {
            LOG.error(
                    "Payout {} is open at provider {}, which is not configured",
                    claim.intent().id(),
                    attempt.provider());
            claims.giveBack(claim, next(claim, now), Optional.empty());
        } else if (sender.objection(provider.get()).isPresent()) {
            String why = sender.objection(provider.get()).get();
            LOG.error("Payout {} is not asked about: {}", claim.intent().id(), why);
            claims.giveBack(claim, next(claim, now), Optional.empty());
        } else if (isInDoubt(claim) && isTooOld(attempt, now)) {
            claims.review(
                    claim,
                    "Open for longer than " + settings.processing().reviewAfter(),
                    Optional.empty(),
                    Optional.of(now));
        } else if (attempt.reference().isPresent()) {
            lookup(claim, attempt, provider.get());
        } else {
            askWithoutReference(claim, attempt, provider.get(), now);
        }
    }

    private void lookup(Claim claim, Attempt attempt, PayoutProvider provider) {
        PayoutInstruction instruction = claim.intent().instruction(attempt.number(), attempt.key());
        Outcome outcome =
                gates.calls(provider).lookup(instruction, attempt.reference().orElseThrow());
        applier.apply(
                claim.payout(),
                Event.learned(claim.intent().id(), attempt.number(), Cause.LOOKUP, outcome, claim.token()));
    }

    private void askWithoutReference(Claim claim, Attempt attempt, PayoutProvider provider, Instant now) {
        if (claim.status() == PayoutStatus.UNKNOWN && mayResend(claim, attempt, provider, now)) {
            sender.send(claim, attempt);
        } else if (isInDoubt(claim) || claim.status() == PayoutStatus.REVIEW || claim.status() == PayoutStatus.FAILED) {
            if (hasList(attempt) && !attempt.sends().isEmpty()) {
                search(claim, attempt, provider, now);
            } else if (!isInDoubt(claim)) {
                claims.giveBack(claim, Optional.empty(), Optional.empty());
            } else {
                claims.review(
                        claim,
                        "Provider " + provider.name() + " offers no way to find out what became of it",
                        Optional.empty(),
                        Optional.empty());
            }
        } else {
            claims.giveBack(claim, Optional.empty(), Optional.empty());
        }
    }

    private void search(Claim claim, Attempt attempt, PayoutProvider provider, Instant now) {
        ListSearch.Found found = search.find(claim.payout(), attempt, provider);
        if (found.match().isPresent()) {
            applier.apply(
                    claim.payout(),
                    Event.learned(
                            claim.intent().id(),
                            attempt.number(),
                            Cause.LIST,
                            found.match().get(),
                            claim.token()));
        } else if (found.ambiguity().isPresent() && isInDoubt(claim)) {
            Instant again = settings.schedule().review(claim.intent().id(), 0, now);
            claims.review(claim, found.ambiguity().get().detail(), found.ambiguity(), Optional.of(again));
        } else {
            Scribe.Move noted = Scribe.Move.noNews(Cause.LIST, found.detail(), settings.actor(), now);
            claims.giveBack(claim, next(claim, now), Optional.of(noted));
        }
    }

    /**
     * Returns the attempt to ask about: the one that counts, or if all have failed the latest that the provider knew or may
     * show in its list.
     */
    private Optional<Attempt> asked(PayoutSnapshot payout) {
        List<Attempt> latestFirst = new ArrayList<>(payout.attempts());
        Collections.reverse(latestFirst);
        return payout.live()
                .or(() -> latestFirst.stream()
                        .filter(attempt -> attempt.reference().isPresent() || (attempt.isInDoubt() && hasList(attempt)))
                        .findFirst());
    }

    private boolean hasList(Attempt attempt) {
        return settings.find(attempt.provider())
                .filter(provider -> provider.capabilities().has(Feature.LIST))
                .isPresent();
    }

    /** Returns when to ask again after a question that brought nothing; absent for what has been over for long enough. */
    private Optional<Instant> next(Claim claim, Instant now) {
        Standing standing = claim.payout().standing();
        int tries = standing.tries() + 1;
        if (standing.status() == PayoutStatus.FAILED) {
            return settings.schedule().afterEnd(standing.completedAt().orElse(now), now);
        }
        return Optional.of(
                standing.status() == PayoutStatus.REVIEW
                        ? settings.schedule().review(claim.intent().id(), tries, now)
                        : settings.schedule().poll(claim.intent().id(), tries, now));
    }

    private boolean isTooOld(Attempt attempt, Instant now) {
        return attempt.firstSentAt()
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
