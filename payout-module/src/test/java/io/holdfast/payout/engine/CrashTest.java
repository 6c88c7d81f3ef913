package io.holdfast.payout.engine;

import static io.holdfast.payout.engine.PayoutBench.accepted;
import static io.holdfast.payout.engine.PayoutBench.succeeded;
import static io.holdfast.payout.engine.PayoutBench.timeout;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.holdfast.db.testing.TestDatabase;
import io.holdfast.payout.Payout;
import io.holdfast.payout.PayoutStatus;
import io.holdfast.payout.spi.Feature;
import io.holdfast.payout.spi.Outcome;
import io.holdfast.payout.spi.Preparation;
import io.holdfast.payout.spi.Resend;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Processors that die at each step, and processors that race. */
class CrashTest {

    private static final TestDatabase DATABASE = TestDatabase.create();
    private static final Duration LEASE = Duration.ofSeconds(60);

    private final PayoutBench bench = new PayoutBench(DATABASE);

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    @Test
    void a_processor_that_dies_before_it_wrote_a_send_down_has_sent_nothing() {
        ScriptedProvider one = bench.provider(
                        "one", ways -> ways.resend(Resend.NEVER).features(Feature.PREPARATION))
                .onPrepare(() -> {
                    throw new Killed();
                })
                .onSend(succeeded("r1"));
        bench.engine(one);
        Payout payout = bench.request("p1");
        assertThatExceptionOfType(Killed.class).isThrownBy(bench::run);
        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.SENDING);

        assertThat(bench.run()).isZero();
        assertThat(bench.runAfter(LEASE, payout).status()).isEqualTo(PayoutStatus.PENDING);
        assertThat(bench.runAfter(Duration.ZERO, payout).status()).isEqualTo(PayoutStatus.SUCCEEDED);

