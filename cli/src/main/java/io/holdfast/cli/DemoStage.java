package io.holdfast.cli;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.holdfast.db.Schema;
import io.holdfast.ledger.Account;
import io.holdfast.ledger.Currency;
import io.holdfast.ledger.Ledger;
import io.holdfast.ledger.Money;
import io.holdfast.ledger.postgres.PostgresLedger;
import io.holdfast.payout.FeeRule;
import io.holdfast.payout.FeeSchedule;
import io.holdfast.payout.engine.PayoutEngine;
import io.holdfast.provider.snippe.SnippeProvider;
import io.holdfast.sandbox.MovableClock;
import io.holdfast.sandbox.postgres.EmbeddedDatabase;
import io.holdfast.sandbox.simulator.Simulator;
import io.holdfast.sandbox.simulator.SimulatorSettings;
import io.holdfast.sandbox.snippe.SnippeSettings;
import io.holdfast.sandbox.snippe.SnippeSimulator;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;

/**
 * What the demo plays on: a database of its own, a simulated provider reached over HTTP, and a clock that it moves, so that
 * nobody waits for a day to pass.
 */
final class DemoStage implements AutoCloseable {

    static final Currency TZS = Currency.of("TZS");
    static final Account FLOAT = Account.of("assets:providers:snippe:float", TZS);
    static final String LEDGER = "demo";
    static final String PROVIDER = "snippe";
    static final Money FEE = Money.parse("TZS 1500");

    private static final String API_KEY = "snp_demo_key";
    private static final long PREFUNDED = 100_000;
    private static final Duration PROVIDER_TIMEOUT = Duration.ofSeconds(1);
    private static final int CONNECTIONS = 4;

    private final EmbeddedDatabase database;
    private final HikariDataSource pool;
    private final Simulator snippe;
    private final MovableClock clock;
    private final Ledger ledger;
    private final PayoutEngine payouts;

    private DemoStage(EmbeddedDatabase database, HikariDataSource pool, Simulator snippe, MovableClock clock) {
        this.database = database;
        this.pool = pool;
        this.snippe = snippe;
        this.clock = clock;
        this.ledger = PostgresLedger.over(pool)
                .ledger(LEDGER)
                .clock(clock)
                .actor("demo")
                .origin("demo")
                .build();
        SnippeProvider provider = new SnippeProvider(io.holdfast.provider.snippe.SnippeSettings.builder(API_KEY)
                .baseUrl(snippe.baseUrl())
                .exchangeTimeout(PROVIDER_TIMEOUT)
                .reversalRefundsFee() // as the simulator does
                .build());
        this.payouts = PayoutEngine.over(pool, ledger)
                .provider(provider)
                .fees(List.of(FeeRule.of(FeeSchedule.fixed(FEE))))
                .clock(clock)
                .build();
    }

    /** Starts everything; the time is that of the stage from now on. */
    static DemoStage open(Instant now) {
        EmbeddedDatabase database = EmbeddedDatabase.temporary();
        try {
            HikariConfig config = new HikariConfig();
            config.setJdbcUrl(database.jdbcUrl());
            config.setMaximumPoolSize(CONNECTIONS);
            HikariDataSource pool = new HikariDataSource(config);
            Schema.migrate(pool);
            MovableClock clock = MovableClock.at(now);
            SnippeSettings account = SnippeSettings.account().apiKey(API_KEY).openingBalance(PREFUNDED);
            Simulator snippe = SnippeSimulator.start(SimulatorSettings.with(clock), account);
            return new DemoStage(database, pool, snippe, clock);
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    Ledger ledger() {
        return ledger;
    }

    PayoutEngine payouts() {
        return payouts;
    }

    Simulator snippe() {
        return snippe;
    }

    DataSource dataSource() {
        return pool;
    }

    /** Returns what we have prefunded at the provider, as the provider has it. */
    Money floatThere() {
        return Money.of(TZS, snippe.balance(SnippeSimulator.ACCOUNT));
    }

    /** Lets time pass, at the provider too. */
    void advance(Duration duration) {
        snippe.advance(duration);
    }

    Instant now() {
        return clock.instant();
    }

    @Override
    public void close() {
        snippe.close();
        pool.close();
        database.close();
    }
}
