package io.holdfast.payout.engine;

import static io.holdfast.payout.engine.PayoutBench.TZS;
import static io.holdfast.payout.engine.PayoutBench.accepted;
import static io.holdfast.payout.engine.PayoutBench.rejected;
import static io.holdfast.payout.engine.PayoutBench.succeeded;
import static io.holdfast.payout.engine.PayoutBench.timeout;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.db.testing.TestDatabase;
import io.holdfast.ledger.Account;
import io.holdfast.ledger.Currency;
import io.holdfast.ledger.Money;
import io.holdfast.ledger.Wallets;
import io.holdfast.payout.Payout;
import io.holdfast.payout.PayoutPage;
import io.holdfast.payout.PayoutQuery;
import io.holdfast.payout.PayoutRequest;
import io.holdfast.payout.PayoutStatus;
import io.holdfast.payout.Payouts;
import io.holdfast.payout.spi.FailureReason;
import io.holdfast.payout.spi.Outcome;
import io.holdfast.payout.spi.Recipient;
import io.holdfast.payout.spi.WireCurrency;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** The totals of lists are what counting finds, whoever writes meanwhile and however much has no number in the feed yet. */
class TotalsTest {

    private static final TestDatabase DATABASE = TestDatabase.create();
    private static final int STEPS = 120;
    private static final int WRITERS = 3;
    private static final int PAYOUTS_OF_EACH = 12;

    private static final Currency KES = Currency.of("KES");
    private static final Account RICH = Wallets.account("rich", TZS);
    private static final Account BOB = Wallets.account("bob", TZS);

    private final PayoutBench bench = new PayoutBench(DATABASE);
    private final ScriptedProvider one =
            bench.provider("one", ways -> ways.currencies(List.of(WireCurrency.of(TZS, 0), WireCurrency.of(KES, 0))));

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    @Test
    void totals_are_what_counting_finds_whatever_happens() throws SQLException {
        bench.engine(one);
        open("rich", TZS);
        Random random = new Random(7);
        List<Payout> payouts = new ArrayList<>();
        boolean wasQueued = false;
        boolean wasNumbered = false;
        for (int step = 0; step < STEPS; step++) {
            int chance = random.nextInt(10);
            if (chance < 5 || payouts.isEmpty()) {
                PayoutRequest request = from(RICH, "p" + step, step);
                payouts.add(bench.payouts()
                        .request(
                                chance == 0
                                        ? request.notBefore(
                                                bench.clock.instant().plusSeconds(60))
                                        : request));
                one.onSend(outcome(random, "r" + step));
            } else if (chance < 7) {
                bench.runUnchecked();
            } else if (chance < 8) {
                bench.clock.move(Duration.ofSeconds(1));
            } else {
                Payout any = bench.find(payouts.get(random.nextInt(payouts.size())));
                if (any.status() == PayoutStatus.PENDING || any.status() == PayoutStatus.SCHEDULED) {
                    bench.payouts().cancel(any.id());
                }
            }
            try (Connection connection = DATABASE.dataSource().getConnection()) {
                assertTotals(bench.payouts(), connection);
                boolean isQueued = isQueued(connection);
                wasQueued |= isQueued;
                wasNumbered |= !isQueued;
            }
        }

        assertThat(wasQueued).as("asked with transitions that had no number").isTrue();
        assertThat(wasNumbered).as("asked without any").isTrue();
        bench.assertBooks();
    }

