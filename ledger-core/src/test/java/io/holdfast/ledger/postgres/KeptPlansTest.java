package io.holdfast.ledger.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.holdfast.db.testing.TestDatabase;
import io.holdfast.ledger.Account;
import io.holdfast.ledger.AccountTerms;
import io.holdfast.ledger.Currency;
import io.holdfast.ledger.EntryReference;
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
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Plans that a connection made when the tables were empty, and keeps, read no more when the tables are large. Tables are
 * never analysed here, as they are not while a first import runs.
 */
class KeptPlansTest {

    private static final Currency UGX = Currency.of("UGX");
    private static final int ACCOUNTS = 300;
    private static final int BATCHES = 20;
    private static final int BATCH = 500;
    private static final int STEP = 20;

    /** So often the driver and then the server plan anew before they keep a plan. */
    private static final int KEPT_AFTER = 12;

    private TestDatabase database;
    private HikariDataSource oneConnection;
    private PostgresLedger ledger;

    @BeforeEach
    void fill() throws SQLException {
        database = TestDatabase.create();
        oneConnection = connectOnceTo(database);
        leaveUnanalysed(oneConnection, "journal_entry", "posting", "account", "balance", "hold");
        ledger = PostgresLedger.over(oneConnection).build();
        ledger.open(AccountTerms.of("assets:bank", UGX));
        for (int i = 0; i < ACCOUNTS; i++) {
            ledger.open(AccountTerms.of("liabilities:wallets:" + i, UGX));
        }
        ledger.post(entry("first", 1));
        for (int batch = 0; batch < BATCHES; batch++) {
            String key = "fill-" + batch + "-";
            ledger.execute(
                    IntStream.range(0, BATCH).mapToObj(i -> entry(key + i, i)).toList());
        }
    }

    @AfterEach
    void close() {
        oneConnection.close();
        database.close();
    }

    @Test
    void a_batch_reads_as_few_rows_from_large_tables_as_it_names() throws SQLException {
        List<JournalEntry> entries =
                IntStream.range(0, 10).mapToObj(i -> entry("late-" + i, i)).toList();

        Map<String, Long> read = rowsReadBy(inTransaction -> inTransaction.execute(entries));

        // Its 20 postings are looked up by account, its 10 entries by the guards of postings and of entries.
        assertThat(read).allSatisfy((table, rows) -> assertThat(rows).as(table).isLessThanOrEqualTo(40));
        assertThat(read).containsKeys("account", "journal_entry", "posting", "balance");
    }

    @Test
    void a_batch_reads_as_few_rows_whenever_in_a_first_import_the_tables_were_analysed() throws SQLException {
        try (TestDatabase fresh = TestDatabase.create();
                HikariDataSource connections = connectOnceTo(fresh)) {
            leaveUnanalysed(connections, "journal_entry", "posting", "account", "balance", "hold");
            PostgresLedger growing = PostgresLedger.over(connections).build();
            growing.open(AccountTerms.of("assets:bank", UGX));
            for (int wallets = 0; wallets < ACCOUNTS; wallets += STEP) {
                for (int i = wallets; i < wallets + STEP; i++) {
                    growing.open(AccountTerms.of("liabilities:wallets:" + i, UGX));
                    growing.post(entry("growing-" + i, i));
                }
                fresh.analyseBeforeRowsAreCommitted();
                String at = "at-" + wallets;
                int wallet = wallets;
                growing.post(entry("planned-" + at, wallet));

                Map<String, Long> read = rowsReadBy(
                        connections, growing, inTransaction -> inTransaction.post(entry("late-" + at, wallet)));

                // The bank's balance has as many versions as it has changed, until a vacuum takes them away.
                read.remove("balance");
                assertThat(read)
                        .as(at)
                        .containsKeys("account", "journal_entry", "posting")
                        .allSatisfy((table, rows) -> assertThat(rows).as(table).isLessThanOrEqualTo(STEP / 2));
            }
        }
    }

