package io.holdfast.payout.engine;

import io.holdfast.payout.AttemptState;
import io.holdfast.payout.PayoutStatus;
import io.holdfast.payout.PayoutTransition.Cause;
import io.holdfast.payout.spi.Outcome;
import io.holdfast.payout.spi.PayoutProvider;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Takes up what is due, one payout at a time, under a lease with a token that rises. Whoever holds an older token has lost
 * its lease and sends nothing any more.
 */
final class Claims {

    /** How much longer than a provider's calls a lease must be. */
    static final Duration LEASE_MARGIN = Duration.ofSeconds(2);

    private static final String UNKNOWN = "UNKNOWN";

    private final Desk desk;

    Claims(Desk desk) {
        this.desk = desk;
    }

    /** Takes up the payout that has been due for longest, if there is one. */
    Optional<Claim> next() {
        return desk.session().write(transaction -> {
            Instant now = desk.clock().now(transaction.db());
            return desk.stores().reader().lockDue(transaction.db(), now).map(due -> claim(transaction, due, now));
        });
    }

    /** Writes a send down, and a new attempt before it, if the claim still holds; then its bytes may leave. */
    Optional<Sendable> beginSend(Claim claim, Attempt attempt) {
        long startedAt = System.nanoTime();
        return desk.session().write(transaction -> {
            Instant now = desk.clock().now(transaction.db());
            Optional<PayoutSnapshot> held = held(transaction, claim, now);
            if (held.isEmpty() || held.get().standing().blocked()) {
                return Optional.empty();
            }
            PayoutSnapshot payout = held.get();
            if (attempt.number() > payout.attempts().size()) {
                desk.stores().payouts().insert(transaction.db(), claim.intent().id(), attempt, now);
            } else if (payout.attempt(attempt.number()).state() != AttemptState.OPEN) {
                return Optional.empty();
            }
            int number = attempt.sends().size() + 1;
            Send send = new Send(number, now, Optional.empty(), Optional.empty());
            desk.stores()
                    .payouts()
                    .insert(transaction.db(), claim.intent().id(), attempt.number(), send, claim.token());
            Standing renewed = payout.standing().leased(claim.token(), now.plus(lease()));
            desk.stores().payouts().update(transaction.db(), claim.intent().id(), renewed);
            return Optional.of(new Sendable(attempt, number, startedAt));
        });
    }

    /** Tells whether so much of the lease is left that the provider's answer comes before its end. */
    boolean isInTime(Sendable sendable, PayoutProvider provider) {
        Duration gone = Duration.ofNanos(System.nanoTime() - sendable.startedAtNanos());
        return gone.plus(provider.exchangeTimeout()).plus(LEASE_MARGIN).compareTo(lease()) <= 0;
    }

    /** Closes an attempt of which nothing was ever carried out, because its preparation can no longer be used. */
    Optional<Claim> expire(Claim claim, Attempt attempt) {
        return desk.session().write(transaction -> {
            Instant now = desk.clock().now(transaction.db());
            return held(transaction, claim, now).map(payout -> {
                Attempt failed = attempt.failed(io.holdfast.payout.spi.FailureReason.EXPIRED);
                desk.stores().payouts().update(transaction.db(), claim.intent().id(), failed);
                return new Claim(payout.with(failed));
            });
        });
    }

    /** Takes down that a provider would not even prepare an attempt, which is a rejection of it. */
    void refuse(Claim claim, Attempt attempt, Outcome.Rejected rejection) {
        desk.session().write(transaction -> {
            Instant now = desk.clock().now(transaction.db());
            Optional<PayoutSnapshot> held = held(transaction, claim, now);
            held.ifPresent(payout -> {
                Attempt failed = attempt.failed(rejection.reason()).outcome(rejection.code());
                desk.stores().payouts().insert(transaction.db(), claim.intent().id(), failed, now);
                Event event = Event.learned(
                        claim.intent().id(), attempt.number(), Cause.PREPARATION, rejection, claim.token());
                Terms terms = new Terms(
                        desk.settings().provider(attempt.provider()).capabilities(),
                        desk.settings().schedule(),
                        desk.settings().reversedFee());
                View view = new View(payout.with(attempt), attempt, event, View.Reference.NONE, terms, now);
                desk.scribe()
                        .write(
                                transaction,
                                view,
                                Rules.decide(view, rejection),
                                rejection,
                                desk.settings().actor());
            });
            return held.isPresent();
        });
    }

    /** Gives a claim back with nothing sent: it is tried again later. */
    void postpone(Claim claim, Optional<Duration> retryAfter, String detail) {
        desk.session().write(transaction -> {
            Instant now = desk.clock().now(transaction.db());
            Optional<PayoutSnapshot> held = held(transaction, claim, now);
            held.ifPresent(payout -> {
                int tries = payout.standing().tries() + 1;
                Instant retry = desk.settings().schedule().retry(claim.intent().id(), tries - 1, now);
                Instant earliest = now.plus(retryAfter.orElse(Duration.ZERO));
                Standing pending = payout.standing()
                        .status(PayoutStatus.PENDING)
                        .next(Optional.of(retry.isBefore(earliest) ? earliest : retry), tries)
                        .unleased();
                desk.scribe()
                        .move(transaction, payout, pending, Scribe.Move.of(Cause.PREPARATION, detail, actor(), now));
            });
            return held.isPresent();
        });
    }

