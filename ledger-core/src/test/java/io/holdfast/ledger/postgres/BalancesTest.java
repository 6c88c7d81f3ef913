package io.holdfast.ledger.postgres;

import static io.holdfast.ledger.postgres.TestLedger.BANK;
import static io.holdfast.ledger.postgres.TestLedger.FEES;
import static io.holdfast.ledger.postgres.TestLedger.NOON;
import static io.holdfast.ledger.postgres.TestLedger.TODAY;
import static io.holdfast.ledger.postgres.TestLedger.UGX;
import static io.holdfast.ledger.postgres.TestLedger.refusal;
import static io.holdfast.ledger.postgres.TestLedger.ugx;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.ledger.Account;
import io.holdfast.ledger.AsOf;
import io.holdfast.ledger.Balance;
import io.holdfast.ledger.EntryKind;
import io.holdfast.ledger.Hold;
import io.holdfast.ledger.HoldCommit;
import io.holdfast.ledger.JournalEntry;
import io.holdfast.ledger.Money;
import io.holdfast.ledger.Posting;
import io.holdfast.ledger.Refusal;
import io.holdfast.ledger.Statement;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What an account had, by business date and by what was known when. */
class BalancesTest {

    private final TestLedger scene = TestLedger.open();
    private final PostgresLedger ledger = scene.ledger();
    private final Account wallet = scene.wallet("alice");

    @Test
    void a_balance_as_of_a_date_counts_what_was_effective_by_then_in_whatever_order_it_was_recorded() {
        fund("late", TODAY, 100);
        fund("early", TODAY.minusDays(10), 10);
        fund("future", TODAY.plusDays(10), 1);

        assertThat(asOf(AsOf.effective(TODAY.minusDays(11)))).isEqualTo(balance(0, 0));
        assertThat(asOf(AsOf.effective(TODAY.minusDays(10)))).isEqualTo(balance(10, 0));
        assertThat(asOf(AsOf.effective(TODAY))).isEqualTo(balance(110, 0));
        assertThat(asOf(AsOf.EVERYTHING)).isEqualTo(balance(111, 0));
        assertThat(ledger.balance(wallet)).isEqualTo(balance(111, 0));
    }

    @Test
    void a_balance_as_of_an_instant_counts_what_was_recorded_by_then() {
        fund("first", TODAY.minusDays(1), 10);
        scene.clock().advance(Duration.ofNanos(1_000));
        fund("backdated later", TODAY.minusDays(5), 100);

        assertThat(asOf(new AsOf(Optional.empty(), Optional.of(NOON)))).isEqualTo(balance(10, 0));
        assertThat(asOf(AsOf.effective(TODAY.minusDays(5)).recordedBy(NOON))).isEqualTo(balance(0, 0));
        assertThat(asOf(AsOf.effective(TODAY.minusDays(5)).recordedBy(NOON.plusNanos(1_000))))
                .isEqualTo(balance(100, 0));
        assertThat(asOf(AsOf.effective(TODAY.minusDays(5)))).isEqualTo(balance(100, 0));
    }

    @Test
    void holds_commits_and_releases_show_at_their_dates() {
        fund("f", TODAY.minusDays(5), 100);
        Hold hold = scene.hold("h", wallet, 60);
        scene.clock().advance(Duration.ofDays(1));
        ledger.commit(HoldCommit.of(hold.id(), "c").credit(FEES.path(), ugx(50)).build());

        assertThat(asOf(AsOf.effective(TODAY.minusDays(1)))).isEqualTo(balance(100, 0));
        assertThat(asOf(AsOf.effective(TODAY))).isEqualTo(balance(40, 60));
        assertThat(asOf(AsOf.effective(TODAY.plusDays(1)))).isEqualTo(balance(50, 0));
    }

    @Test
    void balances_on_both_axes_are_those_of_a_naive_sum() {
        Random random = new Random(7);
        TreeMap<Instant, List<Long>> known = new TreeMap<>();
        for (int i = 0; i < 60; i++) {
            scene.clock().advance(Duration.ofSeconds(random.nextInt(3)));
            long day = random.nextLong(-11, 11);
            long amount = 1L << (i % 30);
            fund("k" + i, TODAY.plusDays(day), amount);
            known.computeIfAbsent(scene.clock().instant(), at -> new java.util.ArrayList<>())
                    .addAll(List.of(day, amount));
        }

        for (int i = 0; i < 40; i++) {
            long day = random.nextLong(-11, 11);
            Instant at = NOON.plusSeconds(random.nextInt(70));
            long expected = 0;
            for (List<Long> facts : known.headMap(at, true).values()) {
                for (int fact = 0; fact < facts.size(); fact += 2) {
                    expected += facts.get(fact) <= day ? facts.get(fact + 1) : 0;
                }
            }
            assertThat(asOf(AsOf.effective(TODAY.plusDays(day)).recordedBy(at))).isEqualTo(balance(expected, 0));
        }
    }