    @Test
    void replays_and_reversals_read_as_few_too() throws SQLException {
        List<KeyedCommand> commands = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            commands.add(entry("fill-3-" + i, i));
            commands.add(Reversal.of(EntryReference.of(Key.of("fill-4-" + i)), Key.of("undo-" + i)));
        }

        Map<String, Long> read = rowsReadBy(inTransaction -> assertThat(inTransaction.execute(commands))
                .hasOnlyElementsOfTypes(Result.Replayed.class, Result.Recorded.class));

        // Five entries are found twice and five once, each with its two postings and their accounts.
        assertThat(read).allSatisfy((table, rows) -> assertThat(rows).as(table).isLessThanOrEqualTo(80));
    }

    @Test
    void what_becomes_of_holds_reads_as_few_too() throws SQLException {
        for (int i = 0; i < KEPT_AFTER; i++) {
            ledger.release(HoldRelease.of(ledger.hold(hold("early-" + i, i)).id(), "early-" + i + ":end"));
        }
        List<UUID> holds =
                ledger
                        .execute(IntStream.range(0, BATCH)
                                .mapToObj(i -> hold("hold-" + i, i))
                                .toList())
                        .stream()
                        .map(result -> TestLedger.recorded(result).id())
                        .toList();
        List<HoldRelease> releases = IntStream.range(0, 10)
                .mapToObj(i -> HoldRelease.of(holds.get(i * 7), "end-" + i))
                .toList();

        Map<String, Long> read = rowsReadBy(inTransaction ->
                assertThat(inTransaction.execute(releases)).hasOnlyElementsOfType(Result.Recorded.class));

        // Each hold is found for its account, under its lock, and to be written.
        assertThat(read).allSatisfy((table, rows) -> assertThat(rows).as(table).isLessThanOrEqualTo(60));
        assertThat(read).containsKeys("hold", "account");
    }

    private static HoldRequest hold(String key, int wallet) {
        return HoldRequest.of(key, Account.of("liabilities:wallets:" + wallet % ACCOUNTS, UGX), Money.ofMinor(UGX, 1));
    }

    private static HikariDataSource connectOnceTo(TestDatabase database) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(database.jdbcUrl());
        config.setMaximumPoolSize(1);
        return new HikariDataSource(config);
    }

    private static void leaveUnanalysed(DataSource connections, String... tables) throws SQLException {
        try (Connection connection = connections.getConnection();
                Statement statement = connection.createStatement()) {
            for (String table : tables) {
                statement.execute("alter table holdfast." + table + " set (autovacuum_enabled = false)");
            }
        }
    }

    private interface Work {
        void in(Ledger inTransaction);
    }

    /** Returns how many rows of each table the one connection's kept plans read for a transaction, in whatever way. */
    private Map<String, Long> rowsReadBy(Work work) throws SQLException {
        return rowsReadBy(oneConnection, ledger, work);
    }

    private static Map<String, Long> rowsReadBy(DataSource connections, PostgresLedger ledger, Work work)
            throws SQLException {
        try (Connection connection = connections.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            Map<String, Long> before = rowsRead(statement);
            work.in(ledger.within(connection));
            Map<String, Long> read = rowsRead(statement);
            before.forEach((table, rows) -> read.merge(table, -rows, Long::sum));
            connection.rollback();
            return read;
        }
    }

    /** Returns how many rows of each table this connection has read since it last told the server's statistics. */
    private static Map<String, Long> rowsRead(Statement statement) throws SQLException {
        Map<String, Long> read = new LinkedHashMap<>();
        try (ResultSet rows =
                statement.executeQuery("select relname, coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0)"
                        + " from pg_stat_xact_user_tables where schemaname = 'holdfast' and seq_scan + idx_scan > 0")) {
            while (rows.next()) {
                read.put(rows.getString(1), rows.getLong(2));
            }
        }
        return read;
    }

    private static JournalEntry entry(String key, int wallet) {
        return JournalEntry.of(key)
                .debit("assets:bank", Money.ofMinor(UGX, 5))
                .credit("liabilities:wallets:" + wallet % ACCOUNTS, Money.ofMinor(UGX, 5))
                .build();
    }
}
