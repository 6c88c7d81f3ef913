package io.holdfast.payout.engine;

import io.holdfast.ledger.Ledger;
import io.holdfast.ledger.postgres.session.Jooq;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.function.Function;
import org.jooq.DSLContext;

/** Work in the host's transaction, under a savepoint, so that what fails leaves no trace in it. */
final class HostSession implements Session {

    private final Connection connection;
    private final DSLContext db;
    private final Transaction transaction;

    /**
     * Joins the transaction.
     *
     * @throws IllegalArgumentException if the connection is in auto-commit mode
     */
    HostSession(Connection connection, Ledger ledger) {
        this.connection = connection;
        this.db = Jooq.on(connection);
        this.transaction = new Transaction(db, ledger.within(connection));
    }

    @Override
    public <T> T write(Function<Transaction, T> work) {
        Savepoint savepoint = db.connectionResult(Connection::setSavepoint);
        try {
            T result = work.apply(transaction);
            transaction.flush();
            db.connection(same -> same.releaseSavepoint(savepoint));
            return result;
        } catch (RuntimeException | Error failure) {
            transaction.clear();
            rollbackTo(savepoint, failure);
            throw failure;
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

    /** Undoes what was done. The failure that made it necessary is what the host hears of, even if the connection is gone. */
    private void rollbackTo(Savepoint savepoint, Throwable failure) {
        try {
            connection.rollback(savepoint);
        } catch (SQLException alreadyGone) {
            failure.addSuppressed(alreadyGone);
        }
    }
}
