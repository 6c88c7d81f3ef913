package io.holdfast.ledger.postgres;

import static io.holdfast.ledger.postgres.TestLedger.FEES;
import static io.holdfast.ledger.postgres.TestLedger.NOON;
import static io.holdfast.ledger.postgres.TestLedger.TODAY;
import static io.holdfast.ledger.postgres.TestLedger.funding;
import static io.holdfast.ledger.postgres.TestLedger.refusal;
import static io.holdfast.ledger.postgres.TestLedger.refused;
import static io.holdfast.ledger.postgres.TestLedger.transfer;
import static io.holdfast.ledger.postgres.TestLedger.ugx;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.ledger.Account;
import io.holdfast.ledger.AsOf;
import io.holdfast.ledger.Balance;
import io.holdfast.ledger.EntryKind;
import io.holdfast.ledger.EntryReference;
import io.holdfast.ledger.Hold;
import io.holdfast.ledger.HoldCommit;
import io.holdfast.ledger.HoldReference;
import io.holdfast.ledger.HoldRelease;
import io.holdfast.ledger.HoldRequest;
import io.holdfast.ledger.HoldState;
import io.holdfast.ledger.Key;
import io.holdfast.ledger.RecordedEntry;
import io.holdfast.ledger.Refusal;
import io.holdfast.ledger.Result;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A hold ends by itself at its deadline, whether or not anybody looks. */
class HoldExpiryTest {

    private static final Instant DEADLINE = NOON.plusSeconds(60);

    private final TestLedger scene = TestLedger.open();
    private final PostgresLedger ledger = scene.ledger();
    private final Account wallet = scene.wallet("alice", 1_000);
    private final Account other = scene.wallet("bob");

    @AfterEach
    void facts_and_projections_agree() {
        scene.assertSound();
    }

    @Test
    void up_to_its_deadline_a_hold_holds() {
        Hold hold = holdUntil("h", 600, DEADLINE);

        scene.clock().advance(Duration.ofSeconds(60).minusNanos(1_000));

        scene.assertBalance(wallet, 400, 600);
        assertThat(refusal(() -> ledger.post(transfer("t", wallet, other, 401))).code())
                .isEqualTo("INSUFFICIENT_FUNDS");
        ledger.commit(commit(hold, "c"));
        scene.assertBalance(wallet, 400, 0);
    }

    @Test
    void from_its_deadline_on_the_balance_counts_it_as_available_and_it_reads_as_expired() {
        Hold hold = holdUntil("h", 600, DEADLINE);

        scene.clock().advance(Duration.ofSeconds(60));

        scene.assertBalance(wallet, 1_000, 0);
        assertThat(ledger.hold(HoldReference.of(hold.id())).orElseThrow())
                .isEqualTo(new Hold(
                        hold.id(),
                        Key.of("h"),
                        wallet,
                        ugx(600),
                        ugx(0),
                        ugx(0),
                        HoldState.EXPIRED,
                        Optional.of(DEADLINE)));
        assertThat(ledger.holds(HoldState.ACTIVE, 10, 0)).isEmpty();
        assertThat(ledger.holds(HoldState.EXPIRED, 10, 0)).hasSize(1);
        assertThat(scene.entries()).isEqualTo(2);
    }

    @Test
    void an_expired_hold_is_neither_committed_nor_released_by_hand_before_and_after_it_was_released() {
        Hold hold = holdUntil("h", 600, DEADLINE);
        Refusal expired = new Refusal.HoldExpired(HoldReference.of(hold.id()), DEADLINE);
        scene.clock().advance(Duration.ofMinutes(2));

        assertThat(refusal(() -> ledger.commit(commit(hold, "c")))).isEqualTo(expired);
        assertThat(refusal(() -> ledger.release(HoldRelease.of(hold.id(), "r"))))
                .isEqualTo(expired);
        ledger.expireHolds(10);
        assertThat(refusal(() -> ledger.commit(commit(hold, "c")))).isEqualTo(expired);
        assertThat(refusal(() -> ledger.release(HoldRelease.of(hold.id(), "r"))))
                .isEqualTo(expired);
        scene.assertBalance(wallet, 1_000, 0);
    }

    @Test
    void the_next_writer_that_needs_it_releases_it() {
        Hold hold = holdUntil("h", 600, DEADLINE);
        scene.clock().advance(Duration.ofMinutes(2));

        ledger.post(transfer("t", wallet, other, 700));

        scene.assertBalance(wallet, 300, 0);
        RecordedEntry expiry = ledger.entry(
                        EntryReference.of(Key.reserved("expire", hold.id().toString())))
                .orElseThrow();
        assertThat(expiry.kind()).isEqualTo(EntryKind.EXPIRE);
        assertThat(expiry.holdId()).contains(hold.id());
        assertThat(expiry.actor()).isEqualTo("holdfast");
    }

