package io.holdfast.ledger.postgres;

import io.holdfast.ledger.EntryIds;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.time.Instant;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Ids that count the entries of plans that are kept. A plan that is given up, because a key in it turned out to be used
 * before, gives its ids back, so that they do not tell how often a batch was planned.
 *
 * <p>For one thread on {@link #watching} a data source, on which it sees where plans and transactions end.
 */
final class PlannedIds implements EntryIds {

    private static final String END_OF_PLAN = "write_batch";

    private long kept;
    private long drawn;
    private long drawnByLastPlan;

    @Override
    public UUID next(Instant recordedAt) {
        drawn++;
        return new UUID(0x7000L, 0x8000_0000_0000_0000L | (kept + drawn));
    }

    /** Returns a data source that tells when a plan is handed to the database, and when it is kept. */
    DataSource watching(DataSource source) {
        return proxy(DataSource.class, source);
    }

    private <T> T proxy(Class<T> type, T target) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    switch (method.getName()) {
                        case "prepareStatement" -> prepared((String) arguments[0]);
                        case "commit" -> ended(drawnByLastPlan);
                        case "rollback" -> ended(0);
                        default -> {}
                    }
                    try {
                        Object result = method.invoke(target, arguments);
                        return result instanceof Connection connection ? proxy(Connection.class, connection) : result;
                    } catch (InvocationTargetException failure) {
                        throw failure.getCause();
                    }
                }));
    }

    private void prepared(String sql) {
        if (sql.contains(END_OF_PLAN)) {
            drawnByLastPlan = drawn;
            drawn = 0;
        }
    }

    private void ended(long keptByTransaction) {
        kept += keptByTransaction;
        drawn = 0;
        drawnByLastPlan = 0;
    }
}
