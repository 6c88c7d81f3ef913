package io.holdfast.payout.engine;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tasks on an executor, so many at once; one that the executor does not take, or has not begun when it is shut down, is done on
 * the thread that starts it. After the first that fails none is started any more, and what it threw is thrown once all have
 * ended. Belongs to one thread.
 */
final class Tasks implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Tasks.class);

    /** How long to wait for others to end too once one has: those that share a transaction end together. */
    private static final long PATIENCE_NANOS = 1_000_000;

    /** After how long to look for something else to do. */
    private static final long LOOK_AGAIN_NANOS = 200_000_000;

    private final Executor executor;
    private final ExecutorCompletionService<Boolean> ending;
    private final int atOnceMax;

    /** What nobody has begun; whoever takes a task out of it does it. */
    private final Set<Runnable> waiting = ConcurrentHashMap.newKeySet();

    private int underWay;
    private boolean isInterrupted;
    private Optional<Throwable> failure = Optional.empty();

    Tasks(Executor executor, int atOnceMax) {
        this.executor = executor;
        this.ending = new ExecutorCompletionService<>(this::execute);
        this.atOnceMax = atOnceMax;
    }

    /** What a task is about is claimed already, so one that is refused, or for which no thread can be made, is done here. */
    private void execute(Runnable task) {
        waiting.add(task);
        try {
            executor.execute(() -> begin(task));
        } catch (RuntimeException | OutOfMemoryError notTaken) {
            LOG.warn(
                    "The executor takes no more ({}): a payout is worked on by the thread that claimed it",
                    notTaken.toString());
            begin(task);
        }
    }

    private void begin(Runnable task) {
        if (waiting.remove(task)) {
            task.run();
        }
    }

    /** Does what waits for a thread of an executor that is shut down: it may have dropped it, and tells nobody. */
    private void doWhatMayBeDropped() {
        if (executor instanceof ExecutorService service && service.isShutdown() && !waiting.isEmpty()) {
            LOG.warn(
                    "The executor is shut down: what it has not begun, {} at most, is worked on by the thread that claimed it",
                    waiting.size());
            waiting.forEach(this::begin);
        }
    }

    void start(Runnable task) {
        ending.submit(task, true);
        underWay++;
    }

    /**
     * Waits until others can be started, half of all if that is soon, and returns how many can; none once one has failed, or
     * this thread was interrupted.
     */
    int awaitRoom() {
        collect();
        while (underWay >= atOnceMax) {
            awaitOneForAWhile();
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
        // Not heeding interruption: claims would have to run out.
        while (underWay > 0) {
            awaitOneForAWhile();
        }
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
        failure.ifPresent(Tasks::rethrow);
    }

    private boolean awaitOne(long nanos) {
        try {
            Future<Boolean> ended = ending.poll(Math.max(0, nanos), TimeUnit.NANOSECONDS);
            if (ended == null) {
                doWhatMayBeDropped();
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
        for (Future<Boolean> ended = ending.poll(); ended != null; ended = ending.poll()) {
            end(ended);
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
