package io.holdfast.ledger.postgres.session;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A queue whose first does the work of all that queue, makes the next in the queue the leader, and hands the others what came
 * of theirs. Where several groups may be under way, the next leads as soon as a large group waits, while the one before still
 * works. A group that is at work for long, because it waits for what somebody else has locked, does not count: others go on
 * beside it. Safe for use by any number of threads.
 *
 * @param <I> what is brought
 * @param <O> what comes of it
 */
final class Lane<I, O> {

    /** How long a leader waits for those who have just been served to come again, and as long again after each that did. */
    private static final long PATIENCE_NANOS = 200_000;

    /** All its waiting, if it is longer, is at most this part of what the work before it took: larger groups are worth that. */
    private static final int PATIENCE_PART = 8;

    /** A group that begins beside another has at least this part of the largest. */
    private static final int BESIDE_PART = 4;

    /** How many groups may be under way beside those that count: each has a connection. */
    private static final int STUCK_MAX = 3;

    private final int groupMax;
    private final int groupsAtOnce;
    private final Work<I, O> work;
    private final long stuckNanos;

    /** Guards the fields below and the queue itself; held for moments only. */
    private final Object lock = new Object();

    private final Deque<Waiting<I, O>> queue = new ArrayDeque<>();
    /** Since when each leader leads. */
    private final Map<Thread, Long> leaders = new HashMap<>();

    /** How many may come again soon: those served together last, and nobody if that was one alone. */
    private int lastServed;

    private long lastTook;

    /** The leader that is about to take what queues: when as many do as {@link #awaited}, it is told. */
    private @Nullable Thread gathering;

    private int awaited;
    private boolean isComplete;

    /** Work done wholly or not at all. */
    interface Work<I, O> {

        /**
         * Returns what came of each thing brought, in order.
         *
         * @param isBesideOther whether another group has been at work for long
         */
        List<O> of(List<I> brought, boolean isBesideOther);
    }

    /**
     * What came of one thing brought.
     *
     * @param failure what the work threw, if it did
     * @param isShared whether others shared the work, of whom any can be at fault for the failure
     */
    record Outcome<O>(@Nullable O result, @Nullable RuntimeException failure, boolean isShared) {

        /** Returns what comes of one thing alone. */
        static <O> Outcome<O> of(Supplier<List<O>> work) {
            try {
                return new Outcome<>(work.get().get(0), null, false);
            } catch (RuntimeException failure) {
                return new Outcome<>(null, failure, false);
            }
        }

        O orElseThrow() {
            if (result != null) {
                return result;
            } else if (failure != null) {
                throw failure;
            }
            throw new IllegalStateException("The work was broken off; how far it came is in the database");
        }
    }

    /**
     * Begins empty.
     *
     * @param groupMax how many are in a group at most
     * @param groupsAtOnce how many groups are under way at most
     * @param stuckAfter after how long one that is under way does not count
     */
    Lane(int groupMax, int groupsAtOnce, Work<I, O> work, Duration stuckAfter) {
        this.groupMax = groupMax;
        this.groupsAtOnce = groupsAtOnce;
        this.work = work;
        this.stuckNanos = stuckAfter.toNanos();
    }

    /** Returns what came of it. Waits without heeding interruption, because the work may be done meanwhile. */
    Outcome<O> submit(I brought) {
        Waiting<I, O> mine = new Waiting<>(brought, Thread.currentThread());
        enqueue(mine);
        mine.awaitTurnOrOutcome(stuckNanos, this::goOnBesideStuck);
        if (mine.turn == Turn.LEADS) {
            List<Waiting<I, O>> led = new ArrayList<>();
            led.add(mine);
            long began = System.nanoTime();
            try {
                gather(led);
                began = System.nanoTime();
                carryOut(led);
            } finally {
                passLead(led.size(), System.nanoTime() - began);
                led.stream().filter(one -> one != mine).forEach(Waiting::wake);
            }
        }
        return mine.outcome;
    }

    private void enqueue(Waiting<I, O> mine) {
        Thread told = null;
        synchronized (lock) {
            queue.add(mine);
            if (gathering == null) {
                told = appointLeader();
            } else if (!isComplete && queue.size() >= awaited) {
                isComplete = true;
                told = gathering;
            }
        }
        LockSupport.unpark(told);
    }

