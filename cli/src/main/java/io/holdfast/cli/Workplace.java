package io.holdfast.cli;

import com.google.inject.AbstractModule;
import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.multibindings.Multibinder;
import io.holdfast.ledger.Account;
import io.holdfast.ledger.Ledger;
import io.holdfast.ledger.guice.LedgerConfig;
import io.holdfast.ledger.guice.LedgerModule;
import io.holdfast.payout.Calling;
import io.holdfast.payout.PayoutProcessor;
import io.holdfast.payout.Payouts;
import io.holdfast.payout.ProviderQuestions;
import io.holdfast.payout.Reconciliation;
import io.holdfast.payout.WebhookInbox;
import io.holdfast.payout.engine.PayoutEngine;
import io.holdfast.payout.guice.PayoutModule;
import io.holdfast.payout.spi.PayoutProvider;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;

/** What one command uses, put together from its options: the database and, on it, the ledger. */
final class Workplace implements AutoCloseable {

    /**
     * Payouts, what does their work, where webhooks go, what compares them with providers, what asks those questions, and
     * over which providers.
     */
    record PayoutDesk(
            Payouts payouts,
            PayoutProcessor processor,
            WebhookInbox webhooks,
            Reconciliation reconciliation,
            ProviderQuestions providerQuestions,
            List<PayoutProvider> providers) {}

    private static final String ORIGIN = "cli";

    private final Database database;
    private final Configuration configuration;
    private final Map<String, String> environment;
    private final Injector injector;
    private final ExecutorService threads;

    private Workplace(
            Database database, Configuration configuration, Map<String, String> environment, Injector injector) {
        this.database = database;
        this.configuration = configuration;
        this.environment = environment;
        this.injector = injector;
        this.threads = CallThreads.open(configuration.processing().atOnce());
    }

    static Workplace open(
            GlobalOptions options,
            Surroundings surroundings,
            Configuration configuration,
            UnaryOperator<LedgerConfig> ledger,
            Consumer<String> progress) {
        Database database = Database.open(options, surroundings, progress);
        try {
            String actor = options.actor().orElseGet(database::login);
            LedgerConfig named = LedgerConfig.of(options.ledger()).actor(actor).origin(ORIGIN);
            LedgerConfig config = options.timeZone().map(named::zone).orElse(named);
            Injector injector = Guice.createInjector(
                    binder -> binder.bind(DataSource.class).toInstance(database.dataSource()),
                    new LedgerModule(ledger.apply(config)));
            injector.getInstance(Ledger.class);
            return new Workplace(database, configuration, surroundings.environment(), injector);
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    Ledger ledger() {
        return injector.getInstance(Ledger.class);
    }

    /** Returns payouts over the configured providers, which are made now. */
    PayoutDesk payoutDesk() {
        return payoutDesk(this::configured, configuration.adapters(environment));
    }

    private PayoutEngine.Builder configured(PayoutEngine.Builder engine) {
        return engine.routes(configuration.routes(amounts()))
                .fees(configuration.fees(amounts()))
                .approvals(configuration.approvalPolicy(amounts()))
                .limits(configuration.limits(amounts()))
                .breaker(configuration.breaker())
                .feeTolerance(configuration.processing().feeTolerance())
                .calling(Calling.on(threads, configuration.processing().atOnce()))
                .processing(configuration.waits());
    }

    /** Returns payouts to look at or cancel, which takes no provider. */
    Payouts payouts() {
        return payoutDesk(engine -> engine, List.of()).payouts();
    }

    /** Returns where webhooks are kept, to look at, which takes no provider. */
    WebhookInbox webhooks() {
        return payoutDesk(engine -> engine, List.of()).webhooks();
    }

    /** Returns payouts that are done so, in the name of the login: where it takes two persons, nothing else tells them apart. */
    private PayoutDesk payoutDesk(UnaryOperator<PayoutEngine.Builder> settings, List<PayoutProvider> providers) {
        Injector child = injector.createChildInjector(new PayoutModule(settings), new AbstractModule() {
            @Override
            protected void configure() {
                Multibinder<PayoutProvider> added = Multibinder.newSetBinder(binder(), PayoutProvider.class);
                providers.forEach(provider -> added.addBinding().toInstance(provider));
            }
        });
        return new PayoutDesk(
                child.getInstance(Payouts.class).as(database.login()),
                child.getInstance(PayoutProcessor.class),
                child.getInstance(WebhookInbox.class),
                child.getInstance(Reconciliation.class),
                child.getInstance(ProviderQuestions.class),
                providers);
    }

    Configuration configuration() {
        return configuration;
    }

    /** Returns a reader of amounts in the ledger's currencies. */
    Amounts amounts() {
        return new Amounts(ledger());
    }

    /**
     * Returns the accounts of a path, one for each currency.
     *
     * @throws CommandFailure if there is none
     */
    List<Account> accountsAt(String path) {
        Account.checkPath(path);
        List<Account> accounts = ledger().accountsAt(path);
        if (accounts.isEmpty()) {
            String message = "There is no account " + path + " in any currency; open it first";
            throw CommandFailure.refused(
                    new Document()
                            .with("refused", "ACCOUNT_NOT_FOUND")
                            .with("account", path)
                            .with("message", message),
                    "ACCOUNT_NOT_FOUND: " + message);
        }
        return accounts;
    }

    DataSource dataSource() {
        return database.dataSource();
    }

    @Override
    public void close() {
        threads.shutdownNow();
        database.close();
    }
}
