package io.holdfast.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.db.testing.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Whoever has all rights takes every guard away and changes one column of one row: verify finds it, by a check other than
 * that of the guards, and names the field wherever anything else in the ledger tells what it was.
 */
class DamageTest {

    /** The field of a change that shows only in a hash: nothing else in the ledger tells what was there. */
    private static final String CONTENT = "content";

    private static final String OTHER_LEDGER = "(select ledger_id from kept.ledger where name = 'other')";
    private static final String FLIPPED = "set_byte(hash, 3, 255 - get_byte(hash, 3))";
    private static final String TOPUP = "key = 'topup-1'";
    private static final String BOB =
            "account_id = (select account_id from kept.account where path = 'liabilities:wallets:bob')";
    private static final String LATEST = " and change_no = 2";
    private static final String JANUARY = "closed_through = '2026-01-31'";

    private static TestDatabase database;
    private static Connection owner;

    /** One change, and the field that verify is to name. */
    private record Damage(String table, String row, String column, String value, String named) {
        @Override
        public String toString() {
            return table + "." + column + " = " + value + " where " + row;
        }
    }

    @BeforeAll
    static void open() throws SQLException {
        database = TestDatabase.create();
        SampleLedger.fill(database.dataSource());
        owner = database.dataSource().getConnection();
        execute("create schema kept");
        execute("alter table holdfast.account alter account_id drop identity");
        execute("alter table holdfast.ledger alter ledger_id drop identity");
        execute("""
                do $$
                declare
                    guard record;
                begin
                    for guard in select conname, conrelid::regclass as name from pg_constraint
                            where connamespace = 'holdfast'::regnamespace and contype in ('c', 'f') loop
                        execute format('alter table %s drop constraint %I', guard.name, guard.conname);
                    end loop;
                    for guard in select relname as name from pg_class
                            where relnamespace = 'holdfast'::regnamespace and relkind = 'r' loop
                        execute format('alter table holdfast.%I disable trigger all', guard.name);
                        execute format('create table kept.%I as select * from holdfast.%I', guard.name, guard.name);
                    end loop;
                end
                $$
                """);
    }

    @AfterAll
    static void close() throws SQLException {
        owner.close();
        database.close();
    }

    @TestFactory
    Stream<DynamicTest> a_changed_column_is_found_and_named() {
        return damages().stream().map(damage -> DynamicTest.dynamicTest(damage.toString(), () -> isNamed(damage)));
    }

    @Test
    void no_column_is_left_out() throws SQLException {
        List<String> columns = ask("select attrelid::regclass::text || '.' || attname from pg_attribute"
                + " where attrelid in ('holdfast.journal_entry'::regclass, 'holdfast.posting'::regclass,"
                + " 'holdfast.account'::regclass, 'holdfast.account_change'::regclass, 'holdfast.currency'::regclass,"
                + " 'holdfast.period_close'::regclass, 'holdfast.ledger'::regclass, 'holdfast.balance'::regclass,"
                + " 'holdfast.hold'::regclass) and attnum > 0 and not attisdropped");

        assertThat(damages())
                .extracting(damage -> "holdfast." + damage.table() + "." + damage.column())
                .containsAll(columns);
    }

    @Test
    void a_content_that_nothing_else_tells_is_named_by_the_two_hashes() throws SQLException {
        Damage damage = new Damage("journal_entry", TOPUP, "description", "'Top-down'", CONTENT);
        String hash = ask("select encode(hash, 'hex') from kept.journal_entry where " + TOPUP)
                .get(0);

        assertThat(failuresAfter(damage))
                .extracting(Failure::toString)
                .anyMatch(told -> told.matches("entry [0-9a-f-]{36}: content is what has the hash [0-9a-f]{64},"
                        + " expected what its hash " + hash + " covers"));
    }

    private static void isNamed(Damage damage) throws SQLException {
        List<String> before = ask("select ctid from kept." + damage.table() + " where " + damage.row());
        assertThat(before).hasSize(1);

        List<Failure> failures = failuresAfter(damage);

        assertThat(failures).as("nothing was found").isNotEmpty();
        assertThat(failures).extracting(Failure::field).contains(damage.named());
        if (damage.table().equals("journal_entry") || damage.table().equals("posting")) {
            String entry = ask("select entry_id from kept." + damage.table() + " where " + damage.row())
                    .get(0);
            assertThat(failures).anyMatch(failure -> failure.subject().endsWith(" " + entry));
        }
    }

