package io.holdfast.payout.engine;

import io.holdfast.ledger.Money;
import io.holdfast.payout.PayoutItem.Kind;
import io.holdfast.payout.PayoutRefusal;
import io.holdfast.payout.PayoutRefusedException;
import io.holdfast.payout.PayoutResolution;
import io.holdfast.payout.PayoutStatus;
import io.holdfast.payout.PayoutTransition.Verdict;
import io.holdfast.payout.Resolution;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Carries out what two persons agree on, in the transaction in which the second of them confirms it. */
final class Resolving {

    private final Stores stores;
    private final EngineClock clock;
    private final Scribe scribe;
    private final Settings settings;
    private final Meanings meanings;
    private final Bookkeeper bookkeeper;

    Resolving(Desk desk, Bookkeeper bookkeeper) {
        this.stores = desk.stores();
        this.clock = desk.clock();
        this.scribe = desk.scribe();
        this.settings = desk.settings();
        this.meanings = new Meanings(desk.stores().booked());
        this.bookkeeper = bookkeeper;
    }

    /**
     * Settles a payout as two persons say it ended. In review their word is all there is; of one that has ended it is news
     * like the provider's own.
     */
    PayoutSnapshot settle(Transaction transaction, PayoutSnapshot payout, PayoutResolution said, String confirmedBy) {
        Resolution content = said.content();
        Attempt attempt = payout.attempt(said.attempt());
        bookkeeper.open(transaction.ledger(), payout.intent(), attempt.provider());
        Instant now = clock.now(transaction.db());
        checkReference(transaction, payout, attempt, content);
        Attempt known = content.reference()
                .map(given -> bound(transaction, payout, attempt, given, now))
                .orElse(attempt);
        PayoutSnapshot resolved = closeOthers(transaction, payout, known).with(known);
        Terms terms = settings.terms(attempt.provider(), payout.intent().amount());
        Event event = Event.resolved(payout.intent(), known, said);
        boolean isInReview = payout.standing().status() == PayoutStatus.REVIEW;
        Meanings.Meaning meaning = meaning(transaction, payout, attempt, known, event);
        View view = new View(resolved, known, event, meaning, terms, now);
        Decision decision = isInReview
                ? view.watching(new ResolutionRules(view, content).decide())
                : Rules.decide(view, event.outcome());
        if (decision.verdict() == Verdict.ITEM) {
            throw new PayoutRefusedException(new PayoutRefusal.NotResolvable(
                    payout.intent().key(), payout.standing().status(), decision.detail()));
        }
        Decision seen =
                oddFee(payout.intent(), attempt, content).map(decision::finding).orElse(decision);
        return scribe.write(transaction, view, seen, event.outcome(), confirmedBy);
    }

    /** Returns what a person should look at although it is booked: the money has left, and a typing error is to be found. */
    private static Optional<Finding> oddFee(Intent intent, Attempt attempt, Resolution said) {
        Money amount = intent.amount();
        return said.fee()
                .filter(fee -> Movements.isMore(fee, amount))
                .map(fee -> new Finding(
                        Kind.FEE_DIFFERS,
                        "Two persons say that " + attempt.provider() + " charged " + fee + " for " + amount
                                + ": that is more than the amount itself"));
    }

    /** What people say is looked at as if the provider had said it of the attempt as it was. */
    private Meanings.Meaning meaning(
            Transaction transaction, PayoutSnapshot payout, Attempt before, Attempt known, Event event) {
        Optional<PayoutStore.Given> given =
                event.given(payout).filter(one -> known.references().contains(one.reference()));
        return meanings.of(transaction, before, given, given.map(Set::of).orElse(Set.of()));
    }

    private Attempt bound(Transaction transaction, PayoutSnapshot payout, Attempt attempt, String given, Instant now) {
        PayoutStore.Given wanted =
                new PayoutStore.Given(payout.intent().id(), attempt.number(), attempt.provider(), given);
        if (!stores.payouts().bind(transaction.db(), List.of(wanted), now).contains(wanted)) {
            throw new PayoutRefusedException(
                    new PayoutRefusal.ReferenceTaken(payout.intent().key(), given));
        }
        return attempt.bound(given);
    }

    /** Where another attempt than the open one is said to have ended the payout, the open one is said to have failed. */
    private PayoutSnapshot closeOthers(Transaction transaction, PayoutSnapshot payout, Attempt resolved) {
        Optional<Attempt> other = payout.open().filter(open -> open.number() != resolved.number());
        if (other.isEmpty()) {
            return payout;
        }
        Attempt closed = other.get().saidToHaveFailed();
        stores.payouts().update(transaction.sheet(), payout.intent().id(), closed);
        return payout.with(closed);
    }

    /**
     * Returns normally if a reference that a person found is of the attempt or of none.
     *
     * @throws PayoutRefusedException if it is not
     */
    void checkReference(Transaction transaction, PayoutSnapshot payout, Attempt attempt, Resolution said) {
        said.reference()
                .filter(given -> !attempt.references().contains(given)
                        && stores.payouts().isBound(transaction.db(), attempt.provider(), given))
                .ifPresent(given -> {
                    throw new PayoutRefusedException(
                            new PayoutRefusal.ReferenceTaken(payout.intent().key(), given));
                });
    }
}
