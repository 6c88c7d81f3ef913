package io.holdfast.ledger.postgres;

import static io.holdfast.ledger.postgres.TestLedger.BANK;
import static io.holdfast.ledger.postgres.TestLedger.FEES;
import static io.holdfast.ledger.postgres.TestLedger.UGX;
import static io.holdfast.ledger.postgres.TestLedger.funding;
import static io.holdfast.ledger.postgres.TestLedger.recorded;
import static io.holdfast.ledger.postgres.TestLedger.refusal;
import static io.holdfast.ledger.postgres.TestLedger.refused;
import static io.holdfast.ledger.postgres.TestLedger.transfer;
import static io.holdfast.ledger.postgres.TestLedger.ugx;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.ledger.Account;
import io.holdfast.ledger.AccountState;
import io.holdfast.ledger.AccountTerms;
import io.holdfast.ledger.Details;
import io.holdfast.ledger.Hold;
import io.holdfast.ledger.HoldCommit;
import io.holdfast.ledger.HoldRelease;
import io.holdfast.ledger.JournalEntry;
import io.holdfast.ledger.Money;
import io.holdfast.ledger.Refusal;
import io.holdfast.ledger.Result;
import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** No account leaves its limits, and none is kept from coming back to them. */
class LimitsTest {

    private static final Money MOST = Money.ofMinor(UGX, BigInteger.TEN.pow(38).subtract(BigInteger.ONE));

    private final TestLedger scene = TestLedger.open();
    private final PostgresLedger ledger = scene.ledger();
    private final Account wallet = scene.wallet("alice", 1_000);
    private final Account other = scene.wallet("bob");

    @AfterEach
    void facts_and_projections_agree() {
        scene.assertSound();
    }

    @Test
    void down_to_the_minimum_passes_and_one_below_is_refused() {
        ledger.limit(AccountTerms.of(wallet).minimum(ugx(300)));

        assertThat(refusal(() -> ledger.post(transfer("t1", wallet, other, 701))))
                .isEqualTo(new Refusal.InsufficientFunds(wallet, ugx(701), ugx(1_000), ugx(300)));
        ledger.post(transfer("t2", wallet, other, 700));
        scene.assertBalance(wallet, 300, 0);
    }

    @Test
    void a_minimum_below_zero_lets_an_account_be_overdrawn_so_far() {
        ledger.limit(AccountTerms.of(wallet).minimum(ugx(-500)));

        ledger.post(transfer("t1", wallet, other, 1_500));

        assertThat(refusal(() -> ledger.post(transfer("t2", wallet, other, 1))).code())
                .isEqualTo("INSUFFICIENT_FUNDS");
        scene.assertBalance(wallet, -500, 0);
    }

    @Test
    void an_account_without_limits_has_none() {
        Account open = ledger.open(AccountTerms.of("liabilities:open", UGX));

        ledger.post(transfer("t", open, other, 5_000));

        scene.assertBalance(open, -5_000, 0);
    }

    @Test
    void the_minimum_is_asked_of_what_is_available_so_holds_count() {
        scene.hold("h", wallet, 800);

        assertThat(refusal(() -> ledger.post(transfer("t", wallet, other, 201))))
                .isEqualTo(new Refusal.InsufficientFunds(wallet, ugx(201), ugx(200), ugx(0)));
    }

    @Test
    void the_maximum_is_asked_of_the_total_so_holds_count_too() {
        ledger.limit(AccountTerms.of(wallet).minimum(ugx(0)).maximum(ugx(1_200)));
        Hold hold = scene.hold("h", wallet, 800);

        assertThat(refusal(() -> ledger.post(funding("f1", wallet, 201))))
                .isEqualTo(new Refusal.LimitExceeded(wallet, ugx(1_000), ugx(1_200)));
        ledger.post(funding("f2", wallet, 200));
        ledger.release(HoldRelease.of(hold.id(), "r"));
        scene.assertBalance(wallet, 1_200, 0);
    }

    @Test
    void limits_are_on_the_normal_side_of_an_account_that_grows_by_debits() {
        Account till =
                ledger.open(AccountTerms.of("assets:till", UGX).minimum(ugx(0)).maximum(ugx(100)));

        JournalEntry in = entry("in", till, other, 100);
        ledger.post(in);

        assertThat(refusal(() -> ledger.post(entry("more", till, other, 1))).code())
                .isEqualTo("LIMIT_EXCEEDED");
        assertThat(refusal(() -> ledger.post(entry("out", FEES, till, 101))).code())
                .isEqualTo("INSUFFICIENT_FUNDS");
        scene.assertBalance(till, 100, 0);
    }

