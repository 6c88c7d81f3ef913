package io.holdfast.payout.engine;

import io.holdfast.ledger.Key;
import io.holdfast.ledger.Money;
import io.holdfast.payout.PayoutLimit;
import io.holdfast.payout.PayoutLimits;
import io.holdfast.payout.PayoutRefusal;
import java.math.BigInteger;
import java.time.ZoneId;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Adds up what limits count, beginning with what was read, and says what is too much. Belongs to one thread. */
final class LimitTally {

    private final PayoutLimits limits;
    private final ZoneId zone;
    private final Map<Counting.Row, Usage> usage = new HashMap<>();
    private final Map<UsageStore.Payment, Key> earlier = new HashMap<>();
    private final Set<Counting.Row> changed = new LinkedHashSet<>();

    LimitTally(PayoutLimits limits, ZoneId zone) {
        this.limits = limits;
        this.zone = zone;
    }

    /** Begins with what was used, where that is not known yet. */
    void begin(Map<Counting.Row, Usage> used) {
        used.forEach(usage::putIfAbsent);
    }

    /** Notes payments that must not be made again, the latest first. */
    void note(Collection<UsageStore.Earlier> payments) {
        payments.forEach(one -> earlier.putIfAbsent(one.payment(), one.key()));
    }

    /** Tells whether it is known how much was used of a row. */
    boolean knows(Counting.Row row) {
        return usage.containsKey(row);
    }

    /** Returns why a payout would be too much, if it would. */
    Optional<PayoutRefusal> refusal(Intent intent) {
        return duplicate(intent).or(() -> excess(intent));
    }

    /** Remembers a payout, so that the same is not made again. */
    void note(Intent intent) {
        earlier.putIfAbsent(UsageStore.Payment.of(intent), intent.key());
    }

    void add(Intent intent) {
        BigInteger amount = intent.amount().minor();
        Counting.of(intent, zone).forEach(counting -> put(known(counting.row()).plus(counting.day(), amount)));
    }

    void subtract(Intent intent) {
        BigInteger amount = intent.amount().minor();
        Counting.of(intent, zone).forEach(counting -> put(known(counting.row()).minus(counting.day(), amount)));
    }

    /** Returns what was added to or subtracted from. */
    List<Usage> changed() {
        return changed.stream().map(this::known).toList();
    }

    private Optional<PayoutRefusal> duplicate(Intent intent) {
        return limits.duplicatesWithin()
                .flatMap(within -> Optional.ofNullable(earlier.get(UsageStore.Payment.of(intent)))
                        .map(key -> new PayoutRefusal.DuplicatePayout(key, within)));
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
        Usage.Sum had = known(counting.row()).within(limit.span(), counting.day());
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

    static PayoutRefusal exceeded(PayoutLimit limit, String detail) {
        return new PayoutRefusal.LimitExceeded(limit.subject(), limit.span(), detail);
    }

    private Usage known(Counting.Row row) {
        return Optional.ofNullable(usage.get(row))
                .orElseThrow(() -> new IllegalStateException(row.subject() + " was not read"));
    }

    private void put(Usage counted) {
        usage.put(counted.row(), counted);
        changed.add(counted.row());
    }
}
