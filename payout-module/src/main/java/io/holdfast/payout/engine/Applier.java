package io.holdfast.payout.engine;

import io.holdfast.ledger.RefusedException;
import io.holdfast.payout.AttemptState;
import io.holdfast.payout.PayoutItem.Kind;
import io.holdfast.payout.spi.Outcome;
import io.holdfast.payout.spi.Particulars;
import io.holdfast.payout.spi.PayoutProvider;
import io.holdfast.payout.spi.Resend;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jooq.exception.DataAccessException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one way in which something learned about an attempt changes anything: transition, ledger effect and evidence in one
 * transaction. Answers to sends, to questions, and whatever else may come, all end here.
 */
final class Applier {

    private static final Logger LOG = LoggerFactory.getLogger(Applier.class);

    private final Session session;
    private final EngineClock clock;
    private final SnapshotReader reader;
    private final PayoutStore store;
    private final Scribe scribe;
    private final Bookkeeper bookkeeper;
    private final Settings settings;
    private final GroupWork<Event, PayoutSnapshot> together = new GroupWork<>(this::applyAll);

    Applier(Desk desk, Bookkeeper bookkeeper) {
        this.session = desk.session();
        this.clock = desk.clock();
        this.reader = desk.stores().reader();
        this.store = desk.stores().payouts();
        this.scribe = desk.scribe();
        this.bookkeeper = bookkeeper;
        this.settings = desk.settings();
    }

    /**
     * Applies an event; events that come at the same time share a transaction. What the ledger would not take is kept as a
     * proof of which a person has to see to it that it is booked.
     */
    void apply(PayoutSnapshot payout, Event event) {
        bookkeeper.open(payout.intent(), payout.provider(event.attempt()));
        together.submit(event);
    }

    private List<PayoutSnapshot> applyAll(List<Event> events) {
        return events.size() == 1
                ? List.of(applyAlone(events.get(0)))
                : session.write(transaction -> applyIn(transaction, events));
    }

    private PayoutSnapshot applyAlone(Event event) {
        try {
            return session.write(
                    transaction -> applyIn(transaction, List.of(event)).get(0));
        } catch (DataAccessException failure) {
            LOG.error(
                    "Payout {}: that attempt {} is {} with reference {} could not be taken down",
                    event.payout(),
                    event.attempt(),
                    event.outcome().code(),
                    reference(event.outcome()).orElse("none"));
            throw failure;
        } catch (RefusedException refused) {
            LOG.error(
                    "Payout {}: {} is proven and was not booked: {}",
                    event.payout(),
                    event.outcome().code(),
                    refused.getMessage());
            Finding finding =
                    new Finding(Kind.NOT_BOOKED, event.outcome().code() + " was not booked: " + refused.getMessage());
            Event kept = event.outcome(withoutEffect(event.outcome()));
            return session.write(transaction -> {
                PayoutSnapshot after = applyIn(transaction, List.of(kept)).get(0);
                scribe.open(transaction, after, finding, clock.now(transaction.db()));
                return after;
            });
        }
    }

    private List<PayoutSnapshot> applyIn(Transaction transaction, List<Event> events) {
        Map<UUID, PayoutSnapshot> payouts =
                reader.lock(transaction.db(), events.stream().map(Event::payout).toList());
        Instant now = clock.now(transaction.db());
        Set<PayoutStore.Given> bound = store.bind(
                transaction.db(),
                events.stream()
                        .flatMap(event -> given(locked(payouts, event), event).stream())
                        .toList(),
                now);
        List<PayoutSnapshot> applied = new ArrayList<>();
        for (Event event : events) {
            PayoutSnapshot payout = locked(payouts, event);
            Attempt attempt = answered(transaction, payout, event, now);
            View.Reference meaning = meaning(payout, attempt, event, bound);
            Attempt known = meaning == View.Reference.OWN || meaning == View.Reference.SECOND
                    ? attempt.bound(reference(event.outcome()).orElseThrow())
                    : attempt;
            PayoutSnapshot after = applyIn(transaction, payout, known, event, meaning, now);
            payouts.put(event.payout(), after);
            applied.add(after);
        }
        return applied;
    }

