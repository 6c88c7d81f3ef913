package io.holdfast.audit;

import java.util.List;

/**
 * What came of one check.
 *
 * @param name the check's
 * @param examined how many things it looked at
 * @param failureCount how many contradictions it found
 * @param failures the first {@value Findings#FAILURES_MAX} of them
 */
public record CheckResult(String name, long examined, long failureCount, List<Failure> failures) {

    /** Copies the failures. */
    public CheckResult {
        failures = List.copyOf(failures);
    }

    /** Tells whether the invariant holds. */
    public boolean ok() {
        return failureCount == 0;
    }
}
