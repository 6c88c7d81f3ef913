package io.holdfast.payout.engine;

import io.holdfast.ledger.Key;
import io.holdfast.ledger.Ledger;
import io.holdfast.payout.AttemptState;
import io.holdfast.payout.Payout;
import io.holdfast.payout.PayoutApproval;
import io.holdfast.payout.PayoutItem;
import io.holdfast.payout.PayoutPage;
import io.holdfast.payout.PayoutQuery;
import io.holdfast.payout.PayoutRefusal;
import io.holdfast.payout.PayoutRefusedException;
import io.holdfast.payout.PayoutRequest;
import io.holdfast.payout.PayoutStatus;
import io.holdfast.payout.PayoutTransition;
import io.holdfast.payout.PayoutTransition.Cause;
import io.holdfast.payout.Payouts;
import java.sql.Connection;
import java.text.Normalizer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jooq.DSLContext;

/** The payouts of one ledger, kept beside it. */
final class EnginePayouts implements Payouts {

    private static final Set<PayoutStatus> CANCELLABLE =
            Set.of(PayoutStatus.AWAITING_APPROVAL, PayoutStatus.SCHEDULED, PayoutStatus.PENDING);

    private final Desk desk;
    private final Ledger ledger;
    private final Requests requests;
    private final Words words;
    private final String actor;

    EnginePayouts(Desk desk, Ledger ledger, Requests requests, String actor) {
        this.desk = desk;
        this.ledger = ledger;
        this.requests = requests;
        this.words = new Words(desk.stores().history());
        this.actor = actor;
    }

    @Override
    public Payouts within(Connection connection) {
        Desk joined = new Desk(
                new HostSession(connection, ledger), desk.clock(), desk.stores(), desk.scribe(), desk.settings());
        return new EnginePayouts(joined, ledger, requests, actor);
    }

    @Override
    public Payouts as(String name) {
        // The ledger checks the name.
        Ledger theirs = ledger.as(name);
        return new EnginePayouts(desk, theirs, requests, Normalizer.normalize(name.strip(), Normalizer.Form.NFC));
    }

    @Override
    public Payout request(PayoutRequest request) {
        Optional<Payout> known = desk.session().read(db -> replayed(db, request));
        if (known.isPresent()) {
            return known.get();
        }
        Requests.Accepted accepted = requests.check(request);
        return write(transaction -> {
            Instant now = desk.clock().now(transaction.db());
            return requests.takeDown(transaction, request, accepted, actor, now)
                    .map(taken -> words.payout(transaction.db(), taken))
                    .or(() -> replayed(transaction.db(), request))
                    .orElseThrow(() -> requests.noWallet(request));
        });
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
    public PayoutPage list(PayoutQuery query) {
        return desk.session()
                .read(db -> new PayoutPage(
                        words.payouts(db, desk.stores().reader().page(db, query)),
                        desk.stores().reader().count(db, query),
                        query.limit(),
                        query.offset()));
    }

    @Override
    public List<PayoutTransition> history(UUID payout) {
        return desk.session().read(db -> desk.stores().history().transitions(db, payout));
    }

    @Override
    public List<PayoutItem> items(int limit, int offset) {
        PayoutQuery page = PayoutQuery.ALL.page(limit, offset);
        return desk.session().read(db -> desk.stores().history().items(db, page.limit(), page.offset()));
    }

    /** Changes a payout that nobody else can change meanwhile. */
    private Payout change(UUID id, BiFunction<Transaction, PayoutSnapshot, PayoutSnapshot> work) {
        return write(transaction -> {
            PayoutSnapshot payout = desk.stores()
                    .reader()
                    .lock(transaction.db(), id)
                    .orElseThrow(() -> new PayoutRefusedException(new PayoutRefusal.PayoutNotFound(id.toString())));
            return words.payout(transaction.db(), work.apply(transaction, payout));
        });
    }

    private static BiFunction<Transaction, PayoutSnapshot, PayoutSnapshot> unlessCancelled(
            BiFunction<Transaction, PayoutSnapshot, PayoutSnapshot> work) {
        return (transaction, payout) ->
                payout.standing().status() == PayoutStatus.CANCELLED ? payout : work.apply(transaction, payout);
    }

    /** Does work that writes, in the name of whoever asked. */
    private <T> T write(Function<Transaction, T> work) {
        return desk.session()
                .write(transaction -> work.apply(
                        new Transaction(transaction.db(), transaction.ledger().as(actor))));
    }

    private Optional<Payout> replayed(DSLContext db, PayoutRequest request) {
        return desk.stores().reader().find(db, request.key()).map(found -> {
            Payout payout = words.payout(db, found);
            List<String> differs = Requests.differences(found.intent(), payout.metadata(), request);
            if (!differs.isEmpty()) {
                throw new PayoutRefusedException(new PayoutRefusal.KeyConflict(request.key(), differs));
            }
            return payout;
        });
    }

    private PayoutSnapshot cancelled(Transaction transaction, PayoutSnapshot payout) {
        Standing standing = payout.standing();
        Optional<Attempt> open = payout.open();
        boolean isClear = open.map(
                        attempt -> attempt.isClear() && attempt.reference().isEmpty())
                .orElse(true);
        if (!CANCELLABLE.contains(standing.status()) || !isClear || payout.hasSurplus()) {
            throw new PayoutRefusedException(
                    new PayoutRefusal.NotCancellable(payout.intent().key(), standing.status()));
        }
        Instant now = desk.clock().now(transaction.db());
        PayoutSnapshot closed = open.map(attempt -> payout.with(attempt.state(AttemptState.FAILED)))
                .orElse(payout);
        open.ifPresent(attempt -> desk.stores()
                .payouts()
                .update(transaction.db(), payout.intent().id(), closed.attempt(attempt.number())));
        Standing cancelled = standing.status(PayoutStatus.CANCELLED)
                .next(Optional.empty(), 0)
                .completed(now);
        return desk.scribe()
                .move(
                        transaction,
                        closed,
                        cancelled,
                        Scribe.Move.of(Cause.CANCEL, "Called off", actor, now),
                        new Effect.Release());
    }
}
