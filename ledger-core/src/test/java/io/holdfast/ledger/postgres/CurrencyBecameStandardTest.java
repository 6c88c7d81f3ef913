package io.holdfast.ledger.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.audit.Verifier;
import io.holdfast.books.Books;
import io.holdfast.db.testing.TestDatabase;
import io.holdfast.ledger.Account;
import io.holdfast.ledger.AccountState;
import io.holdfast.ledger.AccountTerms;
import io.holdfast.ledger.AsOf;
import io.holdfast.ledger.Currency;
import io.holdfast.ledger.EntryReference;
import io.holdfast.ledger.Hold;
import io.holdfast.ledger.HoldRequest;
import io.holdfast.ledger.JournalEntry;
import io.holdfast.ledger.Money;
import io.holdfast.ledger.RecordedEntry;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A ledger that has a currency of its own, which a later JDK knows from ISO 4217 with other decimals. UGX plays its part,
 * of which the standard says that it has none.
 */
class CurrencyBecameStandardTest {

    private static final Currency OWN = new Currency("UGX", 2);

    private TestDatabase database;
    private PostgresLedger ledger;

    @BeforeEach
    void given_a_ledger_with_a_currency_of_its_own() throws SQLException {
        database = TestDatabase.create();
        ledger = PostgresLedger.over(database.dataSource()).build();
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("insert into holdfast.currency (ledger_id, code, exponent)"
                    + " select ledger_id, 'UGX', 2 from holdfast.ledger");
        }
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void it_goes_on_to_mean_what_it_meant() {
        Currency currency = ledger.currency("UGX").orElseThrow();
        Account bank = ledger.open(AccountTerms.of("assets:bank", currency));
        Account alice =
                ledger.open(AccountTerms.of("liabilities:alice", currency).minimum(Money.zero(currency)));
        Money amount = Money.of(currency, "12.34");

        RecordedEntry entry = ledger.post(JournalEntry.of("k")
                .debit(bank.path(), amount)
                .credit(alice.path(), amount)
                .build());
        Hold hold = ledger.hold(HoldRequest.of("h", alice, Money.of(currency, "2.34")));

        assertThat(currency).isEqualTo(OWN);
        assertThat(ledger.entry(EntryReference.of(entry.id()))).contains(entry);
        assertThat(ledger.balance(alice).available()).isEqualTo(Money.of(currency, "10.00"));
        assertThat(ledger.holds(10, 0)).containsExactly(hold);
        assertThat(ledger.accounts(10, 0)).extracting(AccountState::terms).hasSize(2);
        LocalDate today = ledger.today();
        assertThat(ledger.statement(alice, today, today, AsOf.EVERYTHING).lines())
                .hasSize(3);
        assertThat(Books.over(database.dataSource(), "main")
                        .trialBalance(AsOf.EVERYTHING)
                        .isBalanced())
                .isTrue();
        assertThat(Verifier.over(database.dataSource()).verify("main").ok()).isTrue();
    }

    @Test
    void what_the_standard_says_is_another_currency_there_and_refused() {
        assertThatThrownBy(() -> ledger.open(AccountTerms.of("assets:bank", Currency.of("UGX"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Currency UGX has 2 decimals in this ledger, not 0");
        ledger.add(OWN);
        assertThatThrownBy(() -> ledger.add(Currency.of("UGX"))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_ledger_that_has_none_of_its_own_takes_the_standards_alone() {
        assertThatThrownBy(() -> ledger.add(new Currency("TZS", 0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Currency TZS has 2 decimals in this ledger, not 0");
        ledger.add(Currency.of("TZS"));
        assertThat(ledger.currency("TZS")).contains(Currency.of("TZS", 2));
    }
}
