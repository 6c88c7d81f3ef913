package io.holdfast.payout.engine;

import static io.holdfast.payout.engine.PayoutBench.ALICE;
import static io.holdfast.payout.engine.PayoutBench.ASHA;
import static io.holdfast.payout.engine.PayoutBench.TZS;
import static io.holdfast.payout.engine.PayoutBench.succeeded;
import static io.holdfast.payout.engine.PayoutBench.tzs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.holdfast.db.testing.TestDatabase;
import io.holdfast.ledger.Account;
import io.holdfast.ledger.AccountTerms;
import io.holdfast.ledger.Wallets;
import io.holdfast.payout.Calling;
import io.holdfast.payout.Payout;
import io.holdfast.payout.PayoutItem;
import io.holdfast.payout.PayoutQuery;
import io.holdfast.payout.PayoutRequest;
import io.holdfast.payout.PayoutStatus;
import io.holdfast.payout.PayoutWorker;
import io.holdfast.payout.spi.Evidence;
import io.holdfast.payout.spi.Outcome;
import io.holdfast.payout.spi.RateLimit;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Many payouts at once, as many as providers take. */
class RunningTest {

    private static final TestDatabase DATABASE = TestDatabase.create();
    private static final int THREADS = 4;

    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private final PayoutBench bench = new PayoutBench(DATABASE);

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    @AfterEach
    void shutDown() {
        threads.shutdownNow();
    }

    @Test
    void as_many_are_sent_at_once_as_the_host_gives_room_for() {
        CyclicBarrier allAreThere = new CyclicBarrier(THREADS);
        ScriptedProvider one = bench.provider("one");
        engine(calling(), one);
        List<Payout> payouts = request(8);
        payouts.forEach(payout -> one.onSendDo(() -> {
            await(allAreThere);
            return succeeded("r-" + payout.key());
        }));

        assertThat(run(100)).isEqualTo(8);

        assertThat(payouts).allSatisfy(payout -> assertThat(status(payout)).isEqualTo(PayoutStatus.SUCCEEDED));
        assertThat(one.sends()).hasSize(8);
        bench.assertBooks();
    }

    @Test
    void no_more_than_allowed_are_under_way_at_one_provider() {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        ScriptedProvider one = bench.provider("one");
        engine(calling().byProvider(2), one);
        List<Payout> payouts = request(8);
        payouts.forEach(payout -> one.onSendDo(() -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            pause();
            now.decrementAndGet();
            return succeeded("r-" + payout.key());
        }));

        assertThat(run(100)).isEqualTo(8);

