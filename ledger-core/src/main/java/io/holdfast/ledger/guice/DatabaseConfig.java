package io.holdfast.ledger.guice;

import java.util.Optional;

/**
 * How to reach the database.
 *
 * @param jdbcUrl for instance {@code jdbc:postgresql://localhost:5432/books}
 * @param user if absent, the URL's or the driver's
 * @param password if absent, the URL's or the driver's
 * @param connectionsMax most connections that the pool opens, at least 1
 */
public record DatabaseConfig(String jdbcUrl, Optional<String> user, Optional<String> password, int connectionsMax) {

    private static final int CONNECTIONS_UNLESS_SAID = 10;

    /**
     * Refuses a URL that is not PostgreSQL's, and a pool of no connections.
     *
     * @throws IllegalArgumentException with the rule; the URL is not repeated, because it may hold a password
     */
    public DatabaseConfig {
        if (!jdbcUrl.startsWith("jdbc:postgresql:")) {
            throw new IllegalArgumentException("The database's URL does not begin with jdbc:postgresql:");
        }
        if (connectionsMax < 1) {
            throw new IllegalArgumentException("A pool of " + connectionsMax + " connections: at least 1 is needed");
        }
    }

    /** Returns a configuration of ten connections, whose user and password are the URL's. */
    public static DatabaseConfig of(String jdbcUrl) {
        return new DatabaseConfig(jdbcUrl, Optional.empty(), Optional.empty(), CONNECTIONS_UNLESS_SAID);
    }

    /** Returns the same with credentials. */
    public DatabaseConfig credentials(String name, String secret) {
        return new DatabaseConfig(jdbcUrl, Optional.of(name), Optional.of(secret), connectionsMax);
    }

    /** Returns the same with another size of the pool. */
    public DatabaseConfig connectionsMax(int connections) {
        return new DatabaseConfig(jdbcUrl, user, password, connections);
    }

    /** Tells nothing secret: neither URL nor credentials. */
    @Override
    public String toString() {
        return "DatabaseConfig[connectionsMax=" + connectionsMax + "]";
    }
}