    /** Does the damage, verifies, and puts everything back. */
    private static List<Failure> failuresAfter(Damage damage) throws SQLException {
        try {
            execute("update holdfast." + damage.table() + " set " + damage.column() + " = " + damage.value() + " where "
                    + damage.row());

            List<Failure> failures = new ArrayList<>();
            for (String ledger : ask("select name from holdfast.ledger")) {
                Verifier.over(database.dataSource()).verify(ledger).checks().stream()
                        .filter(check -> !check.name().equals("guards"))
                        .forEach(check -> failures.addAll(check.failures()));
            }
            return failures;
        } finally {
            execute("truncate holdfast." + damage.table());
            execute("insert into holdfast." + damage.table() + " overriding system value select * from kept."
                    + damage.table());
        }
    }

    private static List<Damage> damages() {
        List<Damage> damages = new ArrayList<>();
        ofEntry(damages);
        ofPosting(damages);
        ofAccount(damages);
        ofLedger(damages);
        ofBalance(damages);
        ofHold(damages);
        return damages;
    }

    private static void ofEntry(List<Damage> damages) {
        String table = "journal_entry";
        String hold = "key = 'paid'";
        damages.add(new Damage(table, TOPUP, "ledger_id", OTHER_LEDGER, "entry_id"));
        damages.add(new Damage(table, TOPUP, "posting_count", "posting_count + 1", "posting_count"));
        damages.add(new Damage(table, TOPUP, "effective_on", "effective_on + 1", "effective_on"));
        damages.add(new Damage(table, TOPUP, "recorded_at", "recorded_at + interval '1 microsecond'", "recorded_at"));
        damages.add(new Damage(table, TOPUP, "entry_id", "gen_random_uuid()", "entry_id"));
        damages.add(new Damage(table, TOPUP, "kind", "'closing'", "kind"));
        damages.add(new Damage(table, "key = 'released:failed'", "kind", "'expire'", "kind"));
        damages.add(new Damage(table, TOPUP, "hash", FLIPPED, CONTENT));
        damages.add(new Damage(table, TOPUP, "fingerprint", "fingerprint || '\\x00'", CONTENT));
        damages.add(new Damage(table, TOPUP, "key", "'another'", CONTENT));
        damages.add(new Damage(table, TOPUP, "actor", "'thief'", "actor"));
        damages.add(new Damage(table, TOPUP, "origin", "'elsewhere'", "origin"));
        damages.add(new Damage(table, TOPUP, "description", "'Top-down'", CONTENT));
        damages.add(new Damage(table, hold, "description", "'Added'", "description"));
        damages.add(new Damage(
                table,
                "key = 'paid:part'",
                "hold_id",
                "(select entry_id from kept.journal_entry where key = 'open')",
                "hold_id"));
        damages.add(new Damage(table, TOPUP, "hold_id", "entry_id", "hold_id"));
        damages.add(new Damage(table, hold, "expires_at", "expires_at + interval '1 day'", "expires_at"));
        damages.add(new Damage(table, TOPUP, "expires_at", "now()", "expires_at"));
        damages.add(new Damage(
                table,
                "key = 'mistake:part'",
                "reverses",
                "(select entry_id from kept.journal_entry where key = 'topup-1')",
                "reverses"));
        damages.add(new Damage(table, TOPUP, "reverses", "entry_id", "reverses"));
        damages.add(new Damage(table, TOPUP, "documents", "'[1]'", "documents"));
        damages.add(new Damage(table, TOPUP, "documents", "documents || documents", CONTENT));
        damages.add(new Damage(table, TOPUP, "documents", "null", CONTENT));
        damages.add(new Damage(table, hold, "documents", "'[]'", "documents"));
        damages.add(new Damage(table, TOPUP, "metadata", "metadata || '{\"order\": \"43\"}'", CONTENT));
        damages.add(new Damage(table, TOPUP, "metadata", "metadata || '{\"order\": 42}'", "metadata"));
        damages.add(new Damage(table, hold, "metadata", "'{\"added\": \"\"}'", "metadata"));
    }

