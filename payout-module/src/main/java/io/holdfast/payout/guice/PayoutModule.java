package io.holdfast.payout.guice;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import com.google.inject.multibindings.Multibinder;
import io.holdfast.ledger.Ledger;
import io.holdfast.payout.PayoutFeed;
import io.holdfast.payout.PayoutProcessor;
import io.holdfast.payout.Payouts;
import io.holdfast.payout.ProviderQuestions;
import io.holdfast.payout.Reconciliation;
import io.holdfast.payout.WebhookInbox;
import io.holdfast.payout.engine.PayoutEngine;
import io.holdfast.payout.spi.PayoutProvider;
import java.util.Set;
import javax.sql.DataSource;

/**
 * Binds {@link Payouts}, {@link PayoutProcessor}, {@link WebhookInbox}, {@link PayoutFeed}, {@link Reconciliation} and
 * {@link ProviderQuestions} on the bound {@link Ledger}, {@link DataSource} and set of {@link
 * PayoutProvider}s, which may be empty.
 */
public final class PayoutModule extends AbstractModule {

    private final PayoutConfig config;

    /** Binds payouts that are done so. */
    public PayoutModule(PayoutConfig config) {
        this.config = config;
    }

    @Override
    protected void configure() {
        Multibinder.newSetBinder(binder(), PayoutProvider.class);
    }

    @Provides
    @Singleton
    PayoutEngine engine(DataSource dataSource, Ledger ledger, Set<PayoutProvider> providers) {
        PayoutEngine.Builder engine = PayoutEngine.over(dataSource, ledger)
                .routes(config.routes())
                .fees(config.fees())
                .accounts(config.accounts())
                .processing(config.processing())
                .reversedFee(config.reversedFee())
                .feeTolerance(config.feeTolerance())
                .approvals(config.approvals())
                .limits(config.limits())
                .breaker(config.breaker())
                .calling(config.calling())
                .actor(config.actor());
        providers.forEach(engine::provider);
        return engine.build();
    }

    @Provides
    Payouts payouts(PayoutEngine engine) {
        return engine.payouts();
    }

    @Provides
    Reconciliation reconciliation(PayoutEngine engine) {
        return engine.reconciliation();
    }

    @Provides
    ProviderQuestions providerQuestions(PayoutEngine engine) {
        return engine.providerQuestions();
    }

    @Provides
    WebhookInbox webhooks(PayoutEngine engine) {
        return engine.webhooks();
    }

    @Provides
    PayoutFeed feed(PayoutEngine engine) {
        return engine.feed();
    }

    @Provides
    PayoutProcessor processor(PayoutEngine engine) {
        return engine.processor();
    }
}
