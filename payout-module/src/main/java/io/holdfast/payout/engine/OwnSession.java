package io.holdfast.payout.engine;

import io.holdfast.ledger.Ledger;
import io.holdfast.ledger.postgres.session.Failures;
import io.holdfast.ledger.postgres.session.Jooq;
import io.holdfast.ledger.postgres.session.Transactions;
import java.util.Set;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jooq.DSLContext;

/** Work in transactions of its own, each on a connection from the data source. */
final class OwnSession implements Session {

    /** Serialization failure, deadlock, and a period closed meanwhile: doing the whole transaction again may do. */
    private static final Set<String> RETRYABLE = Set.of("40001", "40P01", "HF005");

    private final Transactions transactions;
    private final Ledger ledger;

    OwnSession(DataSource dataSource, Ledger ledger) {
        this.transactions = new Transactions(dataSource);
        this.ledger = ledger;
    }

    @Override
    public <T> T write(Function<Transaction, T> work) {
        return transactions.write(
                connection -> {
                    Transaction transaction = new Transaction(Jooq.on(connection), ledger.within(connection));
                    T result = work.apply(transaction);
                    transaction.flush();
                    return result;
                },
                failure -> RETRYABLE.contains(Failures.sqlState(failure)));
    }

    @Override
    public <T> T read(Function<DSLContext, T> work) {
        return transactions.read(connection -> work.apply(Jooq.on(connection)));
    }

    @Override
    public boolean isHosts() {
        return false;
    }

    @Override
    public boolean readsOneSnapshot() {
        return false;
    }
}
