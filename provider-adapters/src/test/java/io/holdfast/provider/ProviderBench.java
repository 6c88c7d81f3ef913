package io.holdfast.provider.snippe;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.audit.Verifier;
import io.holdfast.db.testing.TestDatabase;
import io.holdfast.ledger.Account;
import io.holdfast.ledger.Balance;
import io.holdfast.ledger.Currency;
import io.holdfast.ledger.Ledger;
import io.holdfast.ledger.Money;
import io.holdfast.ledger.Wallets;
import io.holdfast.ledger.postgres.PostgresLedger;
import io.holdfast.payout.FeeRule;
import io.holdfast.payout.FeeSchedule;
import io.holdfast.payout.Payout;
import io.holdfast.payout.PayoutItem;
import io.holdfast.payout.PayoutRequest;
import io.holdfast.payout.PayoutStatus;
import io.holdfast.payout.engine.PayoutEngine;
import io.holdfast.payout.spi.PayoutProvider;
import io.holdfast.payout.spi.Recipient;
import io.holdfast.sandbox.MovableClock;
import io.holdfast.sandbox.simulator.Payment;
import io.holdfast.sandbox.simulator.RequestRecord;
import io.holdfast.sandbox.simulator.Simulator;
import io.holdfast.sandbox.simulator.SimulatorSettings;
import io.holdfast.sandbox.snippe.SnippeSimulator;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/**
 * A ledger with alice's wallet of TZS 20,000, an engine with a fee of TZS 1,500, Snippe's adapter and Snippe played on
 * loopback, all at one time that the test moves.
 */
final class SnippeBench implements AutoCloseable {

    static final Currency TZS = Currency.of("TZS");
    static final Recipient ASHA = Recipient.MobileMoney.of("+255712345678").named("Asha Juma");

    private static final AtomicInteger LEDGERS = new AtomicInteger();
    private static final Duration EXCHANGE_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration STEP = Duration.ofMinutes(2);
    private static final int STEPS_MAX = 60;
    private static final int RUN_MAX = 20;

    final MovableClock clock = MovableClock.at("2026-03-02T08:00:00Z");
    final Simulator simulator;
    final Ledger ledger;
    private final DataSource dataSource;
    private final BigDecimal opening;
    private final PayoutEngine engine;

    SnippeBench(TestDatabase database) {
        dataSource = database.dataSource();
        simulator = SnippeSimulator.start(
                SimulatorSettings.with(clock).slowBy(Duration.ofMillis(300)),
                io.holdfast.sandbox.snippe.SnippeSettings.account().requestsPerMinute(Integer.MAX_VALUE));
        opening = simulator.balance(SnippeSimulator.ACCOUNT);
        ledger = PostgresLedger.over(dataSource)
                .ledger("snippe-" + LEDGERS.incrementAndGet())
                .clock(clock)
                .build();
        Wallets wallets = new Wallets(ledger);
        wallets.open("alice", TZS);
        wallets.fund("alice", tzs(20_000), "top-up");
        engine = engine(dataSource, ledger, clock, adapter(simulator.baseUrl()));
    }

    /** Returns Snippe's adapter, with what the simulated Snippe does where the real one's documents are silent. */
    static SnippeProvider adapter(URI baseUrl) {
        return new SnippeProvider(SnippeSettings.builder("snp_test_key")
                .baseUrl(baseUrl)
                .exchangeTimeout(EXCHANGE_TIMEOUT)
                .reversalRefundsFee()
                .build());
    }

    static PayoutEngine engine(DataSource dataSource, Ledger ledger, Clock clock, PayoutProvider provider) {
        return PayoutEngine.over(dataSource, ledger)
                .clock(clock)
                .fees(List.of(FeeRule.of(FeeSchedule.fixed(tzs(1_500)))))
                .provider(provider)
                .build();
    }

    static Money tzs(long amount) {
        return Money.of(TZS, Long.toString(amount));
    }

    Payout request() {
        return engine.payouts()
                .request(PayoutRequest.of("p1", Wallets.account("alice", TZS), tzs(5_000), ASHA)
                        .via("snippe"));
    }

    Payout find(Payout payout) {
        return engine.payouts().find(payout.id()).orElseThrow();
    }

    /** Does what is due now, and checks the books if anything was. */
    void run() {
        if (engine.processor().runOnce(RUN_MAX) > 0) {
            assertBooks();
        }
    }