    private static void ofPosting(List<Damage> damages) {
        String table = "posting";
        String of = "entry_id = (select entry_id from kept.journal_entry where key = 'both-currencies') and line = ";
        String first = of + 1;
        damages.add(new Damage(table, first, "ledger_id", OTHER_LEDGER, "posting_count"));
        damages.add(new Damage(table, first, "line", "9", "line"));
        damages.add(new Damage(table, first, "side", "-side", "side"));
        damages.add(new Damage(table, first, "account_id", "account_id + 1", "account_id"));
        damages.add(new Damage(table, first, "account_id", "99", "account_id"));
        damages.add(new Damage(table, first, "account_seq", "account_seq + 7", "account_seq"));
        damages.add(new Damage(table, first, "effective_on", "effective_on - 1", "effective_on"));
        damages.add(new Damage(table, first, "part", "1", "part"));
        damages.add(new Damage(table, first, "entry_id", "gen_random_uuid()", "posting_count"));
        damages.add(new Damage(table, first, "amount", "amount + 1", "amount"));
        damages.add(new Damage(table, first, "description", "'coins'", CONTENT));
        damages.add(new Damage(table, of + 2, "description", "'Added'", "description"));
        damages.add(new Damage(
                table,
                "entry_id = (select entry_id from kept.journal_entry where key = 'paid') and line = 2",
                "part",
                "0",
                "part"));
    }

    private static void ofAccount(List<Damage> damages) {
        damages.add(new Damage("account", BOB, "ledger_id", OTHER_LEDGER, "account_id"));
        damages.add(new Damage("account", BOB, "account_id", "99", "account_id"));
        damages.add(new Damage("account", BOB, "path", "'liabilities:wallets:bobby'", CONTENT));
        damages.add(new Damage("account", BOB, "path", "'assets:wallets:bob'", "available"));
        damages.add(new Damage("account", BOB, "currency", "'TZS'", "exponent"));
        damages.add(new Damage("account", BOB, "exponent", "2", "exponent"));
        damages.add(new Damage("account", BOB, "opened_at", "opened_at - interval '1 day'", CONTENT));
        damages.add(new Damage("account", BOB, "hash", FLIPPED, CONTENT));
        String latest = BOB + LATEST;
        damages.add(new Damage("account_change", latest, "ledger_id", OTHER_LEDGER, "changes"));
        damages.add(new Damage("account_change", latest, "account_id", "99", "account_id"));
        damages.add(new Damage("account_change", latest, "change_no", "3", "change_no"));
        damages.add(new Damage("account_change", latest, "minimum", "null", "minimum"));
        damages.add(new Damage("account_change", latest, "maximum", "maximum + 1", "maximum"));
        damages.add(new Damage("account_change", latest, "debit_frozen", "true", "debit_frozen"));
        damages.add(new Damage("account_change", latest, "credit_frozen", "true", "credit_frozen"));
        damages.add(new Damage("account_change", latest, "closed", "true", "closed"));
        damages.add(new Damage("account_change", latest, "actor", "'thief'", CONTENT));
        damages.add(new Damage("account_change", latest, "recorded_at", "now()", CONTENT));
        damages.add(new Damage("account_change", latest, "hash", FLIPPED, CONTENT));
        damages.add(new Damage("account_change", BOB + " and change_no = 1", "minimum", "minimum - 1", CONTENT));
        damages.add(new Damage("currency", "code = 'ETH'", "ledger_id", OTHER_LEDGER, "exponent"));
        damages.add(new Damage("currency", "code = 'ETH'", "code", "'ETC'", "exponent"));
        damages.add(new Damage("currency", "code = 'ETH'", "exponent", "17", "exponent"));
        damages.add(new Damage("currency", "code = 'ETH'", "hash", FLIPPED, CONTENT));
    }

