package io.holdfast.db;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The right to migrate a database, held by one session at a time.
 *
 * <p>Liquibase's own lock is a row, which a killed node leaves behind for ever; this one ends with the session.
 */
final class MigrationLock implements AutoCloseable {

    /** What {@code holdfast.period_lock_key} would be for ledger 0, and there is no ledger 0. */
    private static final long KEY = 0x486f6c64_00000000L;

    private static final String WAIT_MAX = "10min";

    private final Connection connection;

    private MigrationLock(Connection connection) {
        this.connection = connection;
    }

    /** Waits for the lock. The connection is in autocommit, before and after. */
    static MigrationLock acquire(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            // The limits end with this transaction, the lock does not.
            statement.execute("set local lock_timeout = '" + WAIT_MAX + "'");
            statement.execute("set local statement_timeout = 0");
            statement.execute("select pg_advisory_lock(" + KEY + ")");
            connection.commit();
        } finally {
            connection.setAutoCommit(true);
        }
        return new MigrationLock(connection);
    }

    @Override
    public void close() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("select pg_advisory_unlock(" + KEY + ")");
        }
    }
}
