package io.holdfast.audit;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * One invariant of a ledger, and how to see whether it holds.
 *
 * <p>Holdfast has its own; a module that keeps tables beside the ledger's adds more with {@link Verifier#and}. Implementations
 * are immutable and safe for use by any number of threads.
 */
public interface Check {

    /** Returns what {@code verify} calls it for ever: lower-case words joined by hyphens, {@code held-equals-holds}. */
    String name();

    /**
     * Looks at one ledger and reports every contradiction.
     *
     * <p>The connection is in a read-only transaction at isolation level repeatable read: all checks of a verification
     * see the same rows. A check neither ends it nor changes settings, and reads sets or streams rather than keep a
     * ledger in memory. What the check cannot make sense of because it is damaged is reported like the damage it is.
     *
     * @param connection the transaction to read in
     * @param ledgerId the ledger's {@code ledger_id}
     * @param findings takes what was seen
     * @throws SQLException if the database does not answer; ends the verification
     */
    void run(Connection connection, int ledgerId, Findings findings) throws SQLException;
}
