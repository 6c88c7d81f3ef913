package io.holdfast.ledger.postgres;

import io.holdfast.ledger.Account;
import io.holdfast.ledger.AccountState;
import io.holdfast.ledger.AccountTerms;
import io.holdfast.ledger.Actors;
import io.holdfast.ledger.AsOf;
import io.holdfast.ledger.Balance;
import io.holdfast.ledger.Command;
import io.holdfast.ledger.CommandGroup;
import io.holdfast.ledger.Currency;
import io.holdfast.ledger.EntryIds;
import io.holdfast.ledger.EntryReference;
import io.holdfast.ledger.Hold;
import io.holdfast.ledger.HoldCommit;
import io.holdfast.ledger.HoldReference;
import io.holdfast.ledger.HoldRelease;
import io.holdfast.ledger.HoldRequest;
import io.holdfast.ledger.HoldState;
import io.holdfast.ledger.JournalEntry;
import io.holdfast.ledger.KeyedCommand;
import io.holdfast.ledger.Ledger;
import io.holdfast.ledger.RecordedEntry;
import io.holdfast.ledger.Refusal;
import io.holdfast.ledger.Result;
import io.holdfast.ledger.Reversal;
import io.holdfast.ledger.Side;
import io.holdfast.ledger.Statement;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.jooq.exception.DataAccessException;

/**
 * A ledger kept in PostgreSQL 14 or later.
 *
 * <pre>{@code
 * Schema.migrate(dataSource);
 * Ledger ledger = PostgresLedger.over(dataSource).ledger("main").build();
 * }</pre>
 *
 * <p>The single-call methods of several threads share transactions: callers who come at the same time are carried out as
 * one batch. Failures of the database pass through as jOOQ's {@link DataAccessException}, whose {@code sqlState()} tells
 * a serialization failure (40001) or deadlock (40P01), which may be tried again, from others. Transactions of the
 * ledger's own are tried again by themselves; the host's are not, because only the host can begin them anew.
 *
 * <p>The data source gives connections at isolation read committed, PostgreSQL's default. One pool may serve any number
 * of ledgers. Safe for use by any number of threads.
 */
public final class PostgresLedger implements Ledger {

    private final Engine engine;
    private final Session session;
    private final String actor;

    private PostgresLedger(Engine engine, Session session, String actor) {
        this.engine = engine;
        this.session = session;
        this.actor = actor;
    }

    /** Begins a ledger on a data source. */
    public static Builder over(DataSource dataSource) {
        return new Builder(dataSource);
    }

    @Override
    public String name() {
        return engine.book().name();
    }

    @Override
    public ZoneId zone() {
        return engine.book().zone();
    }

    @Override
    public LocalDate today() {
        return engine.book()
                .dateOf(session.read(
                        db -> db.select(engine.book().now()).fetchSingle().value1()));
    }

    @Override
    public Ledger within(Connection connection) {
        try {
            if (connection.getAutoCommit()) {
                throw new IllegalArgumentException(
                        "The connection is in auto-commit mode, so there is no transaction to join: setAutoCommit(false) first");
            }
        } catch (SQLException failure) {
            throw new DataAccessException("The database failed: " + failure.getMessage(), failure);
        }
        return new PostgresLedger(engine, new HostSession(connection), actor);
    }

    @Override
    public Ledger as(String name) {
        return new PostgresLedger(engine, session, Actors.checked(name));
    }

    @Override
    public String actor() {
        return actor;
    }

    @Override
    public void add(Currency currency) {
        session.write(db -> {
            engine.accounts().add(db, currency);
            return currency;
        });
    }

    @Override
    public Optional<Currency> currency(String code) {
        return session.read(db -> engine.accounts().currency(db, code));
    }

    @Override
    public Account open(AccountTerms terms) {
        return session.write(db -> engine.accounts().open(db, terms, actor));
    }

    @Override
    public AccountState limit(AccountTerms terms) {
        return limit(terms.account(), before -> terms);
    }

    @Override
    public AccountState limit(Account account, UnaryOperator<AccountTerms> change) {
        return session.write(db -> engine.accounts().limit(db, account, change, actor));
    }

    @Override
    public AccountState freeze(Account account, Set<Side> sides) {
        return session.write(db -> engine.accounts().freeze(db, account, sides, actor));
    }

    @Override
    public AccountState unfreeze(Account account, Set<Side> sides) {
        return session.write(db -> engine.accounts().unfreeze(db, account, sides, actor));
    }

    @Override
    public AccountState close(Account account) {
        return session.write(db -> engine.accounts().close(db, account, actor));
    }

    @Override
    public Optional<AccountState> account(Account account) {
        return session.read(db -> engine.accounts().find(db, account));
    }

    @Override
    public List<AccountState> accounts(int limit, int offset) {
        checkPage(limit, offset);
        return session.read(db -> engine.accounts().list(db, limit, offset));
    }

    @Override
    public RecordedEntry post(JournalEntry entry) {
        return recorded(one(entry));
    }

    @Override
    public Hold hold(HoldRequest request) {
        Result result = one(request);
        RecordedEntry entry = recorded(result);
        if (result instanceof Result.Replayed) {
            return hold(HoldReference.of(entry.id())).orElseThrow();
        }
        return HoldReader.placed(request, entry);
    }

    @Override
    public RecordedEntry commit(HoldCommit commit) {
        return recorded(one(commit));
    }

    @Override
    public RecordedEntry release(HoldRelease release) {
        return recorded(one(release));
    }

    @Override
    public RecordedEntry reverse(Reversal reversal) {
        return recorded(one(reversal));
    }

