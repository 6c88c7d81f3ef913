package io.holdfast.ledger.postgres;

import static io.holdfast.ledger.postgres.TestLedger.FEES;
import static io.holdfast.ledger.postgres.TestLedger.funding;
import static io.holdfast.ledger.postgres.TestLedger.recorded;
import static io.holdfast.ledger.postgres.TestLedger.refusal;
import static io.holdfast.ledger.postgres.TestLedger.refused;
import static io.holdfast.ledger.postgres.TestLedger.transfer;
import static io.holdfast.ledger.postgres.TestLedger.ugx;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.ledger.Account;
import io.holdfast.ledger.Command;
import io.holdfast.ledger.CommandGroup;
import io.holdfast.ledger.EntryReference;
import io.holdfast.ledger.Hold;
import io.holdfast.ledger.HoldCommit;
import io.holdfast.ledger.HoldReference;
import io.holdfast.ledger.HoldRelease;
import io.holdfast.ledger.HoldRequest;
import io.holdfast.ledger.JournalEntry;
import io.holdfast.ledger.Key;
import io.holdfast.ledger.KeyedCommand;
import io.holdfast.ledger.Refusal;
import io.holdfast.ledger.Result;
import io.holdfast.ledger.Reversal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Batches do each command by itself, groups all or nothing. */
class BatchesTest {

    private final TestLedger scene = TestLedger.open();
    private final PostgresLedger ledger = scene.ledger();
    private final Account wallet = scene.wallet("alice", 1_000);
    private final Account other = scene.wallet("bob");

    @AfterEach
    void facts_and_projections_agree() {
        scene.assertSound();
    }

    @Test
    void results_come_in_the_order_of_the_commands_and_a_refusal_leaves_the_others_alone() {
        List<Result> results = ledger.execute(List.of(
                transfer("t1", wallet, other, 400),
                transfer("t2", wallet, other, 700),
                HoldRequest.of("h", wallet, ugx(600)),
                transfer("t3", wallet, other, 1)));

        assertThat(recorded(results.get(0)).key()).isEqualTo(Key.of("t1"));
        assertThat(refused(results.get(1)).code()).isEqualTo("INSUFFICIENT_FUNDS");
        assertThat(recorded(results.get(2)).key()).isEqualTo(Key.of("h"));
        assertThat(refused(results.get(3)).code()).isEqualTo("INSUFFICIENT_FUNDS");
        scene.assertBalance(wallet, 0, 600);
    }

    @Test
    void an_empty_batch_does_nothing() {
        assertThat(ledger.execute(List.of())).isEmpty();
    }

    @Test
    void a_batch_of_refusals_alone_writes_nothing() {
        long before = scene.entries();

        List<Result> results =
                ledger.execute(List.of(transfer("t1", wallet, other, 1_001), transfer("t2", wallet, other, 1_002)));

        assertThat(results).hasOnlyElementsOfType(Result.Refused.class);
        assertThat(scene.entries()).isEqualTo(before);
    }

    @Test
    void a_batch_has_at_most_1000_commands_those_in_groups_counted_each() {
        List<KeyedCommand> thousand = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            thousand.add(transfer("t" + i, wallet, other, 1));
        }
        List<Command> tooMany = List.of(new CommandGroup(thousand), transfer("one more", wallet, other, 1));