    @Test
    void a_statement_runs_from_opening_to_closing_by_date_and_then_by_order_of_recording() {
        fund("before", TODAY.minusDays(3), 1_000);
        fund("second day", TODAY.minusDays(1), 30);
        fund("first day", TODAY.minusDays(2), 200);
        Hold hold = scene.hold("h", wallet, 500);
        fund("after", TODAY.plusDays(1), 9);

        Statement statement = ledger.statement(wallet, TODAY.minusDays(2), TODAY, AsOf.EVERYTHING);

        assertThat(statement.opening()).isEqualTo(balance(1_000, 0));
        assertThat(statement.lines())
                .extracting(line -> line.key().value())
                .containsExactly("first day", "second day", "h", "h");
        assertThat(statement.lines())
                .extracting(Statement.Line::balance)
                .containsExactly(balance(1_200, 0), balance(1_230, 0), balance(730, 0), balance(730, 500));
        assertThat(statement.lines().get(3).entry()).isEqualTo(hold.id());
        assertThat(statement.lines().get(3).kind()).isEqualTo(EntryKind.HOLD);
        assertThat(statement.closing())
                .isEqualTo(balance(730, 500))
                .isEqualTo(ledger.balance(wallet, AsOf.effective(TODAY)));
    }

    @Test
    void a_statement_as_of_an_instant_leaves_out_what_was_recorded_later() {
        fund("known", TODAY, 5);
        scene.clock().advance(Duration.ofSeconds(1));
        fund("later", TODAY, 7);

        Statement then =
                ledger.statement(wallet, TODAY, TODAY, new AsOf(Optional.of(TODAY.minusYears(50)), Optional.of(NOON)));

        assertThat(then.lines()).hasSize(1);
        assertThat(then.closing()).isEqualTo(balance(5, 0));
    }

    @Test
    void a_line_carries_its_own_description_or_its_entrys() {
        ledger.post(JournalEntry.of("k")
                .describedAs("of the entry")
                .debit(BANK.path(), ugx(3))
                .credit(wallet.path(), ugx(1))
                .posting(Posting.credit(wallet.path(), ugx(2)).describedAs("of the line"))
                .build());

        assertThat(ledger.statement(wallet, TODAY, TODAY, AsOf.EVERYTHING).lines())
                .extracting(Statement.Line::description)
                .containsExactly("of the entry", "of the line");
    }

    @Test
    void a_statement_of_an_account_that_grows_by_debits_shows_debits_as_growth() {
        fund("f", TODAY, 50);

        Statement statement = ledger.statement(BANK, TODAY, TODAY, AsOf.EVERYTHING);

        assertThat(statement.closing()).isEqualTo(new Balance(BANK, ugx(50), ugx(0)));
    }

    @Test
    void what_cannot_be_counted_as_of_a_date_says_so_and_what_to_do() {
        Money most = Money.ofMinor(UGX, BigInteger.TEN.pow(Money.DIGITS_MAX).subtract(BigInteger.ONE));
        ledger.post(all("in", TODAY.minusDays(9), BANK, FEES, most));
        ledger.post(all("out", TODAY.minusDays(5), FEES, BANK, most));
        ledger.post(all("in again", TODAY.minusDays(8), BANK, FEES, most));

        assertThat(ledger.balance(FEES).available()).isEqualTo(most);
        assertThat(ledger.balance(FEES, AsOf.effective(TODAY)).available()).isEqualTo(most);
        assertThatThrownBy(() -> ledger.balance(FEES, AsOf.effective(TODAY.minusDays(8))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("revenue:fees UGX had then has more than 38 digits")
                .hasMessageContaining("Ask for another date");
        assertThatThrownBy(() -> ledger.statement(FEES, TODAY.minusDays(9), TODAY, AsOf.EVERYTHING))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("had then has more than 38 digits");
    }

    private static JournalEntry all(String key, LocalDate date, Account debit, Account credit, Money amount) {
        return JournalEntry.of(key)
                .effectiveOn(date)
                .debit(debit.path(), amount)
                .credit(credit.path(), amount)
                .build();
    }

    @Test
    void an_empty_statement_closes_as_it_opened_and_an_inverted_one_is_the_callers_bug() {
        fund("f", TODAY, 50);
        LocalDate later = TODAY.plusDays(1);

        Statement empty = ledger.statement(wallet, later, later, AsOf.EVERYTHING);

        assertThat(empty.lines()).isEmpty();
        assertThat(empty.opening()).isEqualTo(empty.closing()).isEqualTo(balance(50, 0));
        assertThatThrownBy(() -> ledger.statement(wallet, later, TODAY, AsOf.EVERYTHING))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ends before it begins");
        assertThat(refusal(() -> ledger.statement(Account.of("assets:none", UGX), TODAY, later, AsOf.EVERYTHING)))
                .isInstanceOf(Refusal.AccountNotFound.class);
    }

    private void fund(String key, LocalDate date, long amount) {
        ledger.post(JournalEntry.of(key)
                .effectiveOn(date)
                .debit(BANK.path(), ugx(amount))
                .credit(wallet.path(), ugx(amount))
                .build());
    }

    private Balance asOf(AsOf asOf) {
        return ledger.balance(wallet, asOf);
    }

    private Balance balance(long available, long held) {
        return new Balance(wallet, ugx(available), ugx(held));
    }
}
