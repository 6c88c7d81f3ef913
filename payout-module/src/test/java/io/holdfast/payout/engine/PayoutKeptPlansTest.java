package io.holdfast.payout.engine;

import static io.holdfast.payout.engine.PayoutBench.tzs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.holdfast.db.testing.TestDatabase;
import io.holdfast.ledger.Account;
import io.holdfast.ledger.AccountTerms;
import io.holdfast.ledger.Currency;
import io.holdfast.ledger.Wallets;
import io.holdfast.payout.Payout;
import io.holdfast.payout.PayoutPage;
import io.holdfast.payout.PayoutQuery;
import io.holdfast.payout.PayoutStatus;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Plans that a connection made when the tables were empty, and keeps, read no more when the tables are large. Tables are
 * never analysed here, as they are not while a first import runs.
 */
class PayoutKeptPlansTest {

    /** After five executions PostgreSQL may keep a plan. */
    private static final int UNTIL_PLANS_ARE_KEPT = 8;

    private static final List<String> COPIED = List.of(
            "payout_intent", "payout_state", "payout_attempt", "payout_send", "payout_transition", "payout_reference");

    private static final Set<PayoutStatus> SEVERAL =
            Set.of(PayoutStatus.SUCCEEDED, PayoutStatus.UNKNOWN, PayoutStatus.REVIEW);

    private static final int COPIES = 3_000;
    private static final int STEP = 40;

    private TestDatabase database;
    private HikariDataSource oneConnection;
    private PayoutBench bench;
    private ScriptedProvider provider;

    @BeforeEach
    void keepPlansFromEmptyTables() throws SQLException {
        database = TestDatabase.create();
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(database.jdbcUrl());
        config.setMaximumPoolSize(1);
        oneConnection = new HikariDataSource(config);
        int version = ask("show server_version_num", rows -> rows.getInt(1));
        assumeThat(version)
                .as("only from PostgreSQL 15 on do statistics tell at once what was read")
                .isGreaterThanOrEqualTo(15_00_00);
        for (String table : COPIED) {
            execute("alter table holdfast." + table + " set (autovacuum_enabled = false)");
        }
        bench = new PayoutBench(oneConnection);
        new Wallets(bench.ledger).fund("alice", tzs(1_000_000), "more");
        provider = bench.provider("one");
        bench.engine(provider);
        for (int i = 0; i < UNTIL_PLANS_ARE_KEPT; i++) {
            pay("early-" + i);
        }
    }

    @AfterEach
    void close() {
        oneConnection.close();
        database.close();
    }

    @Test
    void a_payout_reads_as_few_rows_of_large_tables_as_it_has() throws SQLException {
        copyPayouts(COPIES, "1 second");
        // Numbers the copies' transitions in the feed, as many at once as one statement wrote.
        bench.runUnchecked();
        Map<String, Long> before = rowsRead();

        pay("late");

        Map<String, Long> read = rowsRead();
        before.forEach((table, rows) -> read.merge(table, -rows, Long::sum));
        assertThat(read).containsKeys(COPIED.toArray(String[]::new));
        // Each row is looked up some times over: by who works on it, and by the guards of what refers to it.
        assertThat(read).allSatisfy((table, rows) -> assertThat(rows).as(table).isLessThanOrEqualTo(30));
    }

    @Test
    void a_payout_reads_as_few_rows_whenever_in_a_first_import_the_tables_were_analysed() throws SQLException {
        for (int size = 0; size < 400; size += STEP) {
            copyPayouts(STEP, "1 second");
            bench.runUnchecked();
            database.analyseBeforeRowsAreCommitted();
            pay("planned-at-" + size);
            Map<String, Long> before = rowsRead();

            pay("late-at-" + size);

            Map<String, Long> read = rowsRead();
            before.forEach((table, rows) -> read.merge(table, -rows, Long::sum));
            read.keySet().retainAll(COPIED);
            assertThat(read)
                    .hasSameSizeAs(COPIED)
                    .allSatisfy((table, rows) -> assertThat(rows).as(table).isLessThanOrEqualTo(30));
        }
    }

    @Test
    void a_page_of_payouts_reads_what_it_shows_and_its_total_none() throws SQLException {
        copyPayouts(COPIES, "1 second");
        assertPagesReadFewRows(PayoutQuery.FIRST_PAGE);
    }

    @Test
    void a_page_of_the_latest_payouts_reads_as_little() throws SQLException {
        copyPayouts(COPIES, "-1 second");
        assertPagesReadFewRows(PayoutQuery.FIRST_PAGE.newestFirst());
    }

    @Test
    void a_page_of_a_wallet_in_several_currencies_reads_little_beside_what_is_counted() throws SQLException {
        Account bob = Wallets.account("bob", PayoutBench.TZS);
        Account alsoAlice = Wallets.account("alice", Currency.of("KES"));
        bench.ledger.open(AccountTerms.of(bob));
        bench.ledger.open(AccountTerms.of(alsoAlice));
        copyPayouts(COPIES, "-1 hour", bob);
        copyPayouts(COPIES, "1 second", alsoAlice);
        copyPayouts(COPIES, "1 second");

        PayoutQuery page = PayoutQuery.FIRST_PAGE.page(UNTIL_PLANS_ARE_KEPT, 0);
        assertReadsLittleBesideCounting(List.of(
                page.wallet(PayoutBench.ALICE),
                page.wallet(PayoutBench.ALICE.path()),
                page.wallet(PayoutBench.ALICE.path()).statuses(SEVERAL)));
    }