        assertThatThrownBy(() -> ledger.execute(tooMany))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("A batch of 1001 commands: at most 1000 are possible");
        assertThat(ledger.execute(thousand)).hasSize(1_000).hasOnlyElementsOfType(Result.Recorded.class);
        scene.assertBalance(wallet, 0, 0);
    }

    @Test
    void a_hold_placed_in_a_batch_is_committed_by_key_later_in_it() {
        List<Result> results = ledger.execute(List.of(
                HoldRequest.of("h", wallet, ugx(600)),
                HoldCommit.of(byKey("h"), Key.of("c1"))
                        .credit(FEES.path(), ugx(100))
                        .keepRest()
                        .build(),
                HoldRelease.of(byKey("h"), Key.of("r")),
                HoldRelease.of(byKey("h"), Key.of("r2"))));

        recorded(results.get(2));
        assertThat(refused(results.get(3)).code()).isEqualTo("HOLD_NOT_ACTIVE");
        scene.assertBalance(wallet, 900, 0);
    }

    @Test
    void a_hold_named_before_it_is_placed_is_not_found() {
        List<Result> results =
                ledger.execute(List.of(HoldRelease.of(byKey("h"), Key.of("r")), HoldRequest.of("h", wallet, ugx(600))));

        assertThat(refused(results.get(0))).isEqualTo(new Refusal.HoldNotFound(byKey("h")));
        recorded(results.get(1));
    }

    @Test
    void an_entry_posted_in_a_batch_is_reversed_by_key_later_in_it() {
        List<Result> results = ledger.execute(List.of(
                transfer("t", wallet, other, 600),
                Reversal.of(EntryReference.of(Key.of("t")), Key.of("r1")).amount(ugx(200)),
                Reversal.of(EntryReference.of(Key.of("t")), Key.of("r2")).amount(ugx(400)),
                Reversal.of(EntryReference.of(Key.of("t")), Key.of("r3")).amount(ugx(1))));

        recorded(results.get(2));
        assertThat(refused(results.get(3)).code()).isEqualTo("ALREADY_REVERSED");
        scene.assertBalance(wallet, 1_000, 0);
    }

    @Test
    void a_group_is_carried_out_as_a_whole_and_each_command_sees_those_before() {
        Result result = ledger.execute(List.of(CommandGroup.of(
                        funding("f", other, 50),
                        transfer("t1", other, wallet, 50),
                        transfer("t2", wallet, FEES, 1_050))))
                .get(0);

        assertThat(((Result.GroupRecorded) result).results()).hasOnlyElementsOfType(Result.Recorded.class);
        assertThat(((Result.GroupRecorded) result).isReplayed()).isFalse();
        scene.assertBalance(wallet, 0, 0);
    }

    @Test
    void a_group_is_refused_as_a_whole_and_says_by_which_command() {
        long before = scene.entries();

        Result result = ledger.execute(List.of(CommandGroup.of(
                        transfer("t1", wallet, other, 600),
                        HoldRequest.of("h", other, ugx(600)),
                        transfer("t2", wallet, other, 600),
                        transfer("t3", wallet, other, 1))))
                .get(0);

        assertThat(result)
                .isEqualTo(
                        new Result.GroupRefused(2, new Refusal.InsufficientFunds(wallet, ugx(600), ugx(400), ugx(0))));
        assertThat(scene.entries()).isEqualTo(before);
        scene.assertBalance(wallet, 1_000, 0);
    }

    @Test
    void a_result_gives_its_entry_or_throws_what_refused_it() {
        JournalEntry entry = transfer("t1", wallet, other, 600);
        List<Result> results = ledger.execute(List.of(
                entry, entry, transfer("t2", wallet, other, 600), CommandGroup.of(transfer("t3", wallet, other, 600))));
        Result group = ledger.execute(List.of(CommandGroup.of(entry))).get(0);

        assertThat(results.get(1).entryOrThrow()).isEqualTo(results.get(0).entryOrThrow());
        for (Result no : results.subList(2, 4)) {
            assertThat(refusal(no::entryOrThrow)).isInstanceOf(Refusal.InsufficientFunds.class);
        }
        assertThatThrownBy(group::entryOrThrow)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("A group of 1 commands has no single entry: ask each of its results");
    }

    @Test
    void what_follows_a_refused_group_does_not_see_it_and_may_use_its_keys() {
        CommandGroup refusedGroup = CommandGroup.of(
                HoldRequest.of("h", wallet, ugx(900)),
                HoldCommit.of(byKey("h"), Key.of("c"))
                        .credit(FEES.path(), ugx(901))
                        .build());

        List<Result> results = ledger.execute(List.of(
                transfer("before", wallet, other, 100),
                refusedGroup,
                HoldRelease.of(byKey("h"), Key.of("r")),
                HoldRequest.of("h", wallet, ugx(900)),
                HoldCommit.of(byKey("h"), Key.of("c"))
                        .credit(FEES.path(), ugx(900))
                        .build()));

        assertThat(results.get(1)).isInstanceOf(Result.GroupRefused.class);
        assertThat(refused(results.get(2)).code()).isEqualTo("HOLD_NOT_FOUND");
        recorded(results.get(4));
        scene.assertBalance(wallet, 0, 0);
    }

    @Test
    void a_group_whose_commands_are_all_replays_is_replayed_and_one_half_done_is_completed() {
        ledger.post(transfer("t1", wallet, other, 10));
        CommandGroup group = CommandGroup.of(transfer("t1", wallet, other, 10), transfer("t2", wallet, other, 20));

        Result.GroupRecorded completed =
                (Result.GroupRecorded) ledger.execute(List.of(group)).get(0);
        Result.GroupRecorded again =
                (Result.GroupRecorded) ledger.execute(List.of(group)).get(0);

        assertThat(completed.results().get(0)).isInstanceOf(Result.Replayed.class);
        assertThat(completed.results().get(1)).isInstanceOf(Result.Recorded.class);
        assertThat(completed.isReplayed()).isFalse();
        assertThat(again.isReplayed()).isTrue();
        scene.assertBalance(other, 30, 0);
    }

    @Test
    void a_group_with_a_key_used_for_other_content_is_refused_at_that_command() {
        ledger.post(transfer("taken", wallet, other, 10));

        Result result = ledger.execute(List.of(
                        CommandGroup.of(transfer("t", wallet, other, 10), transfer("taken", wallet, other, 11))))
                .get(0);

        assertThat(result)
                .isEqualTo(new Result.GroupRefused(1, new Refusal.KeyConflict(Key.of("taken"), List.of("postings"))));
        scene.assertBalance(other, 10, 0);
    }

    @Test
    void a_malformed_commit_in_a_batch_refuses_itself_alone() {
        Hold hold = scene.hold("h", wallet, 100);

        List<Result> results = ledger.execute(List.of(
                HoldCommit.of(hold.id(), "c").debit(FEES.path(), ugx(10)).build(), transfer("t", wallet, other, 10)));

        assertThat(refused(results.get(0)).code()).isEqualTo("MALFORMED");
        recorded(results.get(1));
    }

    @Test
    void the_same_hold_committed_twice_over_in_one_batch_is_spent_once() {
        Hold hold = scene.hold("h", wallet, 100);

        List<Result> results = ledger.execute(List.of(
                HoldCommit.of(hold.id(), "c1").credit(FEES.path(), ugx(100)).build(),
                HoldCommit.of(byKey("h"), Key.of("c2"))
                        .credit(FEES.path(), ugx(100))
                        .build()));

        recorded(results.get(0));
        assertThat(refused(results.get(1)).code()).isEqualTo("HOLD_NOT_ACTIVE");
        assertThat(refusal(() -> ledger.release(HoldRelease.of(hold.id(), "r"))).code())
                .isEqualTo("HOLD_NOT_ACTIVE");
        scene.assertBalance(FEES, 100, 0);
    }

    private static HoldReference byKey(String key) {
        return HoldReference.of(Key.of(key));
    }
}
