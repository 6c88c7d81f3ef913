package io.holdfast.ledger.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.db.testing.OneConnection;
import io.holdfast.db.testing.TestDatabase;
import io.holdfast.ledger.Account;
import io.holdfast.ledger.AccountTerms;
import io.holdfast.ledger.Currency;
import io.holdfast.ledger.EntryReference;
import io.holdfast.ledger.HoldCommit;
import io.holdfast.ledger.HoldReference;
import io.holdfast.ledger.HoldRelease;
import io.holdfast.ledger.HoldRequest;
import io.holdfast.ledger.JournalEntry;
import io.holdfast.ledger.Key;
import io.holdfast.ledger.KeyedCommand;
import io.holdfast.ledger.Ledger;
import io.holdfast.ledger.Money;
import io.holdfast.ledger.Result;
import io.holdfast.ledger.Reversal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How often a write waits for the database, counted on the wire. */
class RoundTripsTest {

    private static final Currency UGX = Currency.of("UGX");
    private static final Account ALICE = Account.of("liabilities:alice", UGX);

    /** Lock, write, commit. */
    private static final int POST = 3;

    /** What it is about is looked up before the lock, because it says what to lock, and read again under it. */
    private static final int OF_AN_ENTRY = 5;

    /** Which account a hold is on is found while it is locked, and the hold is read under the lock. */
    private static final int OF_A_HOLD = 4;

    /** The write says that the key was used before, the entry is read, and nothing is written. */
    private static final int REPLAY = 5;

    /** All that is named is looked up at once, and holds and reversals are each read again. */
    private static final int OF_EVERYTHING = 6;

    /** Savepoint set and released around lock and write. */
    private static final int JOINED = 4;

    private TestDatabase database;
    private CountingProxy proxy;
    private Connection connection;
    private Ledger ledger;

    @BeforeEach
    void open() throws Exception {
        database = TestDatabase.create();
        proxy = CountingProxy.before(database.jdbcUrl());
        connection = DriverManager.getConnection(proxy.jdbcUrl());
        ledger = PostgresLedger.over(OneConnection.always(connection)).build();
        ledger.open(AccountTerms.of("assets:bank", UGX));
        ledger.open(AccountTerms.of("liabilities:alice", UGX));
        ledger.post(entry("warm"));
    }

    @AfterEach
    void close() throws Exception {
        connection.close();
        proxy.close();
        database.close();
    }

    @Test
    void a_single_posting_takes_three_round_trips() {
        assertRoundTrips(POST, () -> ledger.post(entry("single")));
    }

    @Test
    void a_hold_takes_as_many_with_a_deadline_or_without() {
        assertRoundTrips(POST, () -> ledger.hold(hold("h1")));
        assertRoundTrips(POST, () -> ledger.hold(hold("h2").expiresAt(ledgerTomorrow())));
    }

    @Test
    void what_becomes_of_a_hold_takes_one_more_however_the_hold_is_named() {
        ledger.hold(hold("h1"));
        ledger.hold(hold("h2").expiresAt(ledgerTomorrow()));
        UUID third = ledger.hold(hold("h3")).id();
        UUID fourth = ledger.hold(hold("h4").expiresAt(ledgerTomorrow())).id();

        assertRoundTrips(OF_A_HOLD, () -> ledger.commit(commit("h1", "c1")));
        assertRoundTrips(OF_A_HOLD, () -> ledger.release(HoldRelease.of(byKey("h2"), Key.of("r"))));
        assertRoundTrips(OF_A_HOLD, () -> ledger.release(HoldRelease.of(third, "r3")));
        assertRoundTrips(OF_A_HOLD, () -> ledger.commit(commit(HoldReference.of(fourth), "c4")));
    }

    @Test
    void a_reversal_takes_two_more() {
        ledger.post(entry("original"));

        assertRoundTrips(OF_AN_ENTRY, () -> ledger.reverse(reversal("original", "v")));
    }

    @Test
    void a_replay_takes_two_more() {
        ledger.post(entry("single"));

        assertRoundTrips(REPLAY, () -> ledger.post(entry("single")));
    }

