package io.holdfast.ledger.postgres;

import static io.holdfast.ledger.postgres.TestLedger.BANK;
import static io.holdfast.ledger.postgres.TestLedger.FEES;
import static io.holdfast.ledger.postgres.TestLedger.FLOAT;
import static io.holdfast.ledger.postgres.TestLedger.UGX;
import static io.holdfast.ledger.postgres.TestLedger.funding;
import static io.holdfast.ledger.postgres.TestLedger.refusal;
import static io.holdfast.ledger.postgres.TestLedger.ugx;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.ledger.Account;
import io.holdfast.ledger.AccountTerms;
import io.holdfast.ledger.Currency;
import io.holdfast.ledger.EntryKind;
import io.holdfast.ledger.Hold;
import io.holdfast.ledger.HoldCommit;
import io.holdfast.ledger.HoldReference;
import io.holdfast.ledger.HoldRelease;
import io.holdfast.ledger.HoldRequest;
import io.holdfast.ledger.HoldState;
import io.holdfast.ledger.Key;
import io.holdfast.ledger.Ledger;
import io.holdfast.ledger.Money;
import io.holdfast.ledger.RecordedEntry;
import io.holdfast.ledger.Refusal;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Money set aside is spent, given back, or kept, and each shilling of it once. */
class HoldsTest {

    private final TestLedger scene = TestLedger.open();
    private final PostgresLedger ledger = scene.ledger();
    private final Account wallet = scene.wallet("alice", 10_000);

    @AfterEach
    void facts_and_projections_agree() {
        scene.assertSound();
    }

    @Test
    void a_hold_moves_its_amount_from_available_to_held_and_leaves_the_total() {
        Hold hold = scene.hold("h", wallet, 6_500);

        scene.assertBalance(wallet, 3_500, 6_500);
        assertThat(hold)
                .isEqualTo(new Hold(
                        hold.id(),
                        Key.of("h"),
                        wallet,
                        ugx(6_500),
                        ugx(0),
                        ugx(6_500),
                        HoldState.ACTIVE,
                        Optional.empty()))
                .isEqualTo(ledger.hold(HoldReference.of(hold.id())).orElseThrow())
                .isEqualTo(ledger.hold(HoldReference.of(Key.of("h"))).orElseThrow());
        assertThat(ledger.balance(wallet).total()).isEqualTo(ugx(10_000));
    }

    @Test
    void a_hold_on_an_account_that_grows_by_debits_is_the_mirror_image() {
        ledger.post(funding("fill", scene.wallet("bob"), 400));

        Hold hold = scene.hold("h", BANK, 300);
        scene.assertBalance(BANK, 10_100, 300);
        ledger.commit(
                HoldCommit.of(hold.id(), "c").debit(FLOAT.path(), ugx(300)).build());

        scene.assertBalance(BANK, 10_100, 0);
        scene.assertBalance(FLOAT, 300, 0);
    }

    @Test
    void a_commit_pays_others_from_what_is_held() {
        Hold hold = scene.hold("h", wallet, 6_500);

        RecordedEntry entry = ledger.commit(HoldCommit.of(hold.id(), "c")
                .credit(FLOAT.path(), ugx(5_000))
                .credit(FEES.path(), ugx(1_500))
                .build());

        scene.assertBalance(wallet, 3_500, 0);
        scene.assertBalance(FLOAT, -5_000, 0);
        scene.assertBalance(FEES, 1_500, 0);
        assertThat(entry.kind()).isEqualTo(EntryKind.COMMIT);
        assertThat(entry.holdId()).contains(hold.id());
        assertThat(stateOf(hold)).isEqualTo(HoldState.COMMITTED);
    }

    @Test
    void a_final_commit_of_a_part_gives_the_rest_back() {
        Hold hold = scene.hold("h", wallet, 6_500);

        ledger.commit(
                HoldCommit.of(hold.id(), "c").credit(FEES.path(), ugx(1_000)).build());

        scene.assertBalance(wallet, 9_000, 0);
        assertThat(ledger.hold(HoldReference.of(hold.id())).orElseThrow())
                .isEqualTo(new Hold(
                        hold.id(),
                        Key.of("h"),
                        wallet,
                        ugx(6_500),
                        ugx(1_000),
                        ugx(0),
                        HoldState.COMMITTED,
                        Optional.empty()));
    }

