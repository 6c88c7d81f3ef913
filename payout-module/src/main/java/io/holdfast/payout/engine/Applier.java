package io.holdfast.payout.engine;

import io.holdfast.ledger.postgres.session.Failures;
import io.holdfast.ledger.postgres.session.GroupWork;
import io.holdfast.payout.PayoutItem.Kind;
import io.holdfast.payout.PayoutResolution;
import io.holdfast.payout.Resolution;
import io.holdfast.payout.spi.Outcome;
import io.holdfast.payout.spi.Particulars;
import io.holdfast.payout.spi.Resend;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jooq.exception.DataAccessException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one way in which something learned from a provider about an attempt changes anything: transition, ledger effect and
 * evidence in one transaction. Answers to sends, answers to questions and webhooks all end here; what people agree on is for
 * {@link Resolving}.
 */
final class Applier {

    private static final Logger LOG = LoggerFactory.getLogger(Applier.class);

    /** How long an answer that cannot be recorded is tried again, and the first pause, which doubles. */
    private static final long PATIENCE_NANOS = 15_000_000_000L;

    private static final long FIRST_PAUSE_NANOS = 100_000_000L;

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
    private final GroupWork<Event, List<Long>> together = Groups.overlapping(this::applyTogether);

    Applier(Desk desk, Bookkeeper bookkeeper) {
        this.session = desk.session();
        this.clock = desk.clock();
        this.reader = desk.stores().reader();
        this.store = desk.stores().payouts();
        this.webhooks = desk.stores().webhooks();
        this.people = desk.stores().people();
        this.meanings = new Meanings(desk.stores().booked());
        this.scribe = desk.scribe();
        this.bookkeeper = bookkeeper;
        this.settings = desk.settings();
    }

    /**
     * Applies an event, and then what providers had called to say of the same before its reference was known; events that
     * come at the same time share a transaction. What the ledger would not take, or what cannot be written down as it is, is
     * kept as a proof of which a person has to see to it that it is booked.
     */
    void apply(PayoutSnapshot payout, Event event) {
        List<Long> parked;
        try {
            parked = inHand(() -> {
                bookkeeper.open(payout.intent(), payout.provider(event.attempt()));
                return together.submit(event);
            });
        } catch (RuntimeException failure) {
            // Where nobody can be asked this line is all that is left of it.
            LOG.error(
                    "Payout {}: that attempt {} is {} with reference {} could not be recorded",
                    event.payout(),
                    event.attempt(),
                    event.outcome().code(),
                    event.reference().orElse("none"));
            throw failure;
        }
        parked.forEach(this::takeUp);
    }

