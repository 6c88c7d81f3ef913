package io.holdfast.db;

import static io.holdfast.db.AttackedLedger.ENTRY;
import static io.holdfast.db.AttackedLedger.entry;
import static io.holdfast.db.AttackedLedger.execute;
import static io.holdfast.db.AttackedLedger.posting;
import static io.holdfast.db.AttackedLedger.postings;

import java.io.IOException;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.postgresql.PGConnection;

/** The application's role may insert facts, but none that would not add up. */
class InsertAttackTest {

    private static final String UNBALANCED = "HF002";
    private static final String COUNT_DIFFERS = "HF003";
    private static final String NO_ACCOUNT = "HF004";
    private static final String NO_ENTRY = "HF006";
    private static final String NEW = "00000000-0000-7000-8000-0000000000ff";
    private static final String BEFORE_OLD = "00000000-0000-7000-8000-000000000000";
    private static final String DATE = "2026-01-01";

    private static AttackedLedger ledger;

    @BeforeAll
    static void open() throws SQLException {
        ledger = new AttackedLedger();
    }

    @AfterAll
    static void close() {
        ledger.close();
    }

    private record Attack(String sqlState, String sql) {}

    @TestFactory
    Stream<DynamicTest> the_application_cannot_insert_what_does_not_add_up() {
        return attacks().entrySet().stream()
                .map(attack -> DynamicTest.dynamicTest(
                        attack.getKey(),
                        () -> ledger.refuses(
                                ledger.application(),
                                attack.getValue().sqlState(),
                                attack.getValue().sql())));
    }

    @TestFactory
    Stream<DynamicTest> nor_can_a_superuser_who_turns_ordinary_triggers_off() {
        return attacks().entrySet().stream()
                .map(attack -> DynamicTest.dynamicTest(
                        attack.getKey(),
                        () -> ledger.refuses(ledger.owner(), attack.getValue().sqlState(), connection -> {
                            execute(connection, "set session_replication_role = replica");
                            execute(connection, attack.getValue().sql());
                        })));
    }

    @TestFactory
    Stream<DynamicTest> nor_can_one_whose_search_path_finds_functions_of_his_own() throws SQLException {
        try (Connection owner = ledger.owner()) {
            execute(owner, "create schema evil");
            execute(owner, "grant all on schema evil to holdfast_app");
        }
        plantFunctions();
        return attacks().entrySet().stream()
                .map(attack -> DynamicTest.dynamicTest(
                        attack.getKey(),
                        () -> ledger.refuses(
                                ledger.application(), attack.getValue().sqlState(), connection -> {
                                    execute(connection, "set search_path = evil, pg_catalog, holdfast");
                                    execute(connection, attack.getValue().sql());
                                })));
    }

    @Test
    void copy_is_checked_like_any_insert() throws SQLException {
        ledger.refuses(ledger.application(), UNBALANCED, connection -> copy(connection, posting(3, 1, 5)));
        ledger.refuses(
                ledger.application(),
                COUNT_DIFFERS,
                connection -> copy(connection, posting(3, 1, 5), posting(4, 2, -5)));
    }

    @Test
    void an_old_entry_is_not_replaced_by_inserting_it_again() throws SQLException {
        ledger.refuses(ledger.application(), "23505", entry(ENTRY, 2, DATE, posting(1, 1, 7), posting(2, 2, -7)));
        ledger.refuses(ledger.application(), "23505", postings(ENTRY, DATE, posting(1, 1, 7), posting(2, 2, -7)));
    }

    @Test
    void amounts_sides_and_lines_have_their_ranges() throws SQLException {
        String out = "23514";
        ledger.refuses(ledger.application(), out, entry(NEW, 2, DATE, "(1, 1, 1, -5, 1)", "(2, 2, -1, -5, 1)"));
        ledger.refuses(ledger.application(), out, entry(NEW, 2, DATE, "(1, 1, 2, 5, 1)", "(2, 2, -2, 5, 1)"));
        ledger.refuses(ledger.application(), out, entry(NEW, 2, DATE, posting(0, 1, 5), posting(1, 2, -5)));
        ledger.refuses(ledger.application(), out, entry(NEW, 1, DATE, posting(1, 1, 5), posting(2, 2, -5)));
        ledger.refuses(ledger.application(), out, "update holdfast.balance set held = -1 where account_id = 2");
    }

