package io.holdfast.payout.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.audit.CheckResult;
import io.holdfast.audit.Verification;
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
import io.holdfast.payout.ListComparison;
import io.holdfast.payout.Payout;
import io.holdfast.payout.PayoutFeed;
import io.holdfast.payout.PayoutItem;
import io.holdfast.payout.PayoutProcessor;
import io.holdfast.payout.PayoutQuery;
import io.holdfast.payout.PayoutRequest;
import io.holdfast.payout.PayoutTransition;
import io.holdfast.payout.Payouts;
import io.holdfast.payout.ProviderQuestions;
import io.holdfast.payout.Reconciliation;
import io.holdfast.payout.ReconciliationReport;
import io.holdfast.payout.ReconciliationReport.Line;
import io.holdfast.payout.Resolution;
import io.holdfast.payout.StatementLine;
import io.holdfast.payout.StatementLine.Status;
import io.holdfast.payout.WebhookInbox;
import io.holdfast.payout.WebhookReceipt;
import io.holdfast.payout.spi.Capabilities;
import io.holdfast.payout.spi.Evidence;
import io.holdfast.payout.spi.FailureReason;
import io.holdfast.payout.spi.FeeMode;
import io.holdfast.payout.spi.Outcome;
import io.holdfast.payout.spi.Particulars;
import io.holdfast.payout.spi.PayoutProvider;
import io.holdfast.payout.spi.Recipient;
import io.holdfast.payout.spi.WebhookDelivery;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.sql.DataSource;

/** A ledger with a funded wallet of alice's, and an engine with scripted providers and a fee of TZS 1,500. */
final class PayoutBench {

    static final Currency TZS = ScriptedProvider.TZS;
    static final Recipient ASHA = Recipient.MobileMoney.of("+255712345678").named("Asha Juma");
    static final Account ALICE = Wallets.account("alice", TZS);

    private static final Duration DAY = Duration.ofDays(1);
    private static final AtomicInteger LEDGERS = new AtomicInteger();

    final CountingDataSource dataSource;
    final TestClock clock;
    final Ledger ledger;
    private Optional<PayoutEngine.Builder> configured = Optional.empty();
    private Optional<PayoutEngine> engine = Optional.empty();

    PayoutBench(TestDatabase database) {
        this(database.dataSource());
    }

    PayoutBench(DataSource database) {
        this(database, new TestClock(), "bench-" + LEDGERS.incrementAndGet());
        Wallets wallets = new Wallets(ledger);
        wallets.open("alice", TZS);
        wallets.fund("alice", tzs(20_000), "top-up");
    }

    private PayoutBench(DataSource database, TestClock clock, String name) {
        this.clock = clock;
        this.dataSource = new CountingDataSource(database);
        this.ledger = PostgresLedger.over(dataSource).ledger(name).clock(clock).build();
    }

    /** Returns the same ledger as another node has it, with connections of its own and as yet without an engine. */
    PayoutBench node(DataSource connections) {
        return new PayoutBench(connections, clock, ledger.name());
    }

    static Money tzs(long amount) {
        return Money.of(TZS, Long.toString(amount));
    }

    ScriptedProvider provider(String name) {
        return provider(name, ways -> ways);
    }

    ScriptedProvider provider(String name, UnaryOperator<Capabilities.Builder> ways) {
        return provider(FeeMode.ON_TOP, name, ways);
    }

    ScriptedProvider provider(FeeMode feeMode, String name, UnaryOperator<Capabilities.Builder> ways) {
        return new ScriptedProvider(name, feeMode, dataSource, ways);
    }

    PayoutBench engine(UnaryOperator<PayoutEngine.Builder> setting, PayoutProvider... providers) {
        engine = Optional.of(newEngine(setting, providers));
        return this;
    }

    PayoutBench engine(PayoutProvider... providers) {
        return engine(builder -> builder, providers);
    }

    PayoutEngine newEngine(UnaryOperator<PayoutEngine.Builder> setting, PayoutProvider... scripted) {
        PayoutEngine.Builder builder = PayoutEngine.over(dataSource, ledger)
                .clock(clock)
                .fees(List.of(FeeRule.of(FeeSchedule.fixed(tzs(1_500)))));
        Stream.of(scripted).forEach(builder::provider);
        PayoutEngine built = setting.apply(builder).build();
        configured = Optional.of(builder);
        return built;
    }