    private PayoutSnapshot applyIn(
            Transaction transaction,
            PayoutSnapshot payout,
            Attempt attempt,
            Event event,
            View.Reference meaning,
            Instant now) {
        PayoutProvider provider = settings.provider(attempt.provider());
        Terms terms = new Terms(provider.capabilities(), settings.schedule(), settings.reversedFee());
        View view = new View(payout.with(attempt), attempt, event, meaning, terms, now);
        if (event.outcome() instanceof Outcome.Reversed reversed && impliesUnseenSuccess(view, reversed)) {
            Outcome.Succeeded implied =
                    new Outcome.Succeeded(reversed.reference(), Particulars.NONE, reversed.evidence());
            PayoutSnapshot paid =
                    scribe.write(transaction, view, Rules.decide(view, implied), implied, settings.actor());
            view = new View(paid, paid.attempt(event.attempt()), event, meaning, terms, now);
        }
        return scribe.write(transaction, view, Rules.decide(view, event.outcome()), event.outcome(), settings.actor());
    }

    /** What came back must have left before: its success was never seen. */
    private static boolean impliesUnseenSuccess(View view, Outcome.Reversed reversed) {
        AttemptState state = view.attempt().state();
        return (state == AttemptState.OPEN || state == AttemptState.FAILED)
                && view.reference() != View.Reference.TAKEN
                && view.isOurs(reversed.amount())
                && reversed.amount().compareTo(view.payout().intent().amount()) <= 0;
    }

    /** Takes down what a send's answer proved: of itself, and of earlier ones if the provider replays its first answer. */
    private Attempt answered(Transaction transaction, PayoutSnapshot payout, Event event, Instant now) {
        Attempt attempt = payout.attempt(event.attempt());
        if (event.send().isEmpty()) {
            return attempt;
        }
        boolean replays = event.outcome() instanceof Outcome.Rejected
                && settings.provider(attempt.provider()).capabilities().resend().rejections()
                        == Resend.Rejections.REPLAY_THE_FIRST;
        List<Send> sends = new ArrayList<>();
        for (Send send : attempt.sends()) {
            boolean isIt = send.number() == event.send().get();
            boolean isToldOf =
                    replays && send.number() < event.send().get() && !send.isUnderWay() && !send.createdNothing();
            Send known = isIt || isToldOf ? send.answered(event.outcome().code(), now) : send;
            if (!known.equals(send)) {
                store.update(transaction.sheet(), payout.intent().id(), attempt.number(), known);
            }
            sends.add(known);
        }
        return attempt.sends(sends);
    }

    private static PayoutSnapshot locked(Map<UUID, PayoutSnapshot> payouts, Event event) {
        return Optional.ofNullable(payouts.get(event.payout()))
                .orElseThrow(() -> new IllegalStateException("There is no payout " + event.payout()));
    }

    private static Optional<PayoutStore.Given> given(PayoutSnapshot payout, Event event) {
        return reference(event.outcome())
                .map(reference -> new PayoutStore.Given(
                        event.payout(),
                        event.attempt(),
                        payout.attempt(event.attempt()).provider(),
                        reference));
    }

    private static View.Reference meaning(
            PayoutSnapshot payout, Attempt attempt, Event event, Set<PayoutStore.Given> bound) {
        Optional<PayoutStore.Given> given = given(payout, event);
        if (given.isEmpty()) {
            return View.Reference.NONE;
        }
        if (!bound.contains(given.get())) {
            return View.Reference.TAKEN;
        }
        return attempt.reference().isEmpty()
                        || attempt.reference().get().equals(given.get().reference())
                ? View.Reference.OWN
                : View.Reference.SECOND;
    }

    private static Optional<String> reference(Outcome outcome) {
        if (outcome instanceof Outcome.Accepted accepted) {
            return Optional.of(accepted.reference());
        } else if (outcome instanceof Outcome.Succeeded succeeded) {
            return Optional.of(succeeded.reference());
        } else if (outcome instanceof Outcome.Failed failed) {
            return Optional.of(failed.reference());
        } else if (outcome instanceof Outcome.Reversed reversed) {
            return Optional.of(reversed.reference());
        }
        return Optional.empty();
    }

    /** Returns what of an outcome can be kept without a journal entry: that the payout exists, so that it is asked about. */
    private static Outcome withoutEffect(Outcome outcome) {
        return reference(outcome)
                .<Outcome>map(given -> new Outcome.Accepted(given, Particulars.NONE, outcome.evidence()))
                .orElseGet(() -> new Outcome.Unknown("Proven and not booked: " + outcome.code(), outcome.evidence()));
    }
}
