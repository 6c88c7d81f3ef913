package io.holdfast.ledger.postgres.session;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Lets those who come at the same time share one transaction, without a thread of its own. They queue; the first does the
 * work of all that queue, makes the next in the queue the leader, and hands the others what came of theirs. Safe for use by
 * any number of threads.
 *
 * @param <I> what is brought
 * @param <O> what comes of it
 */
public final class GroupWork<I, O> {

    /** How long a leader waits for those who have just been served to come again: a small part of what a group takes. */
    private static final long PATIENCE_NANOS = 200_000;

    /** How often work is done at most that an interruption of its leader breaks off. */
    private static final int TRIES_MAX = 8;

    private final int groupMax;
    private final Function<List<I>, List<O>> work;
    private final Predicate<RuntimeException> isOfOne;

    /** Guards the fields below and the queue itself; held for moments only. */
    private final Object lock = new Object();

    private final Deque<Waiting<I, O>> queue = new ArrayDeque<>();
    private boolean isLed;

    /** How many may come again soon: those served together last, and nobody if that was one alone. */
    private int lastServed;

    /** The leader that waits until the queue is as long as {@link #awaited}. */
    private @Nullable Thread gathering;

    private int awaited;

    /**
     * Begins with work that, done wholly or not at all, returns what came of each thing brought, in order. Doing it again is
     * safe however far it had come: it is, if the leader is interrupted.
     *
     * @param groupMax how many share one transaction at most
     * @param isOfOne tells which failures what one of them brought can be at fault for: the group is then done again in
     *     halves, so that the others do not fail with it
     */
    public GroupWork(int groupMax, Function<List<I>, List<O>> work, Predicate<RuntimeException> isOfOne) {
        this.groupMax = groupMax;
        this.work = work;
        this.isOfOne = isOfOne;
    }

    /**
     * Returns what came of it. Waits without heeding interruption, because the work may be done meanwhile.
     *
     * @throws RuntimeException what the work threw
     */
    public O submit(I brought) {
        Waiting<I, O> mine = new Waiting<>(brought, Thread.currentThread());
        enqueue(mine);
        mine.awaitTurnOrResult();
        if (mine.turn == Turn.LEADS) {
            List<Waiting<I, O>> led = new ArrayList<>();
            try {
                gather(led);
                carryOut(led);
            } finally {
                passLead(led.size());
                led.stream().filter(one -> one != mine).forEach(Waiting::wake);
            }
        }
        return mine.outcome();
    }

    private void enqueue(Waiting<I, O> mine) {
        Thread leader = null;
        synchronized (lock) {
            queue.add(mine);
            if (!isLed) {
                isLed = true;
                mine.turn = Turn.LEADS;
            } else if (gathering != null && queue.size() >= awaited) {
                leader = gathering;
                gathering = null;
            }
        }
        LockSupport.unpark(leader);
    }

    /** Takes the group from the queue, after a moment in which those just served may come again. */
    private void gather(List<Waiting<I, O>> led) {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        synchronized (lock) {
            gathering = Thread.currentThread();
            awaited = Math.min(groupMax, queue.size() + lastServed);
        }
        while (true) {
            long left = deadline - System.nanoTime();
            synchronized (lock) {
                if (left <= 0 || gathering == null || queue.size() >= awaited) {
                    gathering = null;
                    while (!queue.isEmpty() && led.size() < groupMax) {
                        led.add(queue.remove());
                    }
                    return;
                }
            }
            LockSupport.parkNanos(this, left);
        }
    }

    private void passLead(int served) {
        Waiting<I, O> next;
        synchronized (lock) {
            lastServed = served == 1 ? 0 : served;
            next = queue.peek();
            isLed = next != null;
            if (next != null) {
                next.turn = Turn.LEADS;
            }
        }
        if (next != null) {
            LockSupport.unpark(next.thread);
        }
    }

    private void carryOut(List<Waiting<I, O>> led) {
        try {
            List<O> results = undisturbed(led.stream().map(one -> one.brought).toList());
            for (int i = 0; i < led.size(); i++) {
                led.get(i).result = results.get(i);
            }
        } catch (RuntimeException failure) {
            if (led.size() > 1 && isOfOne.test(failure)) {
                carryOut(led.subList(0, led.size() / 2));
                carryOut(led.subList(led.size() / 2, led.size()));
            } else {
                led.forEach(one -> one.failure = failure);
            }
        }
    }

    /** Keeps an interruption of the leader, which a pool of connections heeds, from failing what others brought. */
    private List<O> undisturbed(List<I> brought) {
        boolean isInterrupted = Thread.interrupted();
        try {
            for (int tries = 1; ; tries++) {
                try {
                    return work.apply(brought);
                } catch (RuntimeException failure) {
                    if (tries == TRIES_MAX || !Thread.interrupted()) {
                        throw failure;
                    }
                    isInterrupted = true;
                }
            }
        } finally {
            if (isInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
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
        private @Nullable O result;
        private @Nullable RuntimeException failure;

        Waiting(I brought, Thread thread) {
            this.brought = brought;
            this.thread = thread;
        }

        void awaitTurnOrResult() {
            boolean isInterrupted = false;
            while (turn == Turn.WAITS) {
                LockSupport.park(this);
                isInterrupted |= Thread.interrupted();
            }
            if (isInterrupted) {
                thread.interrupt();
            }
        }

        void wake() {
            turn = Turn.DONE;
            LockSupport.unpark(thread);
        }

        O outcome() {
            if (result != null) {
                return result;
            } else if (failure != null) {
                throw failure;
            }
            throw new IllegalStateException("The work was broken off; how far it came is in the database");
        }
    }
}
