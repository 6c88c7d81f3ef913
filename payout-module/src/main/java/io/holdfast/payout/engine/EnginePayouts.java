package io.holdfast.payout.engine;

import io.holdfast.ledger.Currency;
import io.holdfast.ledger.Key;
import io.holdfast.ledger.Ledger;
import io.holdfast.ledger.Refusal;
import io.holdfast.ledger.RefusedException;
import io.holdfast.payout.AttemptState;
import io.holdfast.payout.BrokenProvider;
import io.holdfast.payout.Payout;
import io.holdfast.payout.PayoutApproval;
import io.holdfast.payout.PayoutEntry;
import io.holdfast.payout.PayoutItem;
import io.holdfast.payout.PayoutPage;
import io.holdfast.payout.PayoutQuery;
import io.holdfast.payout.PayoutQuote;
import io.holdfast.payout.PayoutRefusal;
import io.holdfast.payout.PayoutRefusedException;
import io.holdfast.payout.PayoutRequest;
import io.holdfast.payout.PayoutResolution;
import io.holdfast.payout.PayoutStatus;
import io.holdfast.payout.PayoutTransition;
import io.holdfast.payout.PayoutTransition.Cause;
import io.holdfast.payout.Payouts;
import io.holdfast.payout.QuoteRequest;
import io.holdfast.payout.RequestResult;
import io.holdfast.payout.Resolution;
import java.sql.Connection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;

/** The payouts of one ledger, kept beside it. */
final class EnginePayouts implements Payouts {

    private final Desk desk;
    private final Ledger ledger;
    private final Requests requests;
    private final Intake intake;
    private final Bookkeeper bookkeeper;
    private final Words words;
    private final String actor;

    private EnginePayouts(Desk desk, Ledger ledger, Requests requests, Intake intake, Bookkeeper bookkeeper) {
        this.bookkeeper = bookkeeper;
        this.desk = desk;
        this.ledger = ledger;
        this.requests = requests;
        this.intake = intake;
        this.words = new Words(desk.stores().history());
        this.actor = ledger.actor();
    }

    static EnginePayouts of(Desk desk, Ledger ledger, Requests requests, Bookkeeper bookkeeper) {
        Counters counters = new Counters(desk);
        counters.beginIfAllowed();
        Intake intake = new Intake(desk, requests, counters);
        return new EnginePayouts(desk, ledger, requests, intake, bookkeeper);
    }

    @Override
    public Payouts within(Connection connection) {
        Desk joined = new Desk(
                new HostSession(connection, ledger), desk.clock(), desk.stores(), desk.scribe(), desk.settings());
        return new EnginePayouts(joined, ledger, requests, intake.within(joined), bookkeeper);
    }

    @Override
    public Payouts as(String name) {
        return new EnginePayouts(desk, ledger.as(name), requests, intake, bookkeeper);
    }

    @Override
    public Payout request(PayoutRequest request) {
        return intake.request(new Intake.Asked(request, actor)).payoutOrThrow();
    }

    @Override
    public PayoutQuote quote(QuoteRequest asked) {
        PayoutRequest request = asked.as("quote");
        return write(transaction -> requests.quote(transaction, request, actor)
                .orElseThrow(() -> new RefusedException(new Refusal.AccountNotFound(asked.wallet()))));
    }

    @Override
    public List<RequestResult> requestAll(List<PayoutRequest> all) {
        return intake.take(asked(all, REQUESTS_MAX));
    }

    @Override
    public List<Optional<RequestResult.NotRequested>> check(List<PayoutRequest> all) {
        Forecast forecast = new Forecast(desk);
        List<Optional<RequestResult.NotRequested>> refusals = new ArrayList<>();
        List<Intake.Asked> asked = asked(all, CHECKS_MAX);
        for (int from = 0; from < asked.size(); from += REQUESTS_MAX) {
            refusals.addAll(intake.check(asked.subList(from, Math.min(asked.size(), from + REQUESTS_MAX)), forecast));
        }
        return refusals;
    }

