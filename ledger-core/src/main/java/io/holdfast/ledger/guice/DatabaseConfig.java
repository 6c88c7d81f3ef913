package io.holdfast.ledger.guice;

import java.time.Duration;
import java.util.Optional;

/**
 * How to reach the database.
 *
 * @param jdbcUrl for instance {@code jdbc:postgresql://localhost:5432/books}
 * @param user if absent, the URL's or the driver's
 * @param password if absent, the URL's or the driver's
 * @param connectionsMin connections that the pool keeps ready, from 0 to the most
 * @param connectionsMax most connections that the pool opens, at least 1
 * @param patience how long to wait for a connection, at least a quarter of a second
 */
public record DatabaseConfig(
        String jdbcUrl,
        Optional<String> user,
        Optional<String> password,
        int connectionsMin,
        int connectionsMax,
        Duration patience) {

    private static final String URL_BEGINNING = "jdbc:postgresql:";
    private static final int CONNECTIONS_UNLESS_SAID = 10;
    private static final Duration PATIENCE_UNLESS_SAID = Duration.ofSeconds(30);
    private static final Duration PATIENCE_MIN = Duration.ofMillis(250);
    private static final Duration PATIENCE_MAX = Duration.ofDays(3_650);

    /**
     * Refuses a URL that is not PostgreSQL's, a pool of no connections, and patience that is none or longer than 3650 days.
     *
     * @throws IllegalArgumentException with the rule; the URL is not repeated, because it may hold a password
     */
    public DatabaseConfig {
        if (!jdbcUrl.startsWith(URL_BEGINNING)) {
            throw new IllegalArgumentException("The database's URL does not begin with " + URL_BEGINNING);
        }
        if (connectionsMax < 1) {
            throw new IllegalArgumentException("A pool of " + connectionsMax + " connections: at least 1 is needed");
        }
        if (connectionsMin < 0 || connectionsMin > connectionsMax) {
            throw new IllegalArgumentException("A pool that keeps " + connectionsMin + " connections ready and has "
                    + connectionsMax + " at most: from 0 to these can be kept");
        }
        if (patience.compareTo(PATIENCE_MIN) < 0 || patience.compareTo(PATIENCE_MAX) > 0) {
            throw new IllegalArgumentException("Waiting " + patience + " for a connection: at least " + PATIENCE_MIN
                    + " is needed, and at most " + PATIENCE_MAX.toDays() + " days are possible");
        }
    }

    /** Returns a configuration of ten connections, kept ready, whose user and password are the URL's. */
    public static DatabaseConfig of(String jdbcUrl) {
        return new DatabaseConfig(
                jdbcUrl,
                Optional.empty(),
                Optional.empty(),
                CONNECTIONS_UNLESS_SAID,
                CONNECTIONS_UNLESS_SAID,
                PATIENCE_UNLESS_SAID);
    }

    /** Returns the same with credentials. */
    public DatabaseConfig credentials(String name, String secret) {
        return new DatabaseConfig(
                jdbcUrl, Optional.of(name), Optional.of(secret), connectionsMin, connectionsMax, patience);
    }

    /** Returns the same with another size of the pool: so many connections ready, and so many at most. */
    public DatabaseConfig connections(int ready, int most) {
        return new DatabaseConfig(jdbcUrl, user, password, ready, most, patience);
    }

    /** Returns the same with another patience. */
    public DatabaseConfig patience(Duration forConnection) {
        return new DatabaseConfig(jdbcUrl, user, password, connectionsMin, connectionsMax, forConnection);
    }

    /** Returns where the URL says that the database is, for messages: hosts and ports, and nothing secret. */
    public String server() {
        String place = jdbcUrl.substring(URL_BEGINNING.length());
        if (!place.startsWith("//")) {
            return "the driver's own host and port";
        }
        String authority = place.substring(2).split("[/?]", 2)[0];
        return authority.substring(authority.lastIndexOf('@') + 1);
    }

    /** Tells nothing secret: neither URL nor credentials. */
    @Override
    public String toString() {
        return "DatabaseConfig[connectionsMin=" + connectionsMin + ", connectionsMax=" + connectionsMax + ", patience="
                + patience + "]";
    }
}
