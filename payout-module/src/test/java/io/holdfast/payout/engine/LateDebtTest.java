package io.holdfast.payout.engine;

import static io.holdfast.payout.engine.PayoutBench.ALICE;
import static io.holdfast.payout.engine.PayoutBench.ASHA;
import static io.holdfast.payout.engine.PayoutBench.TZS;
import static io.holdfast.payout.engine.PayoutBench.failed;
import static io.holdfast.payout.engine.PayoutBench.reversed;
import static io.holdfast.payout.engine.PayoutBench.succeeded;
import static io.holdfast.payout.engine.PayoutBench.timeout;
import static io.holdfast.payout.engine.PayoutBench.tzs;
import static io.holdfast.payout.engine.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.holdfast.db.testing.TestDatabase;
import io.holdfast.ledger.Account;
import io.holdfast.ledger.JournalEntry;
import io.holdfast.ledger.Key;
import io.holdfast.ledger.RefusedException;
import io.holdfast.ledger.Side;
import io.holdfast.ledger.Wallets;
import io.holdfast.payout.Payout;
import io.holdfast.payout.PayoutAccounts;
import io.holdfast.payout.PayoutItem;
import io.holdfast.payout.PayoutRequest;
import io.holdfast.payout.PayoutStatus;
import io.holdfast.payout.spi.Feature;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What becomes of payouts that succeed late or twice, with A 5,000, F 1,500 and P 100 of TZS. */
class LateDebtTest {

    private static final TestDatabase DATABASE = TestDatabase.create();
    private static final String DEBTS = "assets:receivables:late-payouts:alice";
    private static final Key KEY = Key.of("k1");

    private final PayoutBench bench = new PayoutBench(DATABASE);
    private final ScriptedProvider one = bench.provider("one", ways -> ways.features(Feature.REVERSALS));

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    @Test
    void what_is_owed_is_collected_as_far_as_the_wallet_has_funds_and_once_for_each_key() {
        Payout payout = late(18_000);
        bench.assertTotal(DEBTS, 4_500);
        new Wallets(bench.ledger).fund("alice", tzs(1_000), "more");

        bench.payouts().as("bob").collect(payout.id(), KEY);
        bench.payouts().as("bob").collect(payout.id(), KEY);

        bench.assertTotal(DEBTS, 3_500);
        bench.assertWallet(0, 0);
        new Wallets(bench.ledger).fund("alice", tzs(9_000), "much more");
        bench.payouts().collect(payout.id(), KEY);
        bench.assertTotal(DEBTS, 3_500);
        bench.payouts().collect(payout.id(), Key.of("k2"));

        bench.assertTotal(DEBTS, 0);
        bench.assertWallet(5_500, 0);
        bench.assertBooks();
        assertThat(bench.find(payout).entries()).hasSize(5);
        assertNothingOwed(payout);
    }

    @Test
    void a_frozen_wallet_gives_no_more_for_a_late_success_than_its_minimum_leaves() {
        Payout payout = failedPayout();
        spend(13_000);
        bench.ledger.limit(ALICE, terms -> terms.minimum(tzs(3_000)));
        bench.ledger.freeze(ALICE, Set.of(Side.DEBIT));
        one.onLookup(succeeded("r1"));

        bench.runAfter(Duration.ofDays(1), payout);

        bench.assertWallet(3_000, 0);
        bench.assertTotal(DEBTS, 2_500);
        bench.assertBooks();
    }

    @Test
    void a_limit_of_another_account_does_not_make_a_wallet_with_funds_a_debtor() {
        Payout payout = failedPayout();
        bench.ledger.limit(Account.of("revenue:payout-fees", TZS), terms -> terms.maximum(tzs(0)));
        one.onLookup(succeeded("r1"));

        bench.runAfter(Duration.ofDays(1), payout);

        bench.assertPaid(100);
        bench.assertTotal(DEBTS, 0);
    }

    @Test
    void a_minimum_of_another_account_does_not_make_a_wallet_with_funds_a_debtor() {
        Payout payout = failedPayout();
        bench.ledger.limit(Account.of("assets:providers:one:float", TZS), terms -> terms.minimum(tzs(0)));
        one.onLookup(succeeded("r1"));

        bench.runAfter(Duration.ofDays(1), payout);

        bench.assertPaid(100);
        bench.assertTotal(DEBTS, 0);
    }

    @Test
    void what_is_owed_is_given_up_at_our_expense_and_once_for_each_key() {
        Payout payout = late(18_000);

        bench.payouts().as("bob").writeOff(payout.id(), KEY);
        bench.payouts().as("bob").writeOff(payout.id(), KEY);

        bench.assertTotal(DEBTS, 0);
        bench.assertTotal("expenses:late-payout-losses", 4_500);
        bench.assertBooks();
        assertNothingOwed(payout);
    }

