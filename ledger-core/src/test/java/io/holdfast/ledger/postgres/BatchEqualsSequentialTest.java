package io.holdfast.ledger.postgres;

import static io.holdfast.ledger.postgres.TestLedger.NOON;
import static io.holdfast.ledger.postgres.TestLedger.TODAY;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.audit.Verifier;
import io.holdfast.db.testing.TestDatabase;
import io.holdfast.ledger.Account;
import io.holdfast.ledger.AccountTerms;
import io.holdfast.ledger.Command;
import io.holdfast.ledger.CommandGroup;
import io.holdfast.ledger.Money;
import io.holdfast.ledger.Result;
import io.holdfast.ledger.Side;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * The same commands, one by one in one database and in batches cut anywhere in another, get the same answers and leave
 * the same rows: every column of every table, ids, fingerprints and hashes included.
 */
class BatchEqualsSequentialTest {

    private static final int SEEDS = 2;
    private static final int COMMANDS = 600;
    private static final int ROUND_MAX = 1_000;

    private static final String TABLES = "select table_name from information_schema.tables"
            + " where table_schema = 'holdfast' and table_type = 'BASE TABLE'";

    @Test
    void any_grouping_gives_the_same_answers_and_the_same_rows() {
        Seeds.check(SEEDS, random -> {
            MovableClock clock = new MovableClock(NOON);
            try (TestDatabase one = TestDatabase.create();
                    TestDatabase other = TestDatabase.create()) {
                Book oneByOne = new Book(one, clock);
                Book grouped = new Book(other, clock);
                RandomCommands commands = new RandomCommands(random, clock::instant, "k");
                for (int asked = 0; asked < COMMANDS; ) {
                    List<Command> round = commands.next(anySize(random));
                    asked += round.size();

                    List<Result> expected = new ArrayList<>();
                    round.forEach(command -> expected.addAll(oneByOne.execute(List.of(command))));
                    List<Result> results = new ArrayList<>();
                    batches(random, round).forEach(batch -> results.addAll(grouped.execute(batch)));

                    assertSame(results, expected);
                    long sweep = random.nextLong();
                    oneByOne.administer(new Random(sweep));
                    grouped.administer(new Random(sweep));
                    clock.advance(Duration.ofSeconds(random.nextInt(25)));
                }
                assertSameRows(other, one);
                assertThat(Verifier.over(other.dataSource()).verify("main").ok())
                        .isTrue();
            }
        });
    }

    /** Returns a size of which the small ones are as likely as the large ones. */
    private static int anySize(Random random) {
        return (int) Math.ceil(Math.pow(ROUND_MAX, random.nextDouble()));
    }

    /** Cuts commands into batches of up to as many as a batch may have, those in groups counted each. */
    private static List<List<Command>> batches(Random random, List<Command> commands) {
        List<List<Command>> batches = new ArrayList<>();
        List<Command> batch = new ArrayList<>();
        int most = anySize(random);
        int keyed = 0;
        for (Command command : commands) {
            int more = command instanceof CommandGroup group ? group.commands().size() : 1;
            if (batch.size() >= most || keyed + more > CommandGroup.COMMANDS_MAX) {
                batches.add(batch);
                batch = new ArrayList<>();
                most = anySize(random);
                keyed = 0;
            }
            batch.add(command);
            keyed += more;
        }
        batches.add(batch);
        return batches;
    }

    /** One at a time, or a failure would fill books. */
    private static void assertSame(List<Result> results, List<Result> expected) {
        for (int i = 0; i < expected.size(); i++) {
            assertThat(results.get(i)).as("result %d", i).isEqualTo(expected.get(i));
        }
        assertThat(results).hasSameSizeAs(expected);
    }

    private static void assertSameRows(TestDatabase database, TestDatabase expected) throws SQLException {
        Map<String, List<String>> tables = tables(database);
        tables(expected).forEach((table, rows) -> {
            List<String> found = tables.getOrDefault(table, List.of());
            for (int i = 0; i < Math.min(found.size(), rows.size()); i++) {
                assertThat(found.get(i)).as(table).isEqualTo(rows.get(i));
            }
            assertThat(found).as(table).hasSameSizeAs(rows);
        });
        assertThat(tables.get("journal_entry")).hasSizeGreaterThan(COMMANDS / 4);
        assertThat(tables.get("hold")).isNotEmpty();
    }

    /** Returns all rows of all tables, each as text with all its columns. */
    private static Map<String, List<String>> tables(TestDatabase database) throws SQLException {
        Map<String, List<String>> tables = new TreeMap<>();
        try (Connection connection = database.dataSource().getConnection()) {
            for (String table : column(connection, TABLES)) {
                tables.put(table, column(connection, "select t::text from holdfast." + table + " t order by 1"));
            }
        }
        return tables;
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

    /** A ledger in a database of its own. */
    private static final class Book {

        private final PostgresLedger ledger;

        Book(TestDatabase database, MovableClock clock) {
            PlannedIds ids = new PlannedIds();
            ledger = PostgresLedger.over(ids.watching(database.dataSource()))
                    .clock(clock)
                    .ids(ids)
                    .build();
            for (Account account : RandomCommands.ACCOUNTS) {
                boolean isLimited = account.path().matches(".*(wallets|till).*");
                ledger.open(isLimited ? terms(account, 0) : AccountTerms.of(account));
            }
        }

        List<Result> execute(List<Command> commands) {
            return ledger.execute(commands);
        }

        /** Does between rounds what is not a command. */
        void administer(Random random) {
            Account wallet = RandomCommands.ACCOUNTS.get(random.nextInt(3));
            List<Consumer<PostgresLedger>> possible = List.of(
                    same -> same.unfreeze(wallet, Set.of(Side.DEBIT, Side.CREDIT)),
                    same -> same.freeze(wallet, Set.of(random.nextBoolean() ? Side.DEBIT : Side.CREDIT)),
                    same -> same.limit(terms(wallet, random.nextInt(400))),
                    same -> same.expireHolds(1 + random.nextInt(5)),
                    same -> same.closeThrough(TODAY.minusDays(1 + random.nextInt(5))));
            possible.get(random.nextInt(possible.size())).accept(ledger);
        }

        private static AccountTerms terms(Account account, int minimum) {
            return AccountTerms.of(account)
                    .minimum(Money.ofMinor(account.currency(), minimum))
                    .maximum(Money.ofMinor(account.currency(), 2_000));
        }
    }
}