    @Test
    void only_the_net_effect_of_a_command_counts() {
        JournalEntry aroundTheHouses = JournalEntry.of("net")
                .debit(wallet.path(), ugx(5_000))
                .credit(other.path(), ugx(5_000))
                .debit(other.path(), ugx(4_500))
                .credit(wallet.path(), ugx(4_500))
                .build();

        ledger.post(aroundTheHouses);

        scene.assertBalance(wallet, 500, 0);
        scene.assertBalance(other, 500, 0);
    }

    @Test
    void what_does_not_worsen_a_breach_passes() {
        ledger.limit(AccountTerms.of(wallet).minimum(ugx(2_000)));

        ledger.post(funding("better", wallet, 10));
        ledger.post(JournalEntry.of("same")
                .debit(wallet.path(), ugx(7))
                .credit(wallet.path(), ugx(7))
                .build());

        assertThat(refusal(() -> ledger.post(transfer("worse", wallet, other, 1))))
                .isEqualTo(new Refusal.InsufficientFunds(wallet, ugx(1), ugx(1_010), ugx(2_000)));
    }

    @Test
    void what_does_not_worsen_a_breach_of_the_maximum_passes() {
        ledger.limit(AccountTerms.of(wallet).minimum(ugx(0)).maximum(ugx(500)));

        ledger.post(transfer("better", wallet, other, 10));
        Hold hold = scene.hold("hold moves nothing out of the total", wallet, 100);
        ledger.release(HoldRelease.of(hold.id(), "r"));

        assertThat(refusal(() -> ledger.post(funding("worse", wallet, 1))))
                .isEqualTo(new Refusal.LimitExceeded(wallet, ugx(990), ugx(500)));
    }

    @Test
    void a_release_passes_though_what_is_available_is_below_the_minimum() {
        Hold hold = scene.hold("h", wallet, 600);
        ledger.limit(AccountTerms.of(wallet).minimum(ugx(900)));

        ledger.commit(HoldCommit.of(hold.id(), "c")
                .credit(FEES.path(), ugx(100))
                .keepRest()
                .build());
        ledger.release(HoldRelease.of(hold.id(), "r"));

        scene.assertBalance(wallet, 900, 0);
    }

    @Test
    void all_minimums_are_asked_before_any_maximum() {
        ledger.limit(AccountTerms.of(other).minimum(ugx(0)).maximum(ugx(10)));
        JournalEntry both = JournalEntry.of("both")
                .credit(other.path(), ugx(2_000))
                .debit(wallet.path(), ugx(2_000))
                .build();

        Refusal first = refusal(() -> ledger.post(both));

        assertThat(first).isEqualTo(new Refusal.InsufficientFunds(wallet, ugx(2_000), ugx(1_000), ugx(0)));
    }

    @Test
    void limits_change_at_run_time_and_are_kept_as_facts() {
        AccountTerms terms = AccountTerms.of(wallet).minimum(ugx(-10)).maximum(ugx(2_000));

        assertThat(ledger.limit(terms).terms()).isEqualTo(terms);
        assertThat(ledger.account(wallet).orElseThrow().terms()).isEqualTo(terms);
        ledger.limit(terms);
        ledger.limit(AccountTerms.of(wallet));

        assertThat(ledger.account(wallet).orElseThrow().terms()).isEqualTo(AccountTerms.of(wallet));
        assertThat(
                        scene.number(
                                "select count(*) from holdfast.account_change c join holdfast.account a"
                                        + " using (ledger_id, account_id) where ledger_id = %d and a.path = 'liabilities:wallets:alice'"))
                .isEqualTo(3);
    }

    @Test
    void a_limit_that_is_left_out_is_removed() {
        ledger.limit(AccountTerms.of(wallet).minimum(ugx(0)).maximum(ugx(2_000)));

        AccountState replaced = ledger.limit(AccountTerms.of(wallet).minimum(ugx(300)));
        assertThat(replaced.terms()).isEqualTo(AccountTerms.of(wallet).minimum(ugx(300)));

        AccountState changed = ledger.limit(wallet, terms -> terms.maximum(ugx(1_500)));
        assertThat(changed.terms())
                .isEqualTo(AccountTerms.of(wallet).minimum(ugx(300)).maximum(ugx(1_500)));
    }