    @Test
    void a_writer_that_does_not_need_it_leaves_it() {
        holdUntil("h", 600, DEADLINE);
        scene.clock().advance(Duration.ofMinutes(2));

        ledger.post(transfer("t", wallet, other, 400));

        assertThat(scene.entries()).isEqualTo(3);
        scene.assertBalance(wallet, 600, 0);
    }

    @Test
    void only_as_many_are_released_as_are_needed_the_earliest_deadline_first() {
        Hold late = holdUntil("late", 300, DEADLINE.plusSeconds(2));
        Hold early = holdUntil("early", 300, DEADLINE);
        Hold middle = holdUntil("middle", 300, DEADLINE.plusSeconds(1));
        scene.clock().advance(Duration.ofMinutes(2));

        ledger.post(transfer("t", wallet, other, 500));

        assertThat(expiryOf(early)).isPresent();
        assertThat(expiryOf(middle)).isPresent();
        assertThat(expiryOf(late)).isEmpty();
        scene.assertBalance(wallet, 500, 0);
    }

    @Test
    void what_expired_holds_cannot_make_up_for_is_refused_and_they_stay() {
        holdUntil("h", 600, DEADLINE);
        scene.clock().advance(Duration.ofMinutes(2));

        Refusal refusal = refusal(() -> ledger.post(transfer("t", wallet, other, 1_001)));

        assertThat(refusal).isEqualTo(new Refusal.InsufficientFunds(wallet, ugx(1_001), ugx(1_000), ugx(0)));
        assertThat(scene.entries()).isEqualTo(2);
    }

    @Test
    void a_group_that_is_refused_takes_back_the_expiry_that_its_first_command_needed() {
        Hold hold = holdUntil("h", 600, DEADLINE);
        scene.clock().advance(Duration.ofMinutes(2));

        Result result = ledger.execute(List.of(io.holdfast.ledger.CommandGroup.of(
                        transfer("t1", wallet, other, 700), transfer("t2", wallet, other, 700))))
                .get(0);

        assertThat(result).isInstanceOf(Result.GroupRefused.class);
        assertThat(expiryOf(hold)).isEmpty();
        scene.assertBalance(wallet, 1_000, 0);
    }