    /** Gives a payout that nobody can find out more about to a person. */
    void review(Claim claim, String detail, Optional<Finding> finding, Optional<Instant> nextAt) {
        desk.session().write(transaction -> {
            Instant now = desk.clock().now(transaction.db());
            Optional<PayoutSnapshot> held = held(transaction, claim, now);
            held.ifPresent(payout -> {
                Standing review = payout.standing()
                        .status(PayoutStatus.REVIEW)
                        .next(nextAt, 0)
                        .unleased();
                PayoutSnapshot moved = desk.scribe()
                        .move(transaction, payout, review, Scribe.Move.of(Cause.AGE, detail, actor(), now));
                finding.ifPresent(one -> desk.scribe().open(transaction, moved, one, now));
            });
            return held.isPresent();
        });
    }

    /** Gives a claim back with nothing learned. */
    void giveBack(Claim claim, Optional<Instant> nextAt, Optional<Scribe.Move> noted) {
        desk.session().write(transaction -> {
            Optional<PayoutSnapshot> held =
                    held(transaction, claim, desk.clock().now(transaction.db()));
            held.ifPresent(payout -> {
                Standing standing = payout.standing()
                        .next(nextAt, payout.standing().tries() + 1)
                        .unleased();
                if (noted.isPresent()) {
                    desk.scribe().move(transaction, payout, standing, noted.get());
                } else {
                    desk.stores()
                            .payouts()
                            .update(transaction.db(), claim.intent().id(), standing);
                }
            });
            return held.isPresent();
        });
    }

    Instant now() {
        return desk.session().read(desk.clock()::now);
    }

    private Claim claim(Transaction transaction, PayoutSnapshot due, Instant now) {
        PayoutSnapshot lapsed = lapse(transaction, due, now);
        Standing standing = lapsed.standing();
        PayoutSnapshot leased = lapsed.with(standing.leased(standing.leaseToken() + 1, now.plus(lease())));
        return new Claim(
                switch (standing.status()) {
                    case SCHEDULED -> begin(transaction, becomeDue(transaction, leased, now), now);
                    case PENDING -> begin(transaction, leased, now);
                    case SENDING -> recover(transaction, leased, now);
                    case AWAITING_APPROVAL -> new Approvals(desk, actor()).expire(transaction, leased, now);
                    case PROCESSING, UNKNOWN, REVIEW, SUCCEEDED, FAILED, CANCELLED, REVERSED -> {
                        desk.stores()
                                .payouts()
                                .update(transaction.db(), leased.intent().id(), leased.standing());
                        yield leased;
                    }
                });
    }

    /** Sends that were under way when an earlier lease ran out may have arrived or not. */
    private PayoutSnapshot lapse(Transaction transaction, PayoutSnapshot payout, Instant now) {
        PayoutSnapshot lapsed = payout;
        for (Attempt attempt : payout.attempts()) {
            if (attempt.isUnderWay()) {
                List<Send> sends = new ArrayList<>();
                for (Send send : attempt.sends()) {
                    Send known = send.isUnderWay() ? send.answered(UNKNOWN, now) : send;
                    if (send.isUnderWay()) {
                        desk.stores()
                                .payouts()
                                .update(transaction.db(), payout.intent().id(), attempt.number(), known);
                    }
                    sends.add(known);
                }
                lapsed = lapsed.with(attempt.sends(sends));
            }
        }
        return lapsed;
    }

    private PayoutSnapshot becomeDue(Transaction transaction, PayoutSnapshot payout, Instant now) {
        return desk.scribe()
                .move(
                        transaction,
                        payout,
                        payout.standing().status(PayoutStatus.PENDING),
                        Scribe.Move.of(Cause.DUE, "Its time has come", actor(), now));
    }

    private PayoutSnapshot begin(Transaction transaction, PayoutSnapshot payout, Instant now) {
        return desk.scribe()
                .move(
                        transaction,
                        payout,
                        payout.standing().status(PayoutStatus.SENDING),
                        Scribe.Move.of(Cause.CLAIM, "Taken up for sending", actor(), now));
    }

    /** The processor that was sending is gone. Only where no send was written down can nothing have left. */
    private PayoutSnapshot recover(Transaction transaction, PayoutSnapshot payout, Instant now) {
        boolean isClear = payout.open().map(Attempt::isClear).orElse(true);
        Standing standing = payout.standing();
        Standing next;
        if (!isClear) {
            Instant poll = desk.settings().schedule().poll(payout.intent().id(), 0, now);
            next = standing.status(PayoutStatus.UNKNOWN).next(Optional.of(poll), 0);
        } else if (standing.blocked()) {
            next = standing.status(PayoutStatus.REVIEW).next(Optional.empty(), 0);
        } else {
            next = standing.status(PayoutStatus.PENDING).next(Optional.of(now), standing.tries());
        }
        String detail = isClear
                ? "The processor's lease ran out before anything was sent"
                : "The processor's lease ran out, and what it sent may have arrived";
        return desk.scribe()
                .move(transaction, payout, next.unleased(), Scribe.Move.of(Cause.LEASE, detail, actor(), now));
    }

    /** Returns the payout, locked, if the claim still holds. */
    private Optional<PayoutSnapshot> held(Transaction transaction, Claim claim, Instant now) {
        return desk.stores()
                .reader()
                .lock(transaction.db(), claim.intent().id())
                .filter(payout -> {
                    Standing standing = payout.standing();
                    return standing.leaseToken() == claim.token()
                            && standing.status() == claim.status()
                            && standing.leaseUntil()
                                    .filter(until -> until.isAfter(now))
                                    .isPresent();
                });
    }

    private Duration lease() {
        return desk.settings().processing().lease();
    }

    private String actor() {
        return desk.settings().actor();
    }

    /**
     * A send that is written down, so that its bytes may leave.
     *
     * @param startedAtNanos when its lease began at the earliest, by {@link System#nanoTime}
     */
    record Sendable(Attempt attempt, int send, long startedAtNanos) {}
}