    private List<Intake.Asked> asked(List<PayoutRequest> all, int most) {
        if (all.size() > most) {
            throw new IllegalArgumentException(all.size() + " requests at once: at most " + most + " are possible");
        }
        return all.stream().map(request -> new Intake.Asked(request, actor)).toList();
    }

    @Override
    public Payout approve(UUID id) {
        Approvals approvals = new Approvals(desk, actor);
        return change(id, approvals::approve);
    }

    @Override
    public Payout refuse(UUID id) {
        Approvals approvals = new Approvals(desk, actor);
        return change(id, unlessCancelled(approvals::refuse));
    }

    @Override
    public List<PayoutApproval> approvals(UUID payout) {
        return desk.session().read(db -> desk.stores().people().approvals(db, payout));
    }

    @Override
    public PayoutResolution resolve(UUID id, Resolution resolution) {
        return locked(id, (transaction, payout) -> reviews().resolve(transaction, payout, resolution));
    }

    @Override
    public Payout confirm(UUID id, int resolution) {
        return change(id, (transaction, payout) -> reviews().confirm(transaction, payout, resolution));
    }

    @Override
    public List<PayoutResolution> resolutions(UUID payout) {
        return desk.session().read(db -> desk.stores().people().resolutions(db, payout));
    }

    @Override
    public Payout collect(UUID id, Key key) {
        return change(id, (transaction, payout) -> new Debts(desk, actor).collect(transaction, payout, key));
    }

    @Override
    public Payout writeOff(UUID id, Key key) {
        return change(id, (transaction, payout) -> new Debts(desk, actor).writeOff(transaction, payout, key));
    }

    @Override
    public int retryShortOfFloat(String provider, Currency currency) {
        // Who has configured none, to book and to look at payouts only, may name any.
        if (!desk.settings().providers().isEmpty() || !Keepable.is(provider)) {
            desk.checkEverKnown(provider);
        }
        return write(transaction -> {
            Instant now = desk.clock().now(transaction.db());
            return desk.stores().payouts().retryShortOfFloat(transaction.db(), provider, currency, now);
        });
    }

    @Override
    public Payout cancel(UUID id) {
        return change(id, unlessCancelled(this::cancelled));
    }

    @Override
    public Optional<Payout> find(UUID payout) {
        return desk.session().read(db -> desk.stores().reader().find(db, payout).map(found -> words.payout(db, found)));
    }

    @Override
    public Optional<Payout> find(Key key) {
        return desk.session().read(db -> desk.stores().reader().find(db, key).map(found -> words.payout(db, found)));
    }

    @Override
    public Optional<Payout> find(String provider, String reference) {
        if (!Keepable.is(provider) || !Keepable.is(reference)) {
            return Optional.empty();
        }
        return desk.session()
                .read(db -> desk.stores()
                        .webhooks()
                        .about(db, provider, Optional.of(reference), Optional.empty())
                        .flatMap(about -> desk.stores().reader().find(db, about.payout()))
                        .map(found -> words.payout(db, found)));
    }

    @Override
    public PayoutPage list(PayoutQuery query) {
        return desk.session()
                .read(db -> new PayoutPage(
                        words.payouts(db, desk.stores().reader().page(db, query)),
                        desk.stores().reader().count(db, query),
                        query.limit(),
                        query.offset()));
    }

    @Override
    public long count(PayoutQuery query) {
        return desk.session().read(db -> desk.stores().reader().count(db, query));
    }

    @Override
    public List<PayoutEntry> entries(UUID payout) {
        return desk.session().read(db -> desk.stores().history().entries(db, payout));
    }

    @Override
    public List<PayoutTransition> history(UUID payout) {
        return desk.session().read(db -> desk.stores().history().transitions(db, payout));
    }

    @Override
    public List<PayoutItem> items(int limit, int offset) {
        PayoutQuery page = PayoutQuery.FIRST_PAGE.page(limit, offset);
        return desk.session().read(db -> desk.stores().history().items(db, page.limit(), page.offset()));
    }

    @Override
    public List<BrokenProvider> brokenProviders() {
        return desk.session().read(db -> desk.stores().breakers().open(db));
    }

    @Override
    public long openItems() {
        return desk.session().read(db -> desk.stores().history().openItems(db));
    }

