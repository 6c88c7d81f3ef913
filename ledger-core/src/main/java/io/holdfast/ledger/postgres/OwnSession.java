package io.holdfast.ledger.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Work in transactions of its own, each on a connection from the data source. */
final class OwnSession implements Session {

    private static final Logger LOG = LoggerFactory.getLogger(OwnSession.class);
    private static final int ATTEMPTS_MAX = 8;

    private final DataSource dataSource;

    OwnSession(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    @Override
    public <T> T write(Function<DSLContext, T> work) {
        for (int attempt = 1; ; attempt++) {
            try {
                return transaction(work);
            } catch (DataAccessException | SqlStates.Superseded failure) {
                if (attempt == ATTEMPTS_MAX || !SqlStates.isRetryable(failure)) {
                    throw SqlStates.surfaced(failure);
                }
                LOG.debug("Attempt {} of {} failed, trying again: {}", attempt, ATTEMPTS_MAX, failure.getMessage());
            }
        }
    }

    @Override
    public <T> T read(Function<DSLContext, T> work) {
        try (Connection connection = dataSource.getConnection()) {
            T answer = work.apply(Jooq.on(connection));
            if (!connection.getAutoCommit()) {
                // A pool without auto-commit began a transaction, which must not stay open in it.
                connection.rollback();
            }
            return answer;
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public <T> T snapshot(Function<DSLContext, T> work) {
        return transaction(db -> {
            Jooq.readOneSnapshot(db);
            return work.apply(db);
        });
    }

    @Override
    public boolean seesOnlyCommitted() {
        return true;
    }

    private <T> T transaction(Function<DSLContext, T> work) {
        try (Connection connection = dataSource.getConnection()) {
            boolean autoCommit = connection.getAutoCommit();
            connection.setAutoCommit(false);
            DSLContext db = Jooq.on(connection);
            boolean done = false;
            try {
                T result = work.apply(db);
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
