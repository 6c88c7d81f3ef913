package io.holdfast.ledger.postgres;

import static io.holdfast.ledger.postgres.TestLedger.BANK;
import static io.holdfast.ledger.postgres.TestLedger.UGX;
import static io.holdfast.ledger.postgres.TestLedger.dataSource;
import static io.holdfast.ledger.postgres.TestLedger.funding;
import static io.holdfast.ledger.postgres.TestLedger.refused;
import static io.holdfast.ledger.postgres.TestLedger.ugx;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.ledger.Account;
import io.holdfast.ledger.AccountTerms;
import io.holdfast.ledger.CommandGroup;
import io.holdfast.ledger.EntryReference;
import io.holdfast.ledger.HoldCommit;
import io.holdfast.ledger.HoldReference;
import io.holdfast.ledger.HoldRequest;
import io.holdfast.ledger.JournalEntry;
import io.holdfast.ledger.Key;
import io.holdfast.ledger.KeyedCommand;
import io.holdfast.ledger.Ledger;
import io.holdfast.ledger.RecordedEntry;
import io.holdfast.ledger.Refusal;
import io.holdfast.ledger.Result;
import io.holdfast.ledger.Reversal;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A key that several writers use at the same time is used once, and all of them learn for what. */
class KeyRaceTest {

    private final TestLedger scene = TestLedger.open();
    private final PostgresLedger ledger = scene.ledger();

    @Test
    void fifty_threads_with_one_new_key_record_one_entry_and_get_fifty_equal_answers() throws Exception {
        Account wallet = scene.wallet("alice");

        List<RecordedEntry> answers = Threads.race(50, i -> ledger.post(funding("one", wallet, 10)));

        assertThat(answers).hasSize(50).containsOnly(answers.get(0));
        scene.assertBalance(wallet, 10, 0);
        scene.assertSound();
    }

    @Test
    void one_key_with_another_account_in_each_thread_is_used_once_and_the_losers_learn_what_differs() throws Exception {
        List<JournalEntry> entries =
                IntStream.range(0, 20).mapToObj(i -> apart("one", "w" + i, 10)).toList();

        List<Result> answers =
                Threads.race(20, i -> ledger.execute(List.of(entries.get(i))).get(0));

        assertThat(answers.stream().filter(Result.Recorded.class::isInstance)).hasSize(1);
        assertThat(answers.stream().filter(Result.Refused.class::isInstance))
                .hasSize(19)
                .allSatisfy(loser -> assertThat(refused(loser))
                        .isEqualTo(new Refusal.KeyConflict(Key.of("one"), List.of("postings"))));
        assertThat(scene.entries()).isEqualTo(1);
        scene.assertSound();
    }

    @Test
    void who_loses_a_key_to_a_transaction_still_open_waits_and_then_plans_again() throws Exception {
        JournalEntry winner = apart("one", "winner", 10);
        JournalEntry loser = apart("one", "loser", 20);
        CompletableFuture<List<Result>> late;
        try (Connection host = dataSource().getConnection()) {
            host.setAutoCommit(false);
            ledger.within(host).post(winner);
            late = CompletableFuture.supplyAsync(() -> ledger.execute(List.of(apart("before", "loser", 1), loser)));
            awaitLockWait();

            host.commit();
            host.setAutoCommit(true);
        }

        List<Result> results = late.get(30, TimeUnit.SECONDS);
        assertThat(results.get(0)).isInstanceOf(Result.Recorded.class);
        assertThat(refused(results.get(1))).isEqualTo(new Refusal.KeyConflict(Key.of("one"), List.of("postings")));
        scene.assertBalance(equity("winner"), 10, 0);
        scene.assertBalance(equity("loser"), 1, 0);
    }