        assertThat(most.get()).isEqualTo(2);
    }

    @Test
    void a_provider_that_is_slow_keeps_nobody_from_another() throws Exception {
        CountDownLatch slow = new CountDownLatch(1);
        ScriptedProvider one = bench.provider("one").onSendDo(() -> {
            await(slow);
            return succeeded("r-slow");
        });
        ScriptedProvider two = bench.provider("two");
        engine(calling().byProvider(1), one, two);
        request(3);
        for (int i = 1; i <= 3; i++) {
            bench.payouts().request(aRequest("q" + i).via("two"));
            two.onSend(succeeded("s" + i));
        }
        one.onSend(succeeded("r2"), succeeded("r3"));

        Thread runner = new Thread(() -> run(100));
        runner.start();
        until(() -> two.sends().size() == 3);
        assertThat(one.sends()).hasSize(1);
        slow.countDown();
        runner.join(TimeUnit.SECONDS.toMillis(30));

        assertThat(one.sends()).hasSize(3);
        bench.assertBooks();
    }

    @Test
    void what_somebody_else_is_taking_up_keeps_nobody_waiting() throws Exception {
        ScriptedProvider one = bench.provider("one").onSend(succeeded("r2"));
        engine(Calling.ON_THE_CALLERS_THREAD, one);
        List<Payout> payouts = request(2);

        try (Connection other = DATABASE.dataSource().getConnection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("select from holdfast.payout_state where payout_id = '"
                    + payouts.get(0).id() + "' for update");
            Future<Integer> taken = threads.submit(() -> run(100));
            try {
                assertThat(taken.get(30, TimeUnit.SECONDS)).isEqualTo(1);
            } finally {
                other.rollback();
            }
        }

        assertThat(payouts.stream().map(this::status)).containsExactly(PayoutStatus.PENDING, PayoutStatus.SUCCEEDED);
    }

    @Test
    void the_provider_s_rate_is_kept() {
        ScriptedProvider one = bench.provider("one", ways -> ways.rateLimit(new RateLimit(2, Duration.ofMinutes(1))));
        engine(calling(), one);
        request(5).forEach(payout -> one.onSend(succeeded("r-" + payout.key())));

        assertThat(run(100)).isEqualTo(2);
        assertThat(run(100)).isZero();
        bench.clock.move(Duration.ofSeconds(30));
        assertThat(run(100)).isEqualTo(1);
        bench.clock.move(Duration.ofHours(1));
        assertThat(run(100)).isEqualTo(2);

        assertThat(one.sends()).hasSize(5);
    }

    @Test
    void a_provider_that_asks_for_a_pause_gets_it_for_all_its_payouts() {
        ScriptedProvider one = bench.provider("one")
                .onSend(new Outcome.NotExecuted(Optional.of(Duration.ofMinutes(2)), "429", Evidence.NONE));
        engine(Calling.ON_THE_CALLERS_THREAD, one);
        request(2).forEach(payout -> one.onSend(succeeded("r-" + payout.key())));

        assertThat(run(100)).isEqualTo(1);
        bench.clock.move(Duration.ofSeconds(119));
        assertThat(run(100)).isZero();
        bench.clock.move(Duration.ofSeconds(1));
        assertThat(run(100)).isEqualTo(2);

        assertThat(one.sends()).hasSize(3);
        bench.assertBooks();
    }

    @Test
    void a_pause_begins_when_the_provider_asks_for_it() {
        ScriptedProvider one = bench.provider("one").onSendDo(() -> {
            bench.clock.move(Duration.ofSeconds(8));
            return new Outcome.NotExecuted(Optional.of(Duration.ofSeconds(10)), "429", Evidence.NONE);
        });
        engine(Calling.ON_THE_CALLERS_THREAD, one);
        request(2).forEach(payout -> one.onSend(succeeded("r-" + payout.key())));

        assertThat(run(100)).isEqualTo(1);
        bench.clock.move(Duration.ofSeconds(9));
        assertThat(run(100)).isZero();
        bench.clock.move(Duration.ofSeconds(1));
        assertThat(run(100)).isEqualTo(2);
    }

    @Test
    void one_that_the_ledger_would_not_take_does_not_hurt_those_settled_with_it() {
        // The fee account of the odd one is closed, which only its own wallet's currency would show: a closed float.
        CyclicBarrier together = new CyclicBarrier(THREADS);
        ScriptedProvider one = bench.provider("one");
        ScriptedProvider two = bench.provider("two");
        engine(calling(), one, two);
        Account shut = bench.ledger.open(AccountTerms.of("assets:providers:two:float", TZS));
        bench.ledger.close(shut);
        List<Payout> good = request(3);
        Payout bad = bench.payouts().request(aRequest("bad").via("two"));
        good.forEach(payout -> one.onSendDo(() -> {
            await(together);
            return succeeded("r-" + payout.key());
        }));
        two.onSendDo(() -> {
            await(together);
            return succeeded("r-bad");
        });

        assertThat(run(100)).isEqualTo(4);

        assertThat(good).allSatisfy(payout -> assertThat(status(payout)).isEqualTo(PayoutStatus.SUCCEEDED));
        assertThat(status(bad)).isEqualTo(PayoutStatus.PROCESSING);
        assertThat(bench.items()).containsExactly(PayoutItem.Kind.NOT_BOOKED);
        bench.assertBooks();
    }

    @Test
    void a_processor_that_is_interrupted_ends_what_it_began_and_begins_no_more() {
        ScriptedProvider one = bench.provider("one").onSendDo(() -> {
            Thread.currentThread().interrupt();
            return succeeded("r1");
        });
        engine(Calling.ON_THE_CALLERS_THREAD, one);
        List<Payout> payouts = request(2);

        assertThat(run(100)).isEqualTo(1);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(payouts.stream().map(this::status)).containsExactly(PayoutStatus.SUCCEEDED, PayoutStatus.PENDING);
    }

    @Test
    void what_a_task_threw_is_thrown_once_the_others_have_ended() {
        ScriptedProvider one = bench.provider("one").onSendDo(() -> {
            throw new InternalError("died");
        });
        engine(calling(), one);
        request(3).forEach(payout -> one.onSend(succeeded("r-" + payout.key())));

        assertThatExceptionOfType(InternalError.class).isThrownBy(() -> run(3));

        assertThat(bench.payouts()
                        .list(PayoutQuery.FIRST_PAGE.status(PayoutStatus.SENDING))
                        .total())
                .isEqualTo(1);
    }

    @Test
    void a_payout_of_a_provider_that_is_gone_waits_and_hurts_nobody() {
        engine(calling(), bench.provider("one"), bench.provider("two"));
        Payout orphan = bench.payouts().request(aRequest("orphan").via("two"));
        List<Payout> payouts = request(1);
        engine(calling(), bench.provider("one").onSend(succeeded("r1")));

        assertThat(run(100)).isEqualTo(2);

        assertThat(status(orphan)).isEqualTo(PayoutStatus.PENDING);
        assertThat(status(payouts.get(0))).isEqualTo(PayoutStatus.SUCCEEDED);
    }

    @Test
    void a_worker_goes_on_through_failures_until_it_is_stopped() throws Exception {
        ScriptedProvider one = bench.provider("one");
        engine(calling(), one);
        AtomicInteger rounds = new AtomicInteger();
        List<Throwable> failures = new ArrayList<>();
        PayoutWorker worker = new PayoutWorker(
                limit -> {
                    int round = rounds.incrementAndGet();
                    if (round == 1) {
                        throw new IllegalStateException("The database is away");
                    } else if (round == 2) {
                        throw new NoClassDefFoundError("io/holdfast/Missing");
                    }
                    return run(limit);
                },
                10,
                Duration.ofMillis(5),
                failures::add);
        one.onSend(succeeded("r1"), succeeded("r2"), succeeded("r3"));
        List<Payout> payouts = request(3);
        Thread thread = new Thread(worker);
        thread.start();

        until(() -> payouts.stream().allMatch(payout -> status(payout) == PayoutStatus.SUCCEEDED));
        worker.stop();
        thread.join(TimeUnit.SECONDS.toMillis(30));

        assertThat(thread.isAlive()).isFalse();
        assertThat(failures)
                .extracting(Throwable::getMessage)
                .containsExactly("The database is away", "io/holdfast/Missing");
    }

    @Test
    void a_worker_that_is_interrupted_ends() throws Exception {
        PayoutWorker worker = new PayoutWorker(limit -> 0, 10, Duration.ofHours(1), failed -> {});
        Thread thread = new Thread(worker);
        thread.start();

        thread.interrupt();
        thread.join(TimeUnit.SECONDS.toMillis(30));

        assertThat(thread.isAlive()).isFalse();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PayoutWorker(limit -> 0, 0, Duration.ofHours(1), failed -> {}));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PayoutWorker(limit -> 0, 1, Duration.ZERO, failed -> {}));
    }

    @Test
    void a_worker_that_was_stopped_runs_no_more() {
        PayoutWorker worker = new PayoutWorker(limit -> limit, 10, Duration.ofHours(1), failed -> {});
        worker.stop();

        assertThat(threads.submit(worker)).succeedsWithin(Duration.ofSeconds(30));
    }

    @Test
    void calling_nobody_at_once_is_refused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Calling(Runnable::run, 0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> calling().byProvider(0));
    }

    private Calling calling() {
        return Calling.on(threads, THREADS);
    }

    private void engine(Calling calling, ScriptedProvider... providers) {
        bench.engine(builder -> builder.calling(calling), providers);
    }

    private int run(int limit) {
        return bench.run(limit);
    }

    private PayoutStatus status(Payout payout) {
        return bench.find(payout).status();
    }

    private static PayoutRequest aRequest(String key) {
        return PayoutRequest.of(key, ALICE, tzs(5_000), ASHA).via("one");
    }

    private List<Payout> request(int count) {
        new Wallets(bench.ledger).fund("alice", tzs(100_000), "more");
        List<Payout> payouts = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            payouts.add(bench.payouts().request(aRequest("p" + i)));
            bench.clock.move(Duration.ofMillis(1));
        }
        return payouts;
    }

    private static void until(Supplier<Boolean> condition) throws InterruptedException {
        for (int tries = 1; tries <= 3_000 && !condition.get(); tries++) {
            Thread.sleep(10);
        }
        assertThat(condition.get()).isTrue();
    }

    private static void pause() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await(60, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
