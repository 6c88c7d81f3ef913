package io.holdfast.ledger.guice;

import com.google.inject.AbstractModule;
import com.google.inject.Singleton;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import javax.sql.DataSource;

/**
 * Binds {@link DataSource} to a HikariCP pool, which calls itself holdfast unless the URL has another ApplicationName. The pool is a singleton, and whoever made the injector closes it: {@code
 * injector.getInstance(HikariDataSource.class).close()}. Where the database cannot be reached, the injector says so when it
 * makes the pool, within the configured patience.
 */
public final class DatabaseModule extends AbstractModule {

    private final DatabaseConfig config;

    /** Binds a pool that is made so. */
    public DatabaseModule(DatabaseConfig config) {
        this.config = config;
    }

    @Override
    protected void configure() {
        bind(HikariDataSource.class).toProvider(this::open).in(Singleton.class);
        bind(DataSource.class).to(HikariDataSource.class);
    }

    private HikariDataSource open() {
        try {
            return new HikariDataSource(pool());
        } catch (PoolInitializationException unreachable) {
            throw new IllegalStateException(
                    "No connection to the database at " + config.server() + ": is the server running, and are URL, user"
                            + " and password right?",
                    unreachable);
        }
    }

    private HikariConfig pool() {
        HikariConfig pool = new HikariConfig();
        pool.setPoolName("holdfast");
        pool.setJdbcUrl(config.jdbcUrl());
        config.user().ifPresent(pool::setUsername);
        config.password().ifPresent(pool::setPassword);
        pool.setMinimumIdle(config.connectionsMin());
        pool.setMaximumPoolSize(config.connectionsMax());
        pool.setConnectionTimeout(config.patience().toMillis());
        pool.addDataSourceProperty("ApplicationName", "holdfast");
        // Otherwise a server that takes a connection and says nothing is waited for without end.
        pool.addDataSourceProperty(
                "loginTimeout", Long.toString(Math.max(1, config.patience().toSeconds())));
        // Otherwise HikariCP asks its first connection, and if that is lost just then, takes "-1" for the answer for
        // ever.
        pool.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        return pool;
    }
}
