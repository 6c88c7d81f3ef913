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
import java.util.function.UnaryOperator;
import javax.sql.DataSource;

/**
 * Binds {@link Payouts}, {@link PayoutProcessor}, {@link WebhookInbox}, {@link PayoutFeed}, {@link Reconciliation} and
 * {@link ProviderQuestions} on the bound {@link Ledger}, {@link DataSource} and set of {@link PayoutProvider}s, which may be
 * empty.
 *
 * <pre>{@code
 * new PayoutModule(engine -> engine.routes(routes).fees(fees))
 * }</pre>
 */
public final class PayoutModule extends AbstractModule {

    private final UnaryOperator<PayoutEngine.Builder> settings;

    /** Binds payouts without routes and fees, where each request names its provider. */
    public PayoutModule() {
        this(engine -> engine);
    }

    /** Binds payouts of an engine with these settings, to which the bound providers are added. */
    public PayoutModule(UnaryOperator<PayoutEngine.Builder> settings) {
        this.settings = settings;
    }

    @Override
    protected void configure() {
        Multibinder.newSetBinder(binder(), PayoutProvider.class);
    }

    @Provides
    @Singleton
    PayoutEngine engine(DataSource dataSource, Ledger ledger, Set<PayoutProvider> providers) {
        PayoutEngine.Builder engine = settings.apply(PayoutEngine.over(dataSource, ledger));
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
