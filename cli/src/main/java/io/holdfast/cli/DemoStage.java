package io.holdfast.cli;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.holdfast.db.Schema;
import io.holdfast.ledger.Currency;
import io.holdfast.ledger.Ledger;
import io.holdfast.ledger.Money;
import io.holdfast.ledger.postgres.PostgresLedger;
import io.holdfast.payout.FeeRule;
import io.holdfast.payout.FeeSchedule;
import io.holdfast.payout.Route;
import io.holdfast.payout.engine.PayoutEngine;
import io.holdfast.payout.spi.Channel;
import io.holdfast.sandbox.MovableClock;
import io.holdfast.sandbox.postgres.EmbeddedDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import javax.sql.DataSource;

/**
 * What the demo plays on: a database of its own, simulated providers reached over HTTP, and a clock that it moves, so that
 * nobody waits for a day to pass.
 */
final class DemoStage implements AutoCloseable {

    static final String LEDGER = "demo";

    /** Whose wallet pays. */
    static final String OWNER = "alice";

    private static final Map<Currency, Money> FEES = fees("TZS 1500", "XAF 200", "RWF 200");
    private static final int CONNECTIONS = 4;

    private final EmbeddedDatabase database;
    private final HikariDataSource pool;
    private final List<DemoCast> cast;
    private final MovableClock clock;
    private final Ledger ledger;
    private final PayoutEngine payouts;

    private DemoStage(EmbeddedDatabase database, HikariDataSource pool, List<DemoCast> cast, MovableClock clock) {
        this.database = database;
        this.pool = pool;
        this.cast = cast;
        this.clock = clock;
        this.ledger = PostgresLedger.over(pool)
                .ledger(LEDGER)
                .clock(clock)
                .actor("demo")
                .origin("demo")
                .build();
        PayoutEngine.Builder engine = PayoutEngine.over(pool, ledger)
                .fees(FEES.values().stream()
                        .map(fee -> FeeRule.of(FeeSchedule.fixed(fee)))
                        .toList())
                .routes(FEES.keySet().stream().map(this::route).toList())
                .clock(clock);
        cast.forEach(one -> engine.provider(one.adapter()));
        this.payouts = engine.build();
    }

    private static Map<Currency, Money> fees(String... fees) {
        Map<Currency, Money> byCurrency = new LinkedHashMap<>();
        for (String fee : fees) {
            Money money = Money.parse(fee);
            byCurrency.put(money.currency(), money);
        }
        return byCurrency;
    }

    private Route route(Currency currency) {
        return Route.of(
                currency,
                Channel.MOBILE_MONEY,
                cast.stream()
                        .filter(one -> one.currency().equals(currency))
                        .map(DemoCast::name)
                        .toArray(String[]::new));
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
            return new DemoStage(database, pool, DemoCast.open(clock), clock);
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

    List<DemoCast> cast() {
        return cast;
    }

    Set<Currency> currencies() {
        return FEES.keySet();
    }

    Money fee(Currency currency) {
        return Objects.requireNonNull(FEES.get(currency), () -> "No fee in " + currency);
    }

    DemoCast cast(String name) {
        return cast.stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
    }

    DataSource dataSource() {
        return pool;
    }

    /** Lets time pass, at the providers too. */
    void advance(Duration duration) {
        cast.get(0).simulator().advance(duration);
        cast.forEach(one -> one.simulator().tick());
    }

    Instant now() {
        return clock.instant();
    }

    @Override
    public void close() {
        cast.forEach(DemoCast::close);
        pool.close();
        database.close();
    }
}