    @Test
    void limits_that_many_change_at_once_keep_what_each_did() throws Exception {
        ledger.limit(AccountTerms.of(wallet).minimum(ugx(0)).maximum(ugx(2_000)));

        Threads.race(
                8,
                number -> number % 2 == 0
                        ? ledger.limit(
                                wallet,
                                before -> before.minimum(
                                        before.minimum().orElseThrow().plus(ugx(1))))
                        : ledger.limit(
                                wallet,
                                before -> before.maximum(
                                        before.maximum().orElseThrow().plus(ugx(1)))));

        AccountTerms after = ledger.account(wallet).orElseThrow().terms();
        assertThat(after).isEqualTo(AccountTerms.of(wallet).minimum(ugx(4)).maximum(ugx(2_004)));
        assertThat(ledger.limit(wallet, AccountTerms::withoutMinimum).terms()).isEqualTo(after.withoutMinimum());
        assertThat(ledger.limit(wallet, AccountTerms::withoutMaximum).terms()).isEqualTo(AccountTerms.of(wallet));
    }

    @Test
    void limits_of_one_account_are_not_made_those_of_another() {
        assertThatThrownBy(() -> ledger.limit(wallet, before -> AccountTerms.of(other)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(other.path())
                .hasMessageContaining(wallet.path());
    }

    @Test
    void what_happened_already_is_recorded_whatever_the_limits_say() {
        ledger.limit(AccountTerms.of(other).minimum(ugx(0)).maximum(ugx(10)));
        JournalEntry happened = JournalEntry.of("happened")
                .with(Details.NONE.asUnconditional())
                .debit(wallet.path(), ugx(3_000))
                .credit(other.path(), ugx(3_000))
                .build();

        ledger.post(happened);

        scene.assertBalance(wallet, -2_000, 0);
        scene.assertBalance(other, 3_000, 0);
    }

    @Test
    void a_sum_that_leaves_38_digits_is_refused_as_beyond_the_limit() {
        Account open = ledger.open(AccountTerms.of("liabilities:open", UGX));
        Account against = ledger.open(AccountTerms.of("equity:against", UGX));
        ledger.post(JournalEntry.of("full")
                .debit(against.path(), MOST)
                .credit(open.path(), MOST)
                .build());

        List<Result> results = ledger.execute(List.of(
                transfer("up", against, open, 1),
                transfer("elsewhere", wallet, other, 1),
                transfer("down", open, against, 1),
                transfer("up again", against, open, 1)));

        assertThat(refused(results.get(0))).isInstanceOf(Refusal.LimitExceeded.class);
        recorded(results.get(1));
        recorded(results.get(2));
        recorded(results.get(3));
        assertThat(ledger.balance(open).available()).isEqualTo(MOST);
        assertThat(ledger.balance(against).available()).isEqualTo(MOST.negate());
    }

    @Test
    void a_minimum_missed_by_more_than_38_digits_is_a_refusal_of_that_command_alone() {
        Account against = ledger.open(AccountTerms.of("equity:against", UGX));
        JournalEntry absurd = JournalEntry.of("absurd")
                .debit(wallet.path(), MOST)
                .debit(wallet.path(), MOST)
                .credit(against.path(), MOST)
                .credit(against.path(), MOST)
                .build();

        List<Result> results = ledger.execute(List.of(absurd, transfer("fine", wallet, other, 1)));

        assertThat(refused(results.get(0))).isEqualTo(new Refusal.InsufficientFunds(wallet, MOST, ugx(1_000), ugx(0)));
        recorded(results.get(1));
    }

    @Test
    void a_hold_on_a_full_account_keeps_38_digits() {
        Account open = ledger.open(AccountTerms.of("liabilities:open", UGX));
        ledger.open(AccountTerms.of("equity:against", UGX));
        ledger.post(JournalEntry.of("full")
                .debit("equity:against", MOST)
                .credit(open.path(), MOST)
                .build());

        Hold hold = ledger.hold(io.holdfast.ledger.HoldRequest.of("h", open, MOST));
        ledger.commit(
                HoldCommit.of(hold.id(), "c").credit("equity:against", MOST).build());

        scene.assertBalance(open, 0, 0);
    }

    @Test
    void many_postings_to_one_account_are_limited_as_one() {
        JournalEntry.Builder entry = JournalEntry.of("many");
        for (int i = 0; i < 500; i++) {
            entry.debit(wallet.path(), ugx(2)).credit(BANK.path(), ugx(2));
        }

        ledger.post(entry.build());

        scene.assertBalance(wallet, 0, 0);
        assertThat(refusal(() -> ledger.post(transfer("t", wallet, other, 1))).code())
                .isEqualTo("INSUFFICIENT_FUNDS");
    }

    private static JournalEntry entry(String key, Account debited, Account credited, long amount) {
        return JournalEntry.of(key)
                .debit(debited.path(), ugx(amount))
                .credit(credited.path(), ugx(amount))
                .build();
    }
}
