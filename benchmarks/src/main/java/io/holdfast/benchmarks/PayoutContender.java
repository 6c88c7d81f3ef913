package io.holdfast.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import io.holdfast.ledger.Account;
import io.holdfast.ledger.AccountTerms;
import io.holdfast.ledger.Currency;
import io.holdfast.ledger.JournalEntry;
import io.holdfast.ledger.Ledger;
import io.holdfast.ledger.Money;
import io.holdfast.ledger.Wallets;
import io.holdfast.payout.Calling;
import io.holdfast.payout.FeeRule;
import io.holdfast.payout.FeeSchedule;
import io.holdfast.payout.Payout;
import io.holdfast.payout.PayoutQuery;
import io.holdfast.payout.PayoutRequest;
import io.holdfast.payout.PayoutStatus;
import io.holdfast.payout.engine.PayoutEngine;
import io.holdfast.payout.spi.Recipient;
import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;

/**
 * Holdfast's payouts from request to settled, with hold, commit and every row of evidence: some threads request one at a
 * time, and a processor settles them meanwhile.
 */
final class PayoutContender implements Contender {

    private static final Currency UGX = Currency.of("UGX");
    private static final int ROUND = 1_000;

    /** Requested, taken up, settled. */
    private static final long TRANSITIONS_OF_EACH = 3;

    /** So many that a wallet whose payout is being settled is seldom wanted by the next request, as with real customers. */
    static final int WALLETS = 20_000;

    private static final long FIRST_NUMBER = 256_772_000_000L;

    private final int callers;
    private final int atOnce;
    private final ExecutorService threads;
    private final PayoutEngine engine;
    private final AtomicLong keys = new AtomicLong(System.nanoTime());
    private double javaMicros;

    PayoutContender(DataSource dataSource, Ledger ledger, int callers, int atOnce) {
        this.callers = callers;
        this.atOnce = atOnce;
        this.threads = Executors.newFixedThreadPool(atOnce + callers);
        this.engine = PayoutEngine.over(dataSource, ledger)
                .provider(new InstantProvider(UGX))
                .fees(List.of(FeeRule.of(FeeSchedule.fixed(Money.ofMinor(UGX, 1_500)))))
                .calling(Calling.on(threads, atOnce).byProvider(atOnce))
                .build();
    }

    /** Opens wallets with more in them than they pay out, many in one transaction. */
    static void openWallets(DataSource dataSource, Ledger ledger, int count) throws SQLException {
        ledger.open(AccountTerms.of(Wallets.SETTLEMENT, UGX));
        for (int from = 0; from < count; from += ROUND) {
            try (Connection connection = dataSource.getConnection()) {
                connection.setAutoCommit(false);
                Ledger joined = ledger.within(connection);
                Wallets wallets = new Wallets(joined);
                List<JournalEntry> fundings = new ArrayList<>();
                for (int i = from; i < Math.min(count, from + ROUND); i++) {
                    wallets.open("w" + i, UGX);
                    fundings.add(Wallets.funding(
                            "w" + i, Money.ofMinor(UGX, 1_000_000_000_000L), "fund-" + i, Wallets.SETTLEMENT));
                }
                joined.execute(fundings);
                connection.commit();
                connection.setAutoCommit(true);
            }
        }
    }

    @Override
    public String name() {
        return "Holdfast, payouts, " + callers + " callers, " + atOnce + " sent at once";
    }

    /** Returns payouts per second, counted from the first request to the last that is settled. */
    @Override
    public double perSecond(Duration span) throws Exception {
        long before = succeeded();
        double microsBefore = microsOfThisProcess();
        long begin = System.nanoTime();
        long end = begin + span.toNanos();
        List<Future<Long>> requesting = new ArrayList<>();
        for (int i = 0; i < callers; i++) {
            requesting.add(threads.submit(() -> {
                long requested = 0;
                while (System.nanoTime() < end) {
                    request();
                    requested++;
                }
                return requested;
            }));
        }
        while (System.nanoTime() < end || engine.processor().runOnce(ROUND) > 0) {
            engine.processor().runOnce(ROUND);
        }
        long requested = 0;
        for (Future<Long> one : requesting) {
            requested += one.get();
        }
        while (engine.processor().runOnce(ROUND) > 0) {
            // What was requested last is still to be sent.
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        javaMicros = (microsOfThisProcess() - microsBefore) / requested;
        if (succeeded() - before != requested) {
            throw new IllegalStateException("Of " + requested + " payouts " + (succeeded() - before) + " succeeded");
        }
        long transitions = TRANSITIONS_OF_EACH * succeeded();
        if (engine.feed().after(transitions - 1, 1).isEmpty()) {
            throw new IllegalStateException(
                    "The feed has fewer than the " + transitions + " transitions that there are");
        }
        return requested / seconds;
    }

    /** Returns how many microseconds of a processor Java took for a payout of the last round, but for compiling itself. */
    double javaMicros() {
        return javaMicros;
    }

    private static double microsOfThisProcess() {
        OperatingSystemMXBean process = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        double compiling = ManagementFactory.getCompilationMXBean().getTotalCompilationTime() * 1e3;
        return process.getProcessCpuTime() / 1e3 - compiling;
    }

    private long succeeded() {
        return engine.payouts()
                .list(PayoutQuery.FIRST_PAGE.status(PayoutStatus.SUCCEEDED).page(1, 0))
                .total();
    }

    void close() {
        threads.shutdown();
    }

    private Payout request() {
        long key = keys.incrementAndGet();
        Account wallet = Wallets.account("w" + Accounts.ofNumber(key, WALLETS), UGX);
        Recipient recipient = Recipient.MobileMoney.of("+" + (FIRST_NUMBER + Math.floorMod(key, 1_000_000)));
        return engine.payouts()
                .request(PayoutRequest.of(
                                "b-" + key, wallet, Money.ofMinor(UGX, 5_000 + Math.floorMod(key, 977)), recipient)
                        .via(InstantProvider.NAME));
    }
}