    /** Does what may fail because the database is away, and again for a while: an answer that is let go of may be gone for good. */
    private static <T> T inHand(Supplier<T> work) {
        long began = System.nanoTime();
        for (long pause = FIRST_PAUSE_NANOS; ; pause *= 2) {
            try {
                return work.get();
            } catch (DataAccessException failure) {
                if (Failures.isAboutContent(failure) || System.nanoTime() - began > PATIENCE_NANOS) {
                    throw failure;
                }
                LOG.warn("An answer could not be recorded, it is tried again: {}", failure.getMessage());
                LockSupport.parkNanos(pause);
            }
        }
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
    private List<List<Long>> applyTogether(List<Event> events) {
        List<PayoutSnapshot> applied = events.size() == 1
                ? List.of(applyAlone(events.get(0)))
                : session.write(transaction -> applyAll(transaction, events));
        List<Optional<PayoutStore.Given>> given = new ArrayList<>();
        for (int i = 0; i < events.size(); i++) {
            given.add(events.get(i).given(applied.get(i)));
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
        return Unbookable.unlessRefused(
                () -> session.write(
                        transaction -> applyAll(transaction, List.of(event)).get(0)),
                why -> keepUnbooked(event, why));
    }

    private PayoutSnapshot keepUnbooked(Event event, String why) {
        LOG.error(
                "Payout {}: attempt {} is {} with reference {}, and this was not booked: {}",
                event.payout(),
                event.attempt(),
                event.outcome().code(),
                event.reference().orElse("none"),
                why);
        Finding finding = new Finding(Kind.NOT_BOOKED, event.outcome().code() + " was not booked: " + why);
        Event kept = event.outcome(withoutEffect(event.outcome()));
        return session.write(transaction -> {
            PayoutSnapshot after = applyAll(transaction, List.of(kept)).get(0);
            Instant now = clock.now(transaction.db());
            scribe.open(transaction, after, finding, now);
            return askedTomorrow(transaction, after, now);
        });
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

    private List<PayoutSnapshot> applyAll(Transaction transaction, List<Event> events) {
        Map<UUID, PayoutSnapshot> asLeft = new HashMap<>();
        events.forEach(event -> event.known().ifPresent(payout -> asLeft.put(event.payout(), payout)));
        Map<UUID, PayoutSnapshot> payouts =
                reader.lock(transaction.db(), events.stream().map(Event::payout).toList(), asLeft);
        Instant now = clock.now(transaction.db());
        Set<PayoutStore.Given> bound = store.bind(
                transaction.db(),
                events.stream()
                        .flatMap(event -> event.given(locked(payouts, event)).stream())
                        .toList(),
                now);
        List<PayoutSnapshot> applied = new ArrayList<>();
        for (Event event : events) {
            PayoutSnapshot payout = locked(payouts, event);
            if (isAppliedAlready(transaction, payout, event)) {
                applied.add(payout);
                continue;
            }
            Attempt answered = answered(transaction, payout, event, now);
            Meanings.Meaning meaning = meanings.of(transaction, answered, event.given(payout), bound);
            Attempt attempt =
                    meaning.isAttempts() ? answered.bound(event.reference().orElseThrow()) : answered;
            Terms terms = settings.terms(settings.provider(attempt.provider()));
            View learned = new View(payout.with(attempt), attempt, event, meaning, terms, now);
            PayoutSnapshot after = applyOne(transaction, payout, learned);
            noteDelivery(transaction, after, event, now);
            payouts.put(event.payout(), after);
            applied.add(after);
        }
        return applied;
    }

    /** A delivery may be taken up by two at once, and an answer come again if it was not certain that it had been recorded. */
    private boolean isAppliedAlready(Transaction transaction, PayoutSnapshot payout, Event event) {
        if (event.delivery().isPresent()) {
            return webhooks.parked(transaction.db(), event.delivery().get().number())
                    .isEmpty();
        }
        return event.send().isPresent()
                && payout.attempt(event.attempt()).sends().stream()
                        .anyMatch(send -> send.number() == event.send().get()
                                && !send.isInDoubt()
                                && send.outcome()
                                        .equals(Optional.of(event.outcome().code())));
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

    /**
     * Applies one event.
     *
     * @param before the payout before any of it
     */
    private PayoutSnapshot applyOne(Transaction transaction, PayoutSnapshot before, View learned) {
        Event event = learned.event();
        View view = learned;
        Optional<Outcome.Succeeded> implied = view.unseenSuccess(event.outcome());
        if (implied.isPresent()) {
            Decision commit = Rules.decide(view, implied.get());
            view = view.after(scribe.write(transaction, view, commit, implied.get(), settings.actor()));
        }
        Decision decision = Rules.decide(view, event.outcome());
        PayoutSnapshot after = scribe.write(transaction, view, decision, event.outcome(), settings.actor());
        Set<Resolution.Verdict> overtaken = Resolvable.overtaken(before, after, decision);
        if (!overtaken.isEmpty()) {
            PayoutResolution.End lapsed =
                    new PayoutResolution.End(PayoutResolution.Way.LAPSED, settings.actor(), view.now());
            people.end(transaction.db(), event.payout(), overtaken, lapsed);
        }
        return after;
    }

    /** Records what a send's answer proved: of itself, and of earlier ones if the provider replays its first answer. */
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

    /** Returns what of an outcome can be kept without a journal entry: that the payout exists, so that it is asked about. */
    private static Outcome withoutEffect(Outcome outcome) {
        return Event.reference(outcome)
                .<Outcome>map(given -> new Outcome.Accepted(given, Particulars.NONE, outcome.evidence()))
                .orElseGet(() -> new Outcome.Unknown("Proven and not booked: " + outcome.code(), outcome.evidence()));
    }
}