    @Test
    void a_key_is_of_one_payouts_debt_and_of_one_way_to_end_it() {
        Payout first = late(18_000);
        one.onSend(timeout(), failed("r2"));
        new Wallets(bench.ledger).fund("alice", tzs(6_500), "for the second");
        Payout second = bench.request("p2");
        bench.run();
        bench.runAfter(Duration.ofSeconds(5), second);
        spend(6_500);
        bench.apply(second, 1, succeeded("r2"));
        bench.assertTotal(DEBTS, 11_000);

        bench.payouts().writeOff(second.id(), KEY);
        new Wallets(bench.ledger).fund("alice", tzs(9_000), "more");
        bench.payouts().collect(first.id(), KEY);

        bench.assertTotal(DEBTS, 0);
        bench.assertTotal("expenses:late-payout-losses", 6_500);
        bench.assertWallet(4_500, 0);
        bench.assertBooks();
    }

    @Test
    void a_wallet_that_has_nothing_or_is_frozen_gives_nothing_and_leaves_no_trace() {
        Payout payout = late(18_000);

        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> bench.payouts().collect(payout.id(), KEY))
                .withMessageContaining("INSUFFICIENT_FUNDS");
        new Wallets(bench.ledger).fund("alice", tzs(9_000), "more");
        bench.ledger.freeze(ALICE, Set.of(Side.DEBIT));
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> bench.payouts().collect(payout.id(), KEY))
                .withMessageContaining("ACCOUNT_FROZEN");

        bench.ledger.unfreeze(ALICE, Set.of(Side.DEBIT));
        bench.payouts().collect(payout.id(), KEY);
        bench.assertTotal(DEBTS, 0);
        bench.assertWallet(4_500, 0);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> bench.payouts().collect(payout.id(), Key.of("k".repeat(101))))
                .withMessageContaining("100 characters");
    }

    @Test
    void nothing_is_owed_for_a_payout_that_was_not_late() {
        Payout payout = bench.sent(one, succeeded("r1"));

        assertNothingOwed(payout);
        bench.assertPaid(100);
    }

    @Test
    void what_comes_back_of_a_late_success_ends_the_debt_before_the_wallet_gets_any_of_it() {
        Payout payout = late(18_000);
        bench.assertTotal(DEBTS, 4_500);

        bench.apply(payout, 1, reversed("r1", 3_000, 0));
        bench.assertTotal(DEBTS, 1_500);
        bench.assertWallet(0, 0);

        bench.apply(payout, 1, reversed("r1", 5_000, 100));
        bench.assertTotal(DEBTS, 0);
        bench.assertWallet(2_000, 0);
        bench.assertTotal("assets:providers:one:float", 0);
        bench.assertBooks();
        assertNothingOwed(payout);
    }

    @Test
    void and_what_was_given_up_of_it() {
        Payout payout = late(18_000);
        bench.payouts().as("bob").writeOff(payout.id(), KEY);

        bench.apply(payout, 1, reversed("r1", 5_000, 100));

        bench.assertTotal("expenses:late-payout-losses", 0);
        bench.assertWallet(2_000, 0);
        bench.assertBooks();
    }

    @Test
    void of_a_failure_of_which_only_that_it_came_back_is_ever_seen_the_wallet_gets_nothing() {
        Payout payout = failedPayout();
        spend(20_000);

        bench.apply(payout, 1, reversed("r1", 5_000, 100));

        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.REVERSED);
        bench.assertWallet(0, 0);
        bench.assertTotal(DEBTS, 0);
        bench.assertBooks();
    }

    @Test
    void what_comes_back_to_a_closed_wallet_stands_in_suspense() {
        Payout payout = bench.sent(one, succeeded("r1"));
        spend(13_500);
        bench.ledger.close(ALICE);

        bench.apply(payout, 1, reversed("r1", 5_000, 100));

        bench.assertTotal("liabilities:suspense:one", 6_500);
        assertThat(bench.items()).containsExactly(PayoutItem.Kind.WALLET_CLOSED);
        bench.assertBooks();
    }

    @Test
    void a_closed_wallet_owes_all_of_a_late_success_and_nothing_once_that_came_back() {
        Payout payout = failedPayout();
        spend(20_000);
        bench.ledger.close(ALICE);
        one.onLookup(succeeded("r1"), reversed("r1", 5_000, 100));

        assertThat(bench.runAfter(Duration.ofDays(1), payout).late()).isTrue();
        bench.assertTotal(DEBTS, 6_500);
        bench.assertTotal("assets:providers:one:float", -5_100);
        assertThat(bench.runAfter(Duration.ofDays(1), payout).status()).isEqualTo(PayoutStatus.REVERSED);

        bench.assertTotal(DEBTS, 0);
        bench.assertTotal("liabilities:suspense:one", 0);
        bench.assertTotal("assets:providers:one:float", 0);
        bench.assertTotal("revenue:payout-fees", 0);
        bench.assertTotal("expenses:provider-fees:one", 0);
        assertThat(bench.items()).containsExactly(PayoutItem.Kind.LATE_SUCCESS);
    }

    @Test
    void the_longest_possible_owner_can_owe_too() {
        String owner = "a".repeat(Account.PATH_MAX - Wallets.ROOT.length());
        Account wallet = Wallets.account(owner, TZS);
        new Wallets(bench.ledger).open(owner, TZS);
        new Wallets(bench.ledger).fund(owner, tzs(6_500), "the owner's top-up");
        bench.engine(one.onSend(timeout(), failed("r1")).onLookup(succeeded("r1")));
        Payout payout = bench.payouts()
                .request(PayoutRequest.of("p1", wallet, tzs(5_000), ASHA).via("one"));
        bench.run();
        bench.runAfter(Duration.ofSeconds(5), payout);
        bench.ledger.post(JournalEntry.of("spent all")
                .debit(wallet.path(), tzs(6_500))
                .credit("assets:bank:settlement", tzs(6_500))
                .build());

        assertThat(bench.runAfter(Duration.ofDays(1), payout).late()).isTrue();

        String debts = PayoutAccounts.DEFAULTS.latePayouts(wallet);
        assertThat(debts)
                .isNotEqualTo(PayoutAccounts.DEFAULTS.latePayouts(Wallets.account("b" + owner.substring(1), TZS)));
        bench.assertTotal(debts, 6_500);
        new Wallets(bench.ledger).fund(owner, tzs(7_000), "more");
        bench.payouts().collect(payout.id(), KEY);
        bench.assertTotal(debts, 0);
        bench.assertBooks();
    }

    @Test
    void a_late_success_that_the_ledger_does_not_take_is_an_item_and_moves_nothing() {
        Payout payout = failedPayout();
        bench.ledger.close(Account.of("revenue:payout-fees", PayoutBench.TZS));
        one.onLookup(succeeded("r1"), succeeded("r1"));

        bench.runAfter(Duration.ofDays(1), payout);

        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.FAILED);
        assertThat(bench.items()).contains(PayoutItem.Kind.NOT_BOOKED);
        bench.assertWallet(20_000, 0);
    }

    @Test
    void two_successful_references_on_one_attempt_pay_once_and_the_other_stands_in_suspense_with_an_item() {
        Payout payout = bench.sent(one, succeeded("r1"));

        bench.apply(payout, 1, succeeded("r2"));
        bench.apply(payout, 1, succeeded("r2"));
        bench.apply(payout, 1, succeeded("r1"));

        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.SUCCEEDED);
        bench.assertWallet(13_500, 0);
        bench.assertTotal("revenue:payout-fees", 1_500);
        bench.assertTotal("expenses:provider-fees:one", 100);
        bench.assertTotal("liabilities:suspense:one", -5_100);
        bench.assertTotal("assets:providers:one:float", -10_200);
        assertThat(bench.items()).contains(PayoutItem.Kind.SUSPENSE, PayoutItem.Kind.SECOND_REFERENCE);

        bench.apply(payout, 1, failed("r2"));
        assertThat(bench.items()).contains(PayoutItem.Kind.CONTRADICTION);
        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.SUCCEEDED);
        bench.apply(payout, 1, reversed("r1", 5_000, 100));
        bench.assertWallet(20_000, 0);
        bench.assertTotal("liabilities:suspense:one", -5_100);
        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.REVERSED);
    }

    @Test
    void nothing_is_put_in_suspense_twice() throws Exception {
        Payout payout = bench.sent(one, succeeded("r1"));
        bench.apply(payout, 1, succeeded("r2"));

        try (Connection connection = DATABASE.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(
                            () -> statement.execute("insert into holdfast.payout_surplus select s.ledger_id, provider,"
                                    + " reference, s.payout_id, attempt_no, e.entry_id from holdfast.payout_surplus s join"
                                    + " holdfast.payout_entry e using (ledger_id) where e.role = 'COMMIT'"))
                    .extracting(SQLException::getSQLState)
                    .isEqualTo("23505");
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> statement.execute("delete from holdfast.payout_surplus"))
                    .extracting(SQLException::getSQLState)
                    .isEqualTo("HF001");
        }
    }

    private void assertNothingOwed(Payout payout) {
        assertRefused("NOTHING_OWED", () -> bench.payouts().collect(payout.id(), Key.of("k9")));
        assertRefused("NOTHING_OWED", () -> bench.payouts().writeOff(payout.id(), Key.of("k9")));
    }

    private void spend(long amount) {
        bench.ledger.post(JournalEntry.of("spent " + amount)
                .debit(ALICE.path(), tzs(amount))
                .credit("assets:bank:settlement", tzs(amount))
                .build());
    }

    /** Returns a payout that succeeded late when so much of 20,000 had been spent. */
    private Payout late(long spent) {
        Payout payout = failedPayout();
        spend(spent);
        one.onLookup(succeeded("r1"));
        return bench.runAfter(Duration.ofDays(1), payout);
    }

    private Payout failedPayout() {
        bench.engine(one.onSend(timeout(), failed("r1")));
        Payout payout = bench.request("p1");
        bench.run();
        assertThat(bench.runAfter(Duration.ofSeconds(5), payout).status()).isEqualTo(PayoutStatus.FAILED);
        return payout;
    }
}
