package io.holdfast.ledger.guice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.zaxxer.hikari.HikariDataSource;
import io.holdfast.db.testing.TestDatabase;
import io.holdfast.ledger.Currency;
import io.holdfast.ledger.Ledger;
import io.holdfast.ledger.Money;
import io.holdfast.ledger.RecordedEntry;
import io.holdfast.ledger.Wallets;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

class LedgerModuleTest {

    private static final Currency UGX = Currency.of("UGX");

    @Test
    void an_injector_gives_a_ledger_kept_as_configured() {
        try (TestDatabase database = TestDatabase.create()) {
            LedgerConfig config = LedgerConfig.of("kampala")
                    .zone(ZoneId.of("Africa/Kampala"))
                    .actor("maria")
                    .origin("backoffice");
            Injector injector = Guice.createInjector(
                    new DatabaseModule(DatabaseConfig.of(database.jdbcUrl()).connections(0, 2)),
                    new LedgerModule(config));

            try (HikariDataSource pool = injector.getInstance(HikariDataSource.class)) {
                Wallets wallets = injector.getInstance(Wallets.class);
                wallets.open("alice", UGX);
                RecordedEntry entry = wallets.fund("alice", Money.ofMinor(UGX, 25_000), "topup-1");

                assertThat(entry.ledger()).isEqualTo("kampala");
                assertThat(entry.actor()).isEqualTo("maria");
                assertThat(entry.origin()).isEqualTo("backoffice");
                assertThat(injector.getInstance(Ledger.class)).isSameAs(injector.getInstance(Ledger.class));
                assertThat(injector.getInstance(Ledger.class).zone()).isEqualTo(ZoneId.of("Africa/Kampala"));
                assertThat(injector.getInstance(DataSource.class)).isSameAs(pool);
            }
        }
    }

    @Test
    void a_configuration_never_tells_its_password() {
        DatabaseConfig config =
                DatabaseConfig.of("jdbc:postgresql://db/books?password=hunter2").credentials("app", "hunter3");

        assertThat(config.toString()).doesNotContain("hunter2", "hunter3", "app");
        assertThatThrownBy(() -> DatabaseConfig.of("postgres://app:hunter2@db/books"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("jdbc:postgresql:")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void a_pool_that_cannot_be_is_refused() {
        DatabaseConfig config = DatabaseConfig.of("jdbc:postgresql://db/books");

        assertThatThrownBy(() -> config.connections(0, 0)).hasMessageContaining("0 connections: at least 1");
        assertThatThrownBy(() -> config.connections(5, 4))
                .hasMessageContaining("5 connections ready and has 4 at most");
        assertThatThrownBy(() -> config.patience(Duration.ZERO)).hasMessageContaining("PT0S");
        assertThatThrownBy(() -> config.patience(Duration.ofSeconds(Long.MAX_VALUE)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at most 3650 days");
    }

    @Test
    void a_database_that_is_down_or_silent_is_named_in_time_and_no_secret_is() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            for (int port : List.of(1, silent.getLocalPort())) {
                DatabaseConfig config = DatabaseConfig.of(
                                "jdbc:postgresql://127.0.0.1:" + port + "/books?user=app&password=hunter2")
                        .patience(Duration.ofSeconds(1));
                Injector injector =
                        Guice.createInjector(new DatabaseModule(config), new LedgerModule(LedgerConfig.of("kampala")));
                long begin = System.nanoTime();

                assertThatThrownBy(() -> injector.getInstance(Ledger.class))
                        .hasMessageContaining("No connection to the database at 127.0.0.1:" + port)
                        .hasMessageContaining("is the server running")
                        .hasStackTraceContaining("org.postgresql.")
                        .satisfies(failure -> assertThat(traceOf(failure)).doesNotContain("hunter2"));
                assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(20));
            }
        }
    }

    @Test
    void a_server_is_told_without_secrets_however_the_url_is_written() {
        assertThat(DatabaseConfig.of("jdbc:postgresql://a:1,b:2/books?password=hunter2")
                        .server())
                .isEqualTo("a:1,b:2");
        assertThat(DatabaseConfig.of("jdbc:postgresql://app:hunter2@db/books").server())
                .isEqualTo("db");
        assertThat(DatabaseConfig.of("jdbc:postgresql://db?password=hunter2").server())
                .isEqualTo("db");
        assertThat(DatabaseConfig.of("jdbc:postgresql:books?password=hunter2").server())
                .isEqualTo("the driver's own host and port");
    }

    @Test
    void connections_say_whose_they_are_unless_the_url_does() {
        try (TestDatabase database = TestDatabase.create()) {
            assertThat(nameOfConnection(database.jdbcUrl())).isEqualTo("holdfast");
            assertThat(nameOfConnection(database.jdbcUrl() + "&ApplicationName=till"))
                    .isEqualTo("till");
        }
    }

    private static String traceOf(Throwable failure) {
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        return trace.toString();
    }

    private static String nameOfConnection(String jdbcUrl) {
        Injector injector = Guice.createInjector(
                new DatabaseModule(DatabaseConfig.of(jdbcUrl).connections(0, 1)));
        try (HikariDataSource pool = injector.getInstance(HikariDataSource.class);
                Connection connection = pool.getConnection();
                ResultSet row = connection.createStatement().executeQuery("show application_name")) {
            row.next();
            return row.getString(1);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
