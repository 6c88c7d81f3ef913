package io.holdfast.payout.engine;

import static io.holdfast.payout.engine.Guarded.assertGuarded;
import static io.holdfast.payout.engine.PayoutBench.ALICE;
import static io.holdfast.payout.engine.PayoutBench.ASHA;
import static io.holdfast.payout.engine.PayoutBench.TZS;
import static io.holdfast.payout.engine.PayoutBench.succeeded;
import static io.holdfast.payout.engine.PayoutBench.timeout;
import static io.holdfast.payout.engine.PayoutBench.tzs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.holdfast.db.testing.TestDatabase;
import io.holdfast.ledger.Wallets;
import io.holdfast.payout.Payout;
import io.holdfast.payout.PayoutEvent;
import io.holdfast.payout.PayoutFeed;
import io.holdfast.payout.PayoutQuery;
import io.holdfast.payout.PayoutRequest;
import io.holdfast.payout.PayoutStatus;
import io.holdfast.payout.spi.Recipient;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jooq.exception.DataAccessException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class FeedTest {

    private static final TestDatabase DATABASE = TestDatabase.create();
    private static final int NODES = 4;
    private static final int HOSTS = 3;
    private static final int PROCESSORS = 3;
    private static final int PAYOUTS_OF_EACH = 8;

    private final PayoutBench bench = new PayoutBench(DATABASE);
    private final ScriptedProvider one = bench.provider("one");

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    @Test
    void transitions_come_once_each_in_their_order_and_without_gaps() {
        bench.engine(one.onSend(succeeded("r1"), timeout()));
        Payout first = bench.request("p1");
        bench.run();
        Payout second = bench.request("p2");
        bench.run();

        List<PayoutEvent> events = bench.feed().after(0, 100);

        assertThat(events).extracting(PayoutEvent::number).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
        assertThat(events).extracting(event -> event.key().value()).containsExactly("p1", "p1", "p1", "p2", "p2", "p2");
        assertThat(of(events, first)).isEqualTo(bench.payouts().history(first.id()));
        assertThat(of(events, second)).isEqualTo(bench.payouts().history(second.id()));
        assertThat(bench.feed().after(4, 1)).extracting(PayoutEvent::number).containsExactly(5L);
        assertThat(bench.feed().after(6, 100)).isEmpty();
    }

    @Test
    void one_round_numbers_all_that_is_due_however_many_statements_wrote_it() {
        bench.engine(builder -> builder.fees(List.of()), one.onSend(succeeded("r1")));
        for (int statement = 0; statement < 5; statement++) {
            String key = "s" + statement + "-";
            bench.payouts()
                    .requestAll(IntStream.range(0, 350)
                            .mapToObj(i -> PayoutRequest.of(key + i, ALICE, tzs(1), ASHA)
                                    .via("one"))
                            .toList());
        }

        bench.runUnchecked();

        assertThat(bench.feed().after(1_000, 1_000)).hasSize(752);
    }

    @Test
    void what_a_host_has_not_committed_is_skipped_by_nobody() throws SQLException {
        bench.engine(one.onSend(succeeded("r1"), succeeded("r2")));
        open("bob");
        try (Connection host = DATABASE.dataSource().getConnection()) {
            host.setAutoCommit(false);
            Payout early = bench.payouts().within(host).request(from("bob", "early"));
            bench.request("later");
            bench.run();
            assertThat(bench.feed().after(0, 100))
                    .extracting(event -> event.key().value())
                    .containsOnly("later")
                    .hasSize(3);

            host.commit();
            bench.run();

            assertThat(bench.feed().after(3, 100))
                    .extracting(PayoutEvent::number)
                    .containsExactly(4L, 5L, 6L);
            assertThat(of(bench.feed().after(3, 100), early))
                    .isEqualTo(bench.payouts().history(early.id()));
        }
    }

    @Test
    void a_reader_misses_nothing_however_many_processors_and_open_transactions_there_are() throws Exception {
        IntStream.range(0, HOSTS).forEach(host -> open("host" + host));
        AtomicInteger references = new AtomicInteger();
        IntStream.range(0, HOSTS * PAYOUTS_OF_EACH)
                .forEach(i -> one.onSendDo(() -> succeeded("r" + references.incrementAndGet())));
        bench.engine(one);
        List<PayoutEvent> read = new ArrayList<>();
        ExecutorService pool = Executors.newFixedThreadPool(HOSTS + PROCESSORS);
        try {
            List<Future<?>> hosts = new ArrayList<>();
            for (int host = 0; host < HOSTS; host++) {
                Random random = new Random(host);
                int number = host;
                hosts.add(pool.submit(() -> request(number, random)));
            }
            List<Future<?>> processors = new ArrayList<>();
            for (int processor = 0; processor < PROCESSORS; processor++) {
                processors.add(pool.submit(() -> {
                    while (hosts.stream().anyMatch(host -> !host.isDone())) {
                        bench.runUnchecked();
                    }
                }));
            }
            while (processors.stream().anyMatch(processor -> !processor.isDone())) {
                read.addAll(bench.feed().after(read.size(), 7));
            }
            for (Future<?> host : hosts) {
                host.get(60, TimeUnit.SECONDS);
            }
            for (Future<?> processor : processors) {
                processor.get(60, TimeUnit.SECONDS);
            }
        } finally {
            pool.shutdownNow();
        }
        while (bench.run() > 0) {
            // What the processors had left.
        }
        read.addAll(bench.feed().after(read.size(), 1_000));

        assertIsWhole(read);
        bench.assertBooks();
    }

    @Test
    void a_consumer_goes_on_from_where_its_own_transaction_left_it() throws SQLException {
        bench.sent(one, succeeded("r1"));

        assertThat(bench.feed().offset("mail")).isZero();
        try (Connection host = DATABASE.dataSource().getConnection()) {
            host.setAutoCommit(false);
            PayoutFeed joined = bench.feed().within(host);
            joined.advance("mail", 2);
            assertThat(joined.offset("mail")).isEqualTo(2);
            host.rollback();
        }
        assertThat(bench.feed().offset("mail")).isZero();
        bench.feed().advance("mail", 3);
        assertThat(bench.feed().offset("mail")).isEqualTo(3);
        assertThat(bench.feed().offset("other")).isZero();
        bench.feed().advance("mail", 1);
        assertThat(bench.feed().after(bench.feed().offset("mail"), 10)).hasSize(2);
    }

    @Test
    void a_consumer_on_two_nodes_does_each_thing_once() throws Exception {
        bench.sent(one, succeeded("r1"));
        List<PayoutEvent> done = Collections.synchronizedList(new ArrayList<>());
        ExecutorService pool = Executors.newFixedThreadPool(NODES);
        try {
            List<Future<?>> nodes = new ArrayList<>();
            CyclicBarrier together = new CyclicBarrier(NODES);
            for (int node = 0; node < NODES; node++) {
                nodes.add(pool.submit(() -> {
                    together.await(60, TimeUnit.SECONDS);
                    consume(2, done);
                    consume(2, done);
                    return null;
                }));
            }
            for (Future<?> node : nodes) {
                node.get(60, TimeUnit.SECONDS);
            }
        } finally {
            pool.shutdownNow();
        }

        assertThat(done).extracting(PayoutEvent::number).containsExactly(1L, 2L, 3L);
        assertThat(bench.feed().offset("mail")).isEqualTo(3);
    }

    /** Does what is new to the consumer in one transaction. */
    private void consume(int limit, List<PayoutEvent> done) throws Exception {
        try (Connection host = DATABASE.dataSource().getConnection()) {
            host.setAutoCommit(false);
            PayoutFeed joined = bench.feed().within(host);
            List<PayoutEvent> events = joined.after(joined.offset("mail"), limit);
            Thread.sleep(20);
            if (!events.isEmpty()) {
                done.addAll(events);
                joined.advance("mail", events.get(events.size() - 1).number());
            }
            host.commit();
        }
    }

    @Test
    void a_node_above_read_committed_that_waited_for_another_is_told_to_begin_again() throws Exception {
        bench.sent(one, succeeded("r1"));
        bench.feed().advance("mail", 1);
        try (Connection host = DATABASE.dataSource().getConnection()) {
            host.setAutoCommit(false);
            host.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            PayoutFeed joined = bench.feed().within(host);
            assertThat(joined.after(1, 10)).hasSize(2);
            bench.feed().advance("mail", 3);

            assertThatExceptionOfType(DataAccessException.class)
                    .isThrownBy(() -> joined.offset("mail"))
                    .satisfies(failure -> assertThat(failure.sqlState()).isEqualTo("40001"));
            host.rollback();

            assertThat(joined.offset("mail")).isEqualTo(3);
            host.rollback();
            host.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            host.setAutoCommit(true);
        }
    }

    @Test
    void offsets_names_and_limits_out_of_range_are_refused() {
        bench.engine(one);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> bench.feed().advance("mail", 1))
                .withMessage("Offset 1 of consumer \"mail\": the feed goes from 0 to 0");
        assertThatIllegalArgumentException().isThrownBy(() -> bench.feed().advance("mail", -1));
        assertThatIllegalArgumentException().isThrownBy(() -> bench.feed().offset(" "));
        assertThatIllegalArgumentException().isThrownBy(() -> bench.feed().after(-1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> bench.feed().after(0, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> bench.feed().after(0, 1_001));
    }

    @Test
    void the_database_takes_no_gap_and_no_change() {
        Payout payout = bench.sent(one, succeeded("r1"));
        String which = " from holdfast.payout where payout_id = '" + payout.id() + "'";

        String row = "insert into holdfast.payout_feed select ledger_id, %d, array[payout_id%s], array[%s]" + which;
        assertGuarded(DATABASE, String.format(row, 3, "", "3"), "23505");
        assertGuarded(DATABASE, String.format(row, 5, "", "3"), "HF001");
        assertGuarded(DATABASE, String.format(row, 4, ", payout_id", "2, 3"), "HF001");
        assertGuarded(DATABASE, String.format(row, 4, "", "9"), "23503");
        assertGuarded(DATABASE, String.format(row, 0, "", "1"), "HF001");
        assertGuarded(DATABASE, "update holdfast.payout_feed set last_no = last_no + 1", "HF001");
        assertGuarded(DATABASE, "delete from holdfast.payout_feed", "HF001");
    }

    /** Requests payouts in transactions that stay open for a while, and rolls some of them back. */
    private void request(int host, Random random) {
        for (int i = 0; i < PAYOUTS_OF_EACH; i++) {
            try (Connection connection = DATABASE.dataSource().getConnection()) {
                connection.setAutoCommit(false);
                bench.payouts().within(connection).request(from("host" + host, "h" + host + "-" + i));
                Thread.sleep(random.nextInt(30));
                if (random.nextInt(4) == 0) {
                    connection.rollback();
                } else {
                    connection.commit();
                }
            } catch (SQLException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private void assertIsWhole(List<PayoutEvent> read) {
        assertThat(read)
                .extracting(PayoutEvent::number)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, read.size()).boxed().toList());
        List<Payout> payouts = bench.payouts().list(PayoutQuery.FIRST_PAGE).items();
        assertThat(payouts).isNotEmpty().allSatisfy(payout -> {
            assertThat(payout.status()).isEqualTo(PayoutStatus.SUCCEEDED);
            assertThat(of(read, payout)).isEqualTo(bench.payouts().history(payout.id()));
        });
        assertThat(read).hasSize(payouts.size() * 3);
    }

    private void open(String owner) {
        Wallets wallets = new Wallets(bench.ledger);
        wallets.open(owner, TZS);
        wallets.fund(owner, tzs(1_000_000), "for " + owner);
    }

    /** Returns a request from a wallet of its own to a recipient of its own: an open transaction keeps both locked. */
    private static PayoutRequest from(String owner, String key) {
        Recipient recipient = Recipient.MobileMoney.of("+2557123456" + (10 + Math.floorMod(owner.hashCode(), 60)));
        return PayoutRequest.of(key, Wallets.account(owner, TZS), tzs(5_000), recipient)
                .via("one");
    }

    private static List<Object> of(List<PayoutEvent> events, Payout payout) {
        return events.stream()
                .filter(event -> event.payout().equals(payout.id()))
                .<Object>map(PayoutEvent::transition)
                .toList();
    }
}
