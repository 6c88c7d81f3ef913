package io.holdfast.ledger.hammer;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.audit.CheckResult;
import io.holdfast.audit.Verification;
import io.holdfast.audit.Verifier;
import io.holdfast.ledger.HoldRequest;
import io.holdfast.ledger.JournalEntry;
import io.holdfast.ledger.KeyedCommand;
import io.holdfast.ledger.Part;
import io.holdfast.ledger.Posting;
import io.holdfast.ledger.Side;
import io.holdfast.ledger.hammer.Acknowledgements.Answer;
import io.holdfast.ledger.hammer.Acknowledgements.Line;
import io.holdfast.ledger.postgres.Invariants;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.sql.DataSource;

/** Looks at what a run left behind. */
final class Judge {

    private static final int FETCH_SIZE = 1_000;
    private static final int BATCH = 5_000;
    private static final int SHOWN_MAX = 10;
    private static final long QUIET_MILLIS_MAX = 15_000;
    private static final long PAUSE_MILLIS = 100;

    private static final String SESSIONS = "select count(*) from pg_stat_activity where datname = current_database()"
            + " and application_name = '" + Scenario.APPLICATION + "'";
    private static final String LOCKS = "select count(*) from pg_locks l left join pg_stat_activity a using (pid)"
            + " where l.database = (select oid from pg_database where datname = current_database())"
            + " and l.pid <> pg_backend_pid() and a.backend_type is distinct from 'autovacuum worker'";
    private static final String DEADLOCKS = "select deadlocks from pg_stat_database where datname = current_database()";

    /** Money by currency: postings and balances, debit less credit. The ledger's own checks are not asked. */
    private static final String NOT_CONSERVED = "select 'postings of ' || currency || ': ' || sum(side * amount)"
            + " from holdfast.posting join holdfast.account using (ledger_id, account_id)"
            + " group by currency having sum(side * amount) <> 0"
            + " union all select 'balances of ' || currency || ': ' || sum((available + held)"
            + " * case when path ~ '^(assets|expenses):' then 1 else -1 end)"
            + " from holdfast.balance join holdfast.account using (ledger_id, account_id) group by currency"
            + " having sum((available + held) * case when path ~ '^(assets|expenses):' then 1 else -1 end) <> 0"
            + " union all select path || ' is beyond its limits: ' || available || ' and ' || held"
            + " from holdfast.balance join holdfast.account using (ledger_id, account_id)"
            + " where available < minimum or available + held > maximum or held < 0";

    private static final String LOST = "select t.key || ' was told to be ' || t.entry_id || ' and is '"
            + " || coalesce(e.entry_id::text, 'nowhere') from told t"
            + " left join holdfast.journal_entry e on e.key = t.key where e.entry_id is distinct from t.entry_id"
            + " or encode(e.hash, 'hex') <> t.hash limit " + SHOWN_MAX;
    private static final String DOUBLE = "select key || ' was told to be recorded ' || count(*) || ' times' from told"
            + " where answer = '" + Answer.RECORDED + "' group by key having count(*) > 1"
            + " union all select key || ' is recorded ' || count(*) || ' times' from holdfast.journal_entry"
            + " group by ledger_id, key having count(*) > 1 limit " + SHOWN_MAX;
    private static final String HALF =
            "select h.key || ' is in the host''s rows and not in the journal' from host_row h"
                    + " where not exists (select from holdfast.journal_entry e where e.key = h.key and e.entry_id = h.entry_id)"
                    + " limit " + SHOWN_MAX;
    private static final String RECORDED = "select e.key, e.kind, (select string_agg(concat_ws(' ', a.path, a.currency,"
            + " p.side, p.amount), ', ' order by p.line) from holdfast.posting p"
            + " join holdfast.account a using (ledger_id, account_id)"
            + " where p.ledger_id = e.ledger_id and p.entry_id = e.entry_id)"
            + " from holdfast.journal_entry e where e.key not like 'holdfast:%'";

    private final DataSource database;
    private final Commands commands;

    Judge(DataSource database, Commands commands) {
        this.database = database;
        this.commands = commands;
    }

    /** Waits until nobody is left, and looks whether somebody waited for somebody who waited for him. */
    void lookForDeadlocks() throws Exception {
        try (Connection connection = database.getConnection()) {
            long until = System.nanoTime() + QUIET_MILLIS_MAX * 1_000_000;
            while (number(connection, SESSIONS) + number(connection, LOCKS) > 0 && System.nanoTime() < until) {
                Thread.sleep(PAUSE_MILLIS);
            }
            assertThat(number(connection, SESSIONS)).as("sessions left").isZero();
            assertThat(number(connection, LOCKS)).as("locks left").isZero();
            try (Statement statement = connection.createStatement()) {
                statement.execute("select pg_stat_clear_snapshot()");
            }
            assertThat(number(connection, DEADLOCKS)).as("deadlocks").isZero();
        }
    }

