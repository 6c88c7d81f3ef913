package io.holdfast.payout.engine;

import io.holdfast.ledger.Money;
import io.holdfast.payout.PayoutLimit.Subject;
import io.holdfast.payout.PayoutLimits;
import io.holdfast.payout.PayoutRefusal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Counts what is requested in one transaction, under a lock that keeps others from counting the same, and says what is too
 * much. Belongs to one thread.
 */
final class LimitDesk {

    private final UsageStore store;
    private final ZoneId zone;
    private final Transaction transaction;
    private final LimitTally tally;
    private final List<UsageStore.Counted> unasked = new ArrayList<>();
    private final List<UsageStore.Counted> discounted = new ArrayList<>();
    private final boolean asks;
    private final boolean isCounted;

    private LimitDesk(PayoutLimits limits, UsageStore store, ZoneId zone, Transaction transaction) {
        this.store = store;
        this.zone = zone;
        this.transaction = transaction;
        this.tally = new LimitTally(limits, zone);
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
            desk.tally.begin(store.lock(transaction.db(), countings));
        }
        limits.duplicatesWithin().ifPresent(span -> {
            Instant from = intents.get(0).createdAt().minus(span);
            Set<String> addresses =
                    intents.stream().map(intent -> intent.recipient().address()).collect(Collectors.toSet());
            desk.tally.note(store.since(transaction.db(), addresses, from));
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
                .map(limit -> LimitTally.exceeded(
                        limit, amount + " is above " + limit.amount().orElseThrow())));
    }

    /** Counts a payout, unless it would be too much; then says why. */
    Optional<PayoutRefusal> count(Intent intent) {
        if (!asks) {
            unasked.addAll(counted(intent));
            return Optional.empty();
        }
        Optional<PayoutRefusal> refusal = tally.refusal(intent);
        if (refusal.isEmpty()) {
            tally.add(intent);
            tally.note(intent);
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
        if (asks) {
            tally.subtract(intent);
        } else {
            discounted.addAll(counted(intent));
        }
    }

    /** Writes what was counted or taken back and is not written yet. */
    void close() {
        List<Usage> changed = tally.changed();
        if (!changed.isEmpty()) {
            store.write(transaction.db(), changed);
        }
        if (!discounted.isEmpty()) {
            store.uncount(transaction.db(), discounted);
        }
    }

    private List<UsageStore.Counted> counted(Intent intent) {
        BigInteger amount = intent.amount().minor();
        return isCounted
                ? Counting.of(intent, zone).stream()
                        .map(counting -> new UsageStore.Counted(counting, amount))
                        .toList()
                : List.of();
    }
}
