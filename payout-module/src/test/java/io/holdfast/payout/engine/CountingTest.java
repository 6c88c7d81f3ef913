package io.holdfast.payout.engine;

import static io.holdfast.db.generated.Tables.LEDGER;
import static io.holdfast.db.generated.Tables.PAYOUT_USAGE;
import static io.holdfast.payout.engine.PayoutBench.ALICE;
import static io.holdfast.payout.engine.PayoutBench.ASHA;
import static io.holdfast.payout.engine.PayoutBench.TZS;
import static io.holdfast.payout.engine.PayoutBench.rejected;
import static io.holdfast.payout.engine.PayoutBench.succeeded;
import static io.holdfast.payout.engine.PayoutBench.tzs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.holdfast.db.testing.TestDatabase;
import io.holdfast.ledger.Account;
import io.holdfast.ledger.Wallets;
import io.holdfast.payout.Payout;
import io.holdfast.payout.PayoutLimit;
import io.holdfast.payout.PayoutLimit.Span;
import io.holdfast.payout.PayoutLimit.Subject;
import io.holdfast.payout.PayoutLimits;
import io.holdfast.payout.PayoutQuery;
import io.holdfast.payout.PayoutRefusedException;
import io.holdfast.payout.PayoutRequest;
import io.holdfast.payout.Payouts;
import io.holdfast.payout.spi.FailureReason;
import io.holdfast.payout.spi.Outcome;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jooq.SQLDialect;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** When payouts are counted for limits: not before there are any, and then all of the month. */
class CountingTest {

    private static final TestDatabase DATABASE = TestDatabase.create();
    private static final PayoutLimits SEVEN_THOUSAND_A_MONTH =
            PayoutLimits.NONE.limits(List.of(PayoutLimit.amount(Subject.WALLET, Span.MONTH, tzs(7_000))));

    private final PayoutBench bench = new PayoutBench(DATABASE);

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    @Test
    void nothing_is_counted_while_no_limit_asks() {
        bench.engine(builder -> builder.limits(PayoutLimits.NONE.limits(List.of(PayoutLimit.ofPayout(tzs(5_000))))));
        PayoutEngine unlimited = unlimited();

        unlimited.payouts().request(aRequest("p1", 1_000));
        unlimited
                .payouts()
                .cancel(unlimited.payouts().request(aRequest("p2", 1_000)).id());

        assertThat(counted()).isZero();
        bench.assertBooks();
    }

    @Test
    void a_limit_that_is_new_counts_what_the_month_has_had() {
        PayoutEngine unlimited = unlimited(succeeded("r1"), rejected(FailureReason.DECLINED));
        unlimited.payouts().request(aRequest("old", 3_000));
        bench.clock.move(Duration.ofDays(31));
        unlimited.payouts().request(aRequest("fails", 1_000));
        unlimited.processor().runOnce(1);
        unlimited.processor().runOnce(1);
        unlimited.payouts().request(aRequest("p1", 2_000));
        unlimited
                .payouts()
                .cancel(unlimited.payouts().request(aRequest("p2", 1_000)).id());

        PayoutEngine limited = limited(SEVEN_THOUSAND_A_MONTH);

        Payout third = limited.payouts().request(aRequest("p3", 4_000));
        assertThat(refusal(limited.payouts(), "p4", 1_001)).contains("beside TZS 6000.00");
        limited.payouts().cancel(third.id());
        limited.payouts().request(aRequest("p5", 5_000));
        bench.assertBooks();
    }

    @Test
    void whoever_has_no_limits_counts_too_once_others_have_them() {
        PayoutEngine unlimited = unlimited();
        unlimited.payouts().request(aRequest("p1", 1_000));
        PayoutEngine limited = limited(SEVEN_THOUSAND_A_MONTH);
        limited.payouts().request(aRequest("p2", 1_000));

        unlimited.payouts().request(aRequest("p3", 4_000));
        unlimited
                .payouts()
                .cancel(unlimited.payouts().request(aRequest("p4", 1_000)).id());

        assertThat(refusal(limited.payouts(), "p5", 1_001)).contains("beside TZS 6000.00");
        bench.assertBooks();
    }

    @Test
    void counting_begins_beside_a_transaction_of_the_host() throws Exception {
        PayoutEngine unlimited = unlimited();
        unlimited.payouts().request(aRequest("p1", 3_000));
        PayoutEngine limited = limited(SEVEN_THOUSAND_A_MONTH);
        try (Connection connection = bench.dataSource.getConnection()) {
            connection.setAutoCommit(false);

            Payouts joined = limited.payouts().within(connection);
            joined.request(aRequest("p2", 3_000));
            assertThat(refusal(joined, "p3", 1_001)).contains("beside TZS 6000.00");

            connection.rollback();
        }
        limited.payouts().request(aRequest("p4", 4_000));
        bench.assertBooks();
    }

    @Test
    void an_engine_starts_beside_a_node_that_keeps_counting_from_beginning() throws Exception {
        PayoutEngine unlimited = unlimited();
        PayoutEngine limited;
        execute("alter function holdfast.begin_counting_usage(integer) set lock_timeout = '100ms'");
        try (Connection connection = DATABASE.dataSource().getConnection()) {
            connection.setAutoCommit(false);
            unlimited.payouts().within(connection).request(aRequest("p1", 3_000));

            limited = limited(SEVEN_THOUSAND_A_MONTH);

            connection.commit();
        } finally {
            execute("alter function holdfast.begin_counting_usage(integer) set lock_timeout = '60s'");
        }
        assertThat(counted()).isZero();
        assertThat(refusal(limited.payouts(), "p2", 4_001)).contains("beside TZS 3000.00");
        bench.assertBooks();
    }

