package io.holdfast.payout.engine;

import io.holdfast.ledger.RefusedException;
import io.holdfast.ledger.postgres.session.GroupWork;
import io.holdfast.payout.PayoutItem.Kind;
import io.holdfast.payout.PayoutRefusal;
import io.holdfast.payout.PayoutRefusedException;
import io.holdfast.payout.PayoutResolution;
import io.holdfast.payout.PayoutStatus;
import io.holdfast.payout.PayoutTransition.Verdict;
import io.holdfast.payout.Resolution;
import io.holdfast.payout.spi.Outcome;
import io.holdfast.payout.spi.Particulars;
import io.holdfast.payout.spi.PayoutProvider;
import io.holdfast.payout.spi.Resend;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
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
    private final WebhookStore webhooks;
    private final PeopleStore people;
    private final Meanings meanings;
    private final Scribe scribe;
    private final Bookkeeper bookkeeper;
    private final Settings settings;
    private final GroupWork<Event, List<Long>> together = Groups.overlapping(this::applyAll);

    Applier(Desk desk, Bookkeeper bookkeeper) {
        this.session = desk.session();
        this.clock = desk.clock();
        this.reader = desk.stores().reader();
        this.store = desk.stores().payouts();
        this.webhooks = desk.stores().webhooks();
        this.people = desk.stores().people();
        this.meanings = new Meanings(desk.stores().history());
        this.scribe = desk.scribe();
        this.bookkeeper = bookkeeper;
        this.settings = desk.settings();
    }

    /**
     * Applies an event, and then what providers had called to say of the same before its reference was known; events that
     * come at the same time share a transaction. What the ledger would not take is kept as a proof of which a person has to
     * see to it that it is booked.
     */
    void apply(PayoutSnapshot payout, Event event) {
        bookkeeper.open(payout.intent(), payout.provider(event.attempt()));
        together.submit(event).forEach(this::takeUp);
    }

    /** Applies a delivery that is parked if its attempt is known by now, and returns its payout. */
    Optional<UUID> takeUp(long delivery) {
        Optional<StoredNotice> parked = session.read(db -> webhooks.parked(db, delivery));
        Optional<WebhookStore.About> about = parked.flatMap(one -> session.read(db -> webhooks.about(
                db, one.provider(), one.notice().reference(), one.notice().ourReference())));
        about.ifPresent(known -> {
            PayoutSnapshot payout =
                    session.read(db -> reader.find(db, known.payout())).orElseThrow();
            bookkeeper.open(payout.intent(), payout.provider(known.attempt()));
            together.submit(Event.delivered(known, parked.orElseThrow()));
        });
        return about.map(WebhookStore.About::payout);
    }

    /** Applies events, and returns for each which parked deliveries are about the reference that it brought. */
    private List<List<Long>> applyAll(List<Event> events) {
        List<PayoutSnapshot> applied = events.size() == 1
                ? List.of(applyAlone(events.get(0)))
                : session.write(transaction -> applyIn(transaction, events));
        List<Optional<PayoutStore.Given>> given = new ArrayList<>();
        for (int i = 0; i < events.size(); i++) {
            given.add(given(applied.get(i), events.get(i)));
        }
        // Afterwards, so that what is parked only now finds the reference.
        Map<PayoutStore.Given, List<Long>> parked = session.read(db ->
                webhooks.parked(db, given.stream().flatMap(Optional::stream).toList()));
        return given.stream()
                .map(one -> one.map(reference -> parked.getOrDefault(reference, List.of()))
                        .orElse(List.of()))
                .toList();
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
                Instant now = clock.now(transaction.db());
                scribe.open(transaction, after, finding, now);
                return askedTomorrow(transaction, after, now);
            });
        }
    }

    /** What is proven and not booked is asked about daily, for as long as it is not. */
    private PayoutSnapshot askedTomorrow(Transaction transaction, PayoutSnapshot payout, Instant now) {
        Standing standing = payout.standing();
        Instant tomorrow = settings.schedule().review(payout.intent().id(), 0, now);
        if (standing.nextAt().filter(at -> !at.isAfter(tomorrow)).isPresent()) {
            return payout;
        }
        Standing sooner = standing.next(Optional.of(tomorrow), standing.tries());
        store.update(transaction.sheet(), payout.intent(), sooner);
        return payout.with(sooner);
    }

    private List<PayoutSnapshot> applyIn(Transaction transaction, List<Event> events) {
        Map<UUID, PayoutSnapshot> asLeft = new HashMap<>();
        events.forEach(event -> event.known().ifPresent(payout -> asLeft.put(event.payout(), payout)));
        Map<UUID, PayoutSnapshot> payouts =
                reader.lock(transaction.db(), events.stream().map(Event::payout).toList(), asLeft);
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
            if (isAppliedAlready(transaction, event)) {
                applied.add(payout);
                continue;
            }
            Attempt attempt = answered(transaction, payout, event, now);
            Meanings.Meaning meaning = meanings.of(transaction, attempt, given(payout, event), bound);
            Attempt known = meaning.isAttempts()
                    ? attempt.bound(reference(event.outcome()).orElseThrow())
                    : attempt;
            PayoutSnapshot after = applyIn(transaction, payout, known, event, meaning, now);
            noteDelivery(transaction, after, event, now);
            payouts.put(event.payout(), after);
            applied.add(after);
        }
        return applied;
    }

    private boolean isAppliedAlready(Transaction transaction, Event event) {
        return event.delivery().isPresent()
                && webhooks.parked(transaction.db(), event.delivery().get().number())
                        .isEmpty();
    }

    private void noteDelivery(Transaction transaction, PayoutSnapshot after, Event event, Instant now) {
        event.delivery()
                .ifPresent(delivery -> webhooks.applied(
                        transaction.db(),
                        delivery.number(),
                        new WebhookStore.About(event.payout(), event.attempt()),
                        after.standing().transitions(),
                        now));
    }

    private PayoutSnapshot applyIn(
            Transaction transaction,
            PayoutSnapshot payout,
            Attempt attempt,
            Event event,
            Meanings.Meaning meaning,
            Instant now) {
        PayoutProvider provider = settings.provider(attempt.provider());
        Terms terms = settings.terms(provider);
        View view = new View(payout.with(attempt), attempt, event, meaning, terms, now);
        Optional<Outcome.Succeeded> implied = view.unseenSuccess(event.outcome());
        if (implied.isPresent()) {
            Decision commit = Rules.decide(view, implied.get());
            PayoutSnapshot paid = scribe.write(transaction, view, commit, implied.get(), settings.actor());
            view = new View(paid, paid.attempt(event.attempt()), event, meaning, terms, now);
        }
        Decision decision = Rules.decide(view, event.outcome());
        PayoutSnapshot after = scribe.write(transaction, view, decision, event.outcome(), settings.actor());
        Set<Resolution.Verdict> overtaken = Resolvable.overtaken(payout, after, decision);
        if (!overtaken.isEmpty()) {
            PayoutResolution.End lapsed = new PayoutResolution.End(PayoutResolution.Way.LAPSED, settings.actor(), now);
            people.end(transaction.db(), event.payout(), overtaken, lapsed);
        }
        return after;
    }

    /**
     * Settles a payout as two persons say it ended. In review their word is all there is; of one that has ended it is news
     * like the provider's own.
     */
    PayoutSnapshot resolve(Transaction transaction, PayoutSnapshot payout, PayoutResolution said, String confirmedBy) {
        Resolution content = said.content();
        Attempt attempt = payout.attempt(said.attempt());
        PayoutProvider provider = settings.find(attempt.provider())
                .orElseThrow(() -> new IllegalArgumentException("Provider \"" + attempt.provider() + "\" of payout \""
                        + payout.intent().key() + "\" is not configured: what it does with fees is not known"));
        bookkeeper.open(transaction.ledger(), payout.intent(), attempt.provider());
        Instant now = clock.now(transaction.db());
        checkReference(transaction, payout, attempt, content);
        Attempt known = content.reference()
                .map(given -> bound(transaction, payout, attempt, given, now))
                .orElse(attempt);
        PayoutSnapshot resolved = closeOthers(transaction, payout, known).with(known);
        Terms terms = settings.terms(provider);
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
        return scribe.write(transaction, view, decision, event.outcome(), confirmedBy);
    }

    /** What people say is looked at as if the provider had said it of the attempt as it was. */
    private Meanings.Meaning meaning(
            Transaction transaction, PayoutSnapshot payout, Attempt before, Attempt known, Event event) {
        Optional<PayoutStore.Given> given =
                given(payout, event).filter(one -> known.references().contains(one.reference()));
        return meanings.of(transaction, before, given, given.map(Set::of).orElse(Set.of()));
    }

    private Attempt bound(Transaction transaction, PayoutSnapshot payout, Attempt attempt, String given, Instant now) {
        PayoutStore.Given wanted =
                new PayoutStore.Given(payout.intent().id(), attempt.number(), attempt.provider(), given);
        if (!store.bind(transaction.db(), List.of(wanted), now).contains(wanted)) {
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
        store.update(transaction.sheet(), payout.intent().id(), closed);
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
                        && store.isBound(transaction.db(), attempt.provider(), given))
                .ifPresent(given -> {
                    throw new PayoutRefusedException(
                            new PayoutRefusal.ReferenceTaken(payout.intent().key(), given));
                });
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

    /** Returns the reference that an outcome brings, if it brings one. */
    static Optional<String> reference(Outcome outcome) {
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
