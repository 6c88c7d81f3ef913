package io.holdfast.payout.engine;

import io.holdfast.ledger.Money;
import io.holdfast.payout.AttemptState;
import io.holdfast.payout.spi.CreateRequest;
import io.holdfast.payout.spi.Feature;
import io.holdfast.payout.spi.Outcome;
import io.holdfast.payout.spi.PayoutInstruction;
import io.holdfast.payout.spi.PayoutProvider;
import io.holdfast.payout.spi.Preparation;
import io.holdfast.payout.spi.ProviderFee;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends what is pending: prepares it, fixes its bytes, writes them down, and only then lets them leave. */
final class FirstSend {

    private static final Logger LOG = LoggerFactory.getLogger(FirstSend.class);

    private final Settings settings;
    private final Gates gates;
    private final Breakers breakers;
    private final Environments environments;
    private final Claims claims;
    private final Applier applier;

    FirstSend(
            Settings settings,
            Gates gates,
            Breakers breakers,
            Environments environments,
            Claims claims,
            Applier applier) {
        this.breakers = breakers;
        this.environments = environments;
        this.settings = settings;
        this.gates = gates;
        this.claims = claims;
        this.applier = applier;
    }

    /** Returns why a provider is not to be called as it is configured, if it is not. */
    Optional<String> objection(PayoutProvider provider) {
        return environments.objection(provider);
    }

    void send(Claim claim) {
        Optional<Attempt> open = claim.payout().open();
        String at = open.map(Attempt::provider).orElse(claim.payout().currentRoute());
        Optional<String> objection = settings.find(at).flatMap(this::objection);
        if (objection.isPresent()) {
            LOG.error("Payout {} waits: {}", claim.intent().id(), objection.get());
            claims.postpone(claim, Optional.empty(), objection.get());
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
        PayoutProvider provider = settings.provider(attempt.provider());
        Optional<Claims.Sendable> sendable = claims.beginSend(claim, attempt);
        if (sendable.isEmpty()) {
            LOG.warn(
                    "Payout {}: the lease was lost before its bytes left",
                    claim.intent().id());
            return;
        }
        PayoutInstruction instruction = claim.intent().instruction(attempt.number(), attempt.key());
        Outcome outcome = claims.isInTime(sendable.get(), provider)
                ? gates.calls(provider).send(instruction, attempt.create().orElseThrow())
                : new Outcome.NotSent("Too little of the lease was left");
        if (attempt.sends().isEmpty()) {
            breakers.heed(provider.name(), outcome);
        }
        PayoutSnapshot sent = claim.payout().with(attempt);
        applier.apply(
                sent,
                Event.answer(
                        claim.intent().id(), attempt.number(), sendable.get().send(), outcome, claim.token()));
    }

    private boolean isExpired(Attempt attempt) {
        return attempt.usableUntil().isPresent()
                && !claims.now()
                        .plus(settings.provider(attempt.provider()).exchangeTimeout())
                        .isBefore(attempt.usableUntil().get());
    }

    private void begin(Claim claim) {
        String route = claim.payout().currentRoute();
        Optional<PayoutProvider> provider = settings.find(route);
        if (provider.isEmpty()) {
            LOG.error(
                    "Payout {} waits for provider {}, which is not configured",
                    claim.intent().id(),
                    route);
            claims.postpone(claim, Optional.empty(), "Provider " + route + " is not configured");
            return;
        }
        int number = claim.payout().attempts().size() + 1;
        String key =
                provider.get().capabilities().keyFormat().keyOf(claim.intent().id(), number);
        PayoutInstruction instruction = claim.intent().instruction(number, key);
        ProviderCalls calls = gates.calls(provider.get());
        Preparation preparation = provider.get().capabilities().has(Feature.PREPARATION)
                ? calls.prepare(instruction)
                : Preparation.NOTHING;
        if (preparation instanceof Preparation.Postponed postponed) {
            if (postponed.retryAfter().isEmpty()) {
                breakers.heedFailure(route, "its preparation");
            }
            claims.postpone(claim, postponed.retryAfter(), postponed.detail());
        } else if (preparation instanceof Preparation.Refused refused) {
            Outcome.Rejected rejection = new Outcome.Rejected(
                    refused.reason(), refused.providerCode(), refused.detail(), refused.evidence());
            claims.refuse(claim, attempt(claim, number, route, key, Optional.empty(), Optional.empty()), rejection);
        } else {
            write(claim, calls, instruction, route, (Preparation.Ready) preparation);
        }
    }

    private void write(
            Claim claim, ProviderCalls calls, PayoutInstruction instruction, String route, Preparation.Ready ready) {
        ProviderCalls.Written written = calls.create(instruction, ready);
        if (written instanceof ProviderCalls.Written.Impossible impossible) {
            Attempt attempt = attempt(
                    claim, instruction.attempt(), route, instruction.key(), Optional.of(ready), Optional.empty());
            claims.refuse(claim, attempt, impossible.why());
        } else {
            CreateRequest create = ((ProviderCalls.Written.Request) written).create();
            send(
                    claim,
                    attempt(
                            claim,
                            instruction.attempt(),
                            route,
                            instruction.key(),
                            Optional.of(ready),
                            Optional.of(create)));
        }
    }

    private static Attempt attempt(
            Claim claim,
            int number,
            String provider,
            String key,
            Optional<Preparation.Ready> ready,
            Optional<CreateRequest> create) {
        Money nothing = Money.zero(claim.intent().amount().currency());
        return new Attempt(
                number,
                provider,
                key,
                ready.map(Preparation.Ready::memo).orElse(""),
                ready.flatMap(Preparation.Ready::fee)
                        .map(ProviderFee::fee)
                        .filter(fee -> fee.currency().equals(nothing.currency())),
                ready.flatMap(Preparation.Ready::expiresAt),
                create,
                AttemptState.OPEN,
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                nothing,
                nothing,
                Optional.empty(),
                List.of());
    }
}
