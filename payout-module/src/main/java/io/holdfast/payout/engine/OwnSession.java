package io.holdfast.payout.engine;

import io.holdfast.ledger.Ledger;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Work in transactions of its own, each on a connection from the data source. */
final class OwnSession implements Session {

    private static final Logger LOG = LoggerFactory.getLogger(OwnSession.class);
    private static final int TRIES_MAX = 5;
    /** Serialization failure, deadlock, and a period closed meanwhile: doing the whole transaction again may do. */
    private static final Set<String> RETRYABLE = Set.of("40001", "40P01", "HF005");

    private final DataSource dataSource;
    private final Ledger ledger;

    OwnSession(DataSource dataSource, Ledger ledger) {
        this.dataSource = dataSource;
        this.ledger = ledger;
    }

    @Override
    public <T> T write(Function<Transaction, T> work) {
        for (int tries = 1; ; tries++) {
            try {
                return transaction(work);
            } catch (DataAccessException failure) {
                if (tries == TRIES_MAX || !RETRYABLE.contains(failure.sqlState())) {
                    throw failure;
                }
                LOG.debug("Try {} of {} failed with {}, trying again", tries, TRIES_MAX, failure.sqlState());
            }
        }
    }

    @Override
    public <T> T read(Function<DSLContext, T> work) {
        try (Connection connection = dataSource.getConnection()) {
            return work.apply(Jooq.on(connection));
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    private <T> T transaction(Function<Transaction, T> work) {
        try (Connection connection = dataSource.getConnection()) {
            boolean autoCommit = connection.getAutoCommit();
            connection.setAutoCommit(false);
            boolean done = false;
            try {
                Transaction transaction = new Transaction(Jooq.on(connection), ledger.within(connection));
                T result = work.apply(transaction);
                transaction.flush();
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
