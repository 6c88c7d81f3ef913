package io.holdfast.payout.guice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.zaxxer.hikari.HikariDataSource;
import io.holdfast.db.testing.TestDatabase;
import io.holdfast.ledger.Account;
import io.holdfast.ledger.Currency;
import io.holdfast.ledger.Money;
import io.holdfast.ledger.Wallets;
import io.holdfast.ledger.guice.DatabaseConfig;
import io.holdfast.ledger.guice.DatabaseModule;
import io.holdfast.ledger.guice.LedgerConfig;
import io.holdfast.ledger.guice.LedgerModule;
import io.holdfast.payout.PayoutProcessor;
import io.holdfast.payout.PayoutRefusedException;
import io.holdfast.payout.PayoutRequest;
import io.holdfast.payout.Payouts;
import io.holdfast.payout.Route;
import io.holdfast.payout.engine.PayoutEngine;
import io.holdfast.payout.spi.Channel;
import io.holdfast.payout.spi.Recipient;
import java.util.List;
import org.junit.jupiter.api.Test;

class PayoutModuleTest {

    private static final Currency TZS = Currency.of("TZS");

    @Test
    void an_injector_gives_payouts_on_the_bound_ledger() {
        try (TestDatabase database = TestDatabase.create()) {
            Injector injector = Guice.createInjector(
                    new DatabaseModule(DatabaseConfig.of(database.jdbcUrl())),
                    new LedgerModule(LedgerConfig.of("main")),
                    new PayoutModule());

            try (HikariDataSource pool = injector.getInstance(HikariDataSource.class)) {
                Wallets wallets = injector.getInstance(Wallets.class);
                Account alice = wallets.open("alice", TZS);
                wallets.fund("alice", Money.parse("TZS 25000.00"), "topup-1");
                PayoutRequest request = PayoutRequest.of(
                        "payout-1", alice, Money.parse("TZS 5000.00"), Recipient.MobileMoney.of("+255781000000"));

                assertThatThrownBy(() -> injector.getInstance(Payouts.class).request(request))
                        .isInstanceOf(PayoutRefusedException.class)
                        .hasMessageContaining("NO_ROUTE");
                assertThat(injector.getInstance(PayoutProcessor.class).runOnce(10))
                        .isZero();
                assertThat(wallets.balance("alice", TZS).available()).isEqualTo(Money.parse("TZS 25000.00"));
                assertThat(injector.getInstance(PayoutEngine.class)).isSameAs(injector.getInstance(PayoutEngine.class));
                assertThat(pool.isClosed()).isFalse();
            }
        }
    }

    @Test
    void what_the_host_sets_is_the_engines() {
        try (TestDatabase database = TestDatabase.create()) {
            Injector injector = Guice.createInjector(
                    new DatabaseModule(DatabaseConfig.of(database.jdbcUrl())),
                    new LedgerModule(LedgerConfig.of("main")),
                    new PayoutModule(engine -> engine.routes(List.of(Route.of(TZS, Channel.MOBILE_MONEY, "acme")))));

            try (HikariDataSource pool = injector.getInstance(HikariDataSource.class)) {
                assertThatThrownBy(() -> injector.getInstance(Payouts.class))
                        .hasMessageContaining("names [acme], and there are only []");
                assertThat(pool.isClosed()).isFalse();
            }
        }
    }
}
