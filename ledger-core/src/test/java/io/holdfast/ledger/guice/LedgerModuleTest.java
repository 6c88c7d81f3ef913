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
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.ZoneId;
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
    }

    @Test
    void connections_say_whose_they_are_unless_the_url_does() {
        try (TestDatabase database = TestDatabase.create()) {
            assertThat(nameOfConnection(database.jdbcUrl())).isEqualTo("holdfast");
            assertThat(nameOfConnection(database.jdbcUrl() + "&ApplicationName=till"))
                    .isEqualTo("till");
        }
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
