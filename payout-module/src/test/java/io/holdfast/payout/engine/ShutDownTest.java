package io.holdfast.payout.engine;

import static io.holdfast.payout.engine.PayoutBench.accepted;
import static io.holdfast.payout.engine.PayoutBench.succeeded;
import static io.holdfast.payout.engine.PayoutBench.tzs;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.db.testing.TestDatabase;
import io.holdfast.ledger.Wallets;
import io.holdfast.payout.Calling;
import io.holdfast.payout.Payout;
import io.holdfast.payout.PayoutStatus;
import io.holdfast.payout.spi.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A round whose executor the host shuts down: what the executor drops is neither waited for nor left in doubt. */
class ShutDownTest {

    private static final TestDatabase DATABASE = TestDatabase.create();

    private final ExecutorService calls = Executors.newFixedThreadPool(1);
    private final ExecutorService runner = Executors.newSingleThreadExecutor();
    private final CountDownLatch isCalled = new CountDownLatch(1);
    private final CountDownLatch isOver = new CountDownLatch(1);
    private final PayoutBench bench = new PayoutBench(DATABASE);
    private final ScriptedProvider one = bench.provider("one").onSendDo(this::hang);

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    @AfterEach
    void shutDown() {
        isOver.countDown();
        calls.shutdownNow();
        runner.shutdownNow();
    }

    @Test
    void a_round_with_room_for_more_ends_and_every_payout_is_sent_once() throws Exception {
        shutDownInRoundOf(4, 8);
    }

    @Test
    void a_round_without_room_for_more_ends_and_every_payout_is_sent_once() throws Exception {
        shutDownInRoundOf(6, 3);
    }

    private void shutDownInRoundOf(int count, int atOnce) throws Exception {
        bench.engine(builder -> builder.calling(Calling.on(calls, atOnce)), one);
        List<Payout> payouts = request(count);
        Future<Integer> round = runner.submit(() -> bench.run(100));
        assertThat(isCalled.await(30, TimeUnit.SECONDS)).isTrue();

        calls.shutdownNow();

        assertThat(round.get(30, TimeUnit.SECONDS)).isEqualTo(count);
        bench.assertBooks();
        bench.engine(one.onLookup(succeeded("r-hung")));
        bench.clock.move(Duration.ofMinutes(1));
        assertThat(bench.run(100)).isOne();
        assertThat(payouts).extracting(payout -> bench.find(payout).status()).containsOnly(PayoutStatus.SUCCEEDED);
        assertThat(one.sends()).hasSize(count);
        bench.assertTotal("assets:providers:one:float", -5_100L * count);
        bench.assertBooks();
    }

    private List<Payout> request(int count) {
        new Wallets(bench.ledger).fund("alice", tzs(100_000), "more");
        for (int i = 2; i <= count; i++) {
            one.onSend(succeeded("r-" + i));
        }
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> bench.request("p" + i))
                .toList();
    }

    private Outcome hang() {
        isCalled.countDown();
        try {
            assertThat(isOver.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException brokenOff) {
            Thread.currentThread().interrupt();
        }
        return accepted("r-hung");
    }
}