    Reconciliation reconciliation() {
        return engine.orElseThrow().reconciliation();
    }

    /** Compares with a provider's statement of yesterday to tomorrow. */
    ReconciliationReport statement(String provider, List<StatementLine> lines) {
        Instant now = clock.instant();
        return reconciliation().withStatement(provider, now.minus(DAY), now.plus(DAY), lines);
    }

    /** Compares with a statement of "one" that has this line alone, and returns what came of it. */
    Line statement(StatementLine line) {
        return statement("one", List.of(line)).lines().get(0);
    }

    /** Compares with a statement of "one" that says this alone of TZS 5,000 and a fee of 100. */
    Line statement(String reference, Status status) {
        return statement(StatementLine.of(reference, tzs(5_000), status).fee(tzs(100)));
    }

    /** Compares with a provider's own list, which is to be read through at once. */
    ReconciliationReport compared(String provider, Instant from, Instant to) {
        ListComparison comparison = reconciliation().withList(provider, from, to);
        assertThat(comparison).isInstanceOf(ListComparison.Compared.class);
        return ((ListComparison.Compared) comparison).report();
    }

    Payouts payouts() {
        return engine.orElseThrow().payouts();
    }

    /** Hands a delivery with this body over, as a host's endpoint would. */
    WebhookReceipt receive(String provider, String body) {
        return engine.orElseThrow()
                .webhooks()
                .receive(
                        provider,
                        new WebhookDelivery(Map.of(), body.getBytes(StandardCharsets.UTF_8), clock.instant()));
    }

    WebhookInbox webhooks() {
        return engine.orElseThrow().webhooks();
    }

    ProviderQuestions providerQuestions() {
        return engine.orElseThrow().providerQuestions();
    }

    PayoutProcessor processor() {
        return engine.orElseThrow().processor();
    }

    PayoutFeed feed() {
        return engine.orElseThrow().feed();
    }

    PayoutRequest aRequest(String key) {
        return PayoutRequest.of(key, ALICE, tzs(5_000), ASHA).via("one");
    }

    Payout request(String key) {
        return payouts().request(aRequest(key));
    }

    /** Requests another payout, to which "one" answers so, and returns it as it stands then. */
    Payout sent(Outcome answer) {
        return sent(provider("one"), answer);
    }

    /** Requests another payout, to which this provider, named "one", answers so. */
    Payout sent(ScriptedProvider one, Outcome answer) {
        engine(one.onSend(answer));
        Payout payout = request("sent-" + (payouts().count(PayoutQuery.FIRST_PAGE) + 1));
        run();
        return find(payout);
    }

    /** Has one person say what became of a payout, and another confirm it. */
    Payout resolve(Payout payout, Resolution said) {
        int number = payouts().as("alice").resolve(payout.id(), said).number();
        assertBooks();
        Payout confirmed = payouts().as("bob").confirm(payout.id(), number);
        assertBooks();
        return confirmed;
    }

    Payout find(Payout payout) {
        return payouts().find(payout.id()).orElseThrow();
    }

    /** Does the one thing that is due, if anything is, and checks the books. */
    int run() {
        int done = processor().runOnce(1);
        assertBooks();
        return done;
    }

    /** Does the one thing that is due, while others may be at work, so that the books are not checked. */
    int runUnchecked() {
        return processor().runOnce(1);
    }

    /** Does so many of the things that are due, at most. */
    int run(int limit) {
        return processor().runOnce(limit);
    }

    /** Moves the clock and does the one thing that is due then. */
    Payout runAfter(Duration wait, Payout payout) {
        clock.move(wait);
        run();
        return find(payout);
    }

    /** Like {@link #learn}, with the books checked. */
    void apply(Payout payout, int attempt, Outcome outcome) {
        learn(payout.id(), attempt, outcome);
        assertBooks();
    }

    /** Lets the engine learn something of an attempt from nowhere in particular, as from a webhook. */
    void learn(UUID payout, int attempt, Outcome outcome) {
        learn(payout, attempt, outcome, Optional.empty());
    }