    @Test
    void a_host_needs_no_second_connection_for_its_first_request() throws Exception {
        PayoutEngine limited = limited(SEVEN_THOUSAND_A_MONTH);
        try (Connection connection = bench.dataSource.getConnection()) {
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            assertThat(bench.dataSource.heldByThisThread()).isEqualTo(1);
            int taken = bench.dataSource.takenByThisThread();

            limited.payouts().within(connection).request(aRequest("p1", 3_000));

            assertThat(bench.dataSource.takenByThisThread()).isEqualTo(taken);
            connection.commit();
            connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            connection.setAutoCommit(true);
        }
        bench.assertBooks();
    }

    @Test
    void a_host_that_has_read_before_counting_began_is_told_to_begin_again() throws Exception {
        PayoutEngine unlimited = unlimited();
        PayoutEngine limited;
        Wallets wallets = new Wallets(bench.ledger);
        wallets.open("bob", TZS);
        wallets.fund("bob", tzs(10_000), "bob's");
        Account bob = Wallets.account("bob", TZS);
        try (Connection connection = bench.dataSource.getConnection()) {
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            Payouts joined = unlimited.payouts().within(connection);
            assertThat(joined.list(PayoutQuery.FIRST_PAGE).total()).isZero();
            limited = limited(SEVEN_THOUSAND_A_MONTH);
            // Of another wallet: who changes the same one is told so by its row already.
            limited.payouts()
                    .request(PayoutRequest.of("p1", bob, tzs(1_000), ASHA).via("one"));

            assertThatExceptionOfType(DataAccessException.class)
                    .isThrownBy(() -> joined.request(aRequest("p2", 3_000)))
                    .satisfies(failure -> assertThat(failure.sqlState()).isEqualTo("40001"));
            connection.rollback();

            joined.request(aRequest("p2", 3_000));
            connection.commit();
            connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            connection.setAutoCommit(true);
        }
        assertThat(refusal(limited.payouts(), "p3", 4_001)).contains("beside TZS 3000.00");
        bench.assertBooks();
    }

    @Test
    void payouts_that_are_requested_and_called_off_while_counting_begins_are_counted_once() throws Exception {
        new Wallets(bench.ledger).fund("alice", tzs(1_000_000), "more");
        PayoutEngine unlimited = unlimited();
        PayoutLimits limits =
                PayoutLimits.NONE.limits(List.of(PayoutLimit.count(Subject.WALLET, Span.MONTH, TZS, 1_000)));
        List<Callable<Object>> work = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            String key = "p" + i;
            boolean isLimited = i > 40 && i % 2 == 0;
            boolean isCalledOff = i % 3 == 0;
            work.add(() -> {
                Payouts payouts = (isLimited ? limited(limits) : unlimited).payouts();
                Payout requested = payouts.request(aRequest(key, 100));
                return isCalledOff ? payouts.cancel(requested.id()) : requested;
            });
        }

        all(work);

        assertThat(counted()).isEqualTo(2);
        bench.assertBooks();
    }

    @Test
    void of_equal_requests_to_two_engines_at_once_one_is_taken() throws Exception {
        PayoutLimits noDuplicates = PayoutLimits.NONE.duplicatesWithin(Duration.ofMinutes(10));
        PayoutEngine one = limited(noDuplicates);
        PayoutEngine other = limited(noDuplicates);
        AtomicInteger taken = new AtomicInteger();
        List<Callable<Object>> work = new ArrayList<>();
        for (int i = 0; i < 32; i++) {
            String key = "p" + i;
            Payouts payouts = (i % 2 == 0 ? one : other).payouts();
            work.add(() -> {
                try {
                    payouts.request(aRequest(key, 100));
                    return taken.incrementAndGet();
                } catch (PayoutRefusedException refused) {
                    assertThat(refused.refusal().code()).isEqualTo("DUPLICATE_PAYOUT");
                    return 0;
                }
            });
        }

        all(work);

        assertThat(taken.get()).isEqualTo(1);
        bench.assertBooks();
    }

    private static void all(List<Callable<Object>> work) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(work.size());
        try {
            for (Future<Object> done : threads.invokeAll(work)) {
                done.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static void execute(String sql) throws SQLException {
        try (Connection connection = DATABASE.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private PayoutEngine unlimited(Outcome... answers) {
        return bench.newEngine(
                builder -> builder.fees(List.of()), bench.provider("one").onSend(answers));
    }

    private PayoutEngine limited(PayoutLimits limits) {
        return bench.newEngine(builder -> builder.limits(limits).fees(List.of()), bench.provider("one"));
    }

    private static PayoutRequest aRequest(String key, long amount) {
        return PayoutRequest.of(key, ALICE, tzs(amount), ASHA).via("one");
    }

    private static String refusal(Payouts payouts, String key, long amount) {
        return Refusals.refusal(() -> payouts.request(aRequest(key, amount))).message();
    }

    /** How many rows of counts the ledger has. */
    private long counted() {
        return DSL.using(DATABASE.dataSource(), SQLDialect.POSTGRES)
                .fetchCount(DSL.selectOne()
                        .from(PAYOUT_USAGE)
                        .join(LEDGER)
                        .on(LEDGER.LEDGER_ID.eq(PAYOUT_USAGE.LEDGER_ID))
                        .where(LEDGER.NAME.eq(bench.ledger.name())));
    }
}
