package io.holdfast.payout.engine;

import io.holdfast.ledger.Ledger;
import io.holdfast.ledger.postgres.session.Jooq;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.function.Function;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;

/** Work in the host's transaction, under a savepoint, so that what was refused leaves no trace in it. */
final class HostSession implements Session {

    private final Connection connection;
    private final Transaction transaction;

    /**
     * Joins the transaction.
     *
     * @throws IllegalArgumentException if the connection is in auto-commit mode
     */
    HostSession(Connection connection, Ledger ledger) {
        this.connection = connection;
        this.transaction = new Transaction(Jooq.on(connection), ledger.within(connection));
    }

    @Override
    public <T> T write(Function<Transaction, T> work) {
        try {
            Savepoint savepoint = connection.setSavepoint();
            boolean done = false;
            try {
                T result = work.apply(transaction);
                transaction.flush();
                connection.releaseSavepoint(savepoint);
                done = true;
                return result;
            } finally {
                if (!done) {
                    transaction.clear();
                    connection.rollback(savepoint);
                }
            }
        } catch (SQLException failure) {
            throw new DataAccessException("The database failed: " + failure.getMessage(), failure);
        }
    }

    @Override
    public <T> T read(Function<DSLContext, T> work) {
        return work.apply(transaction.db());
    }

    @Override
    public boolean isHosts() {
        return true;
    }

    @Override
    public boolean readsOneSnapshot() {
        return read(db -> db.connectionResult(Connection::getTransactionIsolation))
                > Connection.TRANSACTION_READ_COMMITTED;
    }
}