    @Test
    void several_commits_keep_the_rest_held_until_a_final_one() {
        Hold hold = scene.hold("h", wallet, 6_000);

        ledger.commit(HoldCommit.of(hold.id(), "c1")
                .credit(FEES.path(), ugx(1_000))
                .keepRest()
                .build());
        ledger.commit(HoldCommit.of(hold.id(), "c2")
                .credit(FEES.path(), ugx(2_000))
                .keepRest()
                .build());
        scene.assertBalance(wallet, 4_000, 3_000);
        assertThat(stateOf(hold)).isEqualTo(HoldState.ACTIVE);
        ledger.commit(HoldCommit.of(hold.id(), "c3")
                .credit(FEES.path(), ugx(500))
                .releaseRest()
                .build());

        scene.assertBalance(wallet, 6_500, 0);
        assertThat(stateOf(hold)).isEqualTo(HoldState.COMMITTED);
    }

    @Test
    void a_hold_with_nothing_left_is_committed_though_the_commit_was_not_final() {
        Hold hold = scene.hold("h", wallet, 6_000);

        ledger.commit(HoldCommit.of(hold.id(), "c")
                .credit(FEES.path(), ugx(6_000))
                .keepRest()
                .build());

        assertThat(stateOf(hold)).isEqualTo(HoldState.COMMITTED);
        assertThat(refusal(() -> ledger.release(HoldRelease.of(hold.id(), "r"))))
                .isEqualTo(new Refusal.HoldNotActive(HoldReference.of(hold.id()), HoldState.COMMITTED));
    }

    @Test
    void after_partial_commits_a_release_gives_back_what_is_left() {
        Hold hold = scene.hold("h", wallet, 6_000);
        ledger.commit(HoldCommit.of(hold.id(), "c")
                .credit(FEES.path(), ugx(1_000))
                .keepRest()
                .build());

        RecordedEntry entry = ledger.release(HoldRelease.of(hold.id(), "r"));

        scene.assertBalance(wallet, 9_000, 0);
        assertThat(entry.kind()).isEqualTo(EntryKind.RELEASE);
        assertThat(ledger.hold(HoldReference.of(hold.id())).orElseThrow())
                .isEqualTo(new Hold(
                        hold.id(),
                        Key.of("h"),
                        wallet,
                        ugx(6_000),
                        ugx(1_000),
                        ugx(0),
                        HoldState.RELEASED,
                        Optional.empty()));
    }

    @Test
    void a_hold_is_released_once_and_then_neither_committed_nor_released() {
        Hold hold = scene.hold("h", wallet, 6_000);
        ledger.release(HoldRelease.of(hold.id(), "r1"));

        Refusal again = refusal(() -> ledger.release(HoldRelease.of(hold.id(), "r2")));
        Refusal late = refusal(() -> ledger.commit(commit(hold, "c", 1)));

        assertThat(again).isEqualTo(new Refusal.HoldNotActive(HoldReference.of(hold.id()), HoldState.RELEASED));
        assertThat(late).isEqualTo(again);
        scene.assertBalance(wallet, 10_000, 0);
    }

    @Test
    void a_commit_beyond_what_is_left_is_refused_with_both_amounts() {
        Hold hold = scene.hold("h", wallet, 6_000);
        ledger.commit(HoldCommit.of(hold.id(), "c")
                .credit(FEES.path(), ugx(1_000))
                .keepRest()
                .build());

        assertThat(refusal(() -> ledger.commit(commit(hold, "c2", 5_001))))
                .isEqualTo(new Refusal.HoldExceeded(HoldReference.of(hold.id()), ugx(5_001), ugx(5_000)));
        scene.assertBalance(wallet, 4_000, 5_000);
    }

    @Test
    void a_commit_of_more_than_38_digits_is_refused_as_beyond_the_hold() {
        Hold hold = scene.hold("h", wallet, 6_000);
        Money most = Money.ofMinor(UGX, "9".repeat(38).transform(java.math.BigInteger::new));

        Refusal refusal = refusal(() -> ledger.commit(HoldCommit.of(hold.id(), "c")
                .credit(FEES.path(), most)
                .credit(FLOAT.path(), most)
                .build()));

        assertThat(refusal).isEqualTo(new Refusal.HoldExceeded(HoldReference.of(hold.id()), most, ugx(6_000)));
    }

    @Test
    void a_hold_that_is_not_there_is_not_found_by_id_or_key() {
        UUID unknown = new UUID(7, 7);
        HoldReference funding = HoldReference.of(Key.of("fund-alice"));

        assertThat(refusal(() -> ledger.release(HoldRelease.of(unknown, "r"))))
                .isEqualTo(new Refusal.HoldNotFound(HoldReference.of(unknown)));
        assertThat(refusal(() -> ledger.release(HoldRelease.of(funding, Key.of("r")))))
                .isEqualTo(new Refusal.HoldNotFound(funding));
        assertThat(ledger.hold(funding)).isEmpty();
    }

