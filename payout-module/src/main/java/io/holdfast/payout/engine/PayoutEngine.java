package io.holdfast.payout.engine;

import static io.holdfast.db.generated.Tables.LEDGER;

import io.holdfast.audit.Check;
import io.holdfast.ledger.EntryIds;
import io.holdfast.ledger.Ledger;
import io.holdfast.payout.ApprovalPolicy;
import io.holdfast.payout.Calling;
import io.holdfast.payout.CircuitBreaker;
import io.holdfast.payout.FeeRule;
import io.holdfast.payout.FeeTolerance;
import io.holdfast.payout.PayoutAccounts;
import io.holdfast.payout.PayoutFeed;
import io.holdfast.payout.PayoutLimits;
import io.holdfast.payout.PayoutProcessor;
import io.holdfast.payout.Payouts;
import io.holdfast.payout.Processing;
import io.holdfast.payout.ProviderQuestions;
import io.holdfast.payout.Reconciliation;
import io.holdfast.payout.ReversedFee;
import io.holdfast.payout.Route;
import io.holdfast.payout.WebhookInbox;
import io.holdfast.payout.spi.Environment;
import io.holdfast.payout.spi.Feature;
import io.holdfast.payout.spi.PayoutProvider;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.sql.DataSource;

/**
 * Payouts of a ledger kept in PostgreSQL.
 *
 * <pre>{@code
 * PayoutEngine engine = PayoutEngine.over(dataSource, ledger).provider(snippe).build();
 * engine.payouts().request(...);
 * engine.processor().runOnce(100);
 * }</pre>
 *
 * <p>Several engines over one database, in one process or many, share its payouts: configure them alike. Safe for use by
 * any number of threads. Failures of the database pass through as jOOQ's {@code DataAccessException}.
 */
public final class PayoutEngine {

    private final Payouts payouts;
    private final PayoutProcessor processor;
    private final WebhookInbox webhooks;
    private final PayoutFeed feed;
    private final Reconciliation reconciliation;
    private final ProviderQuestions providerQuestions;

    private PayoutEngine(
            Payouts payouts,
            PayoutProcessor processor,
            WebhookInbox webhooks,
            PayoutFeed feed,
            Reconciliation reconciliation,
            ProviderQuestions providerQuestions) {
        this.feed = feed;
        this.webhooks = webhooks;
        this.payouts = payouts;
        this.processor = processor;
        this.reconciliation = reconciliation;
        this.providerQuestions = providerQuestions;
    }

    /**
     * Begins an engine on the database that keeps the ledger. The data source is the one that the ledger was built over, or
     * another of the same database, and gives connections at read committed.
     */
    public static Builder over(DataSource dataSource, Ledger ledger) {
        return new Builder(dataSource, ledger);
    }

    /** Returns the invariants of payouts, for {@code io.holdfast.audit.Verifier}. */
    public static List<Check> checks() {
        return PayoutChecks.all();
    }

    /** Returns the payouts, as a host sees them. */
    public Payouts payouts() {
        return payouts;
    }

    /** Returns what compares payouts with what providers have. */
    public Reconciliation reconciliation() {
        return reconciliation;
    }

    /** Returns where to ask providers what they would charge and what we have there. */
    public ProviderQuestions providerQuestions() {
        return providerQuestions;
    }

    /** Returns what does the work that is due. */
    public PayoutProcessor processor() {
        return processor;
    }

    /** Returns where to hand over what providers call us to say. */
    public WebhookInbox webhooks() {
        return webhooks;
    }

    /** Returns everything that happens to payouts, in order. */
    public PayoutFeed feed() {
        return feed;
    }

    /** Settles how payouts are done. Not safe for use by several threads. */
    public static final class Builder {

        private static final Pattern PROVIDER_NAME = Pattern.compile("[a-z][a-z0-9-]{0,39}");

