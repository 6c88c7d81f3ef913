package io.holdfast.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.audit.Verifier;
import io.holdfast.db.testing.TestDatabase;
import io.holdfast.ledger.Account;
import io.holdfast.ledger.Balance;
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
import io.holdfast.payout.Route;
import io.holdfast.payout.WebhookReceipt;
import io.holdfast.payout.engine.PayoutEngine;
import io.holdfast.payout.spi.Capabilities;
import io.holdfast.payout.spi.PayoutProvider;
import io.holdfast.payout.spi.WebhookDelivery;
import io.holdfast.sandbox.MovableClock;
import io.holdfast.sandbox.simulator.Payment;
import io.holdfast.sandbox.simulator.RequestRecord;
import io.holdfast.sandbox.simulator.Simulator;
import io.holdfast.sandbox.simulator.SimulatorSettings;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;

/**
 * A ledger with alice's wallet of 20,000, an engine with a fee of 1,500, the adapter of one provider, or of several in the order
 * of their route, and those providers played on loopback, all at one time that the test moves. The payout is of 5,000.
 */
public final class ProviderBench implements AutoCloseable {

    /** How long an exchange of the adapters may take. */
    public static final Duration EXCHANGE_TIMEOUT = Duration.ofSeconds(2);

    private static final AtomicInteger LEDGERS = new AtomicInteger();
    private static final Duration STEP = Duration.ofMinutes(2);
    private static final int STEPS_MAX = 60;
    private static final int RUN_MAX = 20;

    public final MovableClock clock;
    /** The first provider's. */
    public final Simulator simulator;

    public final Ledger ledger;
    private final PlayedProvider played;
    private final List<Partner> route;
    private final String jdbcUrl;
    private final DataSource dataSource;
    private final PayoutEngine engine;

    /** A provider that takes part: played, with what its account held at the beginning, and the adapter that reaches it. */
    private record Partner(PlayedProvider played, Simulator simulator, BigDecimal opening, PayoutProvider adapter) {

        static Partner of(PlayedProvider played, MovableClock clock, Wiring wiring) {
            Simulator simulator = played.simulator(SimulatorSettings.with(clock).slowBy(Duration.ofMillis(300)));
            return new Partner(
                    played,
                    simulator,
                    simulator.balance(played.account()),
                    wiring.adapter(played, simulator.baseUrl(), clock));
        }

        String floatPath() {
            return "assets:providers:" + played.name() + ":float";
        }
    }

    /** Decides what an adapter calls, and by which clock it goes. */
    @FunctionalInterface
    public interface Wiring {

        PayoutProvider adapter(PlayedProvider played, URI simulator, Clock clock);
    }

    public ProviderBench(TestDatabase database, PlayedProvider... route) {
        this(database, MovableClock.at("2026-03-02T08:00:00Z"), PlayedProvider::adapter, route);
    }

    public ProviderBench(TestDatabase database, MovableClock clock, Wiring wiring, PlayedProvider... route) {
        this.clock = clock;
        this.route = Stream.of(route).map(one -> Partner.of(one, clock, wiring)).toList();
        played = route[0];
        simulator = this.route.get(0).simulator();
        jdbcUrl = database.jdbcUrl();
        dataSource = database.dataSource();
        ledger = PostgresLedger.over(dataSource)
                .ledger(played.name() + "-" + LEDGERS.incrementAndGet())
                .clock(clock)
                .build();
        Wallets wallets = new Wallets(ledger);
        wallets.open("alice", played.currency());
        wallets.fund("alice", money(20_000), "top-up");
        engine = engine(
                dataSource,
                ledger,
                clock,
                played,
                this.route.stream().map(Partner::adapter).toList());
    }

