package io.holdfast.payout.engine;

import io.holdfast.ledger.Ledger;
import io.holdfast.payout.AttemptState;
import io.holdfast.payout.PayoutStatus;
import io.holdfast.payout.PayoutTransition;
import io.holdfast.payout.PayoutTransition.Cause;
import io.holdfast.payout.PayoutTransition.Verdict;
import io.holdfast.payout.spi.Evidence;
import io.holdfast.payout.spi.Masking;
import io.holdfast.payout.spi.Outcome;
import io.holdfast.payout.spi.Particulars;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes transitions down: the row, its journal entries, how the payout stands from now on, all in one transaction. */
final class Scribe {

    private static final Logger LOG = LoggerFactory.getLogger(Scribe.class);

    private final PayoutStore payouts;
    private final HistoryStore history;
    private final UsageStore usage;
    private final MovementStore movements;
    private final BookedStore booked;
    private final Bookkeeper bookkeeper;
    private final Ledger ledger;

    Scribe(Stores stores, Bookkeeper bookkeeper, Ledger ledger) {
        this.payouts = stores.payouts();
        this.history = stores.history();
        this.usage = stores.usage();
        this.movements = stores.movements();
        this.booked = stores.booked();
        this.bookkeeper = bookkeeper;
        this.ledger = ledger;
    }

    /** Records a change of standing that no outcome of a provider brought about, and returns the payout as it stands now. */
    PayoutSnapshot move(Transaction transaction, PayoutSnapshot payout, Standing to, Move move) {
        Standing counted = to.counted(move.now()).masking(payout.intent().recipient());
        record(transaction, payout, counted, move);
        payouts.update(transaction.sheet(), payout.intent(), counted);
        return payout.with(counted);
    }

    /** Like {@link #move}, with an effect on the books. */
    PayoutSnapshot move(Transaction transaction, PayoutSnapshot payout, Standing to, Move move, Effect effect) {
        PayoutSnapshot moved = move(transaction, payout, to, move);
        book(transaction, moved, effect, today(move.now()), move.now());
        return moved;
    }

    /** Records what an event came to, and returns the payout as it stands now. */
    PayoutSnapshot write(Transaction transaction, View view, Decision decision, Outcome outcome, String actor) {
        PayoutSnapshot before = view.payout();
        Event event = view.event();
        boolean endsLease = event.lease()
                .filter(token -> token == before.standing().leaseToken())
                .isPresent();
        Standing told = told(view, decision, outcome);
        Standing standing = (endsLease ? told.unleased() : told)
                .counted(view.now())
                .masking(before.intent().recipient());
        Move move = new Move(
                decision.verdict(),
                event.cause(),
                Optional.of(event.attempt()),
                Optional.of(outcome),
                decision.detail(),
                outcome.evidence(),
                actor,
                view.now());
        record(transaction, before, standing, move, event.send());
        PayoutSnapshot after = before.with(decision.attempt()).with(standing);
        LocalDate date = date(after.intent(), event, outcome, view.now());
        decision.effects().forEach(effect -> book(transaction, after, effect, date, view.now()));
        explain(transaction, decision, outcome);
        decision.findings().forEach(finding -> open(transaction, after, finding, view.now()));
        payouts.update(transaction.sheet(), after.intent().id(), decision.attempt());
        payouts.update(transaction.sheet(), after.intent(), standing);
        return after;
    }

    /** Returns how the payout stands, with the operator that the provider names where it speaks of the payment that counts. */
    private static Standing told(View view, Decision decision, Outcome outcome) {
        boolean isBeside = decision.verdict() == Verdict.STALE || decision.verdict() == Verdict.ITEM;
        if (isBeside || view.reference() != View.Reference.OWN) {
            return decision.standing();
        }
        Particulars particulars = Particulars.NONE;
        if (outcome instanceof Outcome.Accepted accepted) {
            particulars = accepted.particulars();
        } else if (outcome instanceof Outcome.Succeeded succeeded) {
            particulars = succeeded.particulars();
        }
        return particulars.operator().map(decision.standing()::operator).orElse(decision.standing());
    }

    /** What a payout has booked of its provider's references is nobody's no longer. */
    private void explain(Transaction transaction, Decision decision, Outcome outcome) {
        Attempt attempt = decision.attempt();
        Optional<String> told = Event.reference(outcome).filter(attempt.references()::contains);
        Optional<String> settling = attempt.reference().filter(own -> attempt.state() == AttemptState.SETTLED);
        boolean isPayment = decision.effects().stream().anyMatch(Effect.Payment.class::isInstance);
        if (isPayment || (settling.isPresent() && told.equals(settling))) {
            Stream.concat(told.stream(), settling.stream())
                    .map(reference -> new Movements.Payment(attempt.provider(), reference))
                    .forEach(payment -> transaction.explain(movements, payment));
        }
    }

