package io.holdfast.ledger.postgres;

import io.holdfast.ledger.postgres.session.Jooq;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.function.Function;
import org.jooq.DSLContext;

/** Work in the host's transaction, under a savepoint, so that what fails leaves no trace and the transaction usable. */
final class HostSession implements Session {

    private static final int ATTEMPTS_MAX = 8;

    private final Connection connection;
    private final DSLContext db;

    HostSession(Connection connection) {
        this.connection = connection;
        this.db = Jooq.on(connection);
    }

    @Override
    public <T> T write(Function<DSLContext, T> work) {
        for (int attempt = 1; ; attempt++) {
            Savepoint savepoint = db.connectionResult(Connection::setSavepoint);
            try {
                T result = work.apply(db);
                db.connection(same -> same.releaseSavepoint(savepoint));
                return result;
            } catch (RuntimeException failure) {
                rollbackTo(savepoint, failure);
                if (attempt == ATTEMPTS_MAX || !SqlStates.isRace(failure) || readsOneSnapshot()) {
                    throw SqlStates.surfaced(failure);
                }
            }
        }
    }

    @Override
    public <T> T read(Function<DSLContext, T> work) {
        return work.apply(db);
    }

    @Override
    public <T> T snapshot(Function<DSLContext, T> work) {
        return work.apply(db);
    }

    @Override
    public boolean isOwn() {
        return false;
    }

    /** Tells whether doing it again would see nothing new. */
    private boolean readsOneSnapshot() {
        return db.connectionResult(Connection::getTransactionIsolation) > Connection.TRANSACTION_READ_COMMITTED;
    }

    private void rollbackTo(Savepoint savepoint, RuntimeException failure) {
        try {
            connection.rollback(savepoint);
        } catch (SQLException alreadyGone) {
            failure.addSuppressed(alreadyGone);
        }
    }
}
