package io.holdfast.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs the same work from several threads until a span is over. */
final class Race {

    private Race() {}

    /** One round of work on a thread of its own; returns how many entries it recorded. */
    interface Round {
        int run() throws Exception;
    }

    /** Makes the rounds of one thread. */
    interface Rounds {
        Round ofThread(int thread) throws Exception;
    }

    static double perSecond(int threads, java.time.Duration span, Rounds rounds) throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            List<Callable<Long>> work = new ArrayList<>();
            long begin = System.nanoTime();
            long end = begin + span.toNanos();
            for (int thread = 0; thread < threads; thread++) {
                Round round = rounds.ofThread(thread);
                work.add(() -> {
                    long entries = 0;
                    while (System.nanoTime() < end) {
                        entries += round.run();
                    }
                    return entries;
                });
            }
            long entries = 0;
            for (Future<Long> done : executor.invokeAll(work)) {
                entries += done.get();
            }
            return entries * 1e9 / (System.nanoTime() - begin);
        } finally {
            executor.shutdownNow();
        }
    }
}
