package io.holdfast.ledger.postgres;

import static io.holdfast.ledger.postgres.TestLedger.FEES;
import static io.holdfast.ledger.postgres.TestLedger.TODAY;
import static io.holdfast.ledger.postgres.TestLedger.dataSource;
import static io.holdfast.ledger.postgres.TestLedger.funding;
import static io.holdfast.ledger.postgres.TestLedger.recorded;
import static io.holdfast.ledger.postgres.TestLedger.refusal;
import static io.holdfast.ledger.postgres.TestLedger.refused;
import static io.holdfast.ledger.postgres.TestLedger.replayed;
import static io.holdfast.ledger.postgres.TestLedger.transfer;
import static io.holdfast.ledger.postgres.TestLedger.ugx;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.ledger.Account;
import io.holdfast.ledger.Details;
import io.holdfast.ledger.DocumentReference;
import io.holdfast.ledger.EntryReference;
import io.holdfast.ledger.Hold;
import io.holdfast.ledger.HoldCommit;
import io.holdfast.ledger.HoldReference;
import io.holdfast.ledger.HoldRelease;
import io.holdfast.ledger.HoldRequest;
import io.holdfast.ledger.HoldState;
import io.holdfast.ledger.JournalEntry;
import io.holdfast.ledger.Key;
import io.holdfast.ledger.KeyedCommand;
import io.holdfast.ledger.Posting;
import io.holdfast.ledger.RecordedEntry;
import io.holdfast.ledger.Refusal;
import io.holdfast.ledger.Result;
import io.holdfast.ledger.Reversal;
import io.holdfast.ledger.Side;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whoever repeats a command gets its first result, and whoever changes it under the same key learns what differs. */
class KeysTest {

    private final TestLedger scene = TestLedger.open();
    private final PostgresLedger ledger = scene.ledger();
    private final Account wallet = scene.wallet("alice", 1_000);
    private final Account other = scene.wallet("bob");

    @AfterEach
    void facts_and_projections_agree() {
        scene.assertSound();
    }

    @Test
    void each_kind_of_command_replays_its_first_result() {
        Hold hold = scene.hold("h", wallet, 100);
        Hold second = scene.hold("h2", wallet, 100);
        RecordedEntry entry = ledger.post(transfer("t", wallet, other, 10));
        HoldCommit commit =
                HoldCommit.of(hold.id(), "c").credit(FEES.path(), ugx(60)).build();
        List<KeyedCommand> commands = List.of(
                transfer("t", wallet, other, 10),
                HoldRequest.of("h", wallet, ugx(100)),
                commit,
                HoldRelease.of(second.id(), "r"),
                Reversal.of(entry.id(), "rev").amount(ugx(3)));
        List<Result> first = ledger.execute(commands);
        scene.clock().advance(Duration.ofDays(400));

        List<Result> again = ledger.execute(commands);

        for (int i = 0; i < commands.size(); i++) {
            RecordedEntry of = i < 2 ? replayed(first.get(i)) : recorded(first.get(i));
            assertThat(replayed(again.get(i))).isEqualTo(of);
        }
        assertThat(ledger.commit(commit)).isEqualTo(recorded(first.get(2)));
        scene.assertBalance(wallet, 933, 0);
    }

    @Test
    void a_replay_is_the_entry_as_it_was_taken_down_field_for_field() {
        Details details = Details.NONE
                .describedAs("Top-up \"42\"")
                .effectiveOn(TODAY.minusDays(3))
                .metadata("order", "42")
                .document(new DocumentReference("invoice.pdf", "ab".repeat(32)));
        JournalEntry entry = JournalEntry.of("k")
                .with(details)
                .posting(Posting.debit(wallet.path(), ugx(5)).describedAs("line 1"))
                .credit(other.path(), ugx(5))
                .build();

        RecordedEntry first = ledger.as("maker").post(entry);

        assertThat(ledger.as("somebody else").post(entry)).isEqualTo(first);
        assertThat(ledger.entry(EntryReference.of(first.id()))).contains(first);
        assertThat(first.actor()).isEqualTo("maker");
        assertThat(first.hashed()).isEqualTo(first);
    }

