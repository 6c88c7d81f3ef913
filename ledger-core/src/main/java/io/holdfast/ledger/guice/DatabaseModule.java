package io.holdfast.ledger.guice;

import com.google.inject.AbstractModule;
import com.google.inject.Singleton;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.lang.reflect.Constructor;
import javax.sql.DataSource;

/**
 * Binds {@link DataSource} to a HikariCP pool, which calls itself holdfast unless the URL has another ApplicationName. The pool is a singleton, and whoever made the injector closes it: {@code
 * injector.getInstance(HikariDataSource.class).close()}.
 */
public final class DatabaseModule extends AbstractModule {

    private final DatabaseConfig config;

    /** Binds a pool that is made so. */
    public DatabaseModule(DatabaseConfig config) {
        this.config = config;
    }

    @Override
    protected void configure() {
        bind(HikariConfig.class).toInstance(pool());
        bind(HikariDataSource.class).toConstructor(constructor()).in(Singleton.class);
        bind(DataSource.class).to(HikariDataSource.class);
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
        // Otherwise HikariCP asks its first connection, and if that is lost just then, takes "-1" for the answer for
        // ever.
        pool.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        return pool;
    }

    private static Constructor<HikariDataSource> constructor() {
        try {
            return HikariDataSource.class.getConstructor(HikariConfig.class);
        } catch (NoSuchMethodException otherHikari) {
            throw new IllegalStateException("This HikariCP is not the one that Holdfast is built with", otherHikari);
        }
    }
}