        bench.assertPaid(100);
        assertThat(one.sends()).hasSize(1);
    }

    @Test
    void a_processor_that_dies_once_its_bytes_may_have_left_leaves_doubt_and_the_same_bytes_resolve_it() {
        ScriptedProvider one = bench.provider("one").onSendDo(CrashTest::die).onSend(succeeded("r1"));
        bench.engine(one);
        Payout payout = bench.request("p1");
        assertThatExceptionOfType(Killed.class).isThrownBy(bench::run);

        assertThat(bench.runAfter(LEASE, payout).status()).isEqualTo(PayoutStatus.UNKNOWN);
        bench.assertWallet(13_500, 6_500);
        assertThat(bench.runAfter(Duration.ofSeconds(5), payout).status()).isEqualTo(PayoutStatus.SUCCEEDED);

        bench.assertPaid(100);
        assertThat(one.sends()).hasSize(2);
        assertThat(new HashSet<>(one.sends())).hasSize(1);
    }

    @Test
    void a_processor_that_dies_at_a_provider_that_cannot_be_asked_never_sends_again() {
        ScriptedProvider one =
                bench.provider("one", ways -> ways.resend(Resend.NEVER)).onSendDo(CrashTest::die);
        bench.engine(one);
        Payout payout = bench.request("p1");
        assertThatExceptionOfType(Killed.class).isThrownBy(bench::run);

        bench.runAfter(LEASE, payout);
        bench.runAfter(Duration.ofSeconds(5), payout);

        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.REVIEW);
        assertThat(one.sends()).hasSize(1);
        bench.assertWallet(13_500, 6_500);
    }

    @Test
    void a_processor_that_dies_in_a_resend_or_a_question_costs_only_time() {
        ScriptedProvider one =
                bench.provider("one").onSend(timeout()).onSendDo(CrashTest::die).onSend(accepted("r1"));
        bench.engine(one);
        Payout payout = bench.request("p1");
        bench.run();
        bench.clock.move(Duration.ofSeconds(5));
        assertThatExceptionOfType(Killed.class).isThrownBy(bench::run);

        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.UNKNOWN);
        assertThat(bench.runAfter(LEASE, payout).status()).isEqualTo(PayoutStatus.PROCESSING);
        one.onLookup(succeeded("r1"));
        assertThat(bench.runAfter(Duration.ofSeconds(5), payout).status()).isEqualTo(PayoutStatus.SUCCEEDED);

        bench.assertPaid(100);
    }

    @Test
    void an_answer_that_comes_after_the_lease_is_still_proof() {
        ScriptedProvider one = bench.provider("one", ways -> ways.resend(Resend.NEVER));
        bench.engine(one);
        Payout payout = bench.request("p1");
        one.onSendDo(() -> {
            bench.clock.move(LEASE);
            bench.run();
            assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.UNKNOWN);
            return succeeded("r1");
        });

        bench.runUnchecked();

        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.SUCCEEDED);
        bench.assertPaid(100);
    }

    @Test
    void a_processor_that_lost_its_lease_sends_nothing() {
        ScriptedProvider one = bench.provider("one", ways -> ways.features(Feature.PREPARATION));
        bench.engine(one);
        Payout payout = bench.request("p1");
        one.onPrepare(() -> {
            bench.clock.move(LEASE);
            bench.run();
            bench.payouts().cancel(payout.id());
            return Preparation.NOTHING;
        });

        bench.runUnchecked();

        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.CANCELLED);
        assertThat(one.sends()).isEmpty();
        bench.assertNothingPaid();
    }

    @Test
    void an_adapter_that_throws_has_told_nothing() {
        ScriptedProvider one = bench.provider("one")
                .onSendDo(() -> {
                    throw new IllegalStateException("bug with +255712345678");
                })
                .onSend(succeeded("r1"));
        bench.engine(one);
        Payout payout = bench.request("p1");

        bench.run();

        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.UNKNOWN);
        assertThat(bench.payouts().history(payout.id()))
                .allSatisfy(step -> assertThat(step.detail() + step.evidence()).doesNotContain("255712345678"));
        assertThat(bench.runAfter(Duration.ofSeconds(5), payout).status()).isEqualTo(PayoutStatus.SUCCEEDED);
    }

    @Test
    void sixty_four_threads_with_one_key_make_one_payout_one_hold_and_one_request() throws Exception {
        ScriptedProvider one = bench.provider("one").onSend(succeeded("r1"));
        bench.engine(one);

        List<Payout> payouts = inParallel(64, () -> bench.request("p1"));
        inParallel(8, bench::runUnchecked);

        assertThat(payouts).extracting(Payout::id).containsOnly(payouts.get(0).id());
        assertThat(one.sends()).hasSize(1);
        bench.assertBooks();
        bench.assertPaid(100);
    }

    @Test
    void processors_at_once_never_send_a_payout_twice() throws Exception {
        ScriptedProvider one = bench.provider("one");
        bench.engine(one);
        for (int i = 1; i <= 3; i++) {
            bench.request("p" + i);
            one.onSend(succeeded("r" + i));
        }

        List<Integer> done = inParallel(16, bench::runUnchecked);

        assertThat(done.stream().mapToInt(Integer::intValue).sum()).isEqualTo(3);
        assertThat(one.instructions())
                .extracting(instruction -> instruction.payout())
                .doesNotHaveDuplicates()
                .hasSize(3);
        bench.assertBooks();
        bench.assertWallet(500, 0);
    }

    private static Outcome die() {
        throw new Killed();
    }

    private static <T> List<T> inParallel(int threads, Supplier<T> work) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            CountDownLatch start = new CountDownLatch(1);
            Callable<T> waiting = () -> {
                start.await();
                return work.get();
            };
            List<Future<T>> futures = new ArrayList<>();
            Collections.nCopies(threads, waiting).forEach(one -> futures.add(pool.submit(one)));
            start.countDown();
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(future.get(120, TimeUnit.SECONDS));
            }
            return results;
        } finally {
            pool.shutdownNow();
        }
    }

    /** Stands for the death of the process: nothing catches it. */
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }
}
