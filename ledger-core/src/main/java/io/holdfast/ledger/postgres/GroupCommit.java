package io.holdfast.ledger.postgres;

import io.holdfast.ledger.Result;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Lets callers who come at the same time share one transaction, without a thread of its own. Callers queue; the first
 * carries out what is queued as one batch, hands the others their results, and the next in the queue goes on.
 */
final class GroupCommit {

    private static final int BATCH_MAX = 500;
    private static final int ATTEMPTS_MAX = 8;

    private final Function<List<Submission>, List<Result>> batch;
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Waiting> queue = new ArrayDeque<>();
    private boolean isLed;

    GroupCommit(Function<List<Submission>, List<Result>> batch) {
        this.batch = batch;
    }

    /**
     * Carries out a command and returns its result. Waits without heeding interruption, because the command may be
     * carried out meanwhile.
     */
    Result submit(Submission submission) {
        Waiting mine = new Waiting(submission, lock.newCondition());
        lock.lock();
        try {
            queue.add(mine);
        } finally {
            lock.unlock();
        }
        while (true) {
            List<Waiting> led = waitOrLead(mine);
            if (led.isEmpty()) {
                return mine.outcome();
            }
            try {
                carryOutUndisturbed(led);
            } finally {
                handOver(led);
            }
        }
    }

    /** Waits until the result is there, and then returns nothing, or until it is this caller's turn to lead. */
    private List<Waiting> waitOrLead(Waiting mine) {
        lock.lock();
        try {
            while (isLed && !mine.isDone) {
                mine.turn.awaitUninterruptibly();
            }
            List<Waiting> led = new ArrayList<>();
            if (!mine.isDone) {
                isLed = true;
                while (!queue.isEmpty() && led.size() < BATCH_MAX) {
                    led.add(queue.remove());
                }
            }
            return led;
        } finally {
            lock.unlock();
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

    private void handOver(List<Waiting> led) {
        lock.lock();
        try {
            isLed = false;
            for (Waiting one : led) {
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

    /** A caller in the queue. Its fields are written by the leader and read under the lock or by the leader itself. */
    private static final class Waiting {

        private final Submission submission;
        private final Condition turn;
        private boolean isDone;
        private @Nullable Result result;
        private RuntimeException failure =
                new IllegalStateException("The batch was broken off; repeat it under the same key");

        Waiting(Submission submission, Condition turn) {
            this.submission = submission;
            this.turn = turn;
        }

        Result outcome() {
            if (result == null) {
                throw failure;
            }
            return result;
        }
    }
}
