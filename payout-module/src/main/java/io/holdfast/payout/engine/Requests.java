package io.holdfast.payout.engine;

import static java.util.stream.Collectors.toSet;

import io.holdfast.ledger.Account;
import io.holdfast.ledger.EntryIds;
import io.holdfast.ledger.Money;
import io.holdfast.ledger.Result;
import io.holdfast.payout.BrokenProvider;
import io.holdfast.payout.PayoutQuote;
import io.holdfast.payout.PayoutRefusal;
import io.holdfast.payout.PayoutRefusedException;
import io.holdfast.payout.PayoutRequest;
import io.holdfast.payout.PayoutStatus;
import io.holdfast.payout.PayoutTransition.Cause;
import io.holdfast.payout.RequestResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jooq.DSLContext;

/** Checks requests and takes them down: the payout's row and its hold, together. */
final class Requests {

    private static final Duration QUOTED_FOR = Duration.ofMinutes(15);

    private final Settings settings;
    private final Stores stores;
    private final Scribe scribe;
    private final Bookkeeper bookkeeper;
    private final Pricing pricing;
    private final EngineClock clock;
    private final EntryIds ids;

    Requests(Desk desk, Bookkeeper bookkeeper, EntryIds ids) {
        this.settings = desk.settings();
        this.stores = desk.stores();
        this.scribe = desk.scribe();
        this.bookkeeper = bookkeeper;
        this.pricing = new Pricing(desk.settings(), desk.scribe().zone());
        this.clock = desk.clock();
        this.ids = ids;
    }

    /** A request that was checked, and in whose name it was made. */
    record Order(PayoutRequest request, Pricing.Price price, String actor) {}

    /** Returns what requests are to be checked against, of which only that is asked which matters to one of them. */
    Situation situation(DSLContext db, List<PayoutRequest> asked) {
        List<UUID> quotes =
                asked.stream().flatMap(request -> request.quote().stream()).toList();
        List<BrokenProvider> broken = asked.stream().anyMatch(pricing::heedsBreakers)
                ? stores.breakers().open(db)
                : List.of();
        return new Situation(
                clock.now(db),
                broken.stream().map(BrokenProvider::provider).collect(toSet()),
                stores.quotes().find(db, quotes));
    }

    /**
     * Works out amount, fee and routes.
     *
     * @throws PayoutRefusedException if a rule says no
     */
    Pricing.Price check(PayoutRequest request, Situation situation) {
        return pricing.of(request, situation);
    }

    /** Gives a quote, unless the ledger has no such wallet. */
    Optional<PayoutQuote> quote(Transaction transaction, PayoutRequest request, String actor) {
        Situation situation = situation(transaction.db(), List.of(request));
        Instant now = situation.now();
        Pricing.Price price = check(request, situation);
        PayoutQuote quote = new PayoutQuote(
                ids.next(now),
                request.wallet(),
                price.amount(),
                price.fee(),
                request.payer(),
                request.provider(),
                price.routes(),
                now,
                now.plus(QUOTED_FOR));
        Optional<Long> wallet = Optional.ofNullable(stores.accounts()
                .numbers(transaction.db(), Set.of(request.wallet()))
                .get(request.wallet()));
        wallet.ifPresent(id -> stores.quotes().insert(transaction.db(), quote, request.recipient(), id, actor));
        return wallet.map(id -> quote);
    }

    /**
     * Takes payouts down with their holds, those that are not refused, and returns what became of each; nothing for one
     * that was refused by a limit which another, refused by the ledger, did not use up after all. That a key is taken shows
     * when what is written reaches the database.
     */
    List<Optional<RequestResult>> record(Transaction transaction, List<Order> orders, Instant now) {
        Map<Account, Long> wallets = stores.accounts()
                .numbers(
                        transaction.db(),
                        orders.stream().map(order -> order.request().wallet()).collect(toSet()));
        List<Intent> intents = orders.stream().map(order -> intent(order, now)).toList();
        LimitDesk limits = LimitDesk.open(settings.limits(), stores.usage(), scribe.zone(), transaction, intents);
        Map<Integer, PayoutRefusal> beyond = new TreeMap<>();
        for (int i = 0; i < intents.size(); i++) {
            int index = i;
            limits.count(intents.get(i)).ifPresent(refusal -> beyond.put(index, refusal));
        }
        limits.writeUnasked();
        Map<Integer, Result> holds = holds(transaction, intents, beyond.keySet());
        List<Optional<RequestResult>> results = new ArrayList<>();
        for (int i = 0; i < intents.size(); i++) {
            if (beyond.containsKey(i)) {
                boolean isCertain = holds.values().stream().noneMatch(Result.Refused.class::isInstance);
                results.add(
                        Optional.of(beyond.get(i)).filter(refusal -> isCertain).map(RequestResult.Refused::new));
            } else if (holds.get(i) instanceof Result.Refused refused) {
                limits.discount(intents.get(i));
                results.add(Optional.of(new RequestResult.RefusedByLedger(refused.refusal())));
            } else {
                Map<String, String> metadata = orders.get(i).request().metadata();
                long wallet = Optional.ofNullable(wallets.get(intents.get(i).wallet()))
                        .orElseThrow();
                UUID entry = Optional.ofNullable(holds.get(i))
                        .orElseThrow()
                        .entryOrThrow()
                        .id();
                PayoutSnapshot taken = record(transaction, intents.get(i), wallet, metadata, entry);
                results.add(Optional.of(new RequestResult.Requested(Words.payout(taken, List.of(entry), metadata))));
            }
        }
        limits.close();
        return results;
    }

