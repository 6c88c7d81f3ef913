package io.holdfast.payout.engine;

import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Logger;
import javax.sql.DataSource;

/**
 * Knows how many of its connections are out, so that a test can tell whether a transaction may be open, and lets one be lost at
 * its commit.
 */
final class CountingDataSource implements DataSource {

    private final DataSource real;
    private final ThreadLocal<AtomicInteger> out = ThreadLocal.withInitial(AtomicInteger::new);
    private final ThreadLocal<AtomicInteger> taken = ThreadLocal.withInitial(AtomicInteger::new);

    private final AtomicReference<Lost> next = new AtomicReference<>(Lost.NOT);

    /** Whether a connection is lost before or after the server has committed. */
    enum Lost {
        NOT,
        BEFORE_COMMIT,
        AFTER_COMMIT
    }

    /** Lets the connection that commits next be lost. */
    void lose(Lost when) {
        next.set(when);
    }

    CountingDataSource(DataSource real) {
        this.real = real;
    }

    /** Returns how many connections this thread has taken and not given back. */
    int heldByThisThread() {
        return out.get().get();
    }

    /** Returns how many connections this thread has taken so far. */
    int takenByThisThread() {
        return taken.get().get();
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection connection = real.getConnection();
        taken.get().incrementAndGet();
        AtomicInteger counter = out.get();
        counter.incrementAndGet();
        return (Connection) Proxy.newProxyInstance(
                CountingDataSource.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("close")) {
                        counter.decrementAndGet();
                    }
                    Lost lost = method.getName().equals("commit") ? next.getAndSet(Lost.NOT) : Lost.NOT;
                    if (lost == Lost.BEFORE_COMMIT) {
                        connection.rollback();
                        throw new SQLException("lost", "08006");
                    }
                    try {
                        Object result = method.invoke(connection, arguments);
                        if (lost == Lost.AFTER_COMMIT) {
                            throw new SQLException("lost", "08006");
                        }
                        return result;
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getTargetException();
                    }
                });
    }

    @Override
    public Connection getConnection(String username, String password) throws SQLException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public PrintWriter getLogWriter() throws SQLException {
        return real.getLogWriter();
    }

    @Override
    public void setLogWriter(PrintWriter out) throws SQLException {
        real.setLogWriter(out);
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        real.setLoginTimeout(seconds);
    }

    @Override
    public int getLoginTimeout() throws SQLException {
        return real.getLoginTimeout();
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        return real.getParentLogger();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return real.unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return real.isWrapperFor(type);
    }
}
