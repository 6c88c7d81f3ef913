package io.holdfast.benchmarks;

import io.holdfast.ledger.Account;
import io.holdfast.ledger.Currency;
import io.holdfast.ledger.Ledger;
import io.holdfast.ledger.Money;
import io.holdfast.ledger.Wallets;
import io.holdfast.ledger.postgres.PostgresLedger;
import io.holdfast.payout.ApprovalPolicy;
import io.holdfast.payout.ApprovalRule;
import io.holdfast.payout.Calling;
import io.holdfast.payout.CircuitBreaker;
import io.holdfast.payout.Payout;
import io.holdfast.payout.PayoutPage;
import io.holdfast.payout.PayoutQuery;
import io.holdfast.payout.PayoutRequest;
import io.holdfast.payout.PayoutStatus;
import io.holdfast.payout.engine.PayoutEngine;
import io.holdfast.payout.spi.Evidence;
import io.holdfast.payout.spi.FailureReason;
import io.holdfast.payout.spi.Outcome;
import io.holdfast.payout.spi.Particulars;
import io.holdfast.payout.spi.PayoutInstruction;
import io.holdfast.payout.spi.Recipient;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;

/**
 * A ledger with payouts in every state, made by requesting and processing them. Its clock stands still, so that nothing comes
 * due but what is requested anew.
 */
final class ManyPayouts implements AutoCloseable {

    private static final Currency UGX = Currency.of("UGX");
    private static final List<PayoutStatus> STATES = List.of(PayoutStatus.values());
    private static final int AT_ONCE = 64;
    private static final int PORTION = 5_000;
    private static final long APPROVED_ABOVE = 1_000_000;
    private static final long FIRST_NUMBER = 256_772_000_000L;

    private final DataSource dataSource;
    private final String name;
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
    private final ExecutorService threads = Executors.newFixedThreadPool(2 * AT_ONCE);
    private final AtomicLong numbers = new AtomicLong();
    private Optional<PayoutEngine> opened = Optional.empty();

    ManyPayouts(DataSource dataSource, String name) {
        this.dataSource = dataSource;
        this.name = name;
    }

    /** Makes so many payouts, as many in each state. */
    void fill(int count, PrintStream progress) throws Exception {
        open();
        for (int made = 0; made < count; made += PORTION) {
            int portion = Math.min(PORTION, count - made);
            request(portion, false);
            while (engine().processor().runOnce(portion) > 0) {
                // What is due is sent, and answered by what its number says.
            }
            progress.printf("%s: %,d of %,d payouts%n", name, made + portion, count);
        }
        while (isUnnumbered()) {
            engine().processor().runOnce(1);
        }
        vacuum();
        for (PayoutStatus status : STATES) {
            long total = list(PayoutQuery.FIRST_PAGE.status(status).page(1, 0)).total();
            progress.printf("%s: %,d %s%n", name, total, status);
        }
    }

    /** Tells whether the feed has still to be numbered: each run numbers a portion of it. */
    private boolean isUnnumbered() throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement("select from holdfast.payout_feed_queue q"
                        + " join holdfast.ledger l on l.ledger_id = q.ledger_id where l.name = ? limit 1")) {
            statement.setString(1, name);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }

    /** Does at once what the server does by itself some time after so many changes. */
    private void vacuum() throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("vacuum analyze");
        }
    }

    /** Requests so many that are due at once and will succeed. */
    void requestDue(int count) throws Exception {
        request(count, true);
    }

    /** Takes up what is due, which has to be so many. */
    void runOnce(int limit, int expected) {
        int taken = engine().processor().runOnce(limit);
        if (taken != expected) {
            throw new IllegalStateException(expected + " payouts were due and " + taken + " were taken up");
        }
    }

    PayoutPage list(PayoutQuery query) {
        return engine().payouts().list(query);
    }

    String count() {
        return String.format("%,d", list(PayoutQuery.FIRST_PAGE.page(1, 0)).total());
    }

    @Override
    public void close() {
        threads.shutdown();
    }

    private PayoutEngine engine() {
        return opened.orElseThrow(() -> new IllegalStateException("It is filled first"));
    }

    private void open() throws SQLException {
        Clock clock = Clock.fixed(now, ZoneOffset.UTC);
        Ledger ledger =
                PostgresLedger.over(dataSource).ledger(name).clock(clock).build();
        PayoutContender.openWallets(dataSource, ledger, Accounts.COUNT);
        opened = Optional.of(PayoutEngine.over(dataSource, ledger)
                .clock(clock)
                .provider(new InstantProvider(UGX, ManyPayouts::answer))
                .breaker(CircuitBreaker.OFF)
                .approvals(ApprovalPolicy.of(new ApprovalRule(Money.ofMinor(UGX, APPROVED_ABOVE), 1)))
                .calling(Calling.on(threads, AT_ONCE).byProvider(AT_ONCE))
                .build());
    }

    private void request(int count, boolean succeeding) throws Exception {
        List<Future<?>> requests = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long number = numbers.incrementAndGet();
            PayoutStatus status = succeeding ? PayoutStatus.SUCCEEDED : STATES.get((int) (number % STATES.size()));
            requests.add(threads.submit(() -> request(number, status)));
        }
        for (Future<?> one : requests) {
            one.get();
        }
    }

    /** Requests a payout that will stand so; its amount tells the provider how. */
    private void request(long number, PayoutStatus status) {
        Account wallet = Wallets.account("w" + Accounts.ofNumber(number), UGX);
        Recipient recipient = Recipient.MobileMoney.of("+" + (FIRST_NUMBER + number));
        long above = status == PayoutStatus.AWAITING_APPROVAL ? APPROVED_ABOVE : 0;
        Money amount = Money.ofMinor(UGX, above + 1_000 + STATES.indexOf(status));
        PayoutRequest request =
                PayoutRequest.of("p-" + number, wallet, amount, recipient).via(InstantProvider.NAME);
        Payout payout = engine().payouts()
                .request(status == PayoutStatus.SCHEDULED ? request.notBefore(now.plus(Duration.ofDays(30))) : request);
        if (status == PayoutStatus.CANCELLED) {
            engine().payouts().cancel(payout.id());
        }
    }

    private static Outcome answer(PayoutInstruction instruction) {
        String reference = InstantProvider.reference(instruction);
        int status = instruction.amount().minor().intValueExact() % 1_000;
        return switch (STATES.get(status)) {
            case PENDING, SENDING -> new Outcome.NotSent("Nothing left");
            case PROCESSING -> new Outcome.Accepted(reference, Particulars.NONE, Evidence.NONE);
            case UNKNOWN -> Outcome.Unknown.of("No answer");
            case REVIEW ->
                new Outcome.Succeeded(
                        reference, Particulars.NONE.amount(Money.ofMinor(UGX, 1)), Evidence.http(200, "{}"));
            case FAILED ->
                new Outcome.Rejected(FailureReason.DECLINED, "declined", "Declined", Evidence.http(400, "{}"));
            case REVERSED -> new Outcome.Reversed(reference, instruction.amount(), Optional.empty(), Evidence.NONE);
            case AWAITING_APPROVAL, SCHEDULED, SUCCEEDED, CANCELLED ->
                InstantProvider.paid(instruction, Money.ofMinor(UGX, 100));
        };
    }
}
