package io.holdfast.payout.engine;

import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tasks on an executor, so many at once; one that the executor does not take is done on the thread that starts it. After the
 * first that fails none is started any more, and what it threw is thrown once all have ended. Belongs to one thread.
 */
final class Tasks implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Tasks.class);

    /** How long to wait for others to end too once one has: those that share a transaction end together. */
    private static final long PATIENCE_NANOS = 1_000_000;

    /** After how long to look for something else to do. */
    private static final long LOOK_AGAIN_NANOS = 200_000_000;

    private final ExecutorCompletionService<Boolean> executor;
    private final int atOnceMax;
    private int underWay;
    private boolean isInterrupted;
    private Optional<Throwable> failure = Optional.empty();

    Tasks(Executor executor, int atOnceMax) {
        this.executor = new ExecutorCompletionService<>(task -> execute(executor, task));
        this.atOnceMax = atOnceMax;
    }

    /** What a task is about is claimed already, so one that is refused, or for which no thread can be made, is done here. */
    private static void execute(Executor executor, Runnable task) {
        try {
            executor.execute(task);
        } catch (RuntimeException | OutOfMemoryError notTaken) {
            LOG.warn(
                    "The executor takes no more ({}): a payout is worked on by the thread that claimed it",
                    notTaken.toString());
            task.run();
        }
    }

    void start(Runnable task) {
        executor.submit(task, true);
        underWay++;
    }

    /**
     * Waits until others can be started, half of all if that is soon, and returns how many can; none once one has failed, or
     * this thread was interrupted.
     */
    int awaitRoom() {
        collect();
        while (underWay >= atOnceMax) {
            end(taken());
            collect();
        }
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        boolean isSoon = true;
        while (underWay > atOnceMax / 2 && isSoon) {
            isSoon = awaitOne(deadline - System.nanoTime());
        }
        return failure.isPresent() || isInterrupted ? 0 : atOnceMax - underWay;
    }

    /** Waits a while for one to end; returns false if none was under way, so that nothing is to be waited for. */
    boolean awaitOneForAWhile() {
        if (underWay == 0) {
            return false;
        }
        if (awaitOne(LOOK_AGAIN_NANOS)) {
            collect();
        }
        return true;
    }

    /** Waits until all have ended, and throws what the first that failed threw. */
    @Override
    public void close() {
        while (underWay > 0) {
            end(taken());
        }
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
        failure.ifPresent(Tasks::rethrow);
    }

    private boolean awaitOne(long nanos) {
        try {
            Future<Boolean> ended = executor.poll(Math.max(0, nanos), TimeUnit.NANOSECONDS);
            if (ended == null) {
                return false;
            }
            end(ended);
            return true;
        } catch (InterruptedException heededLater) {
            isInterrupted = true;
            return false;
        }
    }

    private void collect() {
        isInterrupted |= Thread.interrupted();
        for (Future<Boolean> ended = executor.poll(); ended != null; ended = executor.poll()) {
            end(ended);
        }
    }

    /** Does not heed interruption until what was started has ended: its claims would have to run out. */
    private Future<Boolean> taken() {
        while (true) {
            try {
                return executor.take();
            } catch (InterruptedException heededLater) {
                isInterrupted = true;
            }
        }
    }

    private void end(Future<Boolean> ended) {
        underWay--;
        try {
            ended.get();
        } catch (ExecutionException failed) {
            Throwable cause = failed.getCause() == null ? failed : failed.getCause();
            failure = failure.or(() -> Optional.of(cause));
        } catch (InterruptedException heededLater) {
            isInterrupted = true;
        }
    }

    private static void rethrow(Throwable thrown) {
        if (thrown instanceof Error error) {
            throw error;
        }
        if (thrown instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        throw new IllegalStateException("A task failed: " + thrown, thrown);
    }
}