    @Test
    void expire_holds_releases_at_most_so_many_the_earliest_first_and_says_how_many() {
        Hold first = holdUntil("h1", 100, DEADLINE);
        Hold second = holdUntil("h2", 100, DEADLINE.plusSeconds(1));
        ledger.post(funding("more", other, 500));
        Hold elsewhere = ledger.hold(HoldRequest.of("h3", other, ugx(100)).expiresAt(DEADLINE.plusSeconds(2)));
        holdUntil("h4", 100, DEADLINE.plusSeconds(600));
        scene.clock().advance(Duration.ofMinutes(2));

        assertThat(ledger.expireHolds(2)).isEqualTo(2);
        assertThat(expiryOf(first)).isPresent();
        assertThat(expiryOf(second)).isPresent();
        assertThat(expiryOf(elsewhere)).isEmpty();
        assertThat(ledger.expireHolds(100)).isEqualTo(1);
        assertThat(ledger.expireHolds(100)).isZero();
        scene.assertBalance(wallet, 900, 100);
        assertThatThrownBy(() -> ledger.expireHolds(0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void more_than_one_transactions_worth_of_holds_expire_in_one_call() {
        for (int batch = 0; batch < 2; batch++) {
            int number = batch;
            ledger.execute(java.util.stream.IntStream.range(0, 500)
                    .mapToObj(i -> HoldRequest.of("h" + number + "-" + i, wallet, ugx(1))
                            .expiresAt(DEADLINE))
                    .toList());
        }
        ledger.post(funding("more", wallet, 5));
        holdUntil("last", 5, DEADLINE);
        scene.clock().advance(Duration.ofMinutes(2));

        assertThat(ledger.expireHolds(10_000)).isEqualTo(1_001);
        scene.assertBalance(wallet, 1_005, 0);
    }

    @Test
    void a_hold_without_deadline_never_expires() {
        scene.hold("h", wallet, 600);

        scene.clock().advance(Duration.ofDays(36_500));

        assertThat(ledger.expireHolds(10)).isZero();
        scene.assertBalance(wallet, 400, 600);
    }

    @Test
    void a_partly_committed_hold_gives_back_only_the_rest() {
        Hold hold = holdUntil("h", 600, DEADLINE);
        ledger.commit(HoldCommit.of(hold.id(), "c")
                .credit(FEES.path(), ugx(250))
                .keepRest()
                .build());

        scene.clock().advance(Duration.ofMinutes(2));

        scene.assertBalance(wallet, 750, 0);
        assertThat(ledger.expireHolds(10)).isEqualTo(1);
        scene.assertBalance(wallet, 750, 0);
    }

    @Test
    void a_later_deadline_is_still_watched_after_an_earlier_one_has_passed() {
        holdUntil("h1", 300, DEADLINE);
        holdUntil("h2", 300, DEADLINE.plusSeconds(600));
        scene.clock().advance(Duration.ofMinutes(2));
        ledger.expireHolds(10);
        scene.clock().advance(Duration.ofMinutes(20));

        ledger.post(transfer("t", wallet, other, 1_000));

        scene.assertBalance(wallet, 0, 0);
    }

    @Test
    void a_deadline_already_passed_makes_a_hold_that_is_expired_at_once_for_the_same_batch_too() {
        List<Result> results = ledger.execute(List.of(
                HoldRequest.of("h", wallet, ugx(600)).expiresAt(NOON),
                transfer("t", wallet, other, 1_000),
                HoldRelease.of(HoldReference.of(Key.of("h")), Key.of("r"))));

        assertThat(results.get(0)).isInstanceOf(Result.Recorded.class);
        assertThat(results.get(1)).isInstanceOf(Result.Recorded.class);
        assertThat(refused(results.get(2)).code()).isEqualTo("HOLD_EXPIRED");
        scene.assertBalance(wallet, 0, 0);
    }

    @Test
    void a_hold_whose_deadline_has_passed_already_is_returned_as_expired() {
        Hold hold = holdUntil("h", 600, NOON.minusSeconds(1));

        assertThat(hold).isEqualTo(ledger.hold(HoldReference.of(hold.id())).orElseThrow());
        assertThat(hold.state()).isEqualTo(HoldState.EXPIRED);
    }

    @Test
    void a_passed_deadline_in_a_batch_does_not_hide_a_later_one_of_the_same_account() {
        holdUntil("standing", 300, DEADLINE);
        ledger.execute(
                List.of(HoldRequest.of("passed", wallet, ugx(700)).expiresAt(NOON), transfer("t", wallet, other, 700)));
        scene.clock().advance(Duration.ofMinutes(2));

        ledger.post(transfer("t2", wallet, other, 300));

        scene.assertBalance(wallet, 0, 0);
    }

    @Test
    void an_expiry_takes_effect_on_the_first_open_day() {
        holdUntil("h", 600, DEADLINE);
        ledger.closeThrough(TODAY.plusDays(3));
        scene.clock().advance(Duration.ofMinutes(2));

        assertThat(ledger.expireHolds(10)).isEqualTo(1);

        assertThat(ledger.balance(wallet, AsOf.effective(TODAY.plusDays(3))))
                .isEqualTo(new Balance(wallet, ugx(400), ugx(600)));
        assertThat(ledger.balance(wallet, AsOf.effective(TODAY.plusDays(4))))
                .isEqualTo(new Balance(wallet, ugx(1_000), ugx(0)));
    }

    @Test
    void balances_as_of_a_point_in_time_read_postings_only() {
        holdUntil("h", 600, DEADLINE);

        scene.clock().advance(Duration.ofMinutes(2));

        assertThat(ledger.balance(wallet, AsOf.EVERYTHING)).isEqualTo(new Balance(wallet, ugx(400), ugx(600)));
        ledger.expireHolds(10);
        assertThat(ledger.balance(wallet, AsOf.EVERYTHING)).isEqualTo(new Balance(wallet, ugx(1_000), ugx(0)));
    }

    private Hold holdUntil(String key, long amount, Instant deadline) {
        return ledger.hold(HoldRequest.of(key, wallet, ugx(amount)).expiresAt(deadline));
    }

    private Optional<RecordedEntry> expiryOf(Hold hold) {
        return ledger.entry(EntryReference.of(Key.reserved("expire", hold.id().toString())));
    }

    private static HoldCommit commit(Hold hold, String key) {
        return HoldCommit.of(hold.id(), key).credit(FEES.path(), hold.amount()).build();
    }
}
