package io.holdfast.db.testing;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import javax.sql.DataSource;

/**
 * A data source of one connection, which stays open when it is closed. Unlike a real pool it repairs nothing that was
 * left behind, so a test sees it.
 */
public final class OneConnection {

    private OneConnection() {}

    /** Returns a data source that gives this connection to everybody who asks. */
    public static DataSource always(Connection connection) {
        ClassLoader loader = OneConnection.class.getClassLoader();
        Connection kept = (Connection) Proxy.newProxyInstance(
                loader, new Class<?>[] {Connection.class}, (self, method, arguments) -> {
                    if (method.getName().equals("close")) {
                        return null;
                    }
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
        return (DataSource)
                Proxy.newProxyInstance(loader, new Class<?>[] {DataSource.class}, (self, method, arguments) -> kept);
    }
}
