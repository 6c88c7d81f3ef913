package io.holdfast.payout.engine;

import io.holdfast.ledger.postgres.session.GroupWork;
import io.holdfast.payout.AttemptOutcome;
import io.holdfast.payout.AttemptState;
import io.holdfast.payout.PayoutItem.Kind;
import io.holdfast.payout.PayoutStatus;
import io.holdfast.payout.PayoutTransition.Cause;
import io.holdfast.payout.spi.Evidence;
import io.holdfast.payout.spi.FailureReason;
import io.holdfast.payout.spi.Outcome;
import io.holdfast.payout.spi.PayoutProvider;
import io.holdfast.payout.spi.Preparation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What may be done under a claim: a lease with a token that rises. Whoever holds an older token has lost its lease and
 * sends nothing any more.
 */
final class Claims {

    /** How much longer than a provider's calls a lease must be. */
    static final Duration LEASE_MARGIN = Duration.ofSeconds(2);

    /** How often what may go on for ever is tried before a person is told. */
    private static final int TRIES_UNTOLD = 5;

    private static final Logger LOG = LoggerFactory.getLogger(Claims.class);

    private final Desk desk;
    private final GroupWork<Beginning, Optional<Sendable>> beginning = Groups.of(this::begin);

    Claims(Desk desk) {
        this.desk = desk;
    }

    /**
     * Writes a send down, and a new attempt before it, if the claim still holds; then its bytes may leave. Sends that are
     * begun at the same time share a transaction.
     *
     * @param preparation what the provider said when the attempt was prepared
     */
    Optional<Sendable> beginSend(Claim claim, Attempt attempt, Evidence preparation) {
        return beginning.submit(
                new Beginning(claim, attempt, preparation, desk.clock().local()));
    }

    private List<Optional<Sendable>> begin(List<Beginning> sends) {
        return desk.session().write(transaction -> {
            Instant now = desk.clock().now(transaction.db());
            Map<UUID, PayoutSnapshot> payouts = desk.stores()
                    .reader()
                    .lock(
                            transaction.db(),
                            sends.stream().map(one -> one.claim().intent().id()).toList());
            return sends.stream()
                    .map(one -> Optional.ofNullable(
                                    payouts.get(one.claim().intent().id()))
                            .filter(payout -> isHeld(payout, one.claim(), now))
                            .flatMap(payout -> begin(transaction, payout, one, now)))
                    .toList();
        });
    }

    private Optional<Sendable> begin(Transaction transaction, PayoutSnapshot payout, Beginning begun, Instant now) {
        Attempt attempt = begun.attempt();
        boolean isNew = attempt.number() > payout.attempts().size();
        if (payout.standing().blocked()
                || (!isNew && payout.attempt(attempt.number()).state() != AttemptState.OPEN)) {
            return Optional.empty();
        }
        Standing renewed = payout.standing().leased(begun.claim().token(), now.plus(lease()));
        PayoutSnapshot leased = payout.with(renewed);
        if (begun.preparation().text().isEmpty()) {
            desk.stores().payouts().update(transaction.sheet(), payout.intent(), renewed);
        } else {
            String detail = "Attempt " + attempt.number() + " is prepared";
            leased = desk.scribe()
                    .move(
                            transaction,
                            leased,
                            renewed,
                            Scribe.Move.of(Cause.PREPARATION, detail, actor(), now)
                                    .about(attempt, begun.preparation()));
        }
        return Optional.of(begin(transaction, leased, attempt, begun.leasedAt(), now));
    }

    /**
     * Writes a send of a payout that is leased in this transaction down, and the attempt before it if it is new. Its bytes
     * may leave once the transaction has ended.
     *
     * @param leasedAt when the lease began at the earliest
     */
    Sendable begin(
            Transaction transaction, PayoutSnapshot payout, Attempt attempt, EngineClock.Local leasedAt, Instant now) {
        UUID id = payout.intent().id();
        PayoutStore rows = desk.stores().payouts();
        if (attempt.number() > payout.attempts().size()) {
            rows.insert(transaction.sheet(), id, attempt, now);
        }
        int number = attempt.sends().size() + 1;
        Send send = new Send(number, now, Optional.empty(), Optional.empty());
        rows.insert(
                transaction.sheet(),
                id,
                attempt.number(),
                send,
                payout.standing().leaseToken());
        List<Send> sends = new ArrayList<>(attempt.sends());
        sends.add(send);
        return new Sendable(attempt, attempt.sends(sends), leasedAt);
    }

