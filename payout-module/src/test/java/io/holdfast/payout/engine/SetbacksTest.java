package io.holdfast.payout.engine;

import static io.holdfast.payout.engine.PayoutBench.succeeded;
import static io.holdfast.payout.engine.PayoutBench.tzs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.InstanceOfAssertFactories.THROWABLE;

import io.holdfast.db.testing.TestDatabase;
import io.holdfast.ledger.Wallets;
import io.holdfast.payout.Calling;
import io.holdfast.payout.Payout;
import io.holdfast.payout.PayoutStatus;
import io.holdfast.payout.PayoutWorker;
import io.holdfast.payout.engine.CountingDataSource.Lost;
import io.holdfast.payout.spi.Evidence;
import io.holdfast.payout.spi.Outcome;
import io.holdfast.payout.spi.RateLimit;
import io.holdfast.payout.spi.Resend;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jooq.exception.DataAccessException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What goes wrong in the host's process for a moment stops payouts for no longer. */
class SetbacksTest {

    private static final TestDatabase DATABASE = TestDatabase.create();

    private final PayoutBench bench = new PayoutBench(DATABASE);

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    @Test
    void a_database_that_fails_while_it_is_asked_what_is_due_takes_no_room_from_a_provider() throws SQLException {
        ScriptedProvider one = bench.provider("one").onSend(succeeded("r1"));
        bench.engine(engine -> engine.calling(Calling.ON_THE_CALLERS_THREAD.byProvider(1)), one);
        Payout payout = bench.request("p1");

        execute("alter table holdfast.payout_intent rename to away");
        try {
            assertThatExceptionOfType(DataAccessException.class).isThrownBy(() -> bench.runUnchecked());
        } finally {
            execute("alter table holdfast.away rename to payout_intent");
        }

        assertThat(bench.run()).isEqualTo(1);
        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.SUCCEEDED);
    }

    @ParameterizedTest
    @EnumSource(value = Lost.class, names = "NOT", mode = EnumSource.Mode.EXCLUDE)
    void an_answer_is_recorded_once_although_the_connection_is_lost_at_its_commit(Lost when) {
        ScriptedProvider one = bench.provider("one", ways -> ways.resend(Resend.NEVER));
        one.onSend(succeeded("r1")).onSendDo(() -> {
            bench.dataSource.lose(when);
            return succeeded("r2");
        });
        bench.engine(one);
        bench.request("the-first-opens-accounts");
        bench.run();
        Payout payout = bench.request("p1");

        bench.run();

        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.SUCCEEDED);
        assertThat(bench.payouts().history(payout.id())).hasSize(3);
        bench.assertWallet(7_000, 0);
    }

    @Test
    void what_the_executor_does_not_take_is_done_on_the_thread_that_claimed_it() {
        ScriptedProvider one = bench.provider("one");
        AtomicInteger offered = new AtomicInteger();
        ExecutorService threads = Executors.newSingleThreadExecutor();
        Calling full = Calling.on(
                task -> {
                    if (offered.incrementAndGet() > 1) {
                        throw new RejectedExecutionException("full");
                    }
                    threads.execute(task);
                },
                4);
        bench.engine(engine -> engine.calling(full.byProvider(3)), one);
        List<Payout> payouts = request(6, one);

        assertThat(bench.run(100)).isEqualTo(6);
        threads.shutdown();

        assertThat(one.sends()).hasSize(6);
        assertThat(payouts).extracting(payout -> bench.find(payout).status()).containsOnly(PayoutStatus.SUCCEEDED);
    }

    @Test
    void a_clock_that_was_ahead_for_a_moment_starves_no_provider() {
        ScriptedProvider one = bench.provider("one", ways -> ways.rateLimit(new RateLimit(2, Duration.ofMinutes(1))));
        bench.engine(one);
        bench.clock.move(Duration.ofHours(1));
        assertThat(bench.run(100)).isZero();
        bench.clock.move(Duration.ofHours(-1));
        request(4, one);

        assertThat(bench.run(100)).isEqualTo(2);
        bench.clock.move(Duration.ofMinutes(1));
        assertThat(bench.run(100)).isEqualTo(2);
    }

    @Test
    void nor_does_a_pause_that_began_by_such_a_clock_last_longer_than_the_provider_asked_for() {
        ScriptedProvider one = bench.provider("one").onSendDo(() -> {
            bench.clock.move(Duration.ofHours(1));
            return new Outcome.NotExecuted(Optional.of(Duration.ofSeconds(10)), "429", Evidence.NONE);
        });
        bench.engine(one);
        request(2, one);
        assertThat(bench.run()).isEqualTo(1);
        bench.clock.move(Duration.ofHours(-1));

        assertThat(bench.run(100)).isZero();
        bench.clock.move(Duration.ofSeconds(10));
        assertThat(bench.run(100)).isEqualTo(1);
    }

    @Test
    void an_adapter_that_ends_a_round_keeps_nobody_from_the_feed() {
        ScriptedProvider one = bench.provider("one").onSendDo(() -> {
            throw new InternalError("died");
        });
        bench.engine(one);
        bench.request("p1");

        assertThatExceptionOfType(InternalError.class).isThrownBy(() -> bench.run());

        assertThat(bench.feed().after(0, 10)).hasSize(2);
    }

    @Test
    void a_round_that_fails_says_why_although_the_feed_cannot_be_numbered_either() throws SQLException {
        bench.engine(bench.provider("one"));
        bench.request("p1");

        execute("alter table holdfast.payout_intent rename to away");
        execute("alter function holdfast.number_payout_feed(integer, integer) rename to away");
        try {
            assertThatExceptionOfType(DataAccessException.class)
                    .isThrownBy(() -> bench.runUnchecked())
                    .withMessageContaining("payout_intent")
                    .satisfies(first -> assertThat(first.getSuppressed())
                            .singleElement(THROWABLE)
                            .hasMessageContaining("number_payout_feed"));
        } finally {
            execute("alter function holdfast.away(integer, integer) rename to number_payout_feed");
            execute("alter table holdfast.away rename to payout_intent");
        }
    }

    @Test
    void a_worker_that_was_stopped_before_it_began_takes_nothing_up() {
        AtomicInteger rounds = new AtomicInteger();
        PayoutWorker worker =
                new PayoutWorker(limit -> rounds.incrementAndGet(), 10, Duration.ofHours(1), failed -> {});

        worker.stop();
        worker.run();

        assertThat(rounds.get()).isZero();
    }

    private List<Payout> request(int count, ScriptedProvider one) {
        new Wallets(bench.ledger).fund("alice", tzs(100_000), "more");
        return IntStream.rangeClosed(1, count)
                .mapToObj(number -> {
                    one.onSend(succeeded("r" + number));
                    return bench.request("p" + number);
                })
                .toList();
    }

    private static void execute(String sql) throws SQLException {
        try (Connection connection = DATABASE.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
