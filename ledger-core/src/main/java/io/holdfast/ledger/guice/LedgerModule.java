package io.holdfast.ledger.guice;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import io.holdfast.ledger.Ledger;
import io.holdfast.ledger.Wallets;
import io.holdfast.ledger.postgres.PostgresLedger;
import javax.sql.DataSource;

/**
 * Binds {@link Ledger} and {@link Wallets} on the bound {@link DataSource}, whose schema is current: {@code
 * Schema.migrate(dataSource)} brings it there.
 */
public final class LedgerModule extends AbstractModule {

    private final LedgerConfig config;

    /** Binds a ledger that is kept so. */
    public LedgerModule(LedgerConfig config) {
        this.config = config;
    }

    @Provides
    @Singleton
    Ledger ledger(DataSource dataSource) {
        PostgresLedger.Builder ledger = PostgresLedger.over(dataSource)
                .ledger(config.ledger())
                .actor(config.actor())
                .origin(config.origin());
        config.zone().ifPresent(ledger::zone);
        return config.existing() ? ledger.existing().build() : ledger.build();
    }

    @Provides
    @Singleton
    Wallets wallets(Ledger ledger) {
        return new Wallets(ledger);
    }
}
