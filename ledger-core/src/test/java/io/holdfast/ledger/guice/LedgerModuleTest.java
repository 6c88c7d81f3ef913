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
                    new DatabaseModule(DatabaseConfig.of(database.jdbcUrl()).connectionsMax(2)),
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
}