    @Test
    void a_replayed_hold_is_returned_as_it_stands_now() {
        HoldRequest request = HoldRequest.of("h", wallet, ugx(100));
        Hold hold = ledger.hold(request);
        ledger.commit(HoldCommit.of(hold.id(), "c")
                .credit(FEES.path(), ugx(40))
                .keepRest()
                .build());

        Hold again = ledger.hold(request);

        assertThat(again.state()).isEqualTo(HoldState.ACTIVE);
        assertThat(again.remaining()).isEqualTo(ugx(60));
        ledger.release(HoldRelease.of(hold.id(), "r"));
        assertThat(ledger.hold(request).state()).isEqualTo(HoldState.RELEASED);
    }

    @Test
    void the_key_is_asked_before_anything_else_so_a_replay_passes_whatever_changed_since() {
        Account brief = scene.wallet("brief", 50);
        JournalEntry out = transfer("out", brief, other, 50);
        RecordedEntry first = ledger.post(out);
        ledger.freeze(other, Set.of(Side.DEBIT, Side.CREDIT));
        ledger.close(brief);
        ledger.closeThrough(TODAY.plusDays(10));

        assertThat(ledger.post(out)).isEqualTo(first);
        assertThat(refusal(() -> ledger.post(transfer("out", brief, other, 51))).code())
                .isEqualTo("KEY_CONFLICT");
        assertThat(refusal(() -> ledger.post(transfer("new", brief, other, 50))).code())
                .isEqualTo("PERIOD_CLOSED");
    }

    @Test
    void a_date_left_out_takes_part_as_left_out_so_tomorrow_is_still_a_replay() {
        JournalEntry undated = transfer("t", wallet, other, 1);
        RecordedEntry first = ledger.post(undated);
        scene.clock().advance(Duration.ofDays(1));

        assertThat(ledger.post(undated)).isEqualTo(first);
        JournalEntry dated = JournalEntry.of("t")
                .with(Details.NONE.effectiveOn(TODAY))
                .debit(wallet.path(), ugx(1))
                .credit(other.path(), ugx(1))
                .build();
        assertThat(refusal(() -> ledger.post(dated)))
                .isEqualTo(new Refusal.KeyConflict(Key.of("t"), List.of("effectiveOn")));
    }

    @Test
    void a_conflict_names_each_field_that_differs() {
        ledger.post(transfer("t", wallet, other, 1));
        Posting debit = Posting.debit(wallet.path(), ugx(1));
        Posting credit = Posting.credit(other.path(), ugx(1));
        Key key = Key.of("t");

        assertConflict(new JournalEntry(key, Details.NONE.describedAs("x"), List.of(debit, credit)), "description");
        assertConflict(new JournalEntry(key, Details.NONE.metadata("a", "b"), List.of(debit, credit)), "metadata");
        assertConflict(
                new JournalEntry(
                        key,
                        Details.NONE.document(new DocumentReference("d", "00".repeat(32))),
                        List.of(debit, credit)),
                "documents");
        assertConflict(new JournalEntry(key, Details.NONE, List.of(credit, debit)), "postings");
        assertConflict(new JournalEntry(key, Details.NONE, List.of(debit.describedAs("l"), credit)), "postings");
        assertConflict(new JournalEntry(key, Details.NONE.asUnconditional(), List.of(debit, credit)), "unconditional");
        assertConflict(transfer("t", wallet, other, 2), "postings");
        assertConflict(HoldRequest.of("t", wallet, ugx(1)), "op", "postings", "account", "amount");
        assertConflict(
                new JournalEntry(
                        key,
                        Details.NONE.effectiveOn(TODAY).describedAs("x").metadata("a", "b"),
                        List.of(debit, credit)),
                "effectiveOn",
                "description",
                "metadata");
    }

    @Test
    void conflicts_of_holds_and_what_becomes_of_them_name_their_own_fields() {
        Hold hold = scene.hold("h", wallet, 100);
        Hold another = scene.hold("h2", wallet, 100);
        HoldRequest request = HoldRequest.of("h", wallet, ugx(100));
        ledger.commit(HoldCommit.of(hold.id(), "c")
                .credit(FEES.path(), ugx(10))
                .keepRest()
                .build());

        assertConflict(HoldRequest.of("h", wallet, ugx(101)), "amount");
        assertConflict(HoldRequest.of("h", other, ugx(100)), "account");
        assertConflict(request.expiresAt(scene.clock().instant().plusSeconds(1)), "expiresAt");
        assertConflict(
                HoldCommit.of(hold.id(), "c").credit(FEES.path(), ugx(10)).build(), "final");
        assertConflict(
                HoldCommit.of(hold.id(), "c")
                        .credit(FEES.path(), ugx(10))
                        .releaseRest()
                        .build(),
                "final");
        assertConflict(
                HoldCommit.of(another.id(), "c")
                        .credit(FEES.path(), ugx(10))
                        .keepRest()
                        .build(),
                "hold");
    }

