package io.holdfast.db;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A connection that is put into autocommit for a while, and given back as it was lent.
 *
 * <p>That includes the search path: after each rollback Liquibase sets one of its own.
 */
final class LentConnection implements AutoCloseable {

    private final Connection connection;
    private final boolean autoCommit;
    private final String searchPath;

    LentConnection(Connection connection) throws SQLException {
        this.connection = connection;
        this.autoCommit = connection.getAutoCommit();
        connection.setAutoCommit(true);
        try (Statement statement = connection.createStatement();
                ResultSet setting = statement.executeQuery("select current_setting('search_path')")) {
            setting.next();
            this.searchPath = setting.getString(1);
        }
    }

    @Override
    public void close() throws SQLException {
        if (!connection.getAutoCommit()) {
            connection.rollback();
            connection.setAutoCommit(true);
        }
        try (PreparedStatement statement = connection.prepareStatement("select set_config('search_path', ?, false)")) {
            statement.setString(1, searchPath);
            statement.execute();
        }
        connection.setAutoCommit(autoCommit);
    }
}
