package io.holdfast.payout.engine;

import io.holdfast.ledger.Actors;
import io.holdfast.payout.PayoutRefusal;
import io.holdfast.payout.PayoutRefusedException;
import io.holdfast.payout.PayoutResolution;
import io.holdfast.payout.PayoutResolution.Way;
import io.holdfast.payout.PayoutTransition.Cause;
import io.holdfast.payout.Resolution;
import io.holdfast.payout.spi.Masking;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Lets two persons end what nothing else can: one says what became of a payout in review, or otherwise became of one that has
 * ended, another confirms it. Until then nothing moves, and the provider's own word comes first.
 */
final class Reviews {

    private final Desk desk;
    private final Resolving resolving;
    private final String actor;

    Reviews(Desk desk, Resolving resolving, String actor) {
        this.desk = desk;
        this.resolving = resolving;
        this.actor = actor;
    }

    /**
     * Records what the actor says, and returns what is pending now. The same again changes nothing; something else replaces
     * what is pending.
     *
     * @throws PayoutRefusedException if the payout cannot be resolved so, a processor may still be at it, or the reference belongs
     *     to another attempt
     * @throws IllegalArgumentException if the fee is in another currency, or the date before the request or to come
     */
    PayoutResolution resolve(Transaction transaction, PayoutSnapshot payout, Resolution said) {
        Intent intent = payout.intent();
        Attempt attempt = Resolvable.attempt(payout, said);
        Instant now = desk.clock().now(transaction.db());
        payout.standing()
                .leaseUntil()
                .map(until -> until.plus(Claims.LEASE_MARGIN))
                .filter(now::isBefore)
                .ifPresent(until -> {
                    throw new PayoutRefusedException(new PayoutRefusal.LeaseRunning(intent.key(), until));
                });
        check(intent, said, now);
        resolving.checkReference(transaction, payout, attempt, said);
        Resolution masked = new Resolution(
                said.verdict(),
                Masking.mask(said.evidence(), intent.recipient()),
                said.reference(),
                said.fee(),
                said.on());
        List<PayoutResolution> earlier = all(transaction, intent.id());
        Optional<PayoutResolution> pending = pending(earlier);
        Optional<PayoutResolution> known =
                pending.filter(one -> one.content().equals(masked) && Actors.areSame(one.actor(), actor));
        if (known.isPresent()) {
            return known.get();
        }
        PeopleStore people = desk.stores().people();
        pending.ifPresent(one -> people.end(
                transaction.db(), intent.id(), one.number(), new PayoutResolution.End(Way.REPLACED, actor, now)));
        PayoutResolution resolution =
                new PayoutResolution(earlier.size() + 1, masked, attempt.number(), actor, now, Optional.empty());
        people.resolve(transaction.db(), intent.id(), resolution);
        String detail = "Resolution " + resolution.number() + ", to be confirmed: " + masked.verdict() + ", "
                + masked.fee()
                        .map(fee -> "fee " + fee + " for " + intent.amount() + ", ")
                        .orElse("")
                + masked.evidence();
        desk.scribe()
                .move(transaction, payout, payout.standing(), Scribe.Move.noNews(Cause.RESOLUTION, detail, actor, now));
        return resolution;
    }

    /**
     * Carries out what another person said. Done again it changes nothing.
     *
     * @throws PayoutRefusedException if there is no such pending resolution, the payout cannot be resolved so any more, or
     *     the actor made it
     */
    PayoutSnapshot confirm(Transaction transaction, PayoutSnapshot payout, int number) {
        Intent intent = payout.intent();
        PayoutResolution resolution = all(transaction, intent.id()).stream()
                .filter(one -> one.number() == number)
                .findFirst()
                .orElseThrow(() -> nothing(payout, number, "there is none of that number"));
        if (resolution.end().isPresent()) {
            PayoutResolution.End end = resolution.end().get();
            if (end.way() == Way.CONFIRMED) {
                return payout;
            }
            throw nothing(payout, number, "it is " + end.way() + " since " + end.at());
        }
        Resolvable.attempt(payout, resolution.content());
        if (Actors.areSame(resolution.actor(), actor)) {
            throw new PayoutRefusedException(
                    new PayoutRefusal.SamePerson(intent.key(), actor, "said how it is to be resolved"));
        }
        Instant now = desk.clock().now(transaction.db());
        desk.stores()
                .people()
                .end(transaction.db(), intent.id(), number, new PayoutResolution.End(Way.CONFIRMED, actor, now));
        return resolving.settle(transaction, payout, resolution, actor);
    }

    /** Refuses a fee in another currency, and a date on which the provider cannot have done what is said. */
    private void check(Intent intent, Resolution said, Instant now) {
        said.fee()
                .filter(fee -> !fee.currency().equals(intent.amount().currency()))
                .ifPresent(fee -> {
                    throw new IllegalArgumentException("A fee of " + fee + " for payout \"" + intent.key() + "\" of "
                            + intent.amount() + ": the currencies differ");
                });
        ZoneId zone = desk.scribe().zone();
        LocalDate first = LocalDate.ofInstant(intent.createdAt(), zone);
        LocalDate today = LocalDate.ofInstant(now, zone);
        said.on().filter(first::isAfter).ifPresent(on -> {
            throw new IllegalArgumentException(on + " is before payout \"" + intent.key() + "\" was requested, on "
                    + first + ": leave the date out if the provider's is not known");
        });
        said.on().filter(today::isBefore).ifPresent(on -> {
            throw new IllegalArgumentException(
                    on + " is to come: it is " + today + " in the ledger's time zone, " + zone);
        });
    }

    private List<PayoutResolution> all(Transaction transaction, UUID payout) {
        return desk.stores().people().resolutions(transaction.db(), payout);
    }

    static Optional<PayoutResolution> pending(List<PayoutResolution> resolutions) {
        return resolutions.stream().filter(PayoutResolution::isPending).findFirst();
    }

    private static PayoutRefusedException nothing(PayoutSnapshot payout, int number, String why) {
        return new PayoutRefusedException(
                new PayoutRefusal.NothingToConfirm(payout.intent().key(), number, why));
    }
}
