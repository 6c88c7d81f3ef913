package io.holdfast.payout.engine;

import static io.holdfast.payout.engine.PayoutBench.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.db.testing.TestDatabase;
import io.holdfast.ledger.Wallets;
import io.holdfast.payout.Calling;
import io.holdfast.payout.Payout;
import io.holdfast.payout.PayoutStatus;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A round of payouts while calls hang, and on executors that fail. */
class SlowProviderTest {

    private static final TestDatabase DATABASE = TestDatabase.create();

    private final ExecutorService threads = Executors.newFixedThreadPool(4);
    private final ExecutorService runner = Executors.newSingleThreadExecutor();
    private final PayoutBench bench = new PayoutBench(DATABASE);

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    @AfterEach
    void shutDown() {
        threads.shutdownNow();
        runner.shutdownNow();
    }

    @Test
    void what_comes_while_a_provider_hangs_is_sent_by_another_in_the_same_round() throws Exception {
        CountDownLatch isCalled = new CountDownLatch(1);
        CountDownLatch isOver = new CountDownLatch(1);
        engine(
                Calling.on(threads, 4),
                hanging("one", isCalled, isOver),
                bench.provider("two").onSend(succeeded("r2")));
        Payout slow = request("slow", "one");
        Future<Integer> round = runner.submit(() -> bench.run(100));
        await(isCalled);

        Payout quick = request("quick", "two");

        try {
            until(() -> bench.find(quick).status() == PayoutStatus.SUCCEEDED);
            assertThat(round.isDone()).isFalse();
        } finally {
            isOver.countDown();
        }
        assertThat(round.get(30, TimeUnit.SECONDS)).isEqualTo(2);
        assertThat(bench.find(slow).status()).isEqualTo(PayoutStatus.SUCCEEDED);
        bench.assertBooks();
    }

    @Test
    void a_round_that_is_interrupted_while_it_waits_begins_no_more() throws Exception {
        CountDownLatch isCalled = new CountDownLatch(1);
        CountDownLatch isOver = new CountDownLatch(1);
        AtomicBoolean wasInterrupted = new AtomicBoolean();
        ScriptedProvider two = bench.provider("two").onSend(succeeded("r2"));
        engine(Calling.on(threads, 4), hanging("one", isCalled, isOver), two);
        Payout slow = request("slow", "one");
        Thread round = new Thread(() -> {
            bench.run(100);
            wasInterrupted.set(Thread.interrupted());
        });
        round.start();
        await(isCalled);

        round.interrupt();
        until(() -> !round.isInterrupted());
        request("late", "two");
        round.join(Duration.ofMillis(500).toMillis());
        isOver.countDown();
        round.join(TimeUnit.SECONDS.toMillis(30));

        assertThat(wasInterrupted).isTrue();
        assertThat(bench.find(slow).status()).isEqualTo(PayoutStatus.SUCCEEDED);
        assertThat(two.sends()).isEmpty();
    }

    @Test
    void what_an_executor_fails_to_take_is_done_by_who_claimed_it() {
        ScriptedProvider one = bench.provider("one").onSend(succeeded("r1"));
        engine(
                Calling.on(
                        task -> {
                            throw new IllegalStateException("no threads here");
                        },
                        4),
                one);
        Payout payout = request("p1", "one");

        assertThat(bench.run(100)).isEqualTo(1);

        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.SUCCEEDED);
    }

    private ScriptedProvider hanging(String name, CountDownLatch isCalled, CountDownLatch isOver) {
        return bench.provider(name).onSendDo(() -> {
            isCalled.countDown();
            await(isOver);
            return succeeded("r1");
        });
    }

    private void engine(Calling calling, ScriptedProvider... providers) {
        new Wallets(bench.ledger).fund("alice", PayoutBench.tzs(100_000), "more");
        bench.engine(builder -> builder.calling(calling), providers);
    }

    private Payout request(String key, String provider) {
        return bench.payouts().request(bench.aRequest(key).via(provider));
    }

    private static void until(Supplier<Boolean> condition) throws InterruptedException {
        for (int tries = 1; tries <= 1_000 && !condition.get(); tries++) {
            Thread.sleep(10);
        }
        assertThat(condition.get()).isTrue();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
