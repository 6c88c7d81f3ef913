package com.example.acme;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.zaxxer.hikari.HikariDataSource;
import io.holdfast.db.Schema;
import io.holdfast.ledger.Account;
import io.holdfast.ledger.Currency;
import io.holdfast.ledger.Ledger;
import io.holdfast.ledger.Money;
import io.holdfast.ledger.Wallets;
import io.holdfast.ledger.guice.DatabaseConfig;
import io.holdfast.ledger.guice.DatabaseModule;
import io.holdfast.ledger.guice.LedgerConfig;
import io.holdfast.ledger.guice.LedgerModule;
import io.holdfast.ledger.postgres.PostgresLedger;
import io.holdfast.payout.Payout;
import io.holdfast.payout.PayoutProcessor;
import io.holdfast.payout.PayoutRequest;
import io.holdfast.payout.PayoutStatus;
import io.holdfast.payout.Payouts;
import io.holdfast.payout.engine.PayoutEngine;
import io.holdfast.payout.guice.PayoutModule;
import io.holdfast.payout.spi.Recipient;
import io.holdfast.sandbox.MovableClock;
import io.holdfast.sandbox.postgres.EmbeddedDatabase;
import io.holdfast.sandbox.simulator.Fault;
import io.holdfast.sandbox.simulator.Simulator;
import io.holdfast.sandbox.simulator.SimulatorSettings;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Payouts from a wallet of UGX 20,000 through Acme Pay, over real HTTP and a real database. */
class AcmePayoutTest {

    private static final EmbeddedDatabase DATABASE = EmbeddedDatabase.temporary();
    private static final HikariDataSource POOL = new HikariDataSource();
    private static final Currency UGX = Currency.of("UGX");

    private final MovableClock clock = MovableClock.at("2026-03-02T08:00:00Z");
    private final Simulator acme = AcmeSimulator.start(SimulatorSettings.with(clock));

    @BeforeAll
    static void migrate() {
        POOL.setJdbcUrl(DATABASE.jdbcUrl());
        Schema.migrate(POOL);
    }

    @AfterEach
    void stop() {
        acme.close();
    }

    @AfterAll
    static void delete() {
        POOL.close();
        DATABASE.close();
    }

    @Test
    void a_payout_reaches_the_recipient_and_leaves_the_wallet() {
        Host host = new Host("paid");
        Payout payout = host.request();

        Payout paid = host.runToTheEnd(payout);

        assertThat(paid.status()).isEqualTo(PayoutStatus.SUCCEEDED);
        assertThat(acme.payments("256772345678")).hasSize(1);
        assertThat(host.wallet()).isEqualTo(Money.parse("UGX 15000"));
        assertThat(host.total("assets:providers:acme:float")).isEqualTo(Money.parse("UGX -5050"));
        assertThat(host.total("expenses:provider-fees:acme")).isEqualTo(Money.parse("UGX 50"));
    }

    @Test
    void a_lost_answer_is_settled_by_the_same_bytes_and_pays_once() {
        acme.next(Fault.RESET_AFTER_EXECUTING);
        Host host = new Host("lost");

        Payout paid = host.runToTheEnd(host.request());

        assertThat(paid.status()).isEqualTo(PayoutStatus.SUCCEEDED);
        assertThat(acme.payments("256772345678")).hasSize(1);
        assertThat(host.wallet()).isEqualTo(Money.parse("UGX 15000"));
    }

    @Test
    void a_refused_payout_gives_everything_back() {
        acme.next(Fault.REJECTED);
        Host host = new Host("refused");

        Payout failed = host.runToTheEnd(host.request());

        assertThat(failed.status()).isEqualTo(PayoutStatus.FAILED);
        assertThat(acme.payments()).isEmpty();
        assertThat(host.wallet()).isEqualTo(Money.parse("UGX 20000"));
    }

    @Test
    void a_host_with_guice_installs_it() {
        Injector injector = Guice.createInjector(
                new DatabaseModule(DatabaseConfig.of(DATABASE.jdbcUrl())),
                new LedgerModule(LedgerConfig.of("guice")),
                new PayoutModule(),
                new AcmeModule(acme.baseUrl(), AcmeSimulator.KEY));
        try (HikariDataSource pool = injector.getInstance(HikariDataSource.class)) {
            injector.getInstance(Wallets.class).open("alice", UGX);
            injector.getInstance(Wallets.class).fund("alice", Money.parse("UGX 20000"), "top-up");
            Payouts payouts = injector.getInstance(Payouts.class);
            Payout payout = payouts.request(request());

            injector.getInstance(PayoutProcessor.class).runOnce(1);

            assertThat(payouts.find(payout.id()).orElseThrow().status()).isEqualTo(PayoutStatus.PROCESSING);
            assertThat(pool.isRunning()).isTrue();
        }
    }

    private static PayoutRequest request() {
        return PayoutRequest.of(
                        "p1",
                        Wallets.account("alice", UGX),
                        Money.parse("UGX 5000"),
                        Recipient.MobileMoney.of("+256772345678").named("Grace Akello"))
                .via("acme");
    }

    /** A ledger of its own, at the time of Acme's clock. */
    private final class Host {

        private final Ledger ledger;
        private final PayoutEngine engine;

        Host(String name) {
            ledger = PostgresLedger.over(POOL).ledger(name).clock(clock).build();
            engine = PayoutEngine.over(POOL, ledger)
                    .clock(clock)
                    .provider(new AcmeProvider(acme.baseUrl(), AcmeSimulator.KEY, Duration.ofSeconds(2)))
                    .build();
        }

        Payout request() {
            new Wallets(ledger).open("alice", UGX);
            new Wallets(ledger).fund("alice", Money.parse("UGX 20000"), "top-up");
            return engine.payouts().request(AcmePayoutTest.request());
        }

        Payout runToTheEnd(Payout payout) {
            for (int minute = 0; minute < 3; minute++) {
                engine.processor().runOnce(10);
                acme.advance(Duration.ofMinutes(1));
            }
            return engine.payouts().find(payout.id()).orElseThrow();
        }

        Money wallet() {
            return ledger.balance(Wallets.account("alice", UGX)).available();
        }

        Money total(String account) {
            return ledger.balance(Account.of(account, UGX)).total();
        }
    }
}