    private static void ofLedger(List<Damage> damages) {
        String main = "name = 'main'";
        damages.add(new Damage("ledger", main, "ledger_id", "99", CONTENT));
        damages.add(new Damage("ledger", main, "name", "'primary'", CONTENT));
        damages.add(new Damage("ledger", main, "time_zone", "'UTC'", CONTENT));
        damages.add(new Damage("ledger", main, "closed_through", "'2025-12-31'", "closed_through"));
        damages.add(new Damage("ledger", main, "closed_through", "null", "closed_through"));
        damages.add(new Damage("ledger", main, "opened_at", "now()", CONTENT));
        damages.add(new Damage("ledger", main, "hash", FLIPPED, CONTENT));
        damages.add(new Damage("period_close", JANUARY, "ledger_id", OTHER_LEDGER, "closed_through"));
        damages.add(new Damage("period_close", "closed_through = '2025-12-31'", "ledger_id", OTHER_LEDGER, CONTENT));
        damages.add(new Damage("period_close", "closed_through = '2025-12-31'", "ledger_id", "99", CONTENT));
        damages.add(new Damage("period_close", JANUARY, "closed_through", "'2026-02-28'", "closed_through"));
        damages.add(new Damage("period_close", JANUARY, "actor", "'thief'", CONTENT));
        damages.add(new Damage("period_close", JANUARY, "recorded_at", "now()", CONTENT));
        damages.add(new Damage("period_close", JANUARY, "recorded_at", "'2026-01-31'", "effective_on"));
        damages.add(new Damage("period_close", JANUARY, "hash", FLIPPED, CONTENT));
    }

    private static void ofBalance(List<Damage> damages) {
        String alice = "account_id = (select account_id from kept.account where path = 'liabilities:wallets:alice'"
                + " and ledger_id <> " + OTHER_LEDGER + ")";
        damages.add(new Damage("balance", BOB, "ledger_id", OTHER_LEDGER, "balance"));
        damages.add(new Damage("balance", BOB, "account_id", "99", "account_id"));
        damages.add(new Damage("balance", BOB, "available", "available + 1", "available"));
        damages.add(new Damage("balance", alice, "held", "held - 1", "held"));
        damages.add(new Damage("balance", BOB, "last_seq", "last_seq + 1", "last_seq"));
        damages.add(new Damage("balance", BOB, "minimum", "null", "minimum"));
        damages.add(new Damage("balance", BOB, "maximum", "maximum * 2", "maximum"));
        damages.add(new Damage("balance", BOB, "debit_frozen", "true", "debit_frozen"));
        damages.add(new Damage("balance", BOB, "credit_frozen", "true", "credit_frozen"));
        damages.add(new Damage("balance", BOB, "closed", "true", "closed"));
        damages.add(new Damage("balance", BOB, "changes", "1", "changes"));
        damages.add(new Damage("balance", alice, "earliest_expiry", "null", "earliest_expiry"));
        damages.add(new Damage("balance", alice, "earliest_expiry", "'infinity'", "earliest_expiry"));
    }

    private static void ofHold(List<Damage> damages) {
        String open = "hold_id = (select entry_id from kept.journal_entry where key = 'open')";
        damages.add(new Damage("hold", open, "ledger_id", OTHER_LEDGER, "hold"));
        damages.add(new Damage("hold", open, "hold_id", "gen_random_uuid()", "hold_id"));
        damages.add(new Damage("hold", open, "account_id", "account_id + 1", "account_id"));
        damages.add(new Damage("hold", open, "amount", "amount + 1", "amount"));
        damages.add(new Damage("hold", open, "committed", "committed - 1", "committed"));
        damages.add(new Damage("hold", open, "remaining", "remaining + 1", "remaining"));
        damages.add(new Damage("hold", open, "state", "'RELEASED'", "state"));
        damages.add(new Damage("hold", open, "expires_at", "now()", "expires_at"));
    }

    private static void execute(String sql) throws SQLException {
        try (Statement statement = owner.createStatement()) {
            statement.execute(sql);
        }
    }

    private static List<String> ask(String question) throws SQLException {
        List<String> answers = new ArrayList<>();
        try (Statement statement = owner.createStatement();
                ResultSet rows = statement.executeQuery(question)) {
            while (rows.next()) {
                answers.add(rows.getString(1));
            }
        }
        return answers;
    }
}