    /**
     * Returns an engine at the time of the ledger's bench.
     *
     * @param played the first provider
     * @param adapters in the order of the route
     */
    static PayoutEngine engine(
            DataSource dataSource, Ledger ledger, Clock clock, PlayedProvider played, List<PayoutProvider> adapters) {
        String[] names = adapters.stream().map(PayoutProvider::name).toArray(String[]::new);
        PayoutEngine.Builder engine = PayoutEngine.over(dataSource, ledger)
                .clock(clock)
                .fees(List.of(FeeRule.of(FeeSchedule.fixed(Money.of(played.currency(), "1500")))))
                .routes(List.of(Route.of(played.currency(), played.recipient().channel(), names)));
        adapters.forEach(engine::provider);
        return engine.build();
    }

    public Money money(long amount) {
        return Money.of(played.currency(), Long.toString(amount));
    }

    Capabilities capabilities() {
        return capabilities(played.name());
    }

    Capabilities capabilities(String provider) {
        return partner(provider).adapter().capabilities();
    }

    private Partner partner(String name) {
        return route.stream()
                .filter(one -> one.played().name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Returns how a provider is played. */
    Simulator simulator(String provider) {
        return partner(provider).simulator();
    }

    /** Returns the arguments with which a {@link DoomedProcessor} works on this bench until a step at a provider. */
    Stream<String> doom(Step step, String provider) {
        return Stream.of(
                jdbcUrl,
                ledger.name(),
                joined(one -> one.simulator().baseUrl().toString()),
                clock.instant().toString(),
                step.name(),
                provider,
                joined(one -> one.played().getClass().getName()));
    }

    private String joined(Function<Partner, String> part) {
        return route.stream().map(part).collect(Collectors.joining(","));
    }

    /** Returns the first provider's name. */
    String first() {
        return played.name();
    }

    private Account wallet() {
        return Wallets.account("alice", played.currency());
    }

    public Payout request() {
        return request(request -> request);
    }

    /** Requests the payout with something more. */
    public Payout request(UnaryOperator<PayoutRequest> more) {
        return engine.payouts().request(more.apply(PayoutRequest.of("p1", wallet(), money(5_000), played.recipient())));
    }

    /** Hands over a call of the provider, with this body and nothing that signs it. */
    public WebhookReceipt receiveUnsigned(String body) {
        return engine.webhooks()
                .receive(
                        played.name(),
                        new WebhookDelivery(Map.of(), body.getBytes(StandardCharsets.UTF_8), clock.instant()));
    }

    public Payout find(Payout payout) {
        return engine.payouts().find(payout.id()).orElseThrow();
    }

    /** Does what is due now, and checks the books if anything was. */
    public void run() {
        if (engine.processor().runOnce(RUN_MAX) > 0) {
            assertBooks();
        }
    }

    /** Lets the time pass, for the provider too, and does what is due then. */
    public Payout runAfter(Duration wait, Payout payout) {
        simulator.advance(wait);
        route.forEach(one -> one.simulator().tick());
        run();
        return find(payout);
    }

    /** Lets the time pass until the payout has ended or is in a person's hands. */
    public Payout runToTheEnd(Payout payout) {
        Payout now = runAfter(Duration.ZERO, payout);
        for (int step = 0; step < STEPS_MAX && isOpen(now.status()); step++) {
            now = runAfter(STEP, payout);
        }
        return now;
    }

    private static boolean isOpen(PayoutStatus status) {
        return status.isHolding() && status != PayoutStatus.REVIEW;
    }

    public List<PayoutItem.Kind> items(Payout payout) {
        return engine.payouts().items(100, 0).stream()
                .filter(item -> item.payout().filter(payout.id()::equals).isPresent())
                .map(PayoutItem::kind)
                .toList();
    }

    public List<Payment> paid() {
        return route.stream()
                .flatMap(one -> one.simulator().payments().stream())
                .toList();
    }

    /** Returns every create that the first provider got: key and body. */
    public List<String> creates() {
        return creates(played.name());
    }

    /** Returns every create that a provider got: key and body. */
    List<String> creates(String provider) {
        return simulator(provider).requests().stream()
                .filter(request -> request.creation().isPresent())
                .map(ProviderBench::create)
                .toList();
    }

    private static String create(RequestRecord request) {
        return request.creation().orElseThrow().key().orElse("none") + " "
                + request.request().body();
    }

    /** Every create that the provider got was the same, byte for byte, under the same key. */
    public void assertSameCreates(int times) {
        List<String> creates = creates();
        assertThat(creates).hasSize(times);
        assertThat(creates.stream().collect(Collectors.toSet())).hasSize(1);
    }

    /** Debits equal credits, each payout is in one state, balances are what postings say. */
    public void assertBooks() {
        assertThat(Verifier.over(dataSource)
                        .and(PayoutEngine.checks())
                        .verify(ledger.name())
                        .checks())
                .allSatisfy(
                        check -> assertThat(check.failures()).as(check.name()).isEmpty());
    }

    public void assertWallet(long available, long held) {
        Balance balance = ledger.balance(wallet());
        assertThat(List.of(balance.available(), balance.held())).containsExactly(money(available), money(held));
    }

    /** What our books say is left with each provider is what it says. */
    public void assertFloatAgrees() {
        for (Partner one : route) {
            BigDecimal left = one.simulator().balance(one.played().account());
            assertTotal(one.floatPath(), left.subtract(one.opening()));
        }
    }

    public void assertTotal(String path, BigDecimal total) {
        Account account = Account.of(path, played.currency());
        Money found = ledger.account(account).isEmpty()
                ? Money.zero(played.currency())
                : ledger.balance(account).total();
        assertThat(found).as(path).isEqualTo(Money.of(played.currency(), total));
    }

    /** The recipient has 5,000, once, by the first provider. */
    public void assertPaidOnce() {
        assertPaidOnceBy(played.name());
    }

    /** The recipient has 5,000, once; the wallet paid 6,500; the provider took its own fee on top, and no other took any. */
    void assertPaidOnceBy(String provider) {
        assertThat(paid()).singleElement().satisfies(payment -> {
            assertThat(played.recipient().hasAddress(payment.recipient())).isTrue();
            assertThat(payment.amount()).isEqualByComparingTo("5000");
            assertThat(payment.reversedAt()).isEmpty();
        });
        assertWallet(13_500, 0);
        assertFloatAgrees();
        assertTotal("revenue:payout-fees", BigDecimal.valueOf(1_500));
        for (Partner one : route) {
            String name = one.played().name();
            long fee = name.equals(provider) ? one.played().fee() : 0;
            assertTotal(one.floatPath(), BigDecimal.valueOf(name.equals(provider) ? -5_000 - fee : 0));
            assertTotal("expenses:provider-fees:" + name, BigDecimal.valueOf(fee));
            assertTotal("liabilities:suspense:" + name, BigDecimal.ZERO);
        }
    }

    /** No row that tells what happened shows the recipient's number or name. Every answer is kept in one. */
    public void assertKeptHidden() {
        List<String> kept = kept();
        assertThat(kept).anySatisfy(text -> assertThat(text).contains("5000"));
        assertThat(kept)
                .allSatisfy(text -> assertThat(text)
                        .doesNotContain(
                                played.recipient().address().replace("+", ""),
                                played.recipient().name()));
    }

    private List<String> kept() {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement rows = connection.prepareStatement("select t.detail || t.evidence"
                        + " from holdfast.payout_transition t join holdfast.ledger l using (ledger_id)"
                        + " where l.name = ?")) {
            rows.setString(1, ledger.name());
            List<String> kept = new ArrayList<>();
            try (ResultSet row = rows.executeQuery()) {
                while (row.next()) {
                    kept.add(row.getString(1));
                }
            }
            return kept;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Nobody was paid and alice has all of her money. */
    public void assertNothingPaid() {
        assertThat(paid()).isEmpty();
        assertWallet(20_000, 0);
        assertFloatAgrees();
        assertTotal("revenue:payout-fees", BigDecimal.ZERO);
    }

    /** Returns the states in which a payout may be left for good. */
    public static Set<PayoutStatus> accountedFor() {
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
        route.forEach(one -> one.simulator().close());
    }
}
