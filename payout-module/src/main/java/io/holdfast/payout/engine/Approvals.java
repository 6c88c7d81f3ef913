package io.holdfast.payout.engine;

import io.holdfast.ledger.Actors;
import io.holdfast.payout.PayoutApproval;
import io.holdfast.payout.PayoutRefusal;
import io.holdfast.payout.PayoutRefusedException;
import io.holdfast.payout.PayoutStatus;
import io.holdfast.payout.PayoutTransition.Cause;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Records who agrees to a payout and who does not. Whoever asked for it is not among them, and nobody counts twice. */
final class Approvals {

    static final String NOT_IN_TIME = "Not agreed to in time";

    private final Desk desk;
    private final String actor;

    Approvals(Desk desk, String actor) {
        this.desk = desk;
        this.actor = actor;
    }

    /**
     * Records that the actor agrees; with the last agreement that it takes the payout goes on its way.
     *
     * @throws PayoutRefusedException if it awaits none, or not this person's
     */
    PayoutSnapshot approve(Transaction transaction, PayoutSnapshot payout) {
        Intent intent = payout.intent();
        Instant now = desk.clock().now(transaction.db());
        List<PayoutApproval> given = desk.stores().people().approvals(transaction.db(), intent.id());
        boolean isTheirs = given.stream().anyMatch(one -> Actors.areSame(one.actor(), actor));
        if (payout.standing().status() != PayoutStatus.AWAITING_APPROVAL) {
            if (isTheirs && payout.standing().status() != PayoutStatus.CANCELLED) {
                return payout;
            }
            boolean isAgreed = given.size() == intent.checkers();
            throw notAwaiting(
                    payout, isAgreed ? Optional.empty() : payout.standing().completedAt());
        }
        if (!now.isBefore(intent.approveBy().orElseThrow())) {
            throw notAwaiting(payout, Optional.of(now));
        }
        if (Actors.areSame(intent.requestedBy(), actor) || isTheirs) {
            throw new PayoutRefusedException(new PayoutRefusal.SamePerson(
                    intent.key(), actor, isTheirs ? "has agreed to it already" : "asked for it"));
        }
        PayoutApproval approval = new PayoutApproval(given.size() + 1, actor, now);
        desk.stores().people().approve(transaction.db(), intent.id(), approval, ContentHash.of(intent));
        String detail = "Agreed to, " + approval.number() + " of " + intent.checkers();
        Standing standing = payout.standing();
        if (approval.number() == intent.checkers()) {
            Instant due = intent.notBefore().filter(now::isBefore).orElse(now);
            standing = standing.status(due.isAfter(now) ? PayoutStatus.SCHEDULED : PayoutStatus.PENDING)
                    .next(Optional.of(due), 0);
        }
        return desk.scribe().move(transaction, payout, standing, Scribe.Move.of(Cause.APPROVAL, detail, actor, now));
    }

    /**
     * Cancels a payout that somebody does not agree to.
     *
     * @throws PayoutRefusedException if it awaits no approval
     */
    PayoutSnapshot refuse(Transaction transaction, PayoutSnapshot payout) {
        if (payout.standing().status() != PayoutStatus.AWAITING_APPROVAL) {
            throw notAwaiting(payout, Optional.empty());
        }
        Instant now = desk.clock().now(transaction.db());
        return cancel(transaction, payout, Scribe.Move.of(Cause.REFUSAL, "Not agreed to", actor, now));
    }

    /** Gives back what was set aside for a payout of which nothing was sent. */
    private PayoutSnapshot cancel(Transaction transaction, PayoutSnapshot payout, Scribe.Move move) {
        Standing cancelled = payout.standing()
                .status(PayoutStatus.CANCELLED)
                .next(Optional.empty(), 0)
                .unleased()
                .completed(move.now());
        return desk.scribe().move(transaction, payout, cancelled, move, new Effect.Release());
    }

    /** Cancels a payout that not enough have agreed to in time. */
    PayoutSnapshot expire(Transaction transaction, PayoutSnapshot payout, Instant now) {
        return cancel(transaction, payout, Scribe.Move.of(Cause.EXPIRY, NOT_IN_TIME, actor, now));
    }

    /**
     * Says why there is nothing to agree to.
     *
     * @param lacked when too few had agreed to it, if that is why
     */
    private static PayoutRefusedException notAwaiting(PayoutSnapshot payout, Optional<Instant> lacked) {
        Optional<Instant> approveBy = payout.intent().approveBy();
        String detail = approveBy
                .map(by -> lacked.filter(at -> !at.isBefore(by)).isPresent()
                        ? "the time to agree to it was over at " + by
                        : "nobody has to agree to it any more")
                .orElse("nobody has to agree to it");
        return new PayoutRefusedException(new PayoutRefusal.NotAwaitingApproval(
                payout.intent().key(), payout.standing().status(), approveBy, detail));
    }
}
