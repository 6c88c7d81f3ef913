package com.example.shop;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** The shop's pool, and its own transactions in it. Safe for use by any number of threads. */
final class Transactions {

    /** Threads of the shop that serve its customers, and those that take webhooks. */
    static final int CALLERS = 16;

    static final int WORKERS = 2;

    /**
     * What the engine writes for all its callers and workers together: requests, sends and two groups of answers, and as many
     * again that wait for somebody's lock.
     */
    private static final int GROUPS = 8;

    private static final int FEED_LOOPS = 1;
    private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration IDLE_MAX = Duration.ofSeconds(30);
    private static final int TRIES_MAX = 5;

    /** Serialization failure, deadlock, a lock that was not had in time. */
    private static final Set<String> STATES_OF_THE_MOMENT = Set.of("40001", "40P01", "55P03");

    private final HikariDataSource pool;

    Transactions(HikariDataSource pool) {
        this.pool = pool;
    }

    static HikariDataSource pool(String jdbcUrl) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(jdbcUrl);
        config.setMaximumPoolSize(CALLERS + WORKERS + GROUPS + FEED_LOOPS);
        config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        config.addDataSourceProperty(
                "options",
                "-c lock_timeout=" + LOCK_TIMEOUT.toMillis() + " -c idle_in_transaction_session_timeout="
                        + IDLE_MAX.toMillis());
        return new HikariDataSource(config);
    }

    /** What is done in one transaction, wholly or not at all. It may be done again. */
    @FunctionalInterface
    interface Work<T> {
        T apply(Connection connection) throws SQLException;
    }

    <T> T run(Work<T> work) throws SQLException {
        for (int tries = 1; ; tries++) {
            try {
                return runOnce(work);
            } catch (SQLException | RuntimeException failure) {
                if (tries == TRIES_MAX || !isWorthAnotherTry(failure)) {
                    throw failure;
                }
            }
        }
    }

    /** HikariCP rolls back what is not committed when the connection is given back. */
    private <T> T runOnce(Work<T> work) throws SQLException {
        try (Connection connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            T result = work.apply(connection);
            connection.commit();
            return result;
        }
    }

    /** Tells whether it was the moment: what is in STATES_OF_THE_MOMENT, a lost connection, or a server that stops or starts. */
    static boolean isWorthAnotherTry(Throwable failure) {
        String state = sqlState(failure).orElse("");
        return STATES_OF_THE_MOMENT.contains(state) || state.startsWith("08") || state.startsWith("57P");
    }

    /** Returns the SQL state of a failure, whichever library wrapped it; nothing if it is none of the database's. */
    static Optional<String> sqlState(Throwable failure) {
        if (failure instanceof SQLException ofDatabase) {
            return Optional.ofNullable(ofDatabase.getSQLState());
        }
        return Optional.ofNullable(failure.getCause()).flatMap(Transactions::sqlState);
    }
}