    @Override
    public List<Result> execute(List<? extends Command> commands) {
        List<Submission> batch =
                commands.stream().map(command -> new Submission(command, actor)).toList();
        long keyed = batch.stream().mapToLong(one -> one.keyed().size()).sum();
        if (keyed > CommandGroup.COMMANDS_MAX) {
            throw new IllegalArgumentException("A batch of " + keyed + " commands: at most " + CommandGroup.COMMANDS_MAX
                    + " are possible, groups counted by their commands");
        }
        return batch.isEmpty() ? List.of() : run(batch);
    }

    @Override
    public int expireHolds(int limit) {
        checkPage(limit, 0);
        int released = 0;
        int last = 1;
        while (released < limit && last > 0) {
            int most = Math.min(limit - released, BatchRunner.EXPIRIES_MAX);
            last = session.write(db -> engine.batches().expire(db, most));
            released += last;
        }
        return released;
    }

    @Override
    public void closeThrough(LocalDate date) {
        session.write(db -> engine.periods().closeThrough(db, date, actor));
    }

    @Override
    public Optional<LocalDate> closedThrough() {
        return session.read(db -> engine.periods().closedThrough(db));
    }

    @Override
    public Balance balance(Account account) {
        return session.read(db -> engine.balances().now(db, account));
    }

    @Override
    public Balance balance(Account account, AsOf asOf) {
        return session.read(db -> engine.balances().asOf(db, account, asOf));
    }

    @Override
    public List<Account> accountsAt(String path) {
        Account.checkPath(path);
        return session.read(db -> engine.accounts().at(db, path));
    }

    @Override
    public Statement statement(Account account, LocalDate from, LocalDate to, AsOf asOf) {
        return session.snapshot(db -> engine.balances().statement(db, account, from, to, asOf));
    }

    @Override
    public Optional<RecordedEntry> entry(EntryReference entry) {
        return session.read(
                db -> engine.entries().named(db, List.of(entry)).stream().findFirst());
    }

    @Override
    public Optional<Hold> hold(HoldReference hold) {
        return session.read(db -> engine.holds().hold(db, hold));
    }

    @Override
    public List<Hold> holds(int limit, int offset) {
        checkPage(limit, offset);
        return session.read(db -> engine.holds().holds(db, limit, offset));
    }

    @Override
    public List<Hold> holds(HoldState state, int limit, int offset) {
        checkPage(limit, offset);
        return session.read(db -> engine.holds().holds(db, state, limit, offset));
    }

    private Result one(KeyedCommand command) {
        Submission submission = new Submission(command, actor);
        return session.isOwn()
                ? engine.groups().submit(submission)
                : run(List.of(submission)).get(0);
    }

    private List<Result> run(List<Submission> batch) {
        return session.write(db -> engine.batches().run(db, batch));
    }

    private static RecordedEntry recorded(Result result) {
        if (result instanceof Result.Refused refused && refused.refusal() instanceof Refusal.Malformed malformed) {
            throw new IllegalArgumentException(malformed.message());
        }
        return result.entryOrThrow();
    }

    private static void checkPage(int limit, int offset) {
        if (limit < 1 || limit > PAGE_MAX || offset < 0) {
            throw new IllegalArgumentException("Limit " + limit + " and offset " + offset + ": a limit is 1 to "
                    + PAGE_MAX + ", an offset not below 0");
        }
    }

    /** Settles how a ledger is kept. Not safe for use by several threads. */
    public static final class Builder {

        private final DataSource dataSource;
        private String name = "main";
        private Optional<ZoneId> zone = Optional.empty();
        private Optional<Clock> clock = Optional.empty();
        private boolean isExisting;
        private EntryIds ids = new RandomEntryIds();
        private String actor = "application";
        private String origin = "api";

        private Builder(DataSource dataSource) {
            this.dataSource = dataSource;
        }

        /** Names the ledger, {@code main} unless said; one that is not there is opened, unless it is {@link #existing}. */
        public Builder ledger(String ledger) {
            name = ledger;
            return this;
        }

        /** Opens no ledger: one that is not there is an error, which names those that are. For reports, and after a typing error. */
        public Builder existing() {
            isExisting = true;
            return this;
        }

        /** Settles the zone of the ledger's business dates when it is opened, UTC unless said. */
        public Builder zone(ZoneId businessZone) {
            zone = Optional.of(businessZone);
            return this;
        }

        /** Takes the time from a clock instead of the database: for tests. */
        public Builder clock(Clock replacement) {
            clock = Optional.of(replacement);
            return this;
        }

        /** Takes the ids of entries from a generator of the host's own. */
        public Builder ids(EntryIds generator) {
            ids = generator;
            return this;
        }

        /**
         * Says in whose name entries are recorded, {@code application} unless said.
         *
         * @throws IllegalArgumentException if it is no name, as {@link Ledger#as} says
         */
        public Builder actor(String who) {
            actor = Actors.checked(who);
            return this;
        }

        /**
         * Says by which program entries are recorded, {@code api} unless said.
         *
         * @throws IllegalArgumentException if it is no name, as {@link Ledger#as} says
         */
        public Builder origin(String program) {
            origin = Actors.checked(program);
            return this;
        }

        /**
         * Returns the ledger, opened in the database if it is not there. If it is there nothing is written, so that a login
         * that may only read will do for reading.
         *
         * @throws IllegalArgumentException if the ledger's name is malformed, or it is there in another zone, or it is not
         *     there and may not be opened
         * @throws io.holdfast.db.SchemaVersionException if the database is not at the schema that this code needs
         */
        public PostgresLedger build() {
            Session session = new OwnSession(dataSource);
            Book book = session.write(
                    db -> isExisting ? Book.existing(db, name, zone, clock) : Book.open(db, name, zone, clock));
            return new PostgresLedger(Engine.of(book, ids, origin, session), session, actor);
        }
    }
}
