package io.holdfast.ledger.postgres;

import io.holdfast.ledger.postgres.session.Jooq;
import io.holdfast.ledger.postgres.session.Transactions;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jooq.DSLContext;

/** Work in transactions of its own, each on a connection from the data source. */
final class OwnSession implements Session {

    private final Transactions transactions;

    OwnSession(DataSource dataSource) {
        this.transactions = new Transactions(dataSource);
    }

    @Override
    public <T> T write(Function<DSLContext, T> work) {
        try {
            return transactions.write(connection -> work.apply(Jooq.on(connection)), SqlStates::isRetryable);
        } catch (SqlStates.Superseded everAgain) {
            throw SqlStates.surfaced(everAgain);
        }
    }

    @Override
    public <T> T read(Function<DSLContext, T> work) {
        return transactions.read(connection -> work.apply(Jooq.on(connection)));
    }

    @Override
    public <T> T snapshot(Function<DSLContext, T> work) {
        return transactions.write(connection -> {
            DSLContext db = Jooq.on(connection);
            Jooq.readOneSnapshot(db);
            return work.apply(db);
        });
    }

    @Override
    public boolean isOwn() {
        return true;
    }
}