        private final DataSource dataSource;
        private final Ledger ledger;
        private final Map<String, PayoutProvider> providers = new LinkedHashMap<>();
        private List<Route> routes = List.of();
        private List<FeeRule> fees = List.of();
        private PayoutAccounts accounts = PayoutAccounts.DEFAULTS;
        private Processing processing = Processing.DEFAULTS;
        private ReversedFee reversedFee = ReversedFee.GIVEN_BACK;
        private FeeTolerance feeTolerance = FeeTolerance.EXACT;
        private ApprovalPolicy approvals = ApprovalPolicy.NONE;
        private Optional<Clock> clock = Optional.empty();
        private EntryIds ids = new RandomPayoutIds();
        private PayoutLimits limits = PayoutLimits.NONE;
        private CircuitBreaker breaker = CircuitBreaker.DEFAULTS;
        private Calling calling = Calling.ON_THE_CALLERS_THREAD;
        private String actor = "payouts";

        private Builder(DataSource dataSource, Ledger ledger) {
            this.dataSource = dataSource;
            this.ledger = ledger;
        }

        /**
         * Adds a provider.
         *
         * @throws IllegalArgumentException if its name is malformed or taken
         */
        public Builder provider(PayoutProvider provider) {
            String name = provider.name();
            if (!PROVIDER_NAME.matcher(name).matches()) {
                throw new IllegalArgumentException("Provider name \"" + name
                        + "\" is not 1 to 40 lower-case letters, digits and dashes beginning with a letter");
            }
            if (providers.putIfAbsent(name, provider) != null) {
                throw new IllegalArgumentException("There are two providers named \"" + name + "\"");
            }
            return this;
        }

        /** Sets which providers are tried for what; without, each request names its provider. */
        public Builder routes(List<Route> values) {
            routes = List.copyOf(values);
            return this;
        }

        /** Sets what payouts cost; without, nothing. */
        public Builder fees(List<FeeRule> values) {
            fees = List.copyOf(values);
            return this;
        }

        /** Sets where payouts are booked. */
        public Builder accounts(PayoutAccounts value) {
            accounts = value;
            return this;
        }

        /** Sets when payouts are sent again, asked about and given up to a person. */
        public Builder processing(Processing value) {
            processing = value;
            return this;
        }

        /** Sets what becomes of our fee when all of a payout comes back: given back, unless said. */
        public Builder reversedFee(ReversedFee value) {
            reversedFee = value;
            return this;
        }

        /** Sets how far a charged fee may be off the provider's own quote before an item is opened: not at all, unless said. */
        public Builder feeTolerance(FeeTolerance value) {
            feeTolerance = value;
            return this;
        }

        /** Sets which payouts others have to agree to; without, none. */
        public Builder approvals(ApprovalPolicy value) {
            approvals = value;
            return this;
        }

        /** Takes the time from a clock instead of the database: for tests. */
        public Builder clock(Clock value) {
            clock = Optional.of(value);
            return this;
        }

        /** Takes the ids of payouts from a generator of the host's own. */
        public Builder ids(EntryIds value) {
            ids = value;
            return this;
        }

        /** Sets how much may be paid out; without, any amount. */
        public Builder limits(PayoutLimits value) {
            limits = value;
            return this;
        }

        /** Sets when nothing new is sent to a provider any more. */
        public Builder breaker(CircuitBreaker value) {
            breaker = value;
            return this;
        }

        /** Sets on which threads providers are called: on that of who runs the processor, unless said. */
        public Builder calling(Calling value) {
            calling = value;
            return this;
        }

        /**
         * Sets in whose name the processor works, and whoever uses the payouts without {@link Payouts#as}: {@code payouts},
         * unless said.
         */
        public Builder actor(String value) {
            actor = value;
            return this;
        }

