package io.holdfast.payout.engine;

import io.holdfast.payout.PayoutItem;
import io.holdfast.payout.PayoutStatus;
import io.holdfast.payout.spi.CreateRequest;
import io.holdfast.payout.spi.Evidence;
import io.holdfast.payout.spi.Feature;
import io.holdfast.payout.spi.Outcome;
import io.holdfast.payout.spi.PayoutInstruction;
import io.holdfast.payout.spi.PayoutProvider;
import io.holdfast.payout.spi.Preparation;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jooq.DSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends what is pending: prepares it, fixes its bytes, writes them down, and only then lets them leave. */
final class FirstSend {

    private static final Logger LOG = LoggerFactory.getLogger(FirstSend.class);

    /** Where a create may be written. */
    private static final Set<PayoutStatus> BEGINNING =
            Set.of(PayoutStatus.SCHEDULED, PayoutStatus.PENDING, PayoutStatus.SENDING);

    private final Desk desk;
    private final Settings settings;
    private final Gates gates;
    private final Breakers breakers;
    private final Environments environments;
    private final Claims claims;
    private final Applier applier;

    FirstSend(Desk desk, Gates gates, Breakers breakers, Environments environments, Claims claims, Applier applier) {
        this.desk = desk;
        this.settings = desk.settings();
        this.gates = gates;
        this.breakers = breakers;
        this.environments = environments;
        this.claims = claims;
        this.applier = applier;
    }

    /** Returns why a provider is not to be called as it is configured, if it is not. */
    Optional<String> objection(PayoutProvider provider) {
        return environments.objection(provider);
    }

    void send(Claim claim) {
        Optional<Attempt> open = claim.payout().open();
        if (claim.begun().isPresent()) {
            carryOut(claim, claim.begun().get());
            return;
        }
        String at = open.map(Attempt::provider).orElse(claim.payout().currentRoute());
        Optional<PayoutProvider> provider = settings.find(at);
        Optional<String> objection = provider.isEmpty()
                ? Optional.of("Provider " + at + " is not configured")
                : provider.flatMap(this::objection);
        if (objection.isPresent()) {
            LOG.error("Payout {} waits: {}", claim.intent().id(), objection.get());
            claims.await(claim, objection.get());
        } else if (open.isPresent() && isExpired(open.get())) {
            claims.expire(claim, open.get()).ifPresent(this::begin);
        } else if (open.isPresent()) {
            send(claim, open.get());
        } else {
            begin(claim);
        }
    }

    /** Sends an attempt's bytes, for the first time or again. */
    void send(Claim claim, Attempt attempt) {
        send(claim, attempt, Evidence.NONE);
    }

    private void send(Claim claim, Attempt attempt, Evidence preparation) {
        claims.beginSend(claim, attempt, preparation)
                .ifPresentOrElse(
                        sendable -> carryOut(claim, sendable),
                        () -> LOG.warn(
                                "Payout {}: the lease was lost before its bytes left",
                                claim.intent().id()));
    }

    private void carryOut(Claim claim, Claims.Sendable sendable) {
        Attempt attempt = sendable.attempt();
        PayoutProvider provider = settings.provider(attempt.provider());
        Outcome outcome = new Outcome.NotSent("Too little of the lease was left");
        if (claims.isInTime(sendable, provider)) {
            PayoutInstruction instruction = claim.intent().instruction(attempt.number(), attempt.key());
            outcome = gates.calls(provider).send(instruction, attempt.create().orElseThrow());
            if (attempt.isClear()) {
                breakers.heed(provider.name(), outcome);
            }
        }
        PayoutSnapshot sent = claim.payout().with(sendable.begun());
        applier.apply(sent, Event.answer(sent, attempt.number(), outcome));
    }

    private boolean isExpired(Attempt attempt) {
        return isExpired(settings.provider(attempt.provider()), attempt.usableUntil());
    }

    /** Tells whether a preparation cannot be used any more by the time at which a send with it has arrived for certain. */
    private boolean isExpired(PayoutProvider provider, Optional<Instant> usableUntil) {
        Instant arrived = desk.now().plus(provider.exchangeTimeout());
        return usableUntil.filter(until -> !arrived.isBefore(until)).isPresent();
    }