    /** Tells whether so much of the lease is left that the provider's answer comes before its end. */
    boolean isInTime(Sendable sendable, PayoutProvider provider) {
        Duration gone = desk.clock().since(sendable.leasedAt());
        return gone.plus(provider.exchangeTimeout()).plus(LEASE_MARGIN).compareTo(lease()) <= 0;
    }

    /** Closes an attempt of which nothing was ever carried out, because its preparation can no longer be used. */
    Optional<Claim> expire(Claim claim, Attempt attempt) {
        Attempt failed = attempt.failed(FailureReason.EXPIRED);
        String detail = "The preparation of attempt " + attempt.number()
                + " has expired, and nothing of it was carried out: another attempt follows";
        return whileHeld(claim, (transaction, payout, now) -> {
                    desk.stores()
                            .payouts()
                            .update(transaction.sheet(), claim.intent().id(), failed);
                    Scribe.Move move = Scribe.Move.of(Cause.PREPARATION, detail, actor(), now)
                            .about(failed, Evidence.NONE);
                    return desk.scribe().move(transaction, payout, payout.standing(), move);
                })
                .map(moved -> new Claim(moved.with(failed)));
    }

    /** Records that a provider would not even prepare an attempt, which is a rejection of it. */
    void refuse(Claim claim, Attempt attempt, Outcome.Rejected rejection) {
        Held refusing = (transaction, payout, now) -> {
            Attempt rejected = attempt.outcome(AttemptOutcome.REJECTED);
            Attempt failed = rejected.failed(rejection.reason());
            desk.stores().payouts().insert(transaction.sheet(), claim.intent().id(), failed, now);
            Event event =
                    Event.learned(claim.intent().id(), attempt.number(), Cause.PREPARATION, rejection, claim.token());
            Terms terms = desk.settings().terms(desk.settings().provider(attempt.provider()));
            View view = new View(payout.with(rejected), rejected, event, Meanings.Meaning.NONE, terms, now);
            return desk.scribe().write(transaction, view, Rules.decide(view, rejection), rejection, actor());
        };
        Held tomorrow = putOff(rejection.detail(), rejection.evidence(), (tried, now) -> tomorrow(claim, now));
        whileHeldOrItem(claim, rejection.detail(), refusing, tomorrow);
    }

    /** Gives a claim back with nothing sent, because the provider would not prepare it now: it is tried again soon. */
    void postpone(Claim claim, Preparation.Postponed postponed) {
        whileHeld(claim, soon(claim, postponed));
    }

    /**
     * Like {@link #postpone}, where it may go on like that for ever.
     *
     * @param ifItGoesOn what a person is told once it was tried so often
     */
    void postpone(Claim claim, Preparation.Postponed postponed, Finding ifItGoesOn) {
        Held soon = soon(claim, postponed);
        whileHeld(claim, (transaction, payout, now) -> {
            PayoutSnapshot postponedAgain = soon.act(transaction, payout, now);
            if (postponedAgain.standing().tries() >= TRIES_UNTOLD) {
                desk.scribe().open(transaction, postponedAgain, ifItGoesOn, now);
            }
            return postponedAgain;
        });
    }

    private Held soon(Claim claim, Preparation.Postponed postponed) {
        return putOff(postponed.detail(), postponed.evidence(), (tried, now) -> {
            Instant retry = desk.settings().schedule().retry(claim.intent().id(), tried, now);
            Instant earliest = now.plus(postponed.retryAfter().orElse(Duration.ZERO));
            return retry.isBefore(earliest) ? earliest : retry;
        });
    }

    /**
     * Gives a claim back with nothing sent, because we are not set up to call its provider: it is tried again ever less
     * often, in the end daily, because each try is recorded for ever.
     */
    void await(Claim claim, String why) {
        whileHeld(
                claim,
                putOff(
                        why,
                        Evidence.NONE,
                        (tried, now) ->
                                desk.settings().schedule().poll(claim.intent().id(), tried, now)));
    }

    private Held putOff(String detail, Evidence evidence, BiFunction<Integer, Instant, Instant> nextByTried) {
        return (transaction, payout, now) -> {
            int tried = payout.standing().tries();
            Standing pending = payout.standing()
                    .status(PayoutStatus.PENDING)
                    .next(Optional.of(nextByTried.apply(tried, now)), tried + 1)
                    .unleased();
            Scribe.Move move =
                    Scribe.Move.of(Cause.PREPARATION, detail, actor(), now).with(evidence);
            return desk.scribe().move(transaction, payout, pending, move);
        };
    }

