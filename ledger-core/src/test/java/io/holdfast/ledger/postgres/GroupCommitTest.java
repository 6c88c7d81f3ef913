package io.holdfast.ledger.postgres;

import static io.holdfast.ledger.postgres.TestLedger.FEES;
import static io.holdfast.ledger.postgres.TestLedger.dataSource;
import static io.holdfast.ledger.postgres.TestLedger.funding;
import static io.holdfast.ledger.postgres.TestLedger.transfer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.holdfast.ledger.Account;
import io.holdfast.ledger.EntryIds;
import io.holdfast.ledger.EntryReference;
import io.holdfast.ledger.Key;
import io.holdfast.ledger.RefusedException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Callers who come at the same time share a transaction, and nobody notices. */
class GroupCommitTest {

    private static final int THREADS = 32;

    private final TestLedger scene = TestLedger.open();
    private final Account wallet = scene.wallet("alice");

    @AfterEach
    void facts_and_projections_agree() {
        scene.assertSound();
    }

    @Test
    void many_callers_share_few_transactions_and_each_gets_its_own_result() throws Exception {
        AtomicInteger commits = new AtomicInteger();
        PostgresLedger ledger = over(onConnection("commit", connection -> commits.incrementAndGet()));
        ledger.balance(wallet);
        commits.set(0);

        List<Key> keys = Threads.race(THREADS, i -> {
            for (int n = 0; n < 20; n++) {
                assertThat(ledger.post(funding(i + "-" + n, wallet, 1)).key()).isEqualTo(Key.of(i + "-" + n));
            }
            return Key.of(i + "-0");
        });

        assertThat(keys).hasSize(THREADS);
        assertThat(commits.get()).isLessThan(THREADS * 20 / 2);
        scene.assertBalance(wallet, THREADS * 20, 0);
    }

    @Test
    void a_refusal_reaches_its_own_caller_and_nobody_else() throws Exception {
        scene.ledger().post(funding("f", wallet, 100));

        List<Boolean> refused = Threads.race(THREADS, i -> {
            try {
                scene.ledger().post(transfer("t" + i, wallet, FEES, i % 2 == 0 ? 1 : 1_000));
                return false;
            } catch (RefusedException refusal) {
                return true;
            }
        });

        for (int i = 0; i < THREADS; i++) {
            assertThat(refused.get(i)).isEqualTo(i % 2 == 1);
        }
        scene.assertBalance(wallet, 100 - THREADS / 2, 0);
    }

    @Test
    void interrupted_callers_are_carried_out_stay_interrupted_and_harm_nobody() throws Exception {
        try (HikariDataSource onlyOne = pool(1)) {
            PostgresLedger ledger = over(onlyOne);

            List<Boolean> interrupted = Threads.race(THREADS, i -> {
                for (int n = 0; n < 10; n++) {
                    if (i % 4 == 0) {
                        Thread.currentThread().interrupt();
                    }
                    ledger.post(funding(i + "-" + n, wallet, 1));
                }
                return Thread.interrupted();
            });

            for (int i = 0; i < THREADS; i++) {
                assertThat(interrupted.get(i)).isEqualTo(i % 4 == 0);
            }
        }
        scene.assertBalance(wallet, THREADS * 10, 0);
    }

    @Test
    void an_interruption_while_the_leader_waits_for_a_connection_fails_nobody() throws Exception {
        try (HikariDataSource onlyOne = pool(1)) {
            PostgresLedger ledger = over(onlyOne);
            Thread leader;
            CompletableFuture<Boolean> posted = new CompletableFuture<>();
            try (Connection taken = onlyOne.getConnection()) {
                leader = new Thread(() -> {
                    ledger.post(funding("led", wallet, 1));
                    posted.complete(Thread.interrupted());
                });
                leader.start();
                awaitWaiting(onlyOne);
                leader.interrupt();
                Thread.sleep(100);
                assertThat(taken.isClosed()).isFalse();
            }

            assertThat(posted.get(30, TimeUnit.SECONDS)).as("still interrupted").isTrue();
        }
        scene.assertBalance(wallet, 1, 0);
    }

