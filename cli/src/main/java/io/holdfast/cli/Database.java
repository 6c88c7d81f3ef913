package io.holdfast.cli;

import com.google.inject.Guice;
import com.google.inject.ProvisionException;
import com.zaxxer.hikari.HikariDataSource;
import io.holdfast.db.Schema;
import io.holdfast.ledger.guice.DatabaseConfig;
import io.holdfast.ledger.guice.DatabaseModule;
import io.holdfast.sandbox.postgres.EmbeddedDatabase;
import io.holdfast.sandbox.postgres.EmbeddedDatabaseException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import javax.sql.DataSource;

/**
 * The database of one command: the server that a URL names, or the embedded one of the current directory, which is
 * started and brought to the current schema on the way. Thread-safe.
 */
final class Database implements AutoCloseable {

    /** Names the server when {@code --jdbc-url} does not. */
    static final String URL_VARIABLE = "HOLDFAST_JDBC_URL";

    private static final String EMBEDDED_DIRECTORY = ".holdfast";
    private static final String URL_BEGINNING = "jdbc:postgresql:";
    private static final int CONNECTIONS_MAX = 8;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final HikariDataSource dataSource;
    private final Optional<EmbeddedDatabase> embedded;
    private final String login;

    private Database(HikariDataSource dataSource, Optional<EmbeddedDatabase> embedded, String login) {
        this.dataSource = dataSource;
        this.embedded = embedded;
        this.login = login;
    }

    /** Returns where the embedded database of a directory is kept. */
    static Path embeddedIn(Path directory) {
        return directory.resolve(EMBEDDED_DIRECTORY);
    }

    /**
     * Opens the database of a command; the embedded one gets the schema that this code needs.
     *
     * @throws CommandFailure if it cannot be reached
     */
    static Database open(GlobalOptions options, Surroundings surroundings, Consumer<String> progress) {
        Database database = openAsIs(options, surroundings, progress);
        try {
            if (database.embedded.isPresent()) {
                Schema.migrate(database.dataSource());
            }
            return database;
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    /** As {@link #open}, whatever schema the embedded database has. */
    static Database openAsIs(GlobalOptions options, Surroundings surroundings, Consumer<String> progress) {
        Optional<String> url = url(options, surroundings);
        if (url.isPresent()) {
            return connect(url.get(), Optional.empty());
        }
        EmbeddedDatabase embedded;
        try {
            embedded = EmbeddedDatabase.open(
                    embeddedIn(surroundings.directory()), EmbeddedDatabase.DEFAULT_IDLE_TIME, progress);
        } catch (EmbeddedDatabaseException e) {
            throw CommandFailure.of(ExitCode.INVALID, "DATABASE_UNAVAILABLE", String.valueOf(e.getMessage()));
        }
        return connect(embedded.jdbcUrl(), Optional.of(embedded));
    }

    DataSource dataSource() {
        return dataSource;
    }

    /** Returns who the database takes us for. */
    String login() {
        return login;
    }

    @Override
    public void close() {
        dataSource.close();
        embedded.ifPresent(EmbeddedDatabase::close);
    }

    private static Optional<String> url(GlobalOptions options, Surroundings surroundings) {
        Optional<String> url = options.jdbcUrl().or(() -> surroundings.variable(URL_VARIABLE));
        if (url.isPresent() && !url.get().startsWith(URL_BEGINNING)) {
            throw CommandFailure.invalid("The JDBC URL is to begin with " + URL_BEGINNING
                    + ", as in jdbc:postgresql://localhost:5432/books?user=alice");
        }
        return url;
    }

    private static Database connect(String url, Optional<EmbeddedDatabase> embedded) {
        DatabaseConfig config =
                DatabaseConfig.of(url).connections(0, CONNECTIONS_MAX).patience(PATIENCE);
        try {
            HikariDataSource dataSource =
                    Guice.createInjector(new DatabaseModule(config)).getInstance(HikariDataSource.class);
            try (Connection connection = dataSource.getConnection()) {
                return new Database(
                        dataSource, embedded, connection.getMetaData().getUserName());
            } catch (SQLException e) {
                dataSource.close();
                throw e;
            }
        } catch (SQLException | RuntimeException e) {
            embedded.ifPresent(EmbeddedDatabase::close);
            Throwable reason = e instanceof ProvisionException && e.getCause() != null ? e.getCause() : e;
            throw Failures.ofConnecting(config.server(), reason)
                    .orElseGet(() -> CommandFailure.invalid("The database cannot be used: " + reason.getMessage()));
        }
    }
}
