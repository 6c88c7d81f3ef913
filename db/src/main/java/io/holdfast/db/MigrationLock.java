package io.holdfast.db;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/**
 * The right to migrate a database, held by one session at a time.
 *
 * <p>Liquibase's own lock is a row, which a killed node leaves behind for ever; this one ends with the session.
 */
final class MigrationLock implements AutoCloseable {

    /** What {@code holdfast.period_lock_key} would be for ledger 0, and there is no ledger 0. */
    private static final long KEY = 0x486f6c64_00000000L;

    private static final String LOCK_NOT_AVAILABLE = "55P03";

    private final Connection connection;

    private MigrationLock(Connection connection) {
        this.connection = connection;
    }

    /** Waits for the lock. The connection is in autocommit, and afterwards again unless this fails. */
    static MigrationLock acquire(Connection connection, Duration waitMax) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            // The limits end with this transaction, the lock does not.
            statement.execute("set local lock_timeout = " + waitMax.toMillis());
            statement.execute("set local statement_timeout = 0");
            statement.execute("select pg_advisory_lock(" + KEY + ")");
            connection.commit();
        } catch (SQLException e) {
            if (LOCK_NOT_AVAILABLE.equals(e.getSQLState())) {
                throw new SQLException(
                        "another node has been migrating this database for " + waitMax
                                + "; see to that node, or try again once it is done",
                        LOCK_NOT_AVAILABLE,
                        e);
            }
            throw e;
        }
        connection.setAutoCommit(true);
        return new MigrationLock(connection);
    }

    @Override
    public void close() throws SQLException {
        if (!connection.getAutoCommit()) {
            connection.rollback();
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("select pg_advisory_unlock(" + KEY + ")");
        }
    }
}