    @Test
    void a_batch_of_500_entries_takes_no_more_than_one_of_them() {
        List<JournalEntry> entries =
                IntStream.range(0, 500).mapToObj(i -> entry("batch-" + i)).toList();

        assertRoundTrips(POST, () -> assertThat(ledger.execute(entries)).hasOnlyElementsOfType(Result.Recorded.class));
    }

    @Test
    void a_batch_of_500_replays_takes_no_more_than_one_of_them() {
        List<JournalEntry> entries =
                IntStream.range(0, 500).mapToObj(i -> entry("again-" + i)).toList();
        ledger.execute(entries);

        assertRoundTrips(
                REPLAY, () -> assertThat(ledger.execute(entries)).hasOnlyElementsOfType(Result.Replayed.class));
    }

    @Test
    void a_batch_of_500_commands_of_every_kind_takes_six() {
        List<UUID> holds = IntStream.range(0, 200)
                .mapToObj(i -> ledger.hold(hold("h" + i)).id())
                .toList();
        ledger.post(entry("original"));
        List<KeyedCommand> commands = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            commands.add(entry("t" + i));
            commands.add(hold("g" + i));
            commands.add(commit("h" + i, "c" + i));
            commands.add(HoldRelease.of(
                    i < 50 ? byKey("h" + (100 + i)) : HoldReference.of(holds.get(100 + i)), Key.of("r" + i)));
            commands.add(i < 5 ? reversal("original", "v" + i).amount(Money.ofMinor(UGX, 1)) : entry("u" + i));
        }

        assertRoundTrips(
                OF_EVERYTHING, () -> assertThat(ledger.execute(commands)).hasOnlyElementsOfType(Result.Recorded.class));
    }

    @Test
    void in_a_hosts_transaction_a_savepoint_is_set_and_nothing_committed() throws Exception {
        connection.setAutoCommit(false);
        Ledger joined = ledger.within(connection);

        assertRoundTrips(JOINED, () -> joined.post(entry("joined-1")));
        assertRoundTrips(JOINED, () -> joined.post(entry("joined-2")));

        connection.commit();
        connection.setAutoCommit(true);
    }

    @Test
    void accounts_are_looked_up_once_by_a_ledger_that_only_ever_joins_transactions() throws Exception {
        PostgresLedger knowing =
                PostgresLedger.over(OneConnection.always(connection)).build();
        connection.setAutoCommit(false);
        Ledger joined = knowing.within(connection);
        joined.open(AccountTerms.of("liabilities:bob", UGX));

        assertRoundTrips(JOINED + 1, () -> joined.post(entry("joined-1")));
        assertRoundTrips(JOINED, () -> joined.post(entry("joined-2")));

        connection.commit();
        connection.setAutoCommit(true);
    }

    @Test
    void a_balance_takes_one() {
        assertRoundTrips(1, () -> ledger.balance(ALICE));
    }

    private void assertRoundTrips(int most, Runnable call) {
        int before = proxy.roundTrips();
        call.run();
        assertThat(proxy.roundTrips() - before).isLessThanOrEqualTo(most);
    }

    private static Instant ledgerTomorrow() {
        return Instant.now().plus(Duration.ofDays(1));
    }

    private static HoldReference byKey(String key) {
        return HoldReference.of(Key.of(key));
    }

    private static HoldRequest hold(String key) {
        return HoldRequest.of(key, ALICE, Money.ofMinor(UGX, 5));
    }

    private static HoldCommit commit(String hold, String key) {
        return commit(byKey(hold), key);
    }

    private static HoldCommit commit(HoldReference hold, String key) {
        return HoldCommit.of(hold, Key.of(key))
                .credit("assets:bank", Money.ofMinor(UGX, 5))
                .build();
    }

    private static Reversal reversal(String entry, String key) {
        return Reversal.of(EntryReference.of(Key.of(entry)), Key.of(key));
    }

    private static JournalEntry entry(String key) {
        return JournalEntry.of(key)
                .debit("assets:bank", Money.ofMinor(UGX, 5))
                .credit("liabilities:alice", Money.ofMinor(UGX, 5))
                .build();
    }
}