    private static Map<String, Attack> attacks() {
        Map<String, Attack> attacks = new LinkedHashMap<>();
        unbalanced(attacks);
        oldEntry(attacks);
        halves(attacks);
        strangers(attacks);
        return attacks;
    }

    private static void unbalanced(Map<String, Attack> attacks) {
        attacks.put("unbalanced", new Attack(UNBALANCED, entry(NEW, 2, DATE, posting(1, 1, 100), posting(2, 2, -99))));
        attacks.put("only debits", new Attack(UNBALANCED, entry(NEW, 2, DATE, posting(1, 1, 100), posting(2, 2, 100))));
        attacks.put(
                "balanced across currencies",
                new Attack(UNBALANCED, entry(NEW, 2, DATE, posting(1, 1, 100), posting(2, 4, -100))));
        attacks.put(
                "half of it in another ledger",
                new Attack(UNBALANCED, entry(NEW, 2, DATE, posting(1, 1, 100), posting(2, 6, -100, 2))));
    }

    private static void oldEntry(Map<String, Attack> attacks) {
        attacks.put(
                "one more posting to an old entry", new Attack(UNBALANCED, postings(ENTRY, DATE, posting(3, 1, 5))));
        attacks.put(
                "two more postings to an old entry",
                new Attack(COUNT_DIFFERS, postings(ENTRY, DATE, posting(3, 1, 5), posting(4, 2, -5))));
        attacks.put(
                "two more postings to an old entry beside a new entry",
                new Attack(
                        COUNT_DIFFERS,
                        "with old as (" + postings(ENTRY, DATE, posting(3, 1, 5), posting(4, 2, -5)) + "), "
                                + entry(NEW, 2, DATE, posting(1, 1, 5), posting(2, 2, -5))
                                        .substring("with ".length())));
        attacks.put(
                "more postings than the count, the rest to come",
                new Attack(COUNT_DIFFERS, entry(NEW, 4, DATE, posting(1, 1, 5), posting(2, 2, -5))));
    }

    private static void halves(Map<String, Attack> attacks) {
        attacks.put("an entry without postings", new Attack(COUNT_DIFFERS, entryAlone(NEW)));
        attacks.put(
                "an entry without postings beside a whole one, an old entry's id between theirs",
                new Attack(
                        COUNT_DIFFERS,
                        "with alone as (" + entryAlone(NEW) + "), "
                                + entry(BEFORE_OLD, 2, DATE, posting(1, 1, 5), posting(2, 2, -5))
                                        .substring("with ".length())));
        attacks.put(
                "postings without an entry",
                new Attack(NO_ENTRY, postings(NEW, DATE, posting(1, 1, 5), posting(2, 2, -5))));
        attacks.put(
                "postings to another ledger's entry",
                new Attack(NO_ENTRY, postings(ENTRY, DATE, posting(3, 5, 5, 2), posting(4, 6, -5, 2))));
        attacks.put(
                "lines with a gap",
                new Attack(COUNT_DIFFERS, entry(NEW, 2, DATE, posting(1, 1, 5), posting(3, 2, -5))));
        attacks.put("postings of another day", new Attack(COUNT_DIFFERS, entryWithPostingsOn("'2020-01-01'")));
        attacks.put(
                "one posting of an earlier day",
                new Attack(
                        COUNT_DIFFERS,
                        entryWithPostingsOn("case line when 1 then date '2020-01-01' else '" + DATE + "' end")));
        attacks.put(
                "one posting of a later day",
                new Attack(
                        COUNT_DIFFERS,
                        entryWithPostingsOn("case line when 1 then date '2030-01-01' else '" + DATE + "' end")));
    }

