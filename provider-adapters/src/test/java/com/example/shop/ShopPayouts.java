package com.example.shop;

import com.zaxxer.hikari.HikariDataSource;
import io.holdfast.db.Schema;
import io.holdfast.ledger.Currency;
import io.holdfast.ledger.Ledger;
import io.holdfast.ledger.Money;
import io.holdfast.ledger.Wallets;
import io.holdfast.ledger.postgres.PostgresLedger;
import io.holdfast.payout.ApprovalPolicy;
import io.holdfast.payout.ApprovalRule;
import io.holdfast.payout.Calling;
import io.holdfast.payout.FeeRule;
import io.holdfast.payout.FeeSchedule;
import io.holdfast.payout.PayoutLimit;
import io.holdfast.payout.PayoutLimit.Span;
import io.holdfast.payout.PayoutLimit.Subject;
import io.holdfast.payout.PayoutLimits;
import io.holdfast.payout.PayoutWorker;
import io.holdfast.payout.Route;
import io.holdfast.payout.engine.PayoutEngine;
import io.holdfast.payout.spi.Channel;
import io.holdfast.payout.spi.PayoutProvider;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** The shop's ledger and payouts. Works from when it is made until it is closed; the pool is closed after it. */
final class ShopPayouts implements AutoCloseable {

    static final Currency TZS = Currency.of("TZS");

    private static final Logger LOG = System.getLogger(ShopPayouts.class.getName());
    private static final int CALLS_AT_ONCE = 32;
    private static final int ROUND = 100;
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Wallets wallets;
    private final PayoutEngine engine;
    private final ExecutorService calls = Executors.newFixedThreadPool(CALLS_AT_ONCE);
    private final PayoutWorker worker;
    private final List<Thread> threads;

    ShopPayouts(HikariDataSource pool, PayoutProvider provider) {
        Schema.migrate(pool);
        Ledger ledger = PostgresLedger.over(pool)
                .ledger("shop")
                .zone(ZoneId.of("Africa/Dar_es_Salaam"))
                .build();
        wallets = new Wallets(ledger);
        engine = PayoutEngine.over(pool, ledger)
                .provider(provider)
                .routes(List.of(Route.of(TZS, Channel.MOBILE_MONEY, provider.name())))
                .fees(List.of(FeeRule.of(FeeSchedule.fixed(Money.parse("TZS 1500")))))
                .limits(PayoutLimits.NONE
                        .limits(List.of(PayoutLimit.amount(Subject.WALLET, Span.DAY, Money.parse("TZS 3000000"))))
                        .duplicatesWithin(Duration.ofMinutes(10)))
                .approvals(ApprovalPolicy.of(new ApprovalRule(Money.parse("TZS 1000000"), 1)))
                .calling(Calling.on(calls, CALLS_AT_ONCE))
                .build();
        worker = new PayoutWorker(
                engine.processor(),
                ROUND,
                PAUSE,
                failed -> LOG.log(Level.ERROR, "A round of payouts failed; the next one goes on", failed));
        threads = IntStream.range(0, Transactions.WORKERS)
                .mapToObj(number -> new Thread(worker, "payouts-" + number))
                .toList();
        threads.forEach(Thread::start);
    }

    PayoutEngine engine() {
        return engine;
    }

    /** The sellers' wallets. */
    Wallets wallets() {
        return wallets;
    }

    /** Begins no more work and waits for the calls under way. What they leave undone is in the database. */
    @Override
    public void close() {
        worker.stop();
        threads.forEach(Thread::interrupt);
        try {
            for (Thread thread : threads) {
                thread.join(PATIENCE.toMillis());
            }
            calls.shutdown();
            if (!calls.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                LOG.log(Level.WARNING, "Calls are under way still: their payouts are taken up when the leases run out");
            }
        } catch (InterruptedException interrupted) {
            calls.shutdown();
            Thread.currentThread().interrupt();
        }
    }
}