    /** Lets the engine learn something from one who claimed the payout under this token. */
    void learn(UUID payout, int attempt, Outcome outcome, long token) {
        learn(payout, attempt, outcome, Optional.of(token));
    }

    private void learn(UUID payout, int attempt, Outcome outcome, Optional<Long> token) {
        Bookkeeper bookkeeper = bookkeeper();
        Desk desk = configured.orElseThrow().desk(own(), bookkeeper);
        PayoutSnapshot known = desk.session()
                .read(db -> desk.stores().reader().find(db, payout))
                .orElseThrow();
        new Applier(desk, bookkeeper)
                .apply(known, Event.learned(payout, attempt, PayoutTransition.Cause.LOOKUP, outcome, token));
    }

    /** Returns what books money that nobody knows, as the engine is configured. */
    Movements movements() {
        return new Movements(configured.orElseThrow().desk(own(), bookkeeper()), own());
    }

    private Bookkeeper bookkeeper() {
        return new Bookkeeper(own(), configured.orElseThrow().settings().accounts());
    }

    /** Returns the ledger in the name in which the engine works. */
    private Ledger own() {
        return ledger.as(configured.orElseThrow().settings().actor());
    }

    void assertBooks() {
        Verification verification =
                Verifier.over(dataSource).and(PayoutEngine.checks()).verify(ledger.name());
        assertThat(verification.checks())
                .allSatisfy(
                        check -> assertThat(check.failures()).as(check.name()).isEmpty());
        assertThat(verification.checks()).extracting(CheckResult::name).contains("payouts-match-journal");
    }

    void assertWallet(long available, long held) {
        Balance balance = ledger.balance(ALICE);
        assertThat(List.of(balance.available(), balance.held())).containsExactly(tzs(available), tzs(held));
    }

    void assertTotal(String path, long total) {
        Account account = Account.of(path, TZS);
        Money found = ledger.account(account).isEmpty()
                ? tzs(0)
                : ledger.balance(account).total();
        assertThat(found).as(path).isEqualTo(tzs(total));
    }

    /** Asserts what one settled payout of A 5,000, F 1,500 and P leaves in the books. */
    void assertPaid(long providerFee) {
        assertWallet(13_500, 0);
        assertTotal("assets:providers:one:float", -5_000 - providerFee);
        assertTotal("revenue:payout-fees", 1_500);
        assertTotal("expenses:provider-fees:one", providerFee);
    }

    void assertNothingPaid() {
        assertWallet(20_000, 0);
        assertTotal("assets:providers:one:float", 0);
        assertTotal("revenue:payout-fees", 0);
        assertTotal("expenses:provider-fees:one", 0);
    }

    List<PayoutItem.Kind> items() {
        return payouts().items(100, 0).stream().map(PayoutItem::kind).toList();
    }

    List<String> path(Payout payout) {
        return payouts().history(payout.id()).stream()
                .filter(step -> step.verdict() == PayoutTransition.Verdict.CHANGED)
                .map(step -> step.to().name())
                .toList();
    }

    static Outcome.Accepted accepted(String reference) {
        return new Outcome.Accepted(reference, Particulars.NONE, Evidence.http(201, "{\"to\":\"+255712345678\"}"));
    }

    static Outcome.Succeeded succeeded(String reference) {
        return new Outcome.Succeeded(
                reference, Particulars.NONE.amount(tzs(5_000)).chargedFee(tzs(100)), Evidence.http(200, "{}"));
    }

    static Outcome.Failed failed(String reference) {
        return new Outcome.Failed(
                reference,
                FailureReason.DECLINED,
                "E1",
                "no such subscriber",
                Optional.empty(),
                Evidence.http(200, "{}"));
    }

    static Outcome.Rejected rejected(FailureReason reason) {
        return new Outcome.Rejected(reason, "E400", "no", Evidence.http(400, "{}"));
    }

    static Outcome.Reversed reversed(String reference, long amount, long fee) {
        return new Outcome.Reversed(reference, tzs(amount), Optional.of(tzs(fee)), Evidence.http(200, "{}"));
    }

    static Outcome timeout() {
        return Outcome.Unknown.of("timed out");
    }
}
