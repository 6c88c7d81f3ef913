package io.holdfast.benchmarks;

import io.holdfast.ledger.AccountTerms;
import io.holdfast.ledger.Currency;
import io.holdfast.ledger.JournalEntry;
import io.holdfast.ledger.Ledger;
import io.holdfast.ledger.Money;
import io.holdfast.ledger.Result;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Holdfast, recording two-posting entries from one of a thousand accounts into one hot account. */
final class HoldfastContender implements Contender {

    static final int BATCH = 1_000;

    private static final Currency UGX = Currency.of("UGX");
    private static final String HOT = "liabilities:hot";

    private final Ledger ledger;
    private final int callers;
    private final boolean inBatches;
    private final AtomicLong keys = new AtomicLong();

    private HoldfastContender(Ledger ledger, int callers, boolean inBatches) {
        this.ledger = ledger;
        this.callers = callers;
        this.inBatches = inBatches;
    }

    /** One caller with explicit batches of a thousand. */
    static HoldfastContender batches(Ledger ledger) {
        return new HoldfastContender(ledger, 1, true);
    }

    /** Many callers, each posting one entry at a time. */
    static HoldfastContender callers(Ledger ledger, int callers) {
        return new HoldfastContender(ledger, callers, false);
    }

    static void openAccounts(Ledger ledger) {
        ledger.open(AccountTerms.of(HOT, UGX).minimum(Money.zero(UGX)));
        for (int i = 0; i < Accounts.COUNT; i++) {
            ledger.open(AccountTerms.of(source(i), UGX));
        }
    }

    @Override
    public String name() {
        return inBatches ? "Holdfast, batches of " + BATCH : "Holdfast, " + callers + " callers of post";
    }

    @Override
    public double perSecond(Duration span) throws Exception {
        return Race.perSecond(callers, span, thread -> inBatches ? this::batch : this::one);
    }

    private int one() {
        ledger.post(entry());
        return 1;
    }

    private int batch() {
        List<JournalEntry> entries = new ArrayList<>(BATCH);
        for (int i = 0; i < BATCH; i++) {
            entries.add(entry());
        }
        List<Result> results = ledger.execute(entries);
        if (!results.stream().allMatch(Result.Recorded.class::isInstance)) {
            throw new IllegalStateException("The benchmark's own entries were refused");
        }
        return BATCH;
    }

    private JournalEntry entry() {
        long key = keys.incrementAndGet();
        Money amount = Money.ofMinor(UGX, 1 + key % 9_999);
        return JournalEntry.of((inBatches ? "b" : "c") + callers + "-" + key)
                .describedAs("Top-up")
                .debit(source(Accounts.ofNumber(key)), amount)
                .credit(HOT, amount)
                .build();
    }

    private static String source(int number) {
        return "assets:sources:" + number;
    }
}
