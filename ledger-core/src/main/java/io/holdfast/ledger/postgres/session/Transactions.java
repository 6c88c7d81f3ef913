package io.holdfast.ledger.postgres.session;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Function;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.jooq.exception.DataAccessException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Work in transactions of its own, each on a connection from a data source. Safe for use by any number of threads. */
public final class Transactions {

    private static final Logger LOG = LoggerFactory.getLogger(Transactions.class);
    private static final int TRIES_MAX = 8;

    private final DataSource dataSource;

    /** Will take connections from this data source, and give each back as it was. */
    public Transactions(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /**
     * Does work wholly or not at all.
     *
     * @throws DataAccessException if the database fails
     */
    public <T> T write(Function<Connection, T> work) {
        try (Connection connection = dataSource.getConnection()) {
            boolean autoCommit = connection.getAutoCommit();
            connection.setAutoCommit(false);
            boolean done = false;
            try {
                LockPatience.applyTo(connection);
                T result = work.apply(connection);
                connection.commit();
                done = true;
                return result;
            } finally {
                if (!done) {
                    rollback(connection);
                }
                restore(connection, autoCommit);
            }
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    /**
     * Does work wholly or not at all, and again in a new transaction after failures for which that may do.
     *
     * @throws DataAccessException if the database fails
     */
    public <T> T write(Function<Connection, T> work, Predicate<RuntimeException> isRetryable) {
        for (int tries = 1; ; tries++) {
            try {
                return write(work);
            } catch (RuntimeException failure) {
                if (tries == TRIES_MAX || !isRetryable.test(failure)) {
                    throw failure;
                }
                LOG.debug("Try {} of {} failed, trying again: {}", tries, TRIES_MAX, failure.getMessage());
            }
        }
    }

    /**
     * Does work that asks one question.
     *
     * @throws DataAccessException if the database fails
     */
    public <T> T read(Function<Connection, T> work) {
        try (Connection connection = dataSource.getConnection()) {
            boolean autoCommit = connection.getAutoCommit();
            try {
                return work.apply(connection);
            } finally {
                if (!autoCommit) {
                    // A pool without auto-commit began a transaction, which must not stay open in it.
                    rollback(connection);
                }
            }
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    private static DataAccessException failed(SQLException failure) {
        return new DataAccessException("The database failed: " + failure.getMessage(), failure);
    }

    private static void rollback(Connection connection) {
        try {
            connection.rollback();
        } catch (SQLException alreadyGone) {
            LOG.debug("Rolling back failed, so the server has done it or will", alreadyGone);
        }
    }

    private static void restore(Connection connection, boolean autoCommit) {
        try {
            connection.setAutoCommit(autoCommit);
        } catch (SQLException alreadyGone) {
            LOG.debug("The connection is gone", alreadyGone);
        }
    }
}