        /**
         * Returns the engine, after a look at the database. Where limits ask how many payouts there were, counting them begins here,
         * unless the login may only read.
         *
         * @throws IllegalArgumentException if a route or a fee names a provider that is not there, the lease is not longer than a
         *     provider's calls may take, some providers are reached to pay and others to try out, the actor's name is
         *     empty or too long, or the data source's database does not have the ledger
         * @throws org.jooq.exception.DataAccessException if the database does not answer, or has no tables of Holdfast
         */
        public PayoutEngine build() {
            routes.forEach(this::checkRoute);
            fees.forEach(this::checkFee);
            providers.values().forEach(this::checkLease);
            checkEnvironments();
            Ledger own = ledger.as(actor);
            Bookkeeper bookkeeper = new Bookkeeper(own, accounts);
            Desk desk = desk(own, bookkeeper);
            Applier applier = new Applier(desk, bookkeeper);
            Claims claims = new Claims(desk);
            Gates gates = new Gates(providers.values(), calling.atOnceByProvider(), desk::now);
            Breakers breakers = new Breakers(desk);
            Environments environments = new Environments(desk);
            FirstSend sender = new FirstSend(desk, gates, breakers, environments, claims, applier);
            ListSearch search = new ListSearch(desk, gates);
            Inquiry inquiry = new Inquiry(desk, gates, claims, applier, sender, search);
            Inbox inbox = new Inbox(desk, environments, applier);
            Feed feed = new Feed(desk.stores().ledgerId(), desk.session(), desk.clock(), own);
            return new PayoutEngine(
                    EnginePayouts.of(desk, own, new Requests(desk, bookkeeper, ids), bookkeeper),
                    new Processor(
                            new Taking(desk, gates, breakers, claims, sender), sender, inquiry, inbox, feed, calling),
                    inbox,
                    feed,
                    new Reconciler(desk, gates, environments, new Movements(desk, own)),
                    new AskedProviders(desk.settings(), gates, environments));
        }

        Settings settings() {
            return new Settings(
                    providers,
                    routes,
                    fees,
                    accounts,
                    processing,
                    reversedFee,
                    feeTolerance,
                    approvals,
                    limits,
                    breaker,
                    ledger.as(actor).actor());
        }

        /** Returns what all parts of the engine work with. */
        Desk desk(Ledger own, Bookkeeper bookkeeper) {
            OwnSession session = new OwnSession(dataSource, own);
            Stores stores = Stores.of(ledgerId(session));
            Scribe scribe = new Scribe(stores, bookkeeper, own);
            return new Desk(session, new EngineClock(clock), stores, scribe, settings());
        }

        private int ledgerId(Session session) {
            return session.read(db -> db.select(LEDGER.LEDGER_ID)
                    .from(LEDGER)
                    .where(LEDGER.NAME.eq(ledger.name()))
                    .fetchOptional(LEDGER.LEDGER_ID)
                    .orElseThrow(() -> new IllegalArgumentException("There is no ledger \"" + ledger.name()
                            + "\" in this database: give the data source that the ledger was built over")));
        }

        private void checkRoute(Route route) {
            if (!providers.keySet().containsAll(route.providers())) {
                throw new IllegalArgumentException("Route " + route.currency() + " " + route.channel() + " names "
                        + route.providers() + ", and there are only " + providers.keySet());
            }
        }

        private void checkFee(FeeRule rule) {
            rule.provider().filter(name -> !providers.containsKey(name)).ifPresent(name -> {
                throw new IllegalArgumentException(
                        "A fee is by provider \"" + name + "\", and there are only " + providers.keySet());
            });
        }

        private void checkEnvironments() {
            Map<Environment, List<String>> names = new EnumMap<>(Environment.class);
            providers.forEach((name, provider) -> provider.capabilities()
                    .environment()
                    .ifPresent(environment -> names.computeIfAbsent(environment, none -> new ArrayList<>())
                            .add(name)));
            if (names.size() > 1) {
                throw new IllegalArgumentException("Test and live money are kept apart, each in a ledger of its own,"
                        + " and there are providers of both: " + names);
            }
        }

        private void checkLease(PayoutProvider provider) {
            int calls = provider.capabilities().has(Feature.PREPARATION) ? 2 : 1;
            Duration timeout = provider.exchangeTimeout();
            // What is longer than the lease alone may be too long to be reckoned with.
            if (timeout.compareTo(processing.lease()) >= 0
                    || processing.lease().compareTo(timeout.multipliedBy(calls).plus(Claims.LEASE_MARGIN)) <= 0) {
                throw new IllegalArgumentException("A lease of " + processing.lease() + " is too short for provider "
                        + provider.name() + ": it has to be longer than " + Claims.LEASE_MARGIN + " and "
                        + (calls == 1 ? "a call" : calls + " calls") + " of " + timeout);
            }
        }
    }
}
