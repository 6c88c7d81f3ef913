package io.holdfast.payout.engine;

import io.holdfast.ledger.Key;
import io.holdfast.ledger.postgres.session.Failures;
import io.holdfast.ledger.postgres.session.GroupWork;
import io.holdfast.payout.Payout;
import io.holdfast.payout.PayoutRefusal;
import io.holdfast.payout.PayoutRefusedException;
import io.holdfast.payout.PayoutRequest;
import io.holdfast.payout.RequestResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;

/**
 * Takes requests: those under a key that was used before get what was requested then, the others are checked and taken
 * down together.
 */
final class Intake {

    private static final int TRIES_MAX = 5;
    private static final String KEY_TAKEN = "23505";

    private final Desk desk;
    private final Requests requests;
    private final Counters counters;
    private final Words words;
    private final GroupWork<Asked, RequestResult> together = Groups.of(this::take);

    Intake(Desk desk, Requests requests, Counters counters) {
        this.desk = desk;
        this.requests = requests;
        this.counters = counters;
        this.words = new Words(desk.stores().history());
    }

    /** Returns the same in a transaction of the host's, which must not be what keeps counting from beginning. */
    Intake within(Desk joined) {
        counters.begin();
        return new Intake(joined, requests, counters);
    }

    /** A request, and in whose name it is made. */
    record Asked(PayoutRequest request, String actor) {}

    /** Takes a request, together with others that come at the same time. */
    RequestResult request(Asked asked) {
        return together.submit(asked);
    }

    /** Takes requests, in order, those that are not refused wholly or not at all; one result for each. */
    List<RequestResult> take(List<Asked> asked) {
        counters.begin();
        for (int tries = 1; ; tries++) {
            try {
                return new Round(asked).run();
            } catch (DataAccessException raced) {
                // Another writer used one of the keys since this looked for them; now it will be found.
                if (tries == TRIES_MAX || !KEY_TAKEN.equals(raced.sqlState())) {
                    throw raced;
                } else if (desk.session().readsOneSnapshot()) {
                    throw Failures.serialization(
                            "A key or quote of these requests was used by another transaction since this one began;"
                                    + " repeat them in a new one",
                            raced);
                }
            }
        }
    }

    /** Returns what would be refused, and sets what would not against what wallets have and limits leave. */
    List<Optional<RequestResult.NotRequested>> check(List<Asked> asked, Forecast forecast) {
        return new Round(asked).check(forecast);
    }

    /** Requests being taken. */
    private final class Round {

        private final List<Asked> asked;
        private final Map<Integer, RequestResult> results = new TreeMap<>();
        /** Those of which it will show what becomes once the others are done. */
        private final List<Integer> again = new ArrayList<>();

        Round(List<Asked> asked) {
            this.asked = asked;
        }

        List<RequestResult> run() {
            Optional<Situation> situation = look();
            return situation.isEmpty() ? List.copyOf(results.values()) : take(situation.get());
        }

        private List<RequestResult> take(Situation situation) {
            Map<Integer, Requests.Order> orders = new TreeMap<>();
            Set<Key> first = new HashSet<>();
            Set<UUID> quotes = new HashSet<>();
            for (int i : unanswered()) {
                PayoutRequest request = asked.get(i).request();
                boolean isQuoteTaken = request.quote().filter(quotes::contains).isPresent();
                if (first.add(request.key()) && !isQuoteTaken) {
                    order(i, situation, orders);
                    request.quote().filter(quote -> orders.containsKey(i)).ifPresent(quotes::add);
                } else {
                    again.add(i);
                }
            }
            record(orders, situation.now());
            List<Integer> refused = results.keySet().stream()
                    .filter(index -> results.get(index) instanceof RequestResult.RefusedByLedger)
                    .toList();
            if (!refused.isEmpty()) {
                // The same key may have been recorded meanwhile, by which the wallet has less.
                desk.session().read(db -> {
                    replay(db, refused);
                    return refused;
                });
            }
            if (!again.isEmpty()) {
                List<RequestResult> repeated =
                        Intake.this.take(again.stream().map(asked::get).toList());
                for (int i = 0; i < again.size(); i++) {
                    results.put(again.get(i), repeated.get(i));
                }
            }
            return List.copyOf(results.values());
        }

