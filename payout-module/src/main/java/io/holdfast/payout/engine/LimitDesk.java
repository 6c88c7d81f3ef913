package io.holdfast.payout.engine;

import io.holdfast.ledger.Key;
import io.holdfast.ledger.Money;
import io.holdfast.payout.PayoutLimit;
import io.holdfast.payout.PayoutLimit.Subject;
import io.holdfast.payout.PayoutLimits;
import io.holdfast.payout.PayoutRefusal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Counts what is requested in one transaction, under a lock that keeps others from counting the same, and says what is too
 * much. Belongs to one thread.
 */
final class LimitDesk {

    private final PayoutLimits limits;
    private final UsageStore store;
    private final ZoneId zone;
    private final Transaction transaction;
    private final Map<Counting.Row, Usage> usage = new HashMap<>();
    private final Set<Counting.Row> changed = new LinkedHashSet<>();
    private final List<UsageStore.Earlier> earlier = new ArrayList<>();
    private final List<UsageStore.Counted> unasked = new ArrayList<>();
    private final List<UsageStore.Counted> discounted = new ArrayList<>();
    private final boolean asks;
    private final boolean isCounted;

    private LimitDesk(PayoutLimits limits, UsageStore store, ZoneId zone, Transaction transaction) {
        this.limits = limits;
        this.store = store;
        this.zone = zone;
        this.transaction = transaction;
        this.asks = asks(limits);
        this.isCounted = asks || store.isCounted(transaction.db());
    }

    /** Tells whether limits ask what payouts a wallet or recipient had. */
    static boolean asks(PayoutLimits limits) {
        return limits.duplicatesWithin().isPresent()
                || limits.limits().stream().anyMatch(limit -> limit.subject() != Subject.PAYOUT);
    }

    /** Locks and reads what these payouts are counted with. Where limits ask, payouts are counted already. */
    static LimitDesk open(
            PayoutLimits limits, UsageStore store, ZoneId zone, Transaction transaction, List<Intent> intents) {
        LimitDesk desk = new LimitDesk(limits, store, zone, transaction);
        if (desk.asks) {
            List<Counting> countings = intents.stream()
                    .flatMap(intent -> Counting.of(intent, zone).stream())
                    .distinct()
                    .toList();
            desk.usage.putAll(store.lock(transaction.db(), countings));
        }
        limits.duplicatesWithin().ifPresent(span -> {
            Instant from = intents.get(0).createdAt().minus(span);
            Set<String> addresses =
                    intents.stream().map(intent -> intent.recipient().address()).collect(Collectors.toSet());
            desk.earlier.addAll(store.since(transaction.db(), addresses, from));
        });
        return desk;
    }

    /** Returns what a payout by itself offends, whatever else there was. */
    static Optional<PayoutRefusal> refusal(PayoutLimits limits, Money amount) {
        Optional<PayoutRefusal> tooLittle = limits.minimums().stream()
                .filter(least -> least.currency().equals(amount.currency()) && amount.compareTo(least) < 0)
                .findFirst()
                .map(least -> new PayoutRefusal.AmountOutOfRange(amount + " is below our minimum of " + least));
        return tooLittle.or(() -> limits.limits().stream()
                .filter(limit ->
                        limit.subject() == Subject.PAYOUT && limit.currency().equals(amount.currency()))
                .filter(limit -> limit.amount()
                        .filter(most -> amount.compareTo(most) > 0)
                        .isPresent())
                .findFirst()
                .map(limit ->
                        exceeded(limit, amount + " is above " + limit.amount().orElseThrow())));
    }

    /** Counts a payout, unless it would be too much; then says why. */
    Optional<PayoutRefusal> count(Intent intent) {
        Optional<PayoutRefusal> refusal = duplicate(intent).or(() -> excess(intent));
        if (refusal.isEmpty()) {
            BigInteger amount = intent.amount().minor();
            for (Counting counting : Counting.of(intent, zone)) {
                if (asks) {
                    put(known(counting).plus(counting.day(), amount));
                } else if (isCounted) {
                    unasked.add(new UsageStore.Counted(counting, amount));
                }
            }
            earlier.add(earlier(intent));
        }
        return refusal;
    }

    /** Writes what was counted, where no limit asks: here, before balances are locked, as those who ask lock too. */
    void writeUnasked() {
        if (!unasked.isEmpty()) {
            store.count(transaction.db(), unasked);
        }
    }

    /** Takes back that a payout was counted which is not made after all. */
    void discount(Intent intent) {
        BigInteger amount = intent.amount().minor();
        for (Counting counting : Counting.of(intent, zone)) {
            if (asks) {
                put(known(counting).minus(counting.day(), amount));
            } else if (isCounted) {
                discounted.add(new UsageStore.Counted(counting, amount));
            }
        }
    }

    /** Writes what was counted or taken back and is not written yet. */
    void close() {
        if (!changed.isEmpty()) {
            store.write(transaction.db(), changed.stream().map(this::known).toList());
        }
        if (!discounted.isEmpty()) {
            store.giveBack(transaction.db(), discounted);
        }
    }

    private Optional<PayoutRefusal> duplicate(Intent intent) {
        if (limits.duplicatesWithin().isEmpty()) {
            return Optional.empty();
        }
        UsageStore.Earlier same = earlier(intent);
        return earlier.stream()
                .filter(one -> one.type().equals(same.type())
                        && one.address().equals(same.address())
                        && one.bank().equals(same.bank())
                        && one.currency().equals(same.currency())
                        && one.amount().equals(same.amount()))
                .map(UsageStore.Earlier::key)
                .findFirst()
                .map(key -> new PayoutRefusal.DuplicatePayout(
                        key, limits.duplicatesWithin().get()));
    }

    private Optional<PayoutRefusal> excess(Intent intent) {
        List<Counting> countings = Counting.of(intent, zone);
        return limits.limits().stream()
                .filter(limit -> limit.currency().equals(intent.amount().currency()))
                .flatMap(limit -> countings.stream()
                        .filter(counting -> counting.by() == limit.subject())
                        .flatMap(counting -> excess(intent, limit, counting).stream()))
                .findFirst();
    }

    private Optional<PayoutRefusal> excess(Intent intent, PayoutLimit limit, Counting counting) {
        Usage.Sum had = known(counting).within(limit.span(), counting.day());
        Money sum = intent.money(had.amount());
        if (limit.count().filter(most -> had.count() >= most).isPresent()) {
            return Optional.of(
                    exceeded(limit, had.count() + " of " + limit.count().get() + " payouts were requested"));
        }
        return limit.amount()
                .filter(most -> sum.plus(intent.amount()).compareTo(most) > 0)
                .map(most ->
                        exceeded(limit, intent.amount() + " beside " + sum + " that were requested is above " + most));
    }

    private static PayoutRefusal exceeded(PayoutLimit limit, String detail) {
        return new PayoutRefusal.LimitExceeded(limit.subject(), limit.span(), detail);
    }

    private Usage known(Counting counting) {
        return known(counting.row());
    }

    private Usage known(Counting.Row row) {
        return Optional.ofNullable(usage.get(row))
                .orElseThrow(() -> new IllegalStateException(row.subject() + " was not locked"));
    }

    private void put(Usage counted) {
        usage.put(counted.row(), counted);
        changed.add(counted.row());
    }

    private static UsageStore.Earlier earlier(Intent intent) {
        Key key = intent.key();
        return new UsageStore.Earlier(
                key,
                intent.recipient().channel().name(),
                intent.recipient().address(),
                Recipients.bank(intent.recipient()).orElse(""),
                intent.amount().currency().code(),
                intent.amount().minor());
    }
}
