package io.holdfast.payout.engine;

import static io.holdfast.payout.engine.PayoutBench.succeeded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.holdfast.db.testing.TestDatabase;
import io.holdfast.payout.Calling;
import io.holdfast.payout.Payout;
import io.holdfast.payout.PayoutStatus;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.jooq.exception.DataAccessException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A round whose database goes away. */
class FailedRoundTest {

    private static final TestDatabase DATABASE = TestDatabase.create();
    private static final long CALL_MILLIS = 300;

    private final Thread host = Thread.currentThread();
    private final AtomicBoolean isAway = new AtomicBoolean();
    private final ExecutorService threads = Executors.newFixedThreadPool(2);

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    @AfterEach
    void shutDown() {
        threads.shutdownNow();
    }

    @Test
    void a_round_that_fails_ends_once_its_calls_have_ended() {
        PayoutBench bench = new PayoutBench(awayForTheHost());
        AtomicBoolean hasEnded = new AtomicBoolean();
        Calling calling = Calling.on(
                task -> {
                    isAway.set(true);
                    threads.execute(task);
                },
                2);
        bench.engine(builder -> builder.calling(calling), bench.provider("one").onSendDo(() -> {
            pause();
            hasEnded.set(true);
            return succeeded("r1");
        }));
        Payout payout = bench.request("p1");

        assertThatExceptionOfType(DataAccessException.class)
                .isThrownBy(() -> bench.run(10))
                .withMessageContaining("away");

        assertThat(hasEnded).isTrue();
        isAway.set(false);
        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.SUCCEEDED);
    }

    private DataSource awayForTheHost() {
        return (DataSource) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
                    if (isAway.get() && Thread.currentThread() == host) {
                        throw new SQLException("The database is away");
                    }
                    return method.invoke(DATABASE.dataSource(), arguments);
                });
    }

    private static void pause() {
        try {
            Thread.sleep(CALL_MILLIS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
