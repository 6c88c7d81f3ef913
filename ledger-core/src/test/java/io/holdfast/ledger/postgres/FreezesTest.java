package io.holdfast.ledger.postgres;

import static io.holdfast.ledger.postgres.TestLedger.BANK;
import static io.holdfast.ledger.postgres.TestLedger.FEES;
import static io.holdfast.ledger.postgres.TestLedger.UGX;
import static io.holdfast.ledger.postgres.TestLedger.funding;
import static io.holdfast.ledger.postgres.TestLedger.refusal;
import static io.holdfast.ledger.postgres.TestLedger.transfer;
import static io.holdfast.ledger.postgres.TestLedger.ugx;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.ledger.Account;
import io.holdfast.ledger.AccountState;
import io.holdfast.ledger.AccountTerms;
import io.holdfast.ledger.Details;
import io.holdfast.ledger.Hold;
import io.holdfast.ledger.HoldCommit;
import io.holdfast.ledger.HoldRelease;
import io.holdfast.ledger.HoldRequest;
import io.holdfast.ledger.JournalEntry;
import io.holdfast.ledger.Refusal;
import io.holdfast.ledger.Reversal;
import io.holdfast.ledger.Side;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A frozen account keeps what it has, or gets nothing more; a closed one is over. */
class FreezesTest {

    private final TestLedger scene = TestLedger.open();
    private final PostgresLedger ledger = scene.ledger();
    private final Account wallet = scene.wallet("alice", 1_000);
    private final Account other = scene.wallet("bob", 1_000);

    @AfterEach
    void facts_and_projections_agree() {
        scene.assertSound();
    }

    @Test
    void a_debit_freeze_blocks_what_lowers_available_and_nothing_else() {
        ledger.freeze(wallet, Set.of(Side.DEBIT));

        assertThat(refusal(() -> ledger.post(transfer("t", wallet, other, 1))))
                .isEqualTo(new Refusal.AccountFrozen(wallet, Side.DEBIT));
        assertThat(refusal(() -> scene.hold("h", wallet, 1))).isEqualTo(new Refusal.AccountFrozen(wallet, Side.DEBIT));
        ledger.post(transfer("back", other, wallet, 1));
        scene.assertBalance(wallet, 1_001, 0);
    }

    @Test
    void a_credit_freeze_blocks_what_raises_available_and_nothing_else() {
        ledger.freeze(wallet, Set.of(Side.CREDIT));

        assertThat(refusal(() -> ledger.post(transfer("t", other, wallet, 1))))
                .isEqualTo(new Refusal.AccountFrozen(wallet, Side.CREDIT));
        ledger.post(transfer("out", wallet, other, 1));
        scene.hold("h", wallet, 9);
        scene.assertBalance(wallet, 990, 9);
    }

    @Test
    void the_sides_of_a_freeze_are_those_of_the_normal_side_on_an_asset_too() {
        ledger.freeze(BANK, Set.of(Side.DEBIT));

        assertThat(refusal(() -> ledger.post(JournalEntry.of("out")
                        .debit(wallet.path(), ugx(5))
                        .credit(BANK.path(), ugx(5))
                        .build())))
                .isEqualTo(new Refusal.AccountFrozen(BANK, Side.DEBIT));
        ledger.post(funding("in", wallet, 5));
    }

    @Test
    void an_entry_that_nets_to_nothing_on_a_frozen_account_passes() {
        ledger.freeze(wallet, Set.of(Side.DEBIT, Side.CREDIT));

        ledger.post(JournalEntry.of("round")
                .debit(wallet.path(), ugx(7))
                .credit(wallet.path(), ugx(7))
                .build());

        scene.assertBalance(wallet, 1_000, 0);
    }

    @Test
    void commits_and_releases_of_holds_that_exist_pass() {
        Hold committed = scene.hold("h1", wallet, 300);
        Hold released = scene.hold("h2", wallet, 300);
        ledger.freeze(wallet, Set.of(Side.DEBIT, Side.CREDIT));

        ledger.commit(
                HoldCommit.of(committed.id(), "c").credit(FEES.path(), ugx(100)).build());
        ledger.release(HoldRelease.of(released.id(), "r"));

        scene.assertBalance(wallet, 900, 0);
    }

    @Test
    void a_commit_to_an_account_under_a_credit_freeze_is_refused() {
        Hold hold = scene.hold("h", wallet, 300);
        ledger.freeze(other, Set.of(Side.CREDIT));

        Refusal refusal = refusal(() -> ledger.commit(
                HoldCommit.of(hold.id(), "c").credit(other.path(), ugx(300)).build()));

        assertThat(refusal).isEqualTo(new Refusal.AccountFrozen(other, Side.CREDIT));
        scene.assertBalance(wallet, 700, 300);
    }

    @Test
    void a_hold_on_a_frozen_account_still_expires() {
        ledger.hold(HoldRequest.of("h", wallet, ugx(300))
                .expiresAt(scene.clock().instant().plusSeconds(1)));
        ledger.freeze(wallet, Set.of(Side.DEBIT, Side.CREDIT));
        scene.clock().advance(Duration.ofSeconds(2));

        assertThat(ledger.expireHolds(10)).isEqualTo(1);
        scene.assertBalance(wallet, 1_000, 0);
    }

    @Test
    void a_reversal_asks_freezes_too() {
        var entry = ledger.post(transfer("t", wallet, other, 10));
        ledger.freeze(other, Set.of(Side.DEBIT));

        assertThat(refusal(() -> ledger.reverse(Reversal.of(entry.id(), "r"))))
                .isEqualTo(new Refusal.AccountFrozen(other, Side.DEBIT));
    }