    @Test
    void who_waits_for_a_key_whose_taker_rolls_back_takes_it() throws Exception {
        JournalEntry first = apart("one", "first", 10);
        JournalEntry second = apart("one", "second", 20);
        CompletableFuture<RecordedEntry> late;
        try (Connection host = dataSource().getConnection()) {
            host.setAutoCommit(false);
            ledger.within(host).post(first);
            late = CompletableFuture.supplyAsync(() -> ledger.post(second));
            awaitLockWait();

            host.rollback();
            host.setAutoCommit(true);
        }

        assertThat(late.get(30, TimeUnit.SECONDS).key()).isEqualTo(Key.of("one"));
        scene.assertBalance(equity("first"), 0, 0);
        scene.assertBalance(equity("second"), 20, 0);
    }

    @Test
    void a_key_lost_inside_a_host_transaction_leaves_the_transaction_usable() throws Exception {
        JournalEntry winner = apart("one", "winner", 10);
        JournalEntry loser = apart("one", "loser", 20);
        CompletableFuture<List<Result>> late;
        try (Connection host = dataSource().getConnection()) {
            host.setAutoCommit(false);
            ledger.within(host).post(winner);
            late = CompletableFuture.supplyAsync(() -> lateInHostTransaction(loser));
            awaitLockWait();

            host.commit();
            host.setAutoCommit(true);
        }

        List<Result> results = late.get(30, TimeUnit.SECONDS);
        assertThat(refused(results.get(0)).code()).isEqualTo("KEY_CONFLICT");
        assertThat(results.get(1)).isInstanceOf(Result.Recorded.class);
        scene.assertBalance(equity("loser"), 7, 0);
        scene.assertSound();
    }

    private List<Result> lateInHostTransaction(JournalEntry loser) {
        try (Connection host = dataSource().getConnection()) {
            host.setAutoCommit(false);
            Result lost = ledger.within(host).execute(List.of(loser)).get(0);
            Result own = ledger.within(host)
                    .execute(List.of(apart("own", "loser", 7)))
                    .get(0);
            host.commit();
            host.setAutoCommit(true);
            return List.of(lost, own);
        } catch (SQLException failure) {
            throw new AssertionError(failure);
        }
    }

    @Test
    void a_group_that_places_a_hold_and_commits_it_by_key_is_carried_out_once_by_many_at_once() throws Exception {
        Account wallet = scene.wallet("alice", 1_000);

        for (int round = 0; round < 8; round++) {
            CommandGroup group = holdAndCommit(wallet, "hold-" + round, "commit-" + round);
            List<Result> answers =
                    Threads.race(8, i -> ledger.execute(List.of(group)).get(0));

            assertThat(answers).hasOnlyElementsOfType(Result.GroupRecorded.class);
        }
        scene.assertBalance(wallet, 920, 0);
        scene.assertSound();
    }

    @Test
    void a_hold_that_appears_while_its_commit_waits_is_not_found_and_there_the_next_time() throws Exception {
        Account wallet = scene.wallet("alice", 1_000);
        CompletableFuture<Result> early;
        HoldCommit commit;
        try (Connection host = dataSource().getConnection()) {
            host.setAutoCommit(false);
            Ledger inside = ledger.within(host);
            inside.post(funding("more", wallet, 10));
            UUID hold = inside.hold(HoldRequest.of("hold", wallet, ugx(10))).id();
            commit = HoldCommit.of(hold, "commit").credit(BANK.path(), ugx(10)).build();
            early = CompletableFuture.supplyAsync(() -> execute(commit));
            awaitLockWait();

            host.commit();
            host.setAutoCommit(true);
        }

        assertThat(refused(early.get(30, TimeUnit.SECONDS)).code()).isEqualTo("HOLD_NOT_FOUND");
        assertThat(execute(commit)).isInstanceOf(Result.Recorded.class);
        scene.assertBalance(wallet, 1_000, 0);
        scene.assertSound();
    }

    private Result execute(KeyedCommand command) {
        return ledger.execute(List.of(command)).get(0);
    }

