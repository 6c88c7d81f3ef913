package io.holdfast.payout.engine;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/** Counts how often work waits for the database: each statement that is carried out, each commit and rollback. */
final class CountedStatements {

    private static final Set<String> WAITS = Set.of(
            "execute",
            "executeQuery",
            "executeUpdate",
            "executeBatch",
            "commit",
            "rollback",
            "setSavepoint",
            "releaseSavepoint");

    private final AtomicInteger waits = new AtomicInteger();

    /** Returns the same data source, counted. */
    DataSource counting(DataSource real) {
        return proxy(DataSource.class, real);
    }

    /** Returns how often work waits. */
    int of(Runnable work) {
        int before = waits.get();
        work.run();
        return waits.get() - before;
    }

    private <T> T proxy(Class<T> type, Object real) {
        InvocationHandler handler = (self, method, arguments) -> called(real, method, arguments);
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private Object called(Object real, Method method, Object[] arguments) throws Throwable {
        if (WAITS.contains(method.getName())) {
            waits.incrementAndGet();
        }
        try {
            Object result = method.invoke(real, arguments);
            if (result instanceof Connection connection && method.getName().equals("getConnection")) {
                return proxy(Connection.class, connection);
            }
            return result instanceof PreparedStatement statement
                            && method.getName().equals("prepareStatement")
                    ? proxy(PreparedStatement.class, statement)
                    : result;
        } catch (InvocationTargetException thrown) {
            throw thrown.getTargetException();
        }
    }
}