    /** Returns the zone of business dates. */
    ZoneId zone() {
        return ledger.zone();
    }

    /** Opens an item for a person. */
    void open(Transaction transaction, PayoutSnapshot payout, Finding finding, Instant now) {
        String detail = Masking.mask(finding.detail(), payout.intent().recipient());
        LOG.warn("Payout {} needs a look: {}: {}", payout.intent().id(), finding.kind(), detail);
        history.open(transaction.db(), Optional.of(payout.intent().id()), new Finding(finding.kind(), detail), now);
    }

    private void book(Transaction transaction, PayoutSnapshot payout, Effect effect, LocalDate date, Instant now) {
        Intent intent = payout.intent();
        int number = payout.standing().transitions();
        if (effect instanceof Effect.Release) {
            transaction.uncount(usage, intent.amount().minor(), Counting.of(intent, zone()));
        }
        bookkeeper.booking(intent, number, effect, date, booked).make(transaction, made -> {
            history.record(transaction.sheet(), intent.id(), number, made.role(), made.entry());
            if (effect instanceof Effect.Suspend suspended) {
                history.suspend(transaction.db(), intent.id(), suspended, made.entry());
            }
            made.finding().ifPresent(finding -> open(transaction, payout, finding, now));
        });
    }

    private void record(Transaction transaction, PayoutSnapshot before, Standing after, Move move) {
        record(transaction, before, after, move, Optional.empty());
    }

    private void record(
            Transaction transaction, PayoutSnapshot before, Standing after, Move move, Optional<Integer> send) {
        Intent intent = before.intent();
        Optional<PayoutStatus> from = before.standing().transitions() == 0
                ? Optional.empty()
                : Optional.of(before.standing().status());
        LOG.debug(
                "Payout {}: {} -> {} by {}",
                intent.id(),
                from.map(Enum::name).orElse("nothing"),
                after.status(),
                move.cause());
        PayoutTransition transition = new PayoutTransition(
                after.transitions(),
                from,
                after.status(),
                move.verdict(),
                move.cause(),
                move.attempt(),
                move.outcome().map(Outcome::code),
                Masking.mask(move.detail(), intent.recipient()),
                move.evidence().masking(intent.recipient()).text(),
                move.actor(),
                move.now());
        history.record(transaction.sheet(), intent.id(), transition, send);
        String provider = move.attempt().map(before::provider).orElseGet(before::currentRoute);
        Finding.unlisted(provider, move.evidence())
                .ifPresent(finding -> open(transaction, before, finding, move.now()));
    }

    /** Returns the provider's date where it or people give one, but none before the payout was requested. */
    private LocalDate date(Intent intent, Event event, Outcome outcome, Instant now) {
        return date(event.date().or(() -> outcome.at().map(this::today)), today(intent.createdAt()), now);
    }

    /** Returns on which date that is booked which a provider or people tell: none before a first one, and none to come. */
    LocalDate date(Optional<LocalDate> told, LocalDate first, Instant now) {
        LocalDate today = today(now);
        LocalDate date = told.orElse(today);
        if (date.isBefore(first)) {
            return first;
        }
        return date.isAfter(today) ? today : date;
    }

    private LocalDate today(Instant now) {
        return now.atZone(ledger.zone()).toLocalDate();
    }

    /** Something that happened to a payout, apart from where it stands. */
    record Move(
            Verdict verdict,
            Cause cause,
            Optional<Integer> attempt,
            Optional<Outcome> outcome,
            String detail,
            Evidence evidence,
            String actor,
            Instant now) {

        static Move of(Cause cause, String detail, String actor, Instant now) {
            return new Move(
                    Verdict.CHANGED, cause, Optional.empty(), Optional.empty(), detail, Evidence.NONE, actor, now);
        }

        static Move noNews(Cause cause, String detail, String actor, Instant now) {
            return new Move(
                    Verdict.NO_NEWS, cause, Optional.empty(), Optional.empty(), detail, Evidence.NONE, actor, now);
        }

        /** Returns the same with what the provider said. */
        Move with(Evidence said) {
            return new Move(verdict, cause, attempt, outcome, detail, said, actor, now);
        }

        /** Returns the same as something that happened to an attempt, with what the provider said of it. */
        Move about(Attempt which, Evidence said) {
            return new Move(verdict, cause, Optional.of(which.number()), outcome, detail, said, actor, now);
        }
    }
}
