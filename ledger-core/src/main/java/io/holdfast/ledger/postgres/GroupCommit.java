package io.holdfast.ledger.postgres;

import io.holdfast.ledger.Result;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Lets callers who come at the same time share one transaction, without a thread of its own. Callers queue; the first
 * carries out what is queued as one batch, makes the next in the queue the leader, and hands the others their results.
 */
final class GroupCommit {

    private static final int BATCH_MAX = 500;
    private static final int ATTEMPTS_MAX = 8;

    /** How long a leader waits for callers that have just been served to come again: a small part of what a batch takes. */
    private static final long PATIENCE_NANOS = 200_000;

    private final Function<List<Submission>, List<Result>> batch;

    /** Guards the fields below and the queue itself; held for moments only. */
    private final Object lock = new Object();

    private final Deque<Waiting> queue = new ArrayDeque<>();
    private boolean isLed;

    /** How many may come again soon: those served together last, and nobody if that was one alone. */
    private int lastServed;

    /** The leader that waits until the queue is as long as {@link #awaited}. */
    private @Nullable Thread gathering;

    private int awaited;

    GroupCommit(Function<List<Submission>, List<Result>> batch) {
        this.batch = batch;
    }

    /**
     * Carries out a command and returns its result. Waits without heeding interruption, because the command may be
     * carried out meanwhile.
     */
    Result submit(Submission submission) {
        Waiting mine = new Waiting(submission, Thread.currentThread());
        enqueue(mine);
        mine.awaitTurnOrResult();
        if (mine.turn == Turn.LEADS) {
            List<Waiting> led = new ArrayList<>();
            try {
                gather(led);
                carryOutUndisturbed(led);
            } finally {
                passLead(led.size());
                led.stream().filter(one -> one != mine).forEach(Waiting::wake);
            }
        }
        return mine.outcome();
    }

    private void enqueue(Waiting mine) {
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

    /** Takes the batch from the queue, after a moment in which those just served may come again. */
    private void gather(List<Waiting> led) {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        synchronized (lock) {
            gathering = Thread.currentThread();
            awaited = Math.min(BATCH_MAX, queue.size() + lastServed);
        }
        while (true) {
            long left = deadline - System.nanoTime();
            synchronized (lock) {
                if (left <= 0 || gathering == null || queue.size() >= awaited) {
                    gathering = null;
                    while (!queue.isEmpty() && led.size() < BATCH_MAX) {
                        led.add(queue.remove());
                    }
                    return;
                }
            }
            LockSupport.parkNanos(this, left);
        }
    }

    private void passLead(int served) {
        Waiting next;
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

    /** Keeps an interruption of the leader, which a connection pool heeds, from failing what others asked for. */
    private void carryOutUndisturbed(List<Waiting> led) {
        boolean interrupted = false;
        try {
            for (int attempt = 1; attempt <= ATTEMPTS_MAX; attempt++) {
                interrupted |= Thread.interrupted();
                carryOut(led);
                // Commands have keys, so that doing them again is safe however far they had come.
                if (!Thread.currentThread().isInterrupted() || led.stream().allMatch(one -> one.result != null)) {
                    return;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void carryOut(List<Waiting> led) {
        try {
            List<Result> results =
                    batch.apply(led.stream().map(one -> one.submission).toList());
            for (int i = 0; i < led.size(); i++) {
                led.get(i).result = results.get(i);
            }
        } catch (RuntimeException failure) {
            if (led.size() > 1 && SqlStates.isAboutContent(failure)) {
                // One command's content must not fail the others that happened to come at the same time.
                led.forEach(one -> carryOut(List.of(one)));
            } else {
                led.forEach(one -> one.failure = failure);
            }
        }
    }

    private enum Turn {
        WAITS,
        LEADS,
        DONE
    }

    /** A caller in the queue. The leader writes its result before it ends its turn, which is what the caller waits for. */
    private static final class Waiting {

        private final Submission submission;
        private final Thread thread;
        private volatile Turn turn = Turn.WAITS;
        private @Nullable Result result;
        private RuntimeException failure =
                new IllegalStateException("The batch was broken off; repeat it under the same key");

        Waiting(Submission submission, Thread thread) {
            this.submission = submission;
            this.thread = thread;
        }

        void awaitTurnOrResult() {
            boolean interrupted = false;
            while (turn == Turn.WAITS) {
                LockSupport.park(this);
                interrupted |= Thread.interrupted();
            }
            if (interrupted) {
                thread.interrupt();
            }
        }

        void wake() {
            turn = Turn.DONE;
            LockSupport.unpark(thread);
        }

        Result outcome() {
            if (result == null) {
                throw failure;
            }
            return result;
        }
    }
}