    @Test
    void what_happened_already_is_recorded_on_a_frozen_account() {
        ledger.freeze(wallet, Set.of(Side.DEBIT));

        ledger.post(JournalEntry.of("happened")
                .with(Details.NONE.asUnconditional())
                .debit(wallet.path(), ugx(10))
                .credit(other.path(), ugx(10))
                .build());

        scene.assertBalance(wallet, 990, 0);
    }

    @Test
    void a_freeze_leaves_the_side_alone_that_it_does_not_name() {
        AccountState debit = ledger.freeze(wallet, Set.of(Side.DEBIT));
        AccountState both = ledger.freeze(wallet, Set.of(Side.CREDIT));
        AccountState credit = ledger.unfreeze(wallet, Set.of(Side.DEBIT));
        AccountState none = ledger.unfreeze(wallet, Set.of(Side.DEBIT, Side.CREDIT));

        assertThat(debit.debitFrozen()).isTrue();
        assertThat(debit.creditFrozen()).isFalse();
        assertThat(both.debitFrozen() && both.creditFrozen()).isTrue();
        assertThat(credit.debitFrozen()).isFalse();
        assertThat(credit.creditFrozen()).isTrue();
        assertThat(none.debitFrozen() || none.creditFrozen()).isFalse();
        ledger.post(transfer("t", wallet, other, 1));
    }

    @Test
    void limits_and_freezes_do_not_undo_each_other() {
        ledger.freeze(wallet, Set.of(Side.DEBIT));
        ledger.limit(AccountTerms.of(wallet).minimum(ugx(5)));

        AccountState state = ledger.account(wallet).orElseThrow();

        assertThat(state.debitFrozen()).isTrue();
        assertThat(ledger.unfreeze(wallet, Set.of(Side.DEBIT)).terms().minimum())
                .contains(ugx(5));
    }

    @Test
    void an_account_with_money_in_it_is_not_closed() {
        assertThat(refusal(() -> ledger.close(wallet)))
                .isEqualTo(new Refusal.AccountNotEmpty(wallet, ugx(1_000), ugx(0)));
    }

    @Test
    void an_account_with_an_open_hold_is_not_closed_though_its_total_is_zero() {
        Account overdrawn = ledger.open(AccountTerms.of("liabilities:overdrawn", UGX));
        Hold hold = scene.hold("h", overdrawn, 50);

        assertThat(refusal(() -> ledger.close(overdrawn)))
                .isEqualTo(new Refusal.AccountNotEmpty(overdrawn, ugx(0), ugx(50)));
        ledger.release(HoldRelease.of(hold.id(), "r"));
        assertThat(ledger.close(overdrawn).closed()).isTrue();
    }

    @Test
    void a_refused_closing_leaves_no_trace_of_the_expiry_that_it_tried() throws Exception {
        ledger.hold(HoldRequest.of("h", wallet, ugx(300))
                .expiresAt(scene.clock().instant().plusSeconds(1)));
        scene.clock().advance(Duration.ofSeconds(2));
        long before = scene.entries();

        assertThat(refusal(() -> ledger.close(wallet))).isInstanceOf(Refusal.AccountNotEmpty.class);
        scene.inHostTransaction((connection, inTransaction) ->
                assertThat(refusal(() -> inTransaction.close(wallet))).isInstanceOf(Refusal.AccountNotEmpty.class));

        assertThat(scene.entries()).isEqualTo(before);
    }

    @Test
    void closing_releases_what_has_expired() {
        Account brief = ledger.open(AccountTerms.of("liabilities:brief", UGX));
        ledger.hold(HoldRequest.of("h", brief, ugx(50))
                .expiresAt(scene.clock().instant().plusSeconds(1)));
        scene.clock().advance(Duration.ofSeconds(2));

        assertThat(ledger.close(brief).closed()).isTrue();
        scene.assertBalance(brief, 0, 0);
    }

    @Test
    void a_closed_account_takes_nothing_and_changes_no_more() {
        Account empty = scene.wallet("carol");
        ledger.close(empty);
        Refusal closed = new Refusal.AccountClosed(empty);

        assertThat(refusal(() -> ledger.post(transfer("t", wallet, empty, 1)))).isEqualTo(closed);
        assertThat(refusal(() -> scene.hold("h", empty, 1))).isEqualTo(closed);
        assertThat(refusal(() -> ledger.limit(AccountTerms.of(empty)))).isEqualTo(closed);
        assertThat(refusal(() -> ledger.freeze(empty, Set.of(Side.DEBIT)))).isEqualTo(closed);
        assertThat(refusal(() -> ledger.open(AccountTerms.of(empty).minimum(ugx(0)))))
                .isEqualTo(closed);
        assertThat(ledger.close(empty).closed()).isTrue();
        scene.assertBalance(empty, 0, 0);
    }

    @Test
    void an_account_that_is_not_there_cannot_be_changed() {
        Account unknown = Account.of("liabilities:unknown", UGX);
        Refusal notFound = new Refusal.AccountNotFound(unknown);

        assertThat(refusal(() -> ledger.limit(AccountTerms.of(unknown)))).isEqualTo(notFound);
        assertThat(refusal(() -> ledger.unfreeze(unknown, Set.of(Side.DEBIT)))).isEqualTo(notFound);
        assertThat(refusal(() -> ledger.close(unknown))).isEqualTo(notFound);
        assertThat(refusal(() -> ledger.balance(unknown))).isEqualTo(notFound);
        assertThat(ledger.account(unknown)).isEmpty();
    }
}