    @Test
    void who_loses_a_hold_to_a_transaction_still_open_commits_it_by_key_all_the_same() throws Exception {
        Account wallet = scene.wallet("alice", 1_000);
        CompletableFuture<Result> late;
        try (Connection host = dataSource().getConnection()) {
            host.setAutoCommit(false);
            ledger.within(host).hold(HoldRequest.of("hold", wallet, ugx(10)));
            late = CompletableFuture.supplyAsync(() -> ledger.execute(List.of(holdAndCommit(wallet, "hold", "commit")))
                    .get(0));
            awaitLockWait();

            host.commit();
            host.setAutoCommit(true);
        }

        assertThat(late.get(30, TimeUnit.SECONDS)).isInstanceOf(Result.GroupRecorded.class);
        scene.assertBalance(wallet, 990, 0);
    }

    @Test
    void a_commit_that_names_its_hold_by_key_replays_though_hold_and_commit_were_both_recorded_meanwhile()
            throws Exception {
        Account wallet = scene.wallet("alice", 1_000);
        CommandGroup both = holdAndCommit(wallet, "hold", "commit");
        HoldCommit commit = (HoldCommit) both.commands().get(1);
        CompletableFuture<Result> late;
        try (Connection host = dataSource().getConnection()) {
            host.setAutoCommit(false);
            ledger.within(host).execute(List.of(both));
            late = CompletableFuture.supplyAsync(
                    () -> ledger.execute(List.of(commit)).get(0));
            awaitLockWait();

            host.commit();
            host.setAutoCommit(true);
        }

        assertThat(late.get(30, TimeUnit.SECONDS)).isInstanceOf(Result.Replayed.class);
        scene.assertBalance(wallet, 990, 0);
    }

    @Test
    void an_entry_posted_and_reversed_meanwhile_is_not_reversed_again() throws Exception {
        Account wallet = scene.wallet("alice");
        EntryReference entry = EntryReference.of(Key.of("entry"));
        CompletableFuture<List<Result>> late;
        try (Connection host = dataSource().getConnection()) {
            host.setAutoCommit(false);
            ledger.within(host).post(funding("entry", wallet, 10));
            late = CompletableFuture.supplyAsync(() ->
                    ledger.execute(List.of(funding("entry", wallet, 10), Reversal.of(entry, Key.of("undo-late")))));
            awaitLockWait();

            ledger.within(host).reverse(Reversal.of(entry, Key.of("undo")));
            ledger.within(host).post(funding("more", wallet, 100));
            host.commit();
            host.setAutoCommit(true);
        }

        List<Result> results = late.get(30, TimeUnit.SECONDS);
        assertThat(results.get(0)).isInstanceOf(Result.Replayed.class);
        assertThat(refused(results.get(1)).code()).isEqualTo("ALREADY_REVERSED");
        scene.assertBalance(wallet, 100, 0);
        scene.assertSound();
    }

    /** Returns an entry that shares no account with those of other owners, and opens what it needs. */
    private JournalEntry apart(String key, String owner, long amount) {
        Account cash = ledger.open(AccountTerms.of("assets:cash:" + owner, UGX));
        return JournalEntry.of(key)
                .debit(cash.path(), ugx(amount))
                .credit(ledger.open(AccountTerms.of(equity(owner))).path(), ugx(amount))
                .build();
    }

    private static Account equity(String owner) {
        return Account.of("equity:owners:" + owner, UGX);
    }

    private CommandGroup holdAndCommit(Account wallet, String hold, String commit) {
        return CommandGroup.of(
                HoldRequest.of(hold, wallet, ugx(10)),
                HoldCommit.of(HoldReference.of(Key.of(hold)), Key.of(commit))
                        .credit(TestLedger.FEES.path(), ugx(10))
                        .build());
    }

    /** Waits until somebody waits for a lock in the shared database. */
    static void awaitLockWait() throws InterruptedException {
        for (int i = 0; i < 500; i++) {
            if (TestLedger.ask("select count(*) from pg_stat_activity where datname = current_database()"
                            + " and wait_event_type = 'Lock'")
                    > 0) {
                return;
            }
            Thread.sleep(20);
        }
        throw new AssertionError("Nobody came to wait for a lock");
    }
}