    /** Verifies the ledger by its own means and by others. */
    void lookForContradictions() throws SQLException {
        Verification verification = Verifier.over(database).verify(Scenario.LEDGER);
        assertThat(verification.checks()).flatMap(CheckResult::failures).isEmpty();
        assertThat(verification.ok()).isTrue();
        assertThat(Invariants.violations(database, Scenario.LEDGER)).isEmpty();
        try (Connection connection = database.getConnection()) {
            assertThat(column(connection, NOT_CONSERVED))
                    .as("money is conserved")
                    .isEmpty();
        }
    }

    /** Compares the journal with what the workers were told; returns how many commands they were told of. */
    int lookForLies(List<Line> told) throws SQLException {
        try (Connection connection = database.getConnection()) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("create temporary table told (key text, answer text, entry_id uuid, hash text)");
                keep(connection, told);
                statement.execute("analyze told");
            }
            assertThat(column(connection, LOST)).as("what was told is so").isEmpty();
            assertThat(column(connection, DOUBLE))
                    .as("nothing is recorded twice")
                    .isEmpty();
            assertThat(column(connection, HALF)).as("host and ledger agree").isEmpty();
            assertThat(number(connection, "select count(*) from host_row")).isPositive();
            compareWithWhatWasSaid(connection);
            return (int) number(connection, "select count(distinct key) from told");
        }
    }

    private static void keep(Connection connection, List<Line> told) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "insert into told" + " select * from unnest(?::text[], ?::text[], ?::uuid[], ?::text[])")) {
            for (int from = 0; from < told.size(); from += BATCH) {
                List<Line> lines = told.subList(from, Math.min(told.size(), from + BATCH));
                statement.setArray(
                        1,
                        connection.createArrayOf(
                                "text",
                                lines.stream()
                                        .map(line -> Commands.key(line.number()).value())
                                        .toArray()));
                statement.setArray(
                        2,
                        connection.createArrayOf(
                                "text",
                                lines.stream().map(line -> line.answer().name()).toArray()));
                statement.setArray(
                        3,
                        connection.createArrayOf(
                                "uuid", lines.stream().map(Line::entry).toArray()));
                statement.setArray(
                        4,
                        connection.createArrayOf(
                                "text",
                                lines.stream()
                                        .map(line -> line.hash().orElse(null))
                                        .toArray()));
                statement.executeUpdate();
            }
        }
    }

    /** Compares what is recorded under each key with what was said under it. */
    private void compareWithWhatWasSaid(Connection connection) throws SQLException {
        List<String> strange = new ArrayList<>();
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.setFetchSize(FETCH_SIZE);
            try (ResultSet rows = statement.executeQuery(RECORDED)) {
                while (rows.next() && strange.size() < SHOWN_MAX) {
                    String recorded = rows.getString(1) + " " + rows.getString(2) + " " + rows.getString(3);
                    if (said(rows.getString(1)).stream().noneMatch(recorded::startsWith)) {
                        strange.add(recorded);
                    }
                }
            }
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
        assertThat(strange).as("nothing is recorded that nobody said").isEmpty();
    }

    /** Returns what may stand under a key: its kind, and the postings of what names all of them. */
    private Set<String> said(String key) {
        long number = Long.parseLong(key.substring(1));
        Set<String> said = new HashSet<>();
        for (int worker : IntStream.rangeClosed(1, Workers.COUNT).toArray()) {
            KeyedCommand command = commands.command(number, worker);
            String beginning = key + " " + commands.kind(number).name().toLowerCase(Locale.ROOT) + " ";
            if (command instanceof JournalEntry entry) {
                beginning += entry.postings().stream().map(Judge::row).collect(Collectors.joining(", "));
            } else if (command instanceof HoldRequest hold) {
                beginning += row(new Posting(
                        hold.account(), hold.account().normalSide().opposite(), Part.AVAILABLE, hold.amount(), ""));
            }
            said.add(beginning);
        }
        return said;
    }

    private static String row(Posting posting) {
        return posting.account().path() + " " + posting.amount().currency().code() + " "
                + (posting.side() == Side.DEBIT ? 1 : -1) + " "
                + posting.amount().minor();
    }

    private static long number(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static List<String> column(Connection connection, String sql) throws SQLException {
        List<String> column = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                column.add(rows.getString(1));
            }
        }
        return column;
    }
}
