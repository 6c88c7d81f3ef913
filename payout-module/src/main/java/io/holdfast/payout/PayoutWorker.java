package io.holdfast.payout;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Runs a processor over and over, for hosts that have no scheduler of their own. It starts no thread: the host gives one.
 *
 * <pre>{@code
 * PayoutWorker worker = new PayoutWorker(
 *         engine.processor(), 100, Duration.ofMillis(500), failed -> log.error("A round of payouts failed", failed));
 * Thread thread = new Thread(worker, "payouts");
 * thread.start();
 * ...
 * worker.stop();
 * thread.join(); // before the pool is closed that it works with
 * pool.close();
 * }</pre>
 *
 * <p>What it has taken up is in the database before anything is sent, so nothing is lost however it ends: killed, it leaves
 * leases that run out, and any worker goes on. Safe for use by any number of threads, each of which may run it.
 *
 * <p>Once stopped it cannot be run again: the host makes another. Stopping lets the round under way go on up to its limit, so that
 * joining the thread lasts as long as all its calls of providers. If the thread is interrupted as well, the round ends with the
 * calls that are under way; one that is made on this very thread, as all are without a {@link Calling}, may be broken off by
 * that, and leaves its payout in doubt until it is asked about.
 */
public final class PayoutWorker implements Runnable {

    private final PayoutProcessor processor;
    private final int limit;
    private final Duration pause;
    private final Consumer<? super Throwable> onFailure;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition stopping = lock.newCondition();
    private boolean isStopped;

    /**
     * Makes a worker, which does nothing until it is run.
     *
     * @param limit how many payouts a round takes up at most, above zero
     * @param pause how long it waits after a round in which nothing was due or that failed, above zero and at most 3650 days
     * @param onFailure is told what a round threw, an error too, such as that the database is away; what it throws itself ends
     *     the worker
     * @throws IllegalArgumentException if the limit or the pause is not above zero, or the pause is longer than 3650 days
     */
    public PayoutWorker(PayoutProcessor processor, int limit, Duration pause, Consumer<? super Throwable> onFailure) {
        if (limit < 1) {
            throw new IllegalArgumentException("A worker for " + limit + " payouts a round: at least one is taken up");
        }
        Spans.check("A worker's pause", pause);
        this.processor = processor;
        this.limit = limit;
        this.pause = pause;
        this.onFailure = onFailure;
    }

    /** Runs until it is stopped or its thread is interrupted, and ends what it has begun; does nothing once it was stopped. */
    @Override
    public void run() {
        boolean wasBusy = true;
        while (goesOn(wasBusy)) {
            wasBusy = false;
            try {
                wasBusy = processor.runOnce(limit) > 0;
            } catch (RuntimeException | Error failed) {
                // A database that is away comes back, and so may memory; a worker that ended would not.
                onFailure.accept(failed);
            }
        }
    }

    /** Lets it end for good once the round under way is done; it begins no other. Returns at once. */
    public void stop() {
        lock.lock();
        try {
            isStopped = true;
            stopping.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private boolean goesOn(boolean wasBusy) {
        lock.lock();
        try {
            long left = wasBusy ? 0 : pause.toNanos();
            while (left > 0 && !isStopped) {
                left = stopping.awaitNanos(left);
            }
            return !isStopped && !Thread.currentThread().isInterrupted();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }
}