    @Test
    void an_interruption_of_the_leader_fails_none_of_those_who_came_with_it() throws Exception {
        CountDownLatch queued = new CountDownLatch(1);
        // The first connection is waited for until the others queue, the second in vain.
        AtomicInteger asked = new AtomicInteger(2);
        DataSource heeding = (DataSource) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, args) -> {
                    int number = asked.incrementAndGet();
                    if (number == 1) {
                        queued.await();
                    } else if (number == 2) {
                        Thread.currentThread().interrupt();
                        throw new SQLException("Interrupted, as by a pool while a connection is waited for");
                    }
                    return invoke(dataSource(), method, args);
                });
        PostgresLedger ledger = over(heeding);
        ledger.balance(wallet);
        asked.set(0);
        AtomicInteger interrupted = new AtomicInteger();
        List<Thread> callers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            String key = "k" + i;
            Thread caller = new Thread(() -> {
                ledger.post(funding(key, wallet, 1));
                interrupted.addAndGet(Thread.interrupted() ? 1 : 0);
            });
            callers.add(caller);
            caller.start();
            awaitWaiting(caller);
        }

        queued.countDown();

        for (Thread caller : callers) {
            caller.join(30_000);
        }
        assertThat(asked).as("one alone, one disturbed, one of the others").hasValue(3);
        assertThat(interrupted).as("stays interrupted").hasValue(1);
        scene.assertBalance(wallet, 4, 0);
    }

    private static void awaitWaiting(HikariDataSource pool) throws InterruptedException {
        for (int i = 0; pool.getHikariPoolMXBean().getThreadsAwaitingConnection() == 0 && i < 500; i++) {
            Thread.sleep(10);
        }
        assertThat(pool.getHikariPoolMXBean().getThreadsAwaitingConnection()).isEqualTo(1);
    }

    @Test
    void a_data_source_that_fails_in_the_middle_fails_its_callers_with_its_own_words_and_then_all_is_well()
            throws Exception {
        AtomicBoolean broken = new AtomicBoolean(false);
        DataSource failing = (DataSource) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, args) -> {
                    if (broken.get() && method.getName().equals("getConnection")) {
                        throw new SQLException("no connection today");
                    }
                    return invoke(dataSource(), method, args);
                });
        PostgresLedger ledger = over(failing);
        broken.set(true);

        List<@Nullable Throwable> failures =
                Threads.race(THREADS, i -> failureOf(() -> ledger.post(funding("k" + i, wallet, 1))));

        assertThat(failures)
                .allSatisfy(failure -> assertThat(failure)
                        .isInstanceOf(DataAccessException.class)
                        .hasMessageContaining("no connection today"));
        broken.set(false);
        Threads.race(THREADS, i -> ledger.post(funding("k" + i, wallet, 1)));
        scene.assertBalance(wallet, THREADS, 0);
    }

    @Test
    void a_connection_lost_at_commit_leaves_each_caller_able_to_find_out_by_repeating() throws Exception {
        AtomicInteger commits = new AtomicInteger();
        PostgresLedger ledger = over(onConnection("commit", connection -> {
            int number = commits.getAndIncrement();
            if (number % 3 == 1) {
                connection.commit();
                throw new SQLException("lost after the commit", "08006");
            } else if (number % 3 == 2) {
                throw new SQLException("lost before the commit", "08006");
            }
        }));

        Threads.race(16, i -> {
            for (int n = 0; n < 10; n++) {
                postUntilAnswered(ledger, i + "-" + n);
            }
            return i;
        });

        scene.assertBalance(wallet, 160, 0);
    }

    private void postUntilAnswered(PostgresLedger ledger, String key) {
        for (int attempt = 0; attempt < 100; attempt++) {
            try {
                ledger.post(funding(key, wallet, 1));
                return;
            } catch (DataAccessException lost) {
                assertThat(lost.sqlState()).isEqualTo("08006");
            }
        }
        throw new AssertionError(key + " was never answered");
    }

    @Test
    void serialization_failures_and_deadlocks_of_its_own_transactions_are_tried_again() {
        AtomicInteger commits = new AtomicInteger();
        PostgresLedger ledger = over(onConnection("commit", connection -> {
            int number = commits.getAndIncrement();
            if (number >= 1 && number <= 4) {
                throw new SQLException("not this time", number % 2 == 0 ? "40001" : "40P01");
            }
        }));

        ledger.post(funding("k", wallet, 1));

        scene.assertBalance(wallet, 1, 0);
        assertThat(commits.get()).isEqualTo(6);
    }

    @Test
    void trouble_with_one_commands_content_is_not_that_of_those_who_came_with_it() throws Exception {
        UUID taken = scene.ledger().post(funding("first", wallet, 1)).id();
        List<Supplier<UUID>> troubles = List.of(() -> taken, () -> {
            throw new IllegalStateException("no id today");
        });

        for (Supplier<UUID> trouble : troubles) {
            assertThat(failuresOfACrowd(trouble)).containsOnlyNulls();
        }

        assertThat(scene.ledger().entry(EntryReference.of(taken)).orElseThrow().key())
                .isEqualTo(Key.of("first"));
        scene.assertBalance(wallet, 1 + 2 * THREADS, 0);
    }

    /** Lets many come while the only connection is taken, and the third id asked for be trouble. */
    private List<@Nullable Throwable> failuresOfACrowd(Supplier<UUID> trouble) throws Exception {
        EntryIds random = new RandomEntryIds();
        AtomicInteger asked = new AtomicInteger();
        try (HikariDataSource onlyOne = pool(1)) {
            PostgresLedger ledger = PostgresLedger.over(onlyOne)
                    .ledger(scene.name())
                    .clock(scene.clock())
                    .ids(at -> asked.incrementAndGet() == 3 ? trouble.get() : random.next(at))
                    .build();
            Connection taken = onlyOne.getConnection();
            CompletableFuture<@Nullable Void> givenBack = CompletableFuture.runAsync(() -> {
                try (taken) {
                    awaitWaiting(onlyOne);
                    Thread.sleep(200);
                } catch (InterruptedException | SQLException failure) {
                    throw new AssertionError(failure);
                }
            });
            String round = taken.toString();
            List<@Nullable Throwable> failures =
                    Threads.race(THREADS, i -> failureOf(() -> ledger.post(funding(round + "-" + i, wallet, 1))));
            givenBack.get(30, TimeUnit.SECONDS);
            return failures;
        }
    }

    private PostgresLedger over(DataSource source) {
        return PostgresLedger.over(source)
                .ledger(scene.name())
                .clock(scene.clock())
                .build();
    }

    private static HikariDataSource pool(int connections) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(TestLedger.jdbcUrl());
        config.setMaximumPoolSize(connections);
        return new HikariDataSource(config);
    }

    interface Tap {
        void before(Connection connection) throws SQLException;
    }

    /** Returns the shared data source, with something done before each call of one method of its connections. */
    private DataSource onConnection(String method, Tap tap) {
        InvocationHandler ofSource = (proxy, called, args) -> {
            Object result = invoke(dataSource(), called, args);
            return result instanceof Connection connection ? tapped(connection, method, tap) : result;
        };
        return (DataSource)
                Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {DataSource.class}, ofSource);
    }

    private Connection tapped(Connection connection, String method, Tap tap) {
        return (Connection) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Connection.class}, (proxy, called, args) -> {
                    if (called.getName().equals(method)) {
                        tap.before(connection);
                    }
                    return invoke(connection, called, args);
                });
    }

    private static Object invoke(Object target, Method method, Object[] args) throws Throwable {
        try {
            return method.invoke(target, args);
        } catch (InvocationTargetException wrapped) {
            throw wrapped.getTargetException();
        }
    }

    private static @Nullable Throwable failureOf(ThrowingCallable call) {
        return catchThrowable(call);
    }

    /** Waits until a caller waits, be it for a connection or for its turn. */
    private static void awaitWaiting(Thread caller) throws InterruptedException {
        Set<Thread.State> waiting = EnumSet.of(Thread.State.WAITING, Thread.State.TIMED_WAITING);
        for (int n = 0; !waiting.contains(caller.getState()) && n < 3_000; n++) {
            Thread.sleep(10);
        }
    }
}
