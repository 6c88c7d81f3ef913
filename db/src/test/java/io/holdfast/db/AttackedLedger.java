package io.holdfast.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.holdfast.db.testing.TestDatabase;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Two ledgers with a little in them, to be attacked.
 *
 * <p>Ledger 1 has the accounts 1 (assets, UGX), 2 (liabilities, UGX), 3 (assets, USD) and 4 (liabilities, USD), one entry
 * {@link #ENTRY} with two postings, and is closed through 2025-12-31. Ledger 2 has the accounts 5 and 6 in UGX.
 */
final class AttackedLedger implements AutoCloseable {

    static final List<String> FACTS =
            List.of("journal_entry", "posting", "account", "account_change", "currency", "period_close");

    static final String ENTRY = "00000000-0000-7000-8000-000000000001";

    private static final List<String> CONTENT = List.of(
            """
                    insert into holdfast.ledger (name, time_zone, opened_at) values ('main', 'UTC', now()), ('other', 'UTC', now())
                    """,
            """
                    insert into holdfast.account (ledger_id, path, currency, exponent, opened_at)
                    values (1, 'assets:bank', 'UGX', 0, now()), (1, 'liabilities:alice', 'UGX', 0, now()),
                        (1, 'assets:bank', 'USD', 2, now()), (1, 'liabilities:alice', 'USD', 2, now()),
                        (2, 'assets:bank', 'UGX', 0, now()), (2, 'liabilities:alice', 'UGX', 0, now())
                    """,
            """
                    insert into holdfast.account_change (ledger_id, account_id, change_no, debit_frozen, credit_frozen, closed, actor,
                        recorded_at)
                    select ledger_id, account_id, 1, false, false, false, 'test', now() from holdfast.account
                    """,
            "insert into holdfast.balance (ledger_id, account_id) select ledger_id, account_id from holdfast.account",
            "insert into holdfast.currency (ledger_id, code, exponent) values (1, 'USDC', 6)",
            "insert into holdfast.period_close values (1, '2025-12-31', 'test', now())",
            entry(ENTRY, 2, "2026-01-01", posting(1, 1, 100), posting(2, 2, -100)));

    /** What an attacker tries. */
    interface Attempt {
        void on(Connection connection) throws SQLException, IOException;
    }

    private final TestDatabase database = TestDatabase.create();

    AttackedLedger() throws SQLException {
        try (Connection owner = database.dataSource().getConnection()) {
            for (String statement : CONTENT) {
                execute(owner, statement);
            }
        }
    }

    /** Returns an insert of an entry and its postings in one statement. */
    static String entry(String id, int count, String date, String... postings) {
        return "with entry as (insert into holdfast.journal_entry (ledger_id, posting_count, effective_on, recorded_at, entry_id,"
                + " kind, hash, fingerprint, key, actor, origin, description) values (1, " + count + ", '" + date
                + "', now(), '" + id
                + "', 'post', sha256(''), sha256(''), '" + id + "', 'test', 'test', '')) "
                + postings(id, date, postings);
    }

    /** Returns an insert of postings to an entry of ledger 1. */
    static String postings(String entry, String date, String... postings) {
        return "insert into holdfast.posting (line, account_id, side, amount, ledger_id, entry_id, effective_on, account_seq, part,"
                + " description) select line, account_id, side, amount, ledger_id, '" + entry + "', '" + date
                + "', 1, 0, '' from (values " + String.join(", ", postings)
                + ") as wanted (line, account_id, side, amount, ledger_id)";
    }

    /** Returns a line of ledger 1, for the methods above: a debit if the amount is above zero. */
    static String posting(int line, int account, long amount) {
        return posting(line, account, amount, 1);
    }

    static String posting(int line, int account, long amount, int ledger) {
        return "(" + line + ", " + account + ", " + Long.signum(amount) + ", " + Math.abs(amount) + ", " + ledger + ")";
    }

    TestDatabase database() {
        return database;
    }

    /** Connects as a superuser, as far as the server knows the owner of everything. */
    Connection owner() throws SQLException {
        return database.dataSource().getConnection();
    }

    /** Connects with no other rights than those of the role that applications have. */
    Connection application() throws SQLException {
        Connection connection = database.dataSource().getConnection();
        execute(connection, "set role holdfast_app");
        return connection;
    }

    /** Gives a connection back to the pool as it was. */
    static void close(Connection connection) throws SQLException {
        if (!connection.getAutoCommit()) {
            connection.rollback();
            connection.setAutoCommit(true);
        }
        execute(connection, "reset all");
        execute(connection, "reset role");
        connection.close();
    }

    /** Attacks, and asserts that this was refused with that SQLSTATE and that nothing changed. */
    void refuses(Connection attacker, String sqlState, Attempt attack) throws SQLException {
        Map<String, String> before = content();
        Throwable refusal = catchThrowable(() -> attack.on(attacker));
        close(attacker);
        assertThat(refusal)
                .isInstanceOfSatisfying(
                        SQLException.class,
                        e -> assertThat(e.getSQLState()).as(e.getMessage()).isEqualTo(sqlState));
        assertThat(content()).isEqualTo(before);
    }

    void refuses(Connection attacker, String sqlState, String attack) throws SQLException {
        refuses(attacker, sqlState, connection -> execute(connection, attack));
    }

    static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    static String ask(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery(sql)) {
            answer.next();
            return answer.getString(1);
        }
    }

    private Map<String, String> content() throws SQLException {
        Map<String, String> content = new TreeMap<>();
        try (Connection connection = owner();
                Statement statement = connection.createStatement()) {
            for (String table : List.of("ledger", "balance", "hold")) {
                content.put(table, rows(statement, table));
            }
            for (String table : FACTS) {
                content.put(table, rows(statement, table));
            }
        }
        return content;
    }

    private static String rows(Statement statement, String table) throws SQLException {
        try (ResultSet rows = statement.executeQuery(
                "select string_agg(t::text, E'\\n' order by t::text) from holdfast." + table + " t")) {
            rows.next();
            return String.valueOf(rows.getString(1));
        }
    }

    @Override
    public void close() {
        database.close();
    }
}