    /** Places the holds but for some, those of one actor together, and returns what became of each. */
    private Map<Integer, Result> holds(Transaction transaction, List<Intent> intents, Set<Integer> butFor) {
        Map<String, List<Integer>> byActor = new TreeMap<>();
        for (int i = 0; i < intents.size(); i++) {
            if (!butFor.contains(i)) {
                byActor.computeIfAbsent(intents.get(i).requestedBy(), none -> new ArrayList<>())
                        .add(i);
            }
        }
        Map<Integer, Result> results = new TreeMap<>();
        byActor.forEach((actor, theirs) -> {
            List<Result> holds = transaction
                    .as(actor)
                    .ledger()
                    .execute(theirs.stream()
                            .map(index -> bookkeeper.hold(intents.get(index)))
                            .toList());
            for (int i = 0; i < holds.size(); i++) {
                results.put(theirs.get(i), holds.get(i));
            }
        });
        return results;
    }

    private PayoutSnapshot record(
            Transaction transaction, Intent intent, long wallet, Map<String, String> metadata, UUID hold) {
        Instant now = intent.createdAt();
        Standing standing = initial(intent, now);
        stores.payouts().insert(transaction.sheet(), intent, standing, wallet, metadata);
        PayoutSnapshot taken = scribe.move(
                transaction,
                new PayoutSnapshot(intent, standing, List.of()),
                standing,
                Scribe.Move.of(Cause.REQUEST, "Requested", intent.requestedBy(), now));
        int number = taken.standing().transitions();
        stores.history().record(transaction.sheet(), intent.id(), number, EntryRole.HOLD, hold);
        return taken;
    }

    /** Returns the payout that a request would be. */
    Intent intent(Order order, Instant now) {
        PayoutRequest request = order.request();
        Pricing.Price price = order.price();
        int checkers = settings.approvals().checkers(request.amount());
        return new Intent(
                ids.next(now),
                request.key(),
                request.wallet(),
                price.amount(),
                price.fee(),
                request.payer(),
                request.recipient(),
                request.narration(),
                request.provider(),
                price.routes(),
                request.notBefore(),
                order.actor(),
                now,
                checkers,
                checkers == 0
                        ? Optional.empty()
                        : Optional.of(now.plus(settings.approvals().within())),
                request.quote());
    }

    private static Standing initial(Intent intent, Instant now) {
        Money nothing = Money.zero(intent.amount().currency());
        if (intent.approveBy().isPresent()) {
            return Standing.initial(
                    PayoutStatus.AWAITING_APPROVAL, intent.approveBy().get(), nothing, now);
        }
        Instant due = intent.notBefore().filter(now::isBefore).orElse(now);
        return Standing.initial(due.isAfter(now) ? PayoutStatus.SCHEDULED : PayoutStatus.PENDING, due, nothing, now);
    }

    /** Returns in what a request differs from the one that was recorded under its key. */
    static List<String> differences(Intent intent, Map<String, String> metadata, PayoutRequest request) {
        List<String> differs = new ArrayList<>();
        compare(differs, "wallet", intent.wallet(), request.wallet());
        compare(differs, "amount", intent.named(), request.amount());
        compare(differs, "payer", intent.payer(), request.payer());
        compare(differs, "recipient", intent.recipient(), request.recipient());
        compare(differs, "narration", intent.narration(), request.narration());
        compare(differs, "metadata", metadata, request.metadata());
        compare(differs, "provider", intent.onlyProvider(), request.provider());
        compare(differs, "notBefore", intent.notBefore(), request.notBefore());
        compare(differs, "quote", intent.quote(), request.quote());
        return differs;
    }

    /** Names a field if a request differs from what there is in it. */
    static void compare(List<String> differs, String field, Object then, Object now) {
        if (!then.equals(now)) {
            differs.add(field);
        }
    }
}