    @Test
    void a_page_of_a_currency_reads_little_beside_what_is_counted() throws SQLException {
        copyPayouts(COPIES, "1 second");

        PayoutQuery page = PayoutQuery.FIRST_PAGE.page(UNTIL_PLANS_ARE_KEPT, 0).currency(PayoutBench.TZS);
        assertReadsLittleBesideCounting(List.of(page, page.status(PayoutStatus.SUCCEEDED), page.statuses(SEVERAL)));
    }

    private void assertReadsLittleBesideCounting(List<PayoutQuery> queries) throws SQLException {
        bench.runUnchecked();
        execute("analyze holdfast.payout_intent, holdfast.payout_state, holdfast.account");
        for (PayoutQuery query : queries) {
            Map<String, Long> counting = read(() -> bench.payouts().count(query));
            Map<String, Long> listing =
                    read(() -> assertThat(bench.payouts().list(query).items()).hasSize(UNTIL_PLANS_ARE_KEPT));

            assertThat(listing)
                    .allSatisfy((table, rows) -> assertThat(rows - counting.getOrDefault(table, 0L))
                            .as(table + " of " + query)
                            .isLessThanOrEqualTo(60));
        }
    }

    /** Returns how many rows of each table are read meanwhile. */
    private Map<String, Long> read(Runnable reading) throws SQLException {
        Map<String, Long> before = rowsRead();
        reading.run();
        Map<String, Long> read = rowsRead();
        before.forEach((table, rows) -> read.merge(table, -rows, Long::sum));
        return read;
    }

    private void assertPagesReadFewRows(PayoutQuery first) throws SQLException {
        bench.runUnchecked();
        // A list is no function with a plan of its own: it goes by what the server knows of the tables.
        execute("analyze holdfast.payout_intent, holdfast.payout_state");
        PayoutQuery page = first.page(UNTIL_PLANS_ARE_KEPT, 0);
        for (PayoutQuery query : List.of(page, page.status(PayoutStatus.SUCCEEDED), page.statuses(SEVERAL))) {
            Map<String, Long> before = rowsRead();

            PayoutPage read = bench.payouts().list(query);

            assertThat(read.items()).hasSize(UNTIL_PLANS_ARE_KEPT);
            assertThat(read.total()).isEqualTo(UNTIL_PLANS_ARE_KEPT + COPIES);
            Map<String, Long> after = rowsRead();
            before.forEach((table, rows) -> after.merge(table, -rows, Long::sum));
            assertThat(after)
                    .allSatisfy((table, rows) ->
                            assertThat(rows).as(table + " of " + query).isLessThanOrEqualTo(30));
        }
    }

    private void pay(String key) {
        provider.onSend(PayoutBench.succeeded("r-" + key));
        Payout payout = bench.request(key);
        bench.runUnchecked();
        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.SUCCEEDED);
    }

    /** Adds payouts like one of those that are there and requested so long after it, with all that says how they went. */
    private void copyPayouts(int copies, String after) throws SQLException {
        copyPayouts(copies, after, PayoutBench.ALICE);
    }

    /** The same of another wallet. */
    private void copyPayouts(int copies, String after, Account wallet) throws SQLException {
        execute("drop table if exists original, copy");
        execute("create temp table original as select * from holdfast.payout where key = 'early-0'");
        execute("create temp table copy as select gen_random_uuid() as id from generate_series(1, " + copies + ")");
        String createdAt = "'created_at', t.created_at + interval '" + after + "'";
        String account = "'account_id', (select a.account_id from holdfast.account a where a.path = '" + wallet.path()
                + "' and a.currency = '" + wallet.currency() + "')";
        execute("with intents as ("
                + copying("payout_intent", "'payout_id', c.id, 'key', 'copy-' || c.id, " + account + ", " + createdAt)
                + ") "
                + copying("payout_state", "'payout_id', c.id, " + createdAt));
        copy("payout_attempt", "'payout_id', c.id, 'provider_key', 'copy-' || c.id");
        copy("payout_send", "'payout_id', c.id");
        copy("payout_transition", "'payout_id', c.id");
        copy("payout_reference", "'payout_id', c.id, 'reference', 'copy-' || c.id");
    }

    private void copy(String table, String changes) throws SQLException {
        execute(copying(table, changes));
    }

    private static String copying(String table, String changes) {
        return "insert into holdfast." + table + " select (jsonb_populate_record(t, jsonb_build_object(" + changes
                + "))).* from holdfast." + table + " t join original o using (payout_id) cross join copy c";
    }

    private Map<String, Long> rowsRead() throws SQLException {
        execute("select pg_stat_force_next_flush()");
        execute("select pg_stat_clear_snapshot()");
        return ask(
                "select relname, coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0) from pg_stat_user_tables"
                        + " where schemaname = 'holdfast' and seq_scan + idx_scan > 0",
                rows -> {
                    Map<String, Long> read = new TreeMap<>();
                    do {
                        read.put(rows.getString(1), rows.getLong(2));
                    } while (rows.next());
                    return read;
                });
    }

    private interface Reading<T> {
        T of(ResultSet rows) throws SQLException;
    }

    private <T> T ask(String sql, Reading<T> reading) throws SQLException {
        try (Connection connection = oneConnection.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return reading.of(rows);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = oneConnection.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
