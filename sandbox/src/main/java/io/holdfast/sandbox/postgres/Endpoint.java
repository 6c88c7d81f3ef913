package io.holdfast.sandbox.postgres;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import org.postgresql.ds.PGSimpleDataSource;

/** Where a running server answers, and as whom to speak to it. */
record Endpoint(int port, String password) {

    static final String HOST = "127.0.0.1";
    static final String USER = "postgres";
    static final String DATABASE = "holdfast";
    private static final String MAINTENANCE_DATABASE = "postgres";
    private static final String CONNECT_TIMEOUT_SECONDS = "10";

    String jdbcUrl() {
        return "jdbc:postgresql://" + HOST + ":" + port + "/" + DATABASE + "?user=" + USER + "&password=" + password;
    }

    PGSimpleDataSource dataSource() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setServerNames(new String[] {HOST});
        source.setPortNumbers(new int[] {port});
        source.setDatabaseName(DATABASE);
        source.setUser(USER);
        source.setPassword(password);
        return source;
    }

    /** Connects to the database that is always there, for questions about the server itself. */
    Connection connectForMaintenance() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", USER);
        properties.setProperty("password", password);
        properties.setProperty("ApplicationName", "holdfast embedded database");
        properties.setProperty("connectTimeout", CONNECT_TIMEOUT_SECONDS);
        return DriverManager.getConnection(
                "jdbc:postgresql://" + HOST + ":" + port + "/" + MAINTENANCE_DATABASE, properties);
    }

    @Override
    public String toString() {
        return "Endpoint[port=" + port + "]";
    }
}