    /** Gives a payout that nobody can find out more about to a person. */
    void review(Claim claim, String detail, Optional<Finding> finding, Optional<Instant> nextAt) {
        whileHeld(claim, (transaction, payout, now) -> {
            Optional<Instant> next = nextAt.or(() -> Optional.of(
                            desk.settings().schedule().review(claim.intent().id(), 0, now))
                    .filter(daily -> payout.attempts().stream().anyMatch(Attempt::isToBeAsked)));
            Standing review =
                    payout.standing().status(PayoutStatus.REVIEW).next(next, 0).unleased();
            Scribe.Move move = Scribe.Move.of(Cause.AGE, detail, actor(), now);
            PayoutSnapshot moved = desk.scribe().move(transaction, payout, review, move);
            finding.ifPresent(one -> desk.scribe().open(transaction, moved, one, now));
            return moved;
        });
    }

    /** Cancels a payout that not enough have agreed to in time. */
    void cancelUnapproved(Claim claim) {
        whileHeldOrItem(
                claim,
                Approvals.NOT_IN_TIME,
                (transaction, payout, now) -> new Approvals(desk, actor()).expire(transaction, payout, now),
                (transaction, payout, now) -> {
                    Standing later = payout.standing()
                            .next(Optional.of(tomorrow(claim, now)), 0)
                            .unleased();
                    desk.stores().payouts().update(transaction.sheet(), claim.intent(), later);
                    return payout.with(later);
                });
    }

    private Instant tomorrow(Claim claim, Instant now) {
        return desk.settings().schedule().review(claim.intent().id(), 0, now);
    }

    /** Returns a claim under which nothing was learned. */
    void returnUnused(Claim claim, Optional<Instant> nextAt, Optional<Scribe.Move> noted) {
        whileHeld(claim, (transaction, payout, now) -> {
            Standing standing = payout.standing()
                    .next(nextAt, payout.standing().tries() + 1)
                    .unleased();
            if (noted.isPresent()) {
                return desk.scribe().move(transaction, payout, standing, noted.get());
            }
            desk.stores().payouts().update(transaction.sheet(), claim.intent(), standing);
            return payout.with(standing);
        });
    }

    /** Records that the attempt that an unsigned delivery named has been asked about. */
    void heeded(Claim claim, int attempt) {
        WebhookStore.About about = new WebhookStore.About(claim.intent().id(), attempt);
        desk.session().write(transaction -> {
            desk.stores().webhooks().heeded(transaction.db(), about);
            return claim;
        });
    }

    /** What is done to a payout under a claim, while nobody else can change it. */
    @FunctionalInterface
    private interface Held {

        /** Returns the payout as it stands afterwards. */
        PayoutSnapshot act(Transaction transaction, PayoutSnapshot payout, Instant now);
    }

    /** Does something in one transaction if the claim still holds, and returns the payout as it stands afterwards. */
    private Optional<PayoutSnapshot> whileHeld(Claim claim, Held work) {
        return desk.session().write(transaction -> {
            Instant now = desk.clock().now(transaction.db());
            return desk.stores()
                    .reader()
                    .lock(transaction.db(), claim.intent().id())
                    .filter(payout -> isHeld(payout, claim, now))
                    .map(payout -> work.act(transaction, payout, now));
        });
    }

    /**
     * Does something that may give back what was set aside. Where that cannot be written down for what it is, a person is told
     * and the payout waits.
     *
     * @param waiting has the payout tried again daily
     */
    private void whileHeldOrItem(Claim claim, String why, Held work, Held waiting) {
        Unbookable.unlessRefused(() -> whileHeld(claim, work), refusal -> {
            LOG.error(
                    "Payout {}: what was set aside was not given back: {}",
                    claim.intent().id(),
                    refusal);
            String detail = why + ", and what was set aside was not given back: " + refusal;
            return whileHeld(claim, (transaction, payout, now) -> {
                PayoutSnapshot later = waiting.act(transaction, payout, now);
                desk.scribe().open(transaction, later, new Finding(Kind.NOT_BOOKED, detail), now);
                return later;
            });
        });
    }

    private static boolean isHeld(PayoutSnapshot payout, Claim claim, Instant now) {
        Standing standing = payout.standing();
        return standing.leaseToken() == claim.token()
                && standing.status() == claim.status()
                && standing.leaseUntil().filter(until -> until.isAfter(now)).isPresent();
    }

    private Duration lease() {
        return desk.settings().processing().lease();
    }

    private String actor() {
        return desk.settings().actor();
    }

    /** A send that is to be written down. */
    private record Beginning(Claim claim, Attempt attempt, Evidence preparation, EngineClock.Local leasedAt) {}

    /**
     * A send that is written down, so that its bytes may leave.
     *
     * @param attempt as it was before
     * @param begun the same with the send
     * @param leasedAt when its lease began at the earliest
     */
    record Sendable(Attempt attempt, Attempt begun, EngineClock.Local leasedAt) {}
}
