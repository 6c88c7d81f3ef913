package io.holdfast.payout.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * Lets those who come at the same time share one transaction, without a thread of its own. They queue; the first does the
 * work of all that queue, hands the others what came of theirs, and the next in the queue goes on. Work that fails is done
 * in halves, so that what one of them brought does not fail the others.
 *
 * @param <I> what is brought
 * @param <O> what comes of it
 */
final class GroupWork<I, O> {

    private static final int GROUP_MAX = 200;

    private final Function<List<I>, List<O>> work;
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Waiting<I, O>> queue = new ArrayDeque<>();
    private boolean isLed;

    /** Begins with work that, done wholly or not at all, returns what came of each thing brought, in order. */
    GroupWork(Function<List<I>, List<O>> work) {
        this.work = work;
    }

    /** Returns what came of it, and throws what the work of it alone threw. Waits without heeding interruption. */
    O submit(I brought) {
        Waiting<I, O> mine = new Waiting<>(brought, lock.newCondition());
        lock.lock();
        try {
            queue.add(mine);
        } finally {
            lock.unlock();
        }
        List<Waiting<I, O>> led = waitOrLead(mine);
        if (!led.isEmpty()) {
            // A pool of connections heeds an interruption, which is this caller's and not that of those whose work it
            // does.
            boolean isInterrupted = Thread.interrupted();
            try {
                carryOut(led);
            } finally {
                handOver(led);
                if (isInterrupted) {
                    Thread.currentThread().interrupt();
                }
            }
        }
        return mine.result();
    }

    /** Waits until the result is there, and then returns nothing, or until it is this caller's turn to lead. */
    private List<Waiting<I, O>> waitOrLead(Waiting<I, O> mine) {
        lock.lock();
        try {
            while (isLed && !mine.isDone) {
                mine.turn.awaitUninterruptibly();
            }
            List<Waiting<I, O>> led = new ArrayList<>();
            if (!mine.isDone) {
                isLed = true;
                queue.remove(mine);
                led.add(mine);
                while (!queue.isEmpty() && led.size() < GROUP_MAX) {
                    led.add(queue.remove());
                }
            }
            return led;
        } finally {
            lock.unlock();
        }
    }

    private void carryOut(List<Waiting<I, O>> led) {
        try {
            List<O> results = work.apply(led.stream().map(one -> one.brought).toList());
            for (int i = 0; i < led.size(); i++) {
                led.get(i).result = Optional.of(results.get(i));
            }
        } catch (RuntimeException failure) {
            if (led.size() == 1) {
                led.get(0).failure = failure;
            } else {
                carryOut(led.subList(0, led.size() / 2));
                carryOut(led.subList(led.size() / 2, led.size()));
            }
        }
    }

    private void handOver(List<Waiting<I, O>> led) {
        lock.lock();
        try {
            isLed = false;
            for (Waiting<I, O> one : led) {
                one.isDone = true;
                one.turn.signal();
            }
            if (!queue.isEmpty()) {
                queue.element().turn.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Somebody in the queue. The fields are written by the leader and read under the lock or by the leader itself. */
    private static final class Waiting<I, O> {

        private final I brought;
        private final Condition turn;
        private boolean isDone;
        private Optional<O> result = Optional.empty();
        private RuntimeException failure =
                new IllegalStateException("The work was broken off; how far it came is in the database");

        Waiting(I brought, Condition turn) {
            this.brought = brought;
            this.turn = turn;
        }

        O result() {
            return result.orElseThrow(() -> failure);
        }
    }
}
