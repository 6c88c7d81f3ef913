package io.holdfast.payout.engine;

import io.holdfast.payout.AttemptState;
import io.holdfast.payout.PayoutRefusal;
import io.holdfast.payout.PayoutRefusedException;
import io.holdfast.payout.PayoutStatus;
import io.holdfast.payout.Resolution;
import io.holdfast.payout.Resolution.Verdict;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Says what people may resolve, and which attempt that is about. In review their word stands for proof that nobody else can
 * give. Once a payout has ended it says what the provider itself could say later: that it was paid after all, that all of it
 * came back, or under which reference it was paid.
 */
final class Resolvable {

    /** How a payout stands that people may resolve. */
    static final Set<PayoutStatus> STATUSES = Collections.unmodifiableSet(EnumSet.of(
            PayoutStatus.REVIEW,
            PayoutStatus.SUCCEEDED,
            PayoutStatus.REVERSED,
            PayoutStatus.FAILED,
            PayoutStatus.CANCELLED));

    private final PayoutSnapshot payout;
    private final Resolution said;

    private Resolvable(PayoutSnapshot payout, Resolution said) {
        this.payout = payout;
        this.said = said;
    }

    /**
     * Returns what people may have said, and nobody has confirmed yet, that is overtaken by what the provider's own word came
     * to. In review that is anything once something is booked or an attempt has another state, and only that nothing was paid
     * once there is a reference more under which it may be.
     */
    static Set<Verdict> overtaken(PayoutSnapshot before, PayoutSnapshot after, Decision decision) {
        PayoutStatus status = before.standing().status();
        boolean isReview = status == PayoutStatus.REVIEW;
        if (!STATUSES.contains(status)) {
            return Set.of();
        } else if (status != after.standing().status()
                || (isReview && !decision.effects().isEmpty())
                || (isReview && isOtherwise(before, after, Attempt::state))
                || (!isReview
                        && !before.live()
                                .flatMap(Attempt::reference)
                                .equals(after.live().flatMap(Attempt::reference)))) {
            return EnumSet.allOf(Verdict.class);
        }
        return isReview && isOtherwise(before, after, Attempt::references) ? EnumSet.of(Verdict.FAILED) : Set.of();
    }

    private static boolean isOtherwise(PayoutSnapshot before, PayoutSnapshot after, Function<Attempt, Object> what) {
        return !before.attempts().stream()
                .map(what)
                .toList()
                .equals(after.attempts().stream().map(what).toList());
    }

    /**
     * Returns the attempt that a resolution is about.
     *
     * @throws PayoutRefusedException if the payout cannot be resolved so as it stands
     */
    static Attempt attempt(PayoutSnapshot payout, Resolution said) {
        return new Resolvable(payout, said).attempt();
    }

    private Attempt attempt() {
        return switch (payout.standing().status()) {
            case REVIEW -> inReview();
            case SUCCEEDED -> said.verdict() == Verdict.SUCCEEDED ? unbound() : settled();
            case REVERSED -> {
                if (said.verdict() == Verdict.FAILED) {
                    throw refused("all of it is known to have come back");
                }
                yield unbound();
            }
            case FAILED, CANCELLED -> {
                if (said.verdict() == Verdict.FAILED) {
                    throw refused("it is known not to have been paid");
                }
                yield notPaidSoFar();
            }
            case AWAITING_APPROVAL, SCHEDULED, PENDING, SENDING, PROCESSING, UNKNOWN ->
                throw new PayoutRefusedException(new PayoutRefusal.NotInReview(
                        payout.intent().key(), payout.standing().status()));
        };
    }

    /**
     * For a success the one that has the reference, if any has; else the open one; else for a success one that paid beside
     * another; else the latest.
     */
    private Attempt inReview() {
        boolean isSuccess = said.verdict() == Verdict.SUCCEEDED;
        return named().filter(attempt -> isSuccess)
                .or(payout::open)
                .or(() -> latest(attempt -> isSuccess && attempt.state() == AttemptState.SURPLUS))
                .orElseGet(() -> payout.attempt(payout.attempts().size()));
    }

    /** The attempt that has settled the payout under no reference, which is now known. */
    private Attempt unbound() {
        Attempt settled = payout.live().orElseThrow();
        if (settled.reference().isPresent()) {
            throw refused("it is known to be paid under "
                    + settled.references().stream().collect(Collectors.joining(" and ")));
        } else if (said.reference().isEmpty()) {
            throw refused("it is known to be paid; say under which reference");
        }
        return settled;
    }

    /** The attempt that has settled the payout, all of which came back. */
    private Attempt settled() {
        Attempt settled = payout.live().orElseThrow();
        boolean isItsOwn = said.reference().isEmpty()
                || settled.reference().isEmpty()
                || settled.reference().equals(said.reference());
        if (!isItsOwn) {
            throw refused("it was paid under " + settled.reference().orElseThrow() + ", not under "
                    + said.reference().orElseThrow());
        }
        return settled;
    }

    /** The failed attempt that paid after all: the one that has the reference, else the latest in doubt, else the latest. */
    private Attempt notPaidSoFar() {
        Attempt attempt = named().or(() -> latest(Attempt::isInDoubt))
                .or(() -> latest(any -> !any.sends().isEmpty()))
                .orElseThrow(() -> refused("nothing was ever sent for it"));
        if (said.reference().or(attempt::reference).isEmpty()) {
            throw refused("its money was given back, so to take it again say under which reference it was paid");
        }
        return attempt;
    }

    private Optional<Attempt> named() {
        return said.reference()
                .flatMap(given -> latest(attempt -> attempt.references().contains(given)));
    }

    private Optional<Attempt> latest(Predicate<Attempt> which) {
        List<Attempt> matching = payout.attempts().stream().filter(which).collect(Collectors.toList());
        Collections.reverse(matching);
        return matching.stream().findFirst();
    }

    private PayoutRefusedException refused(String why) {
        return new PayoutRefusedException(new PayoutRefusal.NotResolvable(
                payout.intent().key(), payout.standing().status(), why));
    }
}