    private static String entryWithPostingsOn(String date) {
        return entry(NEW, 2, DATE, posting(1, 1, 5), posting(2, 2, -5))
                .replaceFirst("'" + DATE + "', 1, 0", Matcher.quoteReplacement(date + ", 1, 0"));
    }

    private static String entryAlone(String id) {
        return "insert into holdfast.journal_entry (ledger_id, posting_count, effective_on, recorded_at, entry_id, kind, hash,"
                + " fingerprint, key, actor, origin, description) values (1, 2, '" + DATE + "', now(), '" + id
                + "', 'post', sha256(''), sha256(''), 'k', 'test', 'test', '')";
    }

    private static void strangers(Map<String, Attack> attacks) {
        attacks.put(
                "accounts that do not exist",
                new Attack(NO_ACCOUNT, entry(NEW, 2, DATE, posting(1, 98, 5), posting(2, 99, -5))));
        attacks.put(
                "one account that does not exist",
                new Attack(NO_ACCOUNT, entry(NEW, 3, DATE, posting(1, 1, 5), posting(2, 2, -5), posting(3, 99, 5))));
        attacks.put(
                "an account that does not exist, to which all else is balanced",
                new Attack(NO_ACCOUNT, entry(NEW, 2, DATE, posting(1, 1, 5), posting(2, 99, -5))));
        attacks.put(
                "another ledger's accounts",
                new Attack(NO_ACCOUNT, entry(NEW, 2, DATE, posting(1, 5, 5), posting(2, 6, -5))));
    }

    /** What the guards use, so written that everything looks well; and tables that are empty. */
    private static void plantFunctions() throws SQLException {
        Connection application = ledger.application();
        execute(
                application,
                "create function evil.differs(numeric, numeric) returns boolean language sql as 'select false'");
        execute(
                application,
                "create function evil.differs(bigint, smallint) returns boolean language sql as 'select false'");
        execute(
                application,
                "create function evil.differs(smallint, bigint) returns boolean language sql as 'select false'");
        execute(application, "create function evil.differs(date, date) returns boolean language sql as 'select false'");
        execute(
                application,
                "create operator evil.<> (leftarg = numeric, rightarg = numeric, function = evil.differs)");
        execute(
                application,
                "create operator evil.<> (leftarg = bigint, rightarg = smallint, function = evil.differs)");
        execute(
                application,
                "create function evil.differs(bigint, bigint) returns boolean language sql as 'select false'");
        execute(application, "create operator evil.<> (leftarg = bigint, rightarg = bigint, function = evil.differs)");
        execute(
                application,
                "create operator evil.<> (leftarg = smallint, rightarg = bigint, function = evil.differs)");
        execute(application, "create operator evil.<> (leftarg = date, rightarg = date, function = evil.differs)");
        execute(
                application,
                "create function evil.zero(numeric, numeric) returns numeric language sql as 'select 0::numeric'");
        execute(application, "create aggregate evil.sum(numeric) (sfunc = evil.zero, stype = numeric)");
        execute(
                application,
                "create function evil.never(boolean, boolean) returns boolean language sql as 'select false'");
        execute(application, "create aggregate evil.bool_or(boolean) (sfunc = evil.never, stype = boolean)");
        AttackedLedger.close(application);
    }

    private static void copy(Connection connection, String... postings) throws SQLException, IOException {
        StringBuilder rows = new StringBuilder();
        for (String posting : postings) {
            String[] of = posting.replaceAll("[() ]", "").split(",", -1);
            rows.append(String.join("\t", of))
                    .append('\t')
                    .append(ENTRY)
                    .append('\t')
                    .append(DATE)
                    .append("\t1\t0\t\n");
        }
        connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn(
                        "copy holdfast.posting (line, account_id, side, amount, ledger_id, entry_id, effective_on, account_seq, part,"
                                + " description) from stdin",
                        new StringReader(rows.toString()));
    }
}
