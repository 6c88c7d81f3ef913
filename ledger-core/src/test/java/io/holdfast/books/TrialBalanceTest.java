package io.holdfast.books;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.db.testing.OneConnection;
import io.holdfast.db.testing.TestDatabase;
import io.holdfast.ledger.Account;
import io.holdfast.ledger.AccountTerms;
import io.holdfast.ledger.AsOf;
import io.holdfast.ledger.Currency;
import io.holdfast.ledger.HoldRequest;
import io.holdfast.ledger.JournalEntry;
import io.holdfast.ledger.Ledger;
import io.holdfast.ledger.Money;
import io.holdfast.ledger.postgres.PostgresLedger;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;

class TrialBalanceTest {

    private static final Currency UGX = Currency.of("UGX");
    private static final Currency USD = Currency.of("USD");
    private static final Account BANK = Account.of("assets:bank", UGX);
    private static final Account DOLLARS = Account.of("assets:bank", USD);
    private static final Account ALICE = Account.of("liabilities:wallets:alice", UGX);
    private static final Account EQUITY = Account.of("equity:capital", USD);
    private static final LocalDate JANUARY_31 = LocalDate.of(2026, 1, 31);
    private static final LocalDate FEBRUARY_1 = LocalDate.of(2026, 2, 1);
    private static final Instant FIRST = Instant.parse("2026-02-01T08:00:00Z");
    private static final Instant SECOND = Instant.parse("2026-02-02T08:00:00Z");

    private TestDatabase database;
    private Books books;

    @BeforeEach
    void open() {
        database = TestDatabase.create();
        Ledger ledger = ledgerAt(FIRST);
        List.of(BANK, DOLLARS, ALICE, EQUITY).forEach(account -> ledger.open(AccountTerms.of(account)));
        ledger.post(JournalEntry.of("capital")
                .effectiveOn(JANUARY_31)
                .debit(DOLLARS.path(), usd("100.50"))
                .credit(EQUITY.path(), usd("100.50"))
                .build());
        ledger.post(topUp("topup", 25_000).effectiveOn(FEBRUARY_1).build());
        ledger.hold(HoldRequest.of("hold", ALICE, ugx(6_500)));
        ledgerAt(SECOND).post(topUp("late", 1_000).effectiveOn(JANUARY_31).build());
        books = Books.over(database.dataSource(), "main");
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void every_account_stands_on_the_side_on_which_it_nets_and_every_currency_is_summed() {
        TrialBalance balance = books.trialBalance(AsOf.EVERYTHING);

        assertThat(balance.ledger()).isEqualTo("main");
        assertThat(balance.rows())
                .containsExactly(
                        new TrialBalance.Row(BANK, ugx(26_000), ugx(0)),
                        new TrialBalance.Row(DOLLARS, usd("100.50"), usd("0")),
                        new TrialBalance.Row(EQUITY, usd("0"), usd("100.50")),
                        new TrialBalance.Row(ALICE, ugx(0), ugx(26_000)));
        assertThat(balance.totals())
                .containsExactly(
                        new TrialBalance.Total(UGX, ugx(26_000), ugx(26_000)),
                        new TrialBalance.Total(USD, usd("100.50"), usd("100.50")));
        assertThat(balance.isBalanced()).isTrue();
    }

    @Test
    void what_takes_effect_later_does_not_count() {
        TrialBalance january = books.trialBalance(AsOf.effective(JANUARY_31));

        assertThat(january.rows()).contains(new TrialBalance.Row(ALICE, ugx(0), ugx(1_000)));
    }

    @Test
    void what_was_recorded_later_does_not_count_either() {
        TrialBalance asKnownThen = books.trialBalance(AsOf.effective(JANUARY_31).recordedBy(FIRST));

        assertThat(asKnownThen.rows()).extracting(TrialBalance.Row::account).containsExactly(DOLLARS, EQUITY);
        assertThat(asKnownThen.totals())
                .extracting(TrialBalance.Total::currency)
                .containsExactly(USD);
    }

    @Test
    void before_the_first_entry_there_is_nothing() {
        TrialBalance balance = books.trialBalance(AsOf.effective(LocalDate.of(2025, 1, 1)));

        assertThat(balance.rows()).isEmpty();
        assertThat(balance.totals()).isEmpty();
    }

    @Test
    void a_ledger_that_is_not_there_is_refused_by_name() {
        assertThatThrownBy(() -> Books.over(database.dataSource(), "mian"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("There is no ledger \"mian\"");
    }

    @Test
    void a_report_leaves_no_transaction_open_on_a_connection_without_auto_commit() throws SQLException {
        try (Connection connection = database.dataSource().getConnection()) {
            connection.setAutoCommit(false);

            Books.over(OneConnection.always(connection), "main").trialBalance(AsOf.EVERYTHING);

            assertThat(connection.unwrap(BaseConnection.class).getTransactionState())
                    .isEqualTo(TransactionState.IDLE);
        }
    }

    private Ledger ledgerAt(Instant now) {
        return PostgresLedger.over(database.dataSource())
                .clock(Clock.fixed(now, ZoneOffset.UTC))
                .build();
    }

    private static JournalEntry.Builder topUp(String key, long minor) {
        return JournalEntry.of(key).debit(BANK.path(), ugx(minor)).credit(ALICE.path(), ugx(minor));
    }

    private static Money ugx(long minor) {
        return Money.ofMinor(UGX, minor);
    }

    private static Money usd(String decimal) {
        return Money.of(USD, decimal);
    }
}