    @Test
    void conflicts_of_reversals_name_their_own_fields() {
        RecordedEntry one = ledger.post(transfer("one", wallet, other, 10));
        RecordedEntry two = ledger.post(transfer("two", wallet, other, 10));
        ledger.reverse(Reversal.of(one.id(), "r").amount(ugx(4)));

        assertConflict(Reversal.of(one.id(), "r").amount(ugx(5)), "amount");
        assertConflict(Reversal.of(one.id(), "r"), "amount");
        assertConflict(Reversal.of(two.id(), "r").amount(ugx(4)), "entry");
        assertConflict(
                Reversal.of(one.id(), "r")
                        .postings(List.of(Posting.credit(wallet.path(), ugx(4)), Posting.debit(other.path(), ugx(4)))),
                "postings",
                "amount");
    }

    @Test
    void naming_a_hold_or_entry_by_key_or_by_id_is_the_same_content() {
        Hold hold = scene.hold("h", wallet, 100);
        RecordedEntry entry = ledger.post(transfer("t", wallet, other, 10));
        RecordedEntry release = ledger.release(HoldRelease.of(hold.id(), "r"));
        RecordedEntry reversal = ledger.reverse(Reversal.of(EntryReference.of(Key.of("t")), Key.of("rev")));

        assertThat(ledger.release(HoldRelease.of(HoldReference.of(Key.of("h")), Key.of("r"))))
                .isEqualTo(release);
        assertThat(ledger.reverse(Reversal.of(entry.id(), "rev"))).isEqualTo(reversal);
    }

    @Test
    void the_same_key_twice_in_a_batch_is_recorded_once_and_replayed_once() {
        List<Result> results = ledger.execute(List.of(
                transfer("t", wallet, other, 10), transfer("t", wallet, other, 10), transfer("t", wallet, other, 11)));

        assertThat(replayed(results.get(1))).isEqualTo(recorded(results.get(0)));
        assertThat(refused(results.get(2))).isEqualTo(new Refusal.KeyConflict(Key.of("t"), List.of("postings")));
        scene.assertBalance(other, 10, 0);
    }

    @Test
    void a_refused_command_leaves_no_trace_and_its_key_may_be_tried_again_with_other_content() {
        assertThat(refusal(() -> ledger.post(transfer("t", wallet, other, 1_001)))
                        .code())
                .isEqualTo("INSUFFICIENT_FUNDS");

        ledger.post(transfer("t", wallet, other, 999));

        scene.assertBalance(wallet, 1, 0);
    }

    @Test
    void a_key_refused_earlier_in_a_batch_may_be_used_later_in_it() {
        List<Result> results = ledger.execute(List.of(
                transfer("t", wallet, other, 1_001), funding("f", wallet, 1), transfer("t", wallet, other, 1_001)));

        assertThat(refused(results.get(0)).code()).isEqualTo("INSUFFICIENT_FUNDS");
        recorded(results.get(2));
    }

    @Test
    void keys_are_unique_in_their_ledger_only() {
        PostgresLedger elsewhere = TestLedger.open().ledger();

        elsewhere.post(JournalEntry.of("fund-alice")
                .debit(TestLedger.BANK.path(), ugx(7))
                .credit(FEES.path(), ugx(7))
                .build());

        assertThat(elsewhere
                        .entry(EntryReference.of(Key.of("fund-alice")))
                        .orElseThrow()
                        .ledger())
                .isEqualTo(elsewhere.name());
    }

    @Test
    void a_replay_that_finds_nothing_to_write_is_as_good_through_another_instance() {
        RecordedEntry first = ledger.post(transfer("t", wallet, other, 10));
        PostgresLedger restarted = PostgresLedger.over(dataSource())
                .ledger(scene.name())
                .clock(scene.clock())
                .build();

        assertThat(restarted.post(transfer("t", wallet, other, 10))).isEqualTo(first);
    }

    private void assertConflict(KeyedCommand command, String... differs) {
        assertThat(refused(ledger.execute(List.of(command)).get(0)))
                .isEqualTo(new Refusal.KeyConflict(command.key(), List.of(differs)));
    }
}
