package io.holdfast.ledger.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.audit.Verifier;
import io.holdfast.books.Books;
import io.holdfast.db.testing.TestDatabase;
import io.holdfast.ledger.Account;
import io.holdfast.ledger.AccountTerms;
import io.holdfast.ledger.AsOf;
import io.holdfast.ledger.Currency;
import io.holdfast.ledger.JournalEntry;
import io.holdfast.ledger.Money;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** Which ledger is taken, which is opened, and by whom. */
class OpeningLedgersTest {

    private static final Currency UGX = Currency.of("UGX");
    private static final Account ALICE = Account.of("liabilities:alice", UGX);
    private static final String READER = "holdfast_test_reader";

    private TestDatabase database;

    @BeforeEach
    void given_a_ledger_and_a_login_that_may_only_read() throws SQLException {
        database = TestDatabase.create();
        PostgresLedger ledger = PostgresLedger.over(database.dataSource())
                .zone(ZoneId.of("Africa/Kampala"))
                .build();
        ledger.open(AccountTerms.of("assets:bank", UGX));
        ledger.open(AccountTerms.of(ALICE));
        ledger.post(JournalEntry.of("k")
                .debit("assets:bank", Money.ofMinor(UGX, 5))
                .credit(ALICE.path(), Money.ofMinor(UGX, 5))
                .build());
        execute("create role " + READER + " login password 'reader'");
        execute("grant usage on schema holdfast to " + READER);
        execute("grant select on all tables in schema holdfast to " + READER);
    }

    @AfterEach
    void close() throws SQLException {
        execute("drop owned by " + READER);
        execute("drop role " + READER);
        database.close();
    }

    @Test
    void who_may_only_read_reads_a_ledger_that_is_there() {
        PostgresLedger ledger = PostgresLedger.over(readOnly()).build();

        LocalDate today = ledger.today();
        assertThat(ledger.balance(ALICE).available()).isEqualTo(Money.ofMinor(UGX, 5));
        assertThat(ledger.balance(ALICE, AsOf.effective(today)).available()).isEqualTo(Money.ofMinor(UGX, 5));
        assertThat(ledger.statement(ALICE, today, today, AsOf.EVERYTHING).lines())
                .hasSize(1);
        assertThat(ledger.accounts(10, 0)).hasSize(2);
        assertThat(Books.over(readOnly(), "main").trialBalance(AsOf.EVERYTHING).rows())
                .hasSize(2);
        assertThat(Verifier.over(readOnly()).verify("main").ok()).isTrue();
    }

    @Test
    void who_may_only_read_is_told_which_ledgers_there_are() {
        assertThatThrownBy(() -> PostgresLedger.over(readOnly()).ledger("mian").build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("There is no ledger \"mian\"; there are: main."
                        + " It cannot be opened with this login, which may not write");
    }

    @Test
    void a_ledger_that_has_to_be_there_is_never_opened() throws SQLException {
        PostgresLedger.over(database.dataSource()).ledger("second").build();

        assertThatThrownBy(() -> PostgresLedger.over(database.dataSource())
                        .ledger("mian")
                        .existing()
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("There is no ledger \"mian\"; there are: main, second");

        assertThat(PostgresLedger.over(database.dataSource())
                        .existing()
                        .build()
                        .balance(ALICE)
                        .available())
                .isEqualTo(Money.ofMinor(UGX, 5));
        assertThat(ledgers()).containsExactly("main", "second");
    }

    @Test
    void of_very_many_ledgers_some_are_named_and_of_none_that_there_is_none() {
        for (int i = 0; i < 11; i++) {
            PostgresLedger.over(database.dataSource()).ledger("l" + (10 + i)).build();
        }
        assertThatThrownBy(() -> PostgresLedger.over(database.dataSource())
                        .ledger("mian")
                        .existing()
                        .build())
                .hasMessage("There is no ledger \"mian\"; there are: l10, l11, l12, l13, l14, l15, l16, l17, l18, l19"
                        + " and others");
        try (TestDatabase empty = TestDatabase.create()) {
            assertThatThrownBy(() ->
                            PostgresLedger.over(empty.dataSource()).existing().build())
                    .hasMessage("There is no ledger \"main\"; there is none at all");
        }
    }

    @Test
    void taking_a_ledger_that_is_there_writes_nothing() throws SQLException {
        execute("create function refuse() returns trigger language plpgsql as"
                + " $$ begin raise exception 'written'; end $$");
        execute("create trigger refuse before insert on holdfast.ledger for each statement execute function refuse()");

        assertThat(PostgresLedger.over(database.dataSource()).build().zone()).isEqualTo(ZoneId.of("Africa/Kampala"));
    }

    private DataSource readOnly() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(database.jdbcUrl().replaceAll("user=[^&]*", "user=" + READER));
        source.setUser(READER);
        source.setPassword("reader");
        return source;
    }

    private List<String> ledgers() throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select array_agg(name order by name) from holdfast.ledger")) {
            rows.next();
            return List.of((String[]) rows.getArray(1).getArray());
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