    /** Lets the time pass, for Snippe too, and does what is due then. */
    Payout runAfter(Duration wait, Payout payout) {
        simulator.advance(wait);
        run();
        return find(payout);
    }

    /** Lets the time pass until the payout has ended or is in a person's hands. */
    Payout runToTheEnd(Payout payout) {
        Payout now = runAfter(Duration.ZERO, payout);
        for (int step = 0; step < STEPS_MAX && isOpen(now.status()); step++) {
            now = runAfter(STEP, payout);
        }
        return now;
    }

    private static boolean isOpen(PayoutStatus status) {
        return status.isHolding() && status != PayoutStatus.REVIEW;
    }

    List<PayoutItem.Kind> items(Payout payout) {
        return engine.payouts().items(100, 0).stream()
                .filter(item -> item.payout().equals(payout.id()))
                .map(PayoutItem::kind)
                .toList();
    }

    List<Payment> paid() {
        return simulator.payments();
    }

    /** Returns every create that Snippe got: key and body. */
    List<String> creates() {
        return simulator.requests().stream()
                .filter(request -> request.creation().isPresent())
                .map(SnippeBench::create)
                .toList();
    }

    private static String create(RequestRecord request) {
        return request.creation().orElseThrow().key().orElse("none") + " "
                + request.request().body();
    }

    /** Every create that Snippe got was the same, byte for byte, under the same key. */
    void assertSameCreates(int times) {
        List<String> creates = creates();
        assertThat(creates).hasSize(times);
        assertThat(creates.stream().collect(Collectors.toSet())).hasSize(1);
    }

    /** Debits equal credits, each payout is in one state, balances are what postings say. */
    void assertBooks() {
        assertThat(Verifier.over(dataSource)
                        .and(PayoutEngine.checks())
                        .verify(ledger.name())
                        .checks())
                .allSatisfy(
                        check -> assertThat(check.failures()).as(check.name()).isEmpty());
    }

    void assertWallet(long available, long held) {
        Balance balance = ledger.balance(Wallets.account("alice", TZS));
        assertThat(List.of(balance.available(), balance.held())).containsExactly(tzs(available), tzs(held));
    }

    /** What our books say is left with Snippe is what Snippe says. */
    void assertFloatAgrees() {
        BigDecimal moved = simulator.balance(SnippeSimulator.ACCOUNT).subtract(opening);
        assertTotal("assets:providers:snippe:float", moved);
    }

    void assertTotal(String path, BigDecimal total) {
        Account account = Account.of(path, TZS);
        Money found = ledger.account(account).isEmpty()
                ? Money.zero(TZS)
                : ledger.balance(account).total();
        assertThat(found).as(path).isEqualTo(Money.of(TZS, total));
    }

    /** The recipient has TZS 5,000, once; the wallet paid 6,500; Snippe took 1,500 on top. */
    void assertPaidOnce() {
        assertThat(paid()).singleElement().satisfies(payment -> {
            assertThat(payment.recipient()).isEqualTo("255712345678");
            assertThat(payment.amount()).isEqualByComparingTo("5000");
            assertThat(payment.reversedAt()).isEmpty();
        });
        assertWallet(13_500, 0);
        assertFloatAgrees();
        assertTotal("assets:providers:snippe:float", BigDecimal.valueOf(-6_500));
        assertTotal("expenses:provider-fees:snippe", BigDecimal.valueOf(1_500));
        assertTotal("revenue:payout-fees", BigDecimal.valueOf(1_500));
        assertTotal("liabilities:suspense:snippe", BigDecimal.ZERO);
    }

    /** Nobody was paid and alice has all of her money. */
    void assertNothingPaid() {
        assertThat(paid()).isEmpty();
        assertWallet(20_000, 0);
        assertFloatAgrees();
        assertTotal("revenue:payout-fees", BigDecimal.ZERO);
    }

    /** Returns the states in which a payout may be left for good. */
    static Set<PayoutStatus> accountedFor() {
        return Set.of(
                PayoutStatus.SUCCEEDED,
                PayoutStatus.FAILED,
                PayoutStatus.REVERSED,
                PayoutStatus.UNKNOWN,
                PayoutStatus.PROCESSING,
                PayoutStatus.REVIEW);
    }

    @Override
    public void close() {
        simulator.close();
    }
}
