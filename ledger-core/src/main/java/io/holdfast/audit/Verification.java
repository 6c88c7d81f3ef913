package io.holdfast.audit;

import java.util.List;

/**
 * What came of verifying one ledger.
 *
 * @param ledger its name
 * @param checks one result for each check, in the order in which they ran
 */
public record Verification(String ledger, List<CheckResult> checks) {

    /** Copies the results. */
    public Verification {
        checks = List.copyOf(checks);
    }

    /** Tells whether every invariant holds. */
    public boolean ok() {
        return checks.stream().allMatch(CheckResult::ok);
    }
}
