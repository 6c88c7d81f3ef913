package io.holdfast.ledger.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.holdfast.db.testing.TestDatabase;
import io.holdfast.ledger.Account;
import io.holdfast.ledger.AccountTerms;
import io.holdfast.ledger.Balance;
import io.holdfast.ledger.Currency;
import io.holdfast.ledger.Hold;
import io.holdfast.ledger.HoldRequest;
import io.holdfast.ledger.JournalEntry;
import io.holdfast.ledger.Ledger;
import io.holdfast.ledger.Money;
import io.holdfast.ledger.RecordedEntry;
import io.holdfast.ledger.Refusal;
import io.holdfast.ledger.RefusedException;
import io.holdfast.ledger.Result;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/**
 * A ledger of its own for one test, in a database that all of them share, at noon of {@link #TODAY} until the test moves
 * the clock. It has the accounts {@link #BANK}, {@link #FLOAT} and {@link #FEES} in UGX, without limits.
 */
final class TestLedger {

    static final Currency UGX = Currency.of("UGX");
    static final LocalDate TODAY = LocalDate.of(2026, 3, 10);
    static final Instant NOON = Instant.parse("2026-03-10T12:00:00Z");
    static final Account BANK = Account.of("assets:bank:settlement", UGX);
    static final Account FLOAT = Account.of("assets:providers:float", UGX);
    static final Account FEES = Account.of("revenue:fees", UGX);

    private static final AtomicInteger COUNT = new AtomicInteger();

    private final String name = "ledger-" + COUNT.incrementAndGet();
    private final MovableClock clock = new MovableClock(NOON);
    private final PostgresLedger ledger;

    private TestLedger() {
        ledger = PostgresLedger.over(dataSource()).ledger(name).clock(clock).build();
        ledger.open(AccountTerms.of(BANK));
        ledger.open(AccountTerms.of(FLOAT));
        ledger.open(AccountTerms.of(FEES));
    }

    static TestLedger open() {
        return new TestLedger();
    }

    static DataSource dataSource() {
        return Shared.DATABASE.dataSource();
    }

    static String jdbcUrl() {
        return Shared.DATABASE.jdbcUrl();
    }

    static Money ugx(long minor) {
        return Money.ofMinor(UGX, minor);
    }

    String name() {
        return name;
    }

    MovableClock clock() {
        return clock;
    }

    PostgresLedger ledger() {
        return ledger;
    }

    /** Opens a wallet with a floor of zero. */
    Account wallet(String owner) {
        return ledger.open(AccountTerms.of("liabilities:wallets:" + owner, UGX).minimum(ugx(0)));
    }

    /** Opens a wallet and puts so much into it. */
    Account wallet(String owner, long funds) {
        Account wallet = wallet(owner);
        ledger.post(funding("fund-" + owner, wallet, funds));
        return wallet;
    }

    /** Returns an entry that moves money from the bank into an account on the other side of the books. */
    static JournalEntry funding(String key, Account account, long amount) {
        return JournalEntry.of(key)
                .debit(BANK.path(), ugx(amount))
                .credit(account.path(), ugx(amount))
                .build();
    }

    /** Returns an entry that moves money from one account to another, both liabilities or the like. */
    static JournalEntry transfer(String key, Account from, Account to, long amount) {
        return JournalEntry.of(key)
                .debit(from.path(), ugx(amount))
                .credit(to.path(), ugx(amount))
                .build();
    }

    Hold hold(String key, Account account, long amount) {
        return ledger.hold(HoldRequest.of(key, account, ugx(amount)));
    }

    void assertBalance(Account account, long available, long held) {
        assertThat(ledger.balance(account)).isEqualTo(new Balance(account, ugx(available), ugx(held)));
    }

    /** Asserts that the facts and projections of this ledger agree. */
    void assertSound() {
        assertThat(Invariants.violations(dataSource(), name)).isEmpty();
    }

    /** Returns the refusal that a call is answered with. */
    static Refusal refusal(ThrowingCallable call) {
        RefusedException refused = catchThrowableOfType(RefusedException.class, call);
        assertThat(refused).as("nothing was refused").isNotNull();
        return refused.refusal();
    }

    static RecordedEntry recorded(Result result) {
        assertThat(result).isInstanceOf(Result.Recorded.class);
        return ((Result.Recorded) result).entry();
    }

    static RecordedEntry replayed(Result result) {
        assertThat(result).isInstanceOf(Result.Replayed.class);
        return ((Result.Replayed) result).entry();
    }

    static Refusal refused(Result result) {
        assertThat(result).isInstanceOf(Result.Refused.class);
        return ((Result.Refused) result).refusal();
    }

    /** Returns how many entries the ledger has. */
    long entries() {
        return number("select count(*) from holdfast.journal_entry where ledger_id = %d");
    }

    /** Returns the answer to a question whose {@code %d} stands for this ledger's id. */
    long number(String sql) {
        return ask(sql.replace("%d", "(select ledger_id from holdfast.ledger where name = ?)"), name);
    }

    static long ask(String sql, String... parameters) {
        try (Connection connection = dataSource().getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setString(i + 1, parameters[i]);
            }
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        } catch (SQLException failure) {
            throw new AssertionError(sql, failure);
        }
    }

    /** Does something in a transaction of the host's and commits it. */
    void inHostTransaction(HostWork work) throws SQLException {
        try (Connection connection = dataSource().getConnection()) {
            connection.setAutoCommit(false);
            try {
                work.in(connection, ledger.within(connection));
                connection.commit();
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        }
    }

    interface HostWork {
        void in(Connection connection, Ledger inTransaction) throws SQLException;
    }

    private static final class Shared {
        static final TestDatabase DATABASE = TestDatabase.create();
    }
}
