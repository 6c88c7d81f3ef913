package io.holdfast.ledger.postgres.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class GroupWorkTest {

    private static final int GROUP_MAX = 8;

    /** So many wait that a group may begin beside another. */
    private static final int BESIDE = 2;

    private final ExecutorService threads = Executors.newFixedThreadPool(64);
    private final Collection<List<Integer>> groups = new ConcurrentLinkedQueue<>();
    private final CountDownLatch goOn = new CountDownLatch(1);

    @AfterEach
    void end() {
        goOn.countDown();
        threads.shutdownNow();
    }

    @Test
    void a_group_begins_beside_another_once_enough_wait() throws Exception {
        GroupWork<Integer, String> work = work(2, this::recordedAndHeld);
        List<Future<String>> results = new ArrayList<>(List.of(submit(work, 0)));
        awaitGroups(1);

        FutureTask<String> second = new FutureTask<>(() -> work.submit(1));
        Thread waiting = new Thread(second);
        waiting.start();
        while (waiting.isAlive() && waiting.getState() != Thread.State.TIMED_WAITING) {
            Thread.sleep(1);
        }
        results.add(second);
        assertThat(groups).containsExactly(List.of(0));

        results.add(submit(work, 2));
        awaitGroups(2);
        assertThat(List.copyOf(groups).get(1)).hasSize(BESIDE);
        assertThat(answers(results)).containsExactly("done 0", "done 1", "done 2");
    }

    @Test
    void who_brings_something_later_does_not_wait_for_a_group_that_is_stuck() throws Exception {
        GroupWork<Integer, String> work = work(1, brought -> {
            groups.add(brought);
            if (brought.contains(0)) {
                awaitGoOn();
            }
            return done(brought);
        });
        Future<String> stuck = submit(work, 0);
        awaitGroups(1);

        assertThat(work.submit(1)).isEqualTo("done 1");
        assertThat(work.submit(2)).isEqualTo("done 2");

        assertThat(stuck).isNotDone();
        goOn.countDown();
        assertThat(stuck.get()).isEqualTo("done 0");
    }

    @Test
    void no_more_groups_are_under_way_than_may_be() throws Exception {
        for (int atOnce : List.of(1, 3)) {
            AtomicInteger underWay = new AtomicInteger();
            AtomicInteger most = new AtomicInteger();
            GroupWork<Integer, String> work = work(atOnce, brought -> {
                most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
                pause(2);
                underWay.decrementAndGet();
                return done(brought);
            });

            assertThat(answers(submitMany(work, 2_000))).hasSize(2_000);

            assertThat(most).hasValue(atOnce);
            assertThat(underWay).hasValue(0);
        }
    }

    @Test
    void each_gets_what_came_of_its_own_however_groups_overlap() throws Exception {
        GroupWork<Integer, String> work = work(3, brought -> {
            groups.add(brought);
            return done(brought);
        });

        List<String> answers = answers(submitMany(work, 5_000));

        for (int i = 0; i < answers.size(); i++) {
            assertThat(answers.get(i)).isEqualTo("done " + i);
        }
        assertThat(groups)
                .allSatisfy(group -> assertThat(group).hasSizeLessThanOrEqualTo(GROUP_MAX))
                .anySatisfy(group -> assertThat(group).hasSizeGreaterThan(1));
        assertThat(groups.stream().flatMap(List::stream)).hasSize(5_000).doesNotHaveDuplicates();
    }

    @Test
    void one_that_is_at_fault_fails_alone() throws Exception {
        GroupWork<Integer, String> work = work(2, brought -> {
            if (brought.contains(13)) {
                throw new IllegalArgumentException("13");
            }
            return done(brought);
        });

        List<Future<String>> results = submitMany(work, 200);

        assertThatThrownBy(() -> results.remove(13).get()).hasRootCauseMessage("13");
        assertThat(answers(results)).hasSize(199);
    }

    @Test
    void those_just_served_are_waited_for() throws Exception {
        GroupWork<Integer, String> work = work(1, brought -> {
            groups.add(brought);
            pause(20);
            return done(brought);
        });
        List<Future<String>> results = new ArrayList<>();
        for (int caller = 0; caller < GROUP_MAX; caller++) {
            int first = caller * 100;
            results.add(threads.submit(() -> {
                for (int i = 0; i < 40; i++) {
                    work.submit(first + i);
                }
                return "done";
            }));
        }

        answers(results);

        // Without waiting they come in two halves, one of which queues while the other is served.
        assertThat(groups.stream().filter(group -> group.size() == GROUP_MAX).count())
                .isGreaterThan(groups.size() / 3);
    }

    private static GroupWork<Integer, String> work(int atOnce, Function<List<Integer>, List<String>> work) {
        return new GroupWork<>(GROUP_MAX, atOnce, work);
    }

    private List<String> recordedAndHeld(List<Integer> brought) {
        groups.add(brought);
        if (groups.size() == 1) {
            awaitGoOn();
        } else {
            goOn.countDown();
        }
        return done(brought);
    }

    private void awaitGoOn() {
        try {
            goOn.await();
        } catch (InterruptedException broken) {
            throw new IllegalStateException(broken);
        }
    }

    private static List<String> done(List<Integer> brought) {
        return brought.stream().map(one -> "done " + one).toList();
    }

    private List<Future<String>> submitMany(GroupWork<Integer, String> work, int count) {
        List<Future<String>> results = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            results.add(submit(work, i));
        }
        return results;
    }

    private Future<String> submit(GroupWork<Integer, String> work, int one) {
        return threads.submit(() -> work.submit(one));
    }

    private void awaitGroups(int count) throws InterruptedException {
        while (groups.size() < count) {
            Thread.sleep(1);
        }
    }

    private static List<String> answers(List<Future<String>> results) throws Exception {
        List<String> answers = new ArrayList<>();
        for (Future<String> result : results) {
            answers.add(result.get(30, TimeUnit.SECONDS));
        }
        return answers;
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException broken) {
            throw new IllegalStateException(broken);
        }
    }
}