        List<Optional<RequestResult.NotRequested>> check(Forecast forecast) {
            look().ifPresent(situation -> check(situation, forecast));
            List<Optional<RequestResult.NotRequested>> refusals = new ArrayList<>();
            for (int i = 0; i < asked.size(); i++) {
                refusals.add(
                        results.get(i) instanceof RequestResult.NotRequested refused
                                ? Optional.of(refused)
                                : Optional.empty());
            }
            return refusals;
        }

        private void check(Situation situation, Forecast forecast) {
            Map<Integer, Requests.Order> orders = new TreeMap<>();
            unanswered().forEach(index -> order(index, situation, orders));
            Map<Integer, Intent> intents = new TreeMap<>();
            orders.forEach((index, order) -> intents.put(index, requests.intent(order, situation.now())));
            desk.session().read(db -> forecast.look(db, intents.values(), situation.now()));
            Set<Key> first = new HashSet<>();
            intents.forEach((index, intent) -> {
                if (first.add(intent.key())) {
                    forecast.take(intent).ifPresent(refused -> results.put(index, refused));
                }
            });
        }

        private void order(int index, Situation situation, Map<Integer, Requests.Order> orders) {
            Asked one = asked.get(index);
            try {
                Pricing.Price price = requests.check(one.request(), situation);
                orders.put(index, new Requests.Order(one.request(), price, one.actor()));
            } catch (PayoutRefusedException refused) {
                results.put(index, new RequestResult.Refused(refused.refusal()));
            }
        }

        /** Answers those under known keys, and returns what the others are to be checked against, if there are others. */
        private Optional<Situation> look() {
            return desk.session().read(db -> {
                replay(db, unanswered());
                List<PayoutRequest> others = unanswered().stream()
                        .map(index -> asked.get(index).request())
                        .toList();
                return others.isEmpty() ? Optional.empty() : Optional.of(requests.situation(db, others));
            });
        }

        private List<Integer> unanswered() {
            return IntStream.range(0, asked.size())
                    .filter(index -> !results.containsKey(index))
                    .boxed()
                    .toList();
        }

        private void record(Map<Integer, Requests.Order> orders, Instant now) {
            if (orders.isEmpty()) {
                return;
            }
            List<Optional<RequestResult>> taken = desk.session()
                    .write(transaction -> requests.record(transaction, List.copyOf(orders.values()), now));
            List<Integer> indices = List.copyOf(orders.keySet());
            for (int i = 0; i < indices.size(); i++) {
                int index = indices.get(i);
                taken.get(i).ifPresentOrElse(result -> results.put(index, result), () -> again.add(index));
            }
        }

        private void replay(DSLContext db, List<Integer> indices) {
            List<Key> keys = indices.stream()
                    .map(index -> asked.get(index).request().key())
                    .toList();
            Map<Key, PayoutSnapshot> known = desk.stores().reader().find(db, keys);
            indices.forEach(index -> Optional.ofNullable(
                            known.get(asked.get(index).request().key()))
                    .ifPresent(found -> results.put(
                            index, replayed(db, found, asked.get(index).request()))));
        }

        private RequestResult replayed(DSLContext db, PayoutSnapshot found, PayoutRequest request) {
            Payout payout = words.payout(db, found);
            List<String> differs = Requests.differences(found.intent(), payout.metadata(), request);
            return differs.isEmpty()
                    ? new RequestResult.Requested(payout)
                    : new RequestResult.Refused(new PayoutRefusal.KeyConflict(request.key(), differs));
        }
    }
}