    @Test
    void totals_fit_what_the_same_transaction_sees_while_others_write() throws Exception {
        IntStream.range(0, WRITERS).forEach(writer -> open("writer" + writer, TZS));
        AtomicInteger references = new AtomicInteger();
        IntStream.range(0, WRITERS * PAYOUTS_OF_EACH)
                .forEach(i -> one.onSendDo(() -> succeeded("r" + references.incrementAndGet())));
        bench.engine(one);
        int seen = 0;
        ExecutorService pool = Executors.newFixedThreadPool(WRITERS + 1);
        try {
            List<Future<?>> writers = new ArrayList<>();
            for (int writer = 0; writer < WRITERS; writer++) {
                String owner = "writer" + writer;
                writers.add(pool.submit(() -> IntStream.range(0, PAYOUTS_OF_EACH)
                        .forEach(i -> bench.payouts().request(from(Wallets.account(owner, TZS), owner + "-" + i, i)))));
            }
            Future<?> processor = pool.submit(() -> {
                while (writers.stream().anyMatch(writer -> !writer.isDone())) {
                    bench.runUnchecked();
                }
            });
            while (!processor.isDone()) {
                try (Connection connection = DATABASE.dataSource().getConnection()) {
                    connection.setAutoCommit(false);
                    connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
                    assertTotals(bench.payouts().within(connection), connection);
                    connection.rollback();
                    seen++;
                }
            }
            for (Future<?> writer : writers) {
                writer.get(60, TimeUnit.SECONDS);
            }
            processor.get(60, TimeUnit.SECONDS);
        } finally {
            pool.shutdownNow();
        }

        assertThat(seen).isPositive();
        assertThat(bench.payouts().list(PayoutQuery.FIRST_PAGE).total()).isEqualTo(WRITERS * PAYOUTS_OF_EACH);
        bench.assertBooks();
    }

    @Test
    void what_a_host_has_not_committed_is_counted_in_its_transaction_alone() throws SQLException {
        bench.engine(one);
        open("bob", TZS);
        bench.request("p1");
        try (Connection host = DATABASE.dataSource().getConnection()) {
            host.setAutoCommit(false);
            Payouts joined = bench.payouts().within(host);
            joined.cancel(joined.request(from(BOB, "early", 1)).id());

            assertTotals(joined, host);
            assertThat(joined.list(PayoutQuery.FIRST_PAGE).total()).isEqualTo(2);
            assertThat(bench.payouts().list(PayoutQuery.FIRST_PAGE).total()).isEqualTo(1);
            host.rollback();
        }
        assertThat(bench.payouts().list(PayoutQuery.FIRST_PAGE).total()).isEqualTo(1);
    }

    @Test
    void payouts_are_counted_where_much_has_no_number_yet() throws SQLException {
        bench.engine(one);
        bench.request("p1");
        String queue = "insert into holdfast.payout_feed_queue"
                + " (ledger_id, payout_ids, transition_nos, statuses, changes)"
                + " select ledger_id, '{}', '{}', array['FAILED'], array[1] from holdfast.ledger,"
                + " generate_series(1, %d) where name = '" + bench.ledger.name() + "'";
        try (Connection host = DATABASE.dataSource().getConnection();
                Statement statement = host.createStatement()) {
            host.setAutoCommit(false);
            Payouts joined = bench.payouts().within(host);

            statement.execute(String.format(queue, 999));
            assertThat(joined.list(PayoutQuery.FIRST_PAGE).total())
                    .as("by the queue")
                    .isEqualTo(1_000);
            statement.execute(String.format(queue, 1));
            assertTotals(joined, host);

            host.rollback();
        }
    }

    @Test
    void totals_of_wallets_and_times_are_those_of_all_pages() {
        bench.engine(one);
        open("bob", TZS);
        open("bob", KES);
        open("carol", TZS);
        Instant begin = bench.clock.instant();
        for (int i = 0; i < 12; i++) {
            Account wallet = Wallets.account(i % 3 == 0 ? "carol" : "bob", i % 3 == 1 ? KES : TZS);
            Payout payout = bench.payouts().request(from(wallet, "p" + i, i));
            if (i % 4 == 0) {
                bench.payouts().cancel(payout.id());
            }
            bench.clock.move(Duration.ofSeconds(1));
        }

        for (PayoutQuery which : filtered()) {
            for (Set<PayoutStatus> statuses : List.of(
                    Set.<PayoutStatus>of(),
                    Set.of(PayoutStatus.CANCELLED),
                    Set.of(PayoutStatus.CANCELLED, PayoutStatus.PENDING, PayoutStatus.REVIEW))) {
                PayoutQuery query = which.statuses(statuses).page(2, 0);
                assertIsWhole(query);
                assertIsWhole(query.newestFirst().since(begin.plusSeconds(3)));
                assertIsWhole(query.until(begin.plusSeconds(9)));
                assertIsWhole(query.newestFirst().between(begin.plusSeconds(3), begin.plusSeconds(9)));
            }
        }
    }

