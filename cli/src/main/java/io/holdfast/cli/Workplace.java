package io.holdfast.cli;

import com.google.inject.Guice;
import com.google.inject.Injector;
import io.holdfast.ledger.Account;
import io.holdfast.ledger.Ledger;
import io.holdfast.ledger.guice.LedgerConfig;
import io.holdfast.ledger.guice.LedgerModule;
import java.util.List;
import java.util.function.Consumer;
import javax.sql.DataSource;

/** What one command uses, put together from its options: the database and, on it, the ledger. */
final class Workplace implements AutoCloseable {

    private static final String ORIGIN = "cli";

    private final Database database;
    private final Ledger ledger;

    private Workplace(Database database, Ledger ledger) {
        this.database = database;
        this.ledger = ledger;
    }

    static Workplace open(GlobalOptions options, Surroundings surroundings, Consumer<String> progress) {
        Database database = Database.open(options, surroundings, progress);
        try {
            LedgerConfig config = LedgerConfig.of(options.ledger())
                    .actor(options.actor().orElseGet(database::login))
                    .origin(ORIGIN);
            Injector injector = Guice.createInjector(
                    binder -> binder.bind(DataSource.class).toInstance(database.dataSource()),
                    new LedgerModule(config));
            return new Workplace(database, injector.getInstance(Ledger.class));
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    Ledger ledger() {
        return ledger;
    }

    /** Returns a reader of amounts in the ledger's currencies. */
    Amounts amounts() {
        return new Amounts(ledger);
    }

    /**
     * Returns the accounts of a path, one for each currency.
     *
     * @throws CommandFailure if there is none
     */
    List<Account> accountsAt(String path) {
        Account.checkPath(path);
        List<Account> accounts = ledger.accountsAt(path);
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
        database.close();
    }
}