    @Override
    public void closeItem(long item, String note) {
        if (note.isBlank() || note.length() > NOTE_MAX || !Keepable.is(note)) {
            throw new IllegalArgumentException("A note of " + note.length() + " characters on item " + item
                    + ": say what was found, in 1 to " + NOTE_MAX + " characters" + Keepable.RULE);
        }
        boolean isClosed = write(transaction -> desk.stores()
                .history()
                .close(transaction.db(), item, actor, note, desk.clock().now(transaction.db())));
        if (!isClosed) {
            throw new PayoutRefusedException(new PayoutRefusal.ItemNotFound(item));
        }
    }

    private Reviews reviews() {
        return new Reviews(desk, new Resolving(desk, bookkeeper), actor);
    }

    /** Changes a payout that nobody else can change meanwhile, and returns it. */
    private Payout change(UUID id, BiFunction<Transaction, PayoutSnapshot, PayoutSnapshot> work) {
        return locked(id, (transaction, payout) -> {
            PayoutSnapshot changed = work.apply(transaction, payout);
            return words.payout(transaction.db(), changed);
        });
    }

    /** Does work on a payout that nobody else can change meanwhile. */
    private <T> T locked(UUID id, BiFunction<Transaction, PayoutSnapshot, T> work) {
        return write(transaction -> {
            PayoutSnapshot payout = desk.stores()
                    .reader()
                    .lock(transaction.db(), id)
                    .orElseThrow(() -> new PayoutRefusedException(new PayoutRefusal.PayoutNotFound(id.toString())));
            return work.apply(transaction, payout);
        });
    }

    private static BiFunction<Transaction, PayoutSnapshot, PayoutSnapshot> unlessCancelled(
            BiFunction<Transaction, PayoutSnapshot, PayoutSnapshot> work) {
        return (transaction, payout) ->
                payout.standing().status() == PayoutStatus.CANCELLED ? payout : work.apply(transaction, payout);
    }

    /** Does work that writes, in the name of whoever asked. */
    private <T> T write(Function<Transaction, T> work) {
        return desk.session().write(transaction -> work.apply(transaction.as(actor)));
    }

    private PayoutSnapshot cancelled(Transaction transaction, PayoutSnapshot payout) {
        Standing standing = payout.standing();
        whyNotCancellable(payout).ifPresent(why -> {
            throw new PayoutRefusedException(
                    new PayoutRefusal.NotCancellable(payout.intent().key(), standing.status(), why));
        });
        Optional<Attempt> open = payout.open();
        Instant now = desk.clock().now(transaction.db());
        PayoutSnapshot closed = open.map(attempt -> payout.with(attempt.state(AttemptState.FAILED)))
                .orElse(payout);
        open.ifPresent(attempt -> desk.stores()
                .payouts()
                .update(transaction.sheet(), payout.intent().id(), closed.attempt(attempt.number())));
        Standing cancelled = standing.status(PayoutStatus.CANCELLED)
                .next(Optional.empty(), 0)
                .unleased()
                .completed(now);
        return desk.scribe()
                .move(
                        transaction,
                        closed,
                        cancelled,
                        Scribe.Move.of(Cause.CANCEL, "Cancelled", actor, now),
                        new Effect.Release());
    }

    /** Returns why a payout cannot be cancelled; nothing if it can. */
    private static Optional<String> whyNotCancellable(PayoutSnapshot payout) {
        return switch (payout.standing().status()) {
            case AWAITING_APPROVAL, SCHEDULED, PENDING ->
                payout.standing().blocked()
                        ? Optional.of("an attempt that had failed may be paid after all")
                        : payout.open()
                                .filter(attempt -> !attempt.isClear()
                                        || attempt.reference().isPresent())
                                .map(attempt -> "what was sent for it may still be paid");
            case SENDING -> Optional.of("a processor is sending it");
            case PROCESSING -> Optional.of("its provider has it and will decide");
            case UNKNOWN, REVIEW -> Optional.of("it may have been paid");
            case SUCCEEDED, FAILED, CANCELLED, REVERSED -> Optional.of("it has ended");
        };
    }
}
