package io.holdfast.payout.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.db.testing.TestDatabase;
import io.holdfast.payout.Payout;
import io.holdfast.payout.PayoutQuery;
import io.holdfast.payout.PayoutStatus;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Interrupting those who request payouts, over a pool that heeds it, fails nobody. */
class InterruptionTest {

    private static final TestDatabase DATABASE = TestDatabase.create();

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    @Test
    void an_interrupted_caller_is_served_and_stays_interrupted() {
        PayoutBench bench = over(() -> {
            if (Thread.currentThread().isInterrupted()) {
                throw new SQLException("Interrupted, as by a pool that has no connection left");
            }
        });

        Thread.currentThread().interrupt();
        Payout payout = bench.request("p1");

        assertThat(Thread.interrupted()).isTrue();
        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.PENDING);
    }

    @Test
    void a_leader_that_is_interrupted_while_it_waits_for_a_connection_fails_nobody_in_its_group() throws Exception {
        AtomicBoolean isMeant = new AtomicBoolean();
        CountDownLatch queued = new CountDownLatch(1);
        PayoutBench bench = over(() -> {
            if (Thread.currentThread().getName().equals("first")) {
                queued.await();
            } else if (isMeant.compareAndSet(true, false)) {
                Thread.currentThread().interrupt();
                throw new SQLException("Interrupted, as by a pool whose connections are all in use");
            }
        });
        List<String> interrupted = new CopyOnWriteArrayList<>();
        List<Thread> callers = new ArrayList<>();
        for (String key : List.of("first", "second", "third")) {
            Thread caller = new Thread(
                    () -> {
                        bench.request(key);
                        if (Thread.interrupted()) {
                            interrupted.add(key);
                        }
                    },
                    key);
            callers.add(caller);
            caller.start();
            awaitWaiting(caller);
        }

        isMeant.set(true);
        queued.countDown();

        for (Thread caller : callers) {
            caller.join(30_000);
        }
        assertThat(interrupted).containsExactly("second");
        assertThat(bench.payouts()
                        .list(PayoutQuery.FIRST_PAGE.status(PayoutStatus.PENDING))
                        .items())
                .extracting(payout -> payout.key().value())
                .containsExactlyInAnyOrder("first", "second", "third");
        bench.assertBooks();
    }

    private static void awaitWaiting(Thread caller) throws InterruptedException {
        Set<Thread.State> waiting = EnumSet.of(Thread.State.WAITING, Thread.State.TIMED_WAITING);
        for (int i = 0; !waiting.contains(caller.getState()) && i < 3_000; i++) {
            Thread.sleep(10);
        }
        assertThat(caller.getState()).isIn(waiting);
    }

    private interface Wait {
        void forConnection() throws Exception;
    }

    private static PayoutBench over(Wait wait) {
        DataSource heeding = (DataSource) Proxy.newProxyInstance(
                InterruptionTest.class.getClassLoader(),
                new Class<?>[] {DataSource.class},
                (proxy, method, arguments) -> {
                    wait.forConnection();
                    return method.invoke(DATABASE.dataSource(), arguments);
                });
        PayoutBench bench = new PayoutBench(heeding);
        return bench.engine(bench.provider("one"));
    }
}
