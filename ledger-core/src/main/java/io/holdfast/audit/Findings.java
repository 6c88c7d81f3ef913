package io.holdfast.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/**
 * What one run of a check has seen so far. Belongs to the thread that runs the check.
 *
 * <p>Every failure is counted; the first {@value #FAILURES_MAX} are kept.
 */
public final class Findings {

    /** The most failures that are kept of one check. */
    public static final int FAILURES_MAX = 100;

    private final LongConsumer progress;
    private final List<Failure> failures = new ArrayList<>();
    private long examined;
    private long failureCount;

    Findings(LongConsumer progress) {
        this.progress = progress;
    }

    /** Adds to the number of things that were examined, and lets whoever waits know. */
    public void examined(long more) {
        examined += more;
        progress.accept(examined);
    }

    /** Reports a contradiction. */
    public void failed(Failure failure) {
        failed(() -> failure);
    }

    /** Reports a contradiction that takes work to describe; the work is done only if the failure is kept. */
    public void failed(Supplier<Failure> failure) {
        failureCount++;
        if (failures.size() < FAILURES_MAX) {
            failures.add(failure.get());
        }
    }

    CheckResult result(String name) {
        return new CheckResult(name, examined, failureCount, failures);
    }
}