    /** Lets the queue go on should all that is under way be stuck. */
    private void goOnBesideStuck() {
        Thread next;
        synchronized (lock) {
            next = appointLeader();
        }
        LockSupport.unpark(next);
    }

    /** Makes the first in the queue a leader, if there is need of one more, and returns its thread. */
    private @Nullable Thread appointLeader() {
        if (gathering != null || queue.isEmpty()) {
            return null;
        }
        long now = System.nanoTime();
        long atWork = atWork(now);
        int needed = atWork == 0 ? 1 : groupMax / BESIDE_PART;
        if (atWork == groupsAtOnce || leaders.size() == groupsAtOnce + STUCK_MAX || queue.size() < needed) {
            return null;
        }
        Waiting<I, O> next = queue.remove();
        leaders.put(next.thread, now);
        gathering = next.thread;
        awaited = Math.min(groupMax - 1, queue.size() + lastServed);
        isComplete = queue.size() >= awaited;
        next.turn = Turn.LEADS;
        return next.thread;
    }

    /** Takes the group from the queue, after a moment in which those just served may come again. */
    private void gather(List<Waiting<I, O>> led) {
        long now = System.nanoTime();
        long began = now;
        long lastCame = now;
        int seen = 0;
        while (true) {
            long left;
            synchronized (lock) {
                if (queue.size() > seen) {
                    seen = queue.size();
                    lastCame = now;
                }
                long patience = Math.max(PATIENCE_NANOS, lastTook / PATIENCE_PART);
                left = Math.min(lastCame - now + PATIENCE_NANOS, began - now + patience);
                if (isComplete || left <= 0) {
                    gathering = null;
                    while (!queue.isEmpty() && led.size() < groupMax) {
                        led.add(queue.remove());
                    }
                    return;
                }
            }
            LockSupport.parkNanos(this, left);
            now = System.nanoTime();
        }
    }

    private void passLead(int served, long took) {
        Thread next;
        synchronized (lock) {
            lastServed = served == 1 ? 0 : served;
            lastTook = took;
            leaders.remove(Thread.currentThread());
            if (gathering == Thread.currentThread()) {
                // Something went wrong before it took anything.
                gathering = null;
            }
            next = appointLeader();
        }
        LockSupport.unpark(next);
    }

    private void carryOut(List<Waiting<I, O>> led) {
        boolean isShared = led.size() > 1;
        try {
            List<O> results = work.of(led.stream().map(one -> one.brought).toList(), isBesideOther());
            for (int i = 0; i < led.size(); i++) {
                led.get(i).outcome = new Outcome<>(results.get(i), null, isShared);
            }
        } catch (RuntimeException failure) {
            led.forEach(one -> one.outcome = new Outcome<>(null, failure, isShared));
        }
    }

    private boolean isBesideOther() {
        synchronized (lock) {
            return leaders.size() > atWork(System.nanoTime());
        }
    }

    /** Counts those that have not been at work for long. */
    private long atWork(long now) {
        return leaders.values().stream()
                .filter(since -> now - since < stuckNanos)
                .count();
    }

    private enum Turn {
        WAITS,
        LEADS,
        DONE
    }

    /** Somebody in the queue. The leader writes what came of it before it ends its turn, which is what is waited for. */
    private static final class Waiting<I, O> {

        private final I brought;
        private final Thread thread;
        private volatile Turn turn = Turn.WAITS;
        private Outcome<O> outcome = new Outcome<>(null, null, false);

        Waiting(I brought, Thread thread) {
            this.brought = brought;
            this.thread = thread;
        }

        void awaitTurnOrOutcome(long nanos, Runnable everySoOften) {
            boolean isInterrupted = false;
            long asked = System.nanoTime();
            while (turn == Turn.WAITS) {
                LockSupport.parkNanos(this, nanos);
                isInterrupted |= Thread.interrupted();
                if (System.nanoTime() - asked >= nanos) {
                    everySoOften.run();
                    asked = System.nanoTime();
                }
            }
            if (isInterrupted) {
                thread.interrupt();
            }
        }

        void wake() {
            turn = Turn.DONE;
            LockSupport.unpark(thread);
        }
    }
}