    @Test
    void a_hold_beyond_what_is_available_is_refused_with_the_amounts() {
        scene.hold("h1", wallet, 6_000);

        Refusal refusal = refusal(() -> scene.hold("h2", wallet, 4_001));

        assertThat(refusal).isEqualTo(new Refusal.InsufficientFunds(wallet, ugx(4_001), ugx(4_000), ugx(0)));
        assertThat(refusal.message()).contains("UGX 4000 available").contains("UGX 4001 was to be taken");
        scene.hold("h2", wallet, 4_000);
        scene.assertBalance(wallet, 0, 10_000);
    }

    @Test
    void a_providers_fee_may_ride_along_with_a_commit() {
        ledger.open(AccountTerms.of("expenses:provider-fees", UGX));
        Hold hold = scene.hold("h", wallet, 5_000);

        ledger.commit(HoldCommit.of(hold.id(), "c")
                .credit(FLOAT.path(), ugx(5_100))
                .debit("expenses:provider-fees", ugx(100))
                .build());

        scene.assertBalance(wallet, 5_000, 0);
        scene.assertBalance(FLOAT, -5_100, 0);
    }

    @Test
    void a_commit_may_exchange_into_another_currency_through_balanced_postings() {
        Currency usd = Currency.of("USD");
        ledger.open(AccountTerms.of("equity:exchange", UGX));
        ledger.open(AccountTerms.of("equity:exchange", usd));
        ledger.open(AccountTerms.of("assets:bank:usd", usd));
        Hold hold = scene.hold("h", wallet, 3_700);

        ledger.commit(HoldCommit.of(hold.id(), "c")
                .credit("equity:exchange", ugx(3_700))
                .debit("equity:exchange", Money.of(usd, "1.00"))
                .credit("assets:bank:usd", Money.of(usd, "1.00"))
                .build());

        scene.assertBalance(wallet, 6_300, 0);
    }

    @Test
    void a_commit_that_nets_to_nothing_or_is_unbalanced_elsewhere_is_the_callers_bug() {
        ledger.open(AccountTerms.of("assets:bank:usd", Currency.of("USD")));
        Hold hold = scene.hold("h", wallet, 3_700);

        for (HoldCommit wrong : List.of(
                HoldCommit.of(hold.id(), "c").debit(FEES.path(), ugx(10)).build(),
                HoldCommit.of(hold.id(), "c")
                        .debit(BANK.path(), ugx(10))
                        .credit(FEES.path(), ugx(10))
                        .build(),
                HoldCommit.of(hold.id(), "c")
                        .credit(FEES.path(), ugx(10))
                        .credit("assets:bank:usd", Money.of(Currency.of("USD"), "1.00"))
                        .build())) {
            assertThatThrownBy(() -> ledger.commit(wrong))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("The postings of commit \"c\"");
        }
        scene.assertBalance(wallet, 6_300, 3_700);
    }

    @Test
    void holds_are_listed_by_state_in_the_order_in_which_they_were_placed() {
        Hold first = scene.hold("h1", wallet, 1);
        scene.clock().advance(java.time.Duration.ofSeconds(1));
        Hold second = scene.hold("h2", wallet, 2);
        scene.clock().advance(java.time.Duration.ofSeconds(1));
        Hold third = scene.hold("h3", wallet, 3);
        ledger.release(HoldRelease.of(second.id(), "r"));

        assertThat(ledger.holds(10, 0)).extracting(Hold::id).containsExactly(first.id(), second.id(), third.id());
        assertThat(ledger.holds(HoldState.ACTIVE, 10, 0)).containsExactly(first, third);
        assertThat(ledger.holds(HoldState.RELEASED, 10, 0)).extracting(Hold::id).containsExactly(second.id());
        assertThat(ledger.holds(1, 1)).extracting(Hold::id).containsExactly(second.id());
        assertThatThrownBy(() -> ledger.holds(Ledger.PAGE_MAX + 1, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ledger.holds(1, -1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void holds_of_one_batch_are_listed_in_its_order() {
        List<HoldRequest> requests = java.util.stream.IntStream.range(0, 50)
                .mapToObj(i -> HoldRequest.of("b" + i, wallet, ugx(1 + i)))
                .toList();

        ledger.execute(requests);

        assertThat(ledger.holds(100, 0))
                .extracting(Hold::key)
                .containsExactlyElementsOf(
                        requests.stream().map(HoldRequest::key).toList());
    }

    private HoldState stateOf(Hold hold) {
        return ledger.hold(HoldReference.of(hold.id())).orElseThrow().state();
    }

    private static HoldCommit commit(Hold hold, String key, long amount) {
        return HoldCommit.of(hold.id(), key).credit(FEES.path(), ugx(amount)).build();
    }
}
