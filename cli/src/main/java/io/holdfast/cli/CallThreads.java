package io.holdfast.cli;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Threads for calls of providers: virtual ones where the Java platform has them. None of them keeps the process alive. */
final class CallThreads {

    private CallThreads() {}

    static ExecutorService open(int atOnce) {
        try {
            return (ExecutorService)
                    Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        } catch (ReflectiveOperationException olderPlatform) {
            return Executors.newFixedThreadPool(atOnce, task -> {
                Thread thread = new Thread(task, "payout-call");
                thread.setDaemon(true);
                return thread;
            });
        }
    }
}