    private void begin(Claim claim) {
        String route = claim.payout().currentRoute();
        PayoutProvider provider = settings.provider(route);
        PayoutInstruction instruction =
                instruction(claim.payout(), provider).metadata(metadata(provider, claim.payout()));
        ProviderCalls calls = gates.calls(provider);
        Preparation preparation =
                provider.capabilities().has(Feature.PREPARATION) ? calls.prepare(instruction) : Preparation.NOTHING;
        if (preparation instanceof Preparation.Ready ready && isExpired(provider, ready.expiresAt())) {
            claims.postpone(claim, tooLate(ready), neverInTime(provider));
        } else if (preparation instanceof Preparation.Postponed postponed) {
            if (postponed.retryAfter().isEmpty()) {
                breakers.heedFailure(route, "its preparation");
            }
            claims.postpone(claim, postponed);
        } else if (preparation instanceof Preparation.Refused refused) {
            Outcome.Rejected rejection = new Outcome.Rejected(
                    refused.reason(), refused.providerCode(), refused.detail(), refused.evidence());
            breakers.heed(route, rejection);
            claims.refuse(claim, Attempt.first(instruction, route, Optional.empty(), Optional.empty()), rejection);
        } else {
            write(claim, calls, instruction, route, (Preparation.Ready) preparation);
        }
    }

    private static Preparation.Postponed tooLate(Preparation.Ready ready) {
        String detail = "Its preparation could be used until "
                + ready.expiresAt().orElseThrow() + ", which is too soon to send by: it is made again";
        return new Preparation.Postponed(Optional.empty(), detail, ready.evidence());
    }

    /** The provider was reached, so that its breaker has nothing to heed, and waiting alone changes nothing. */
    private static Finding neverInTime(PayoutProvider provider) {
        return new Finding(
                PayoutItem.Kind.UNLISTED_ANSWER,
                provider.name()
                        + ": by our clock nothing that it prepares can be used for longer than an exchange with it may"
                        + " take, " + provider.exchangeTimeout()
                        + ", so that nothing is sent: correct the timeout or our"
                        + " clock, or ask it for preparations that last longer");
    }

    private void write(
            Claim claim, ProviderCalls calls, PayoutInstruction instruction, String route, Preparation.Ready ready) {
        ProviderCalls.Written written = calls.create(instruction, ready);
        if (written instanceof ProviderCalls.Written.Impossible impossible) {
            Attempt attempt = Attempt.first(instruction, route, Optional.of(ready), Optional.empty());
            Outcome.Rejected why = impossible.why();
            claims.refuse(
                    claim,
                    attempt,
                    new Outcome.Rejected(why.reason(), why.providerCode(), why.detail(), ready.evidence()));
        } else {
            CreateRequest create = ((ProviderCalls.Written.Request) written).create();
            send(claim, Attempt.first(instruction, route, Optional.of(ready), Optional.of(create)), ready.evidence());
        }
    }

    private static PayoutInstruction instruction(PayoutSnapshot payout, PayoutProvider provider) {
        int number = payout.attempts().size() + 1;
        String key = provider.capabilities().keyFormat().keyOf(payout.intent().id(), number);
        return payout.intent().instruction(number, key);
    }

    /** Returns the host's pairs of text of those of which a create is to be written, if the provider keeps such. */
    Map<UUID, Map<String, String>> metadata(DSLContext db, PayoutProvider provider, List<PayoutSnapshot> payouts) {
        List<UUID> beginning = provider.capabilities().has(Feature.METADATA)
                ? payouts.stream()
                        .filter(payout -> payout.open().isEmpty()
                                && BEGINNING.contains(payout.standing().status()))
                        .map(payout -> payout.intent().id())
                        .toList()
                : List.of();
        return beginning.isEmpty() ? Map.of() : desk.stores().history().metadata(db, beginning);
    }

    private Map<String, String> metadata(PayoutProvider provider, PayoutSnapshot payout) {
        return provider.capabilities().has(Feature.METADATA)
                ? desk.session()
                        .read(db -> metadata(db, provider, List.of(payout)))
                        .getOrDefault(payout.intent().id(), Map.of())
                : Map.of();
    }

    /**
     * Returns the attempt to send where that can be told without asking anybody: one of which nothing has left so far, or a
     * new one. Calls nobody.
     *
     * @param metadata the host's, if the provider keeps such
     */
    Optional<Attempt> draft(PayoutSnapshot payout, Map<String, String> metadata) {
        Optional<Attempt> open = payout.open();
        String at = open.map(Attempt::provider).orElse(payout.currentRoute());
        Optional<PayoutProvider> provider = settings.find(at).filter(environments::isSettled);
        if (provider.isEmpty() || payout.standing().blocked()) {
            return Optional.empty();
        } else if (open.isPresent()) {
            return open.filter(attempt -> attempt.usableUntil().isEmpty());
        } else if (provider.get().capabilities().has(Feature.PREPARATION)) {
            return Optional.empty();
        }
        PayoutInstruction instruction = instruction(payout, provider.get()).metadata(metadata);
        ProviderCalls.Written written = gates.calls(provider.get()).create(instruction, Preparation.NOTHING);
        return written instanceof ProviderCalls.Written.Request request
                ? Optional.of(Attempt.first(
                        instruction,
                        provider.get().name(),
                        Optional.of(Preparation.NOTHING),
                        Optional.of(request.create())))
                : Optional.empty();
    }
}