    /** Returns queries by wallet and currency, and by neither. */
    private static List<PayoutQuery> filtered() {
        PayoutQuery all = PayoutQuery.FIRST_PAGE;
        Account carol = Wallets.account("carol", TZS);
        return List.of(
                all,
                all.wallet(BOB),
                all.wallet(carol),
                all.wallet(BOB.path()),
                all.wallet(BOB.path()).currency(KES),
                all.wallet(carol.path()).currency(KES),
                all.wallet("liabilities:wallets:nobody"),
                all.currency(KES),
                all.currency(TZS));
    }

    private void assertIsWhole(PayoutQuery query) {
        List<Payout> all =
                new ArrayList<>(bench.payouts().list(PayoutQuery.FIRST_PAGE).items());
        if (query.order() == PayoutQuery.Order.NEWEST_FIRST) {
            Collections.reverse(all);
        }
        List<Payout> expected = all.stream()
                .filter(payout -> query.statuses().isEmpty() || query.statuses().contains(payout.status()))
                .filter(payout ->
                        query.wallet().map(payout.wallet().path()::equals).orElse(true))
                .filter(payout ->
                        query.currency().map(payout.amount().currency()::equals).orElse(true))
                .filter(payout -> query.from()
                        .map(from -> !payout.createdAt().isBefore(from))
                        .orElse(true))
                .filter(payout -> query.to().map(payout.createdAt()::isBefore).orElse(true))
                .toList();
        List<Payout> paged = new ArrayList<>();
        for (int offset = 0; offset == 0 || offset < expected.size(); offset += query.limit()) {
            PayoutPage page = bench.payouts().list(query.page(query.limit(), offset));
            assertThat(page.total()).as(query.toString()).isEqualTo(expected.size());
            assertThat(bench.payouts().count(query)).isEqualTo(expected.size());
            paged.addAll(page.items());
        }
        assertThat(paged).as(query.toString()).isEqualTo(expected);
    }

    private void assertTotals(Payouts payouts, Connection connection) throws SQLException {
        Map<PayoutStatus, Long> totals = new EnumMap<>(PayoutStatus.class);
        for (PayoutStatus status : PayoutStatus.values()) {
            long total = payouts.list(PayoutQuery.FIRST_PAGE.status(status).page(1, 0))
                    .total();
            if (total != 0) {
                totals.put(status, total);
            }
        }
        Map<PayoutStatus, Long> counted = new EnumMap<>(PayoutStatus.class);
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "select p.status, count(*) from holdfast.payout p join holdfast.ledger l using (ledger_id)"
                                + " where l.name = '" + bench.ledger.name() + "' group by 1")) {
            while (rows.next()) {
                counted.put(PayoutStatus.valueOf(rows.getString(1)), rows.getLong(2));
            }
        }
        assertThat(totals).isEqualTo(counted);
        assertThat(payouts.list(PayoutQuery.FIRST_PAGE.page(1, 0)).total())
                .isEqualTo(counted.values().stream().mapToLong(Long::longValue).sum());
    }

    private boolean isQueued(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select exists (select from holdfast.payout_feed_queue q"
                        + " join holdfast.ledger l using (ledger_id) where l.name = '" + bench.ledger.name() + "')")) {
            rows.next();
            return rows.getBoolean(1);
        }
    }

    private static Outcome outcome(Random random, String reference) {
        return switch (random.nextInt(4)) {
            case 0 -> timeout();
            case 1 -> accepted(reference);
            case 2 -> rejected(FailureReason.DECLINED);
            default -> succeeded(reference);
        };
    }

    private void open(String owner, Currency currency) {
        Wallets wallets = new Wallets(bench.ledger);
        wallets.open(owner, currency);
        wallets.fund(owner, Money.of(currency, "10000000"), "for " + owner + " in " + currency);
    }

    private static PayoutRequest from(Account wallet, String key, int number) {
        Recipient recipient = Recipient.MobileMoney.of("+25571234" + (5_000 + number));
        return PayoutRequest.of(key, wallet, Money.of(wallet.currency(), "5000"), recipient)
                .via("one");
    }
}
