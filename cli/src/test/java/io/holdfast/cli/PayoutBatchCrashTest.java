package io.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.db.testing.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A batch whose process is killed in the middle. */
class PayoutBatchCrashTest {

    private static final int ROWS_OF_EACH = 200;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final TestDatabase database = TestDatabase.create();
    private Path directory = Path.of("");
    private Map<String, String> environment = Map.of();
    private Shell shell = new Shell(directory, environment);

    @BeforeEach
    void open(@TempDir Path temporary) throws Exception {
        directory = temporary;
        environment = Map.of(Database.URL_VARIABLE, database.jdbcUrl(), "SNIPPE_API_KEY", "snp_test_key");
        shell = new Shell(directory, environment);
        Files.writeString(directory.resolve("holdfast.yaml"), """
                providers:
                  snippe: {base-url: "http://127.0.0.1:9", api-key: "${SNIPPE_API_KEY}"}
                routes: [{currency: TZS, channel: mobile_money, providers: [snippe]}]
                """);
        for (String owner : List.of("alice", "bob", "carol")) {
            shell.run("wallet", "open", owner, "TZS");
            shell.run("wallet", "fund", owner, "TZS 1000000", "--key", "for " + owner);
        }
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void goes_on_where_it_was_killed_and_nothing_is_held_twice() throws Exception {
        Path file = batch();

        try (Connection slow = database.dataSource().getConnection();
                Statement statement = slow.createStatement()) {
            slow.setAutoCommit(false);
            statement.execute("select from holdfast.balance b join holdfast.account a using (ledger_id, account_id)"
                    + " where a.path = 'liabilities:wallets:bob' for update of b");
            Processes.Running running = start(file);
            await(running, () -> payouts() >= ROWS_OF_EACH);
            running.process().destroyForcibly().waitFor();
            slow.rollback();
        }
        assertThat(payouts()).isEqualTo(ROWS_OF_EACH);
        assertHeld("alice", "1000000.00");
        assertHeld("bob", "0.00");

        Shell.Run again = shell.run("payout", "batch", file.toString(), "--json");
        Shell.Run replayed = shell.run("payout", "batch", file.toString(), "--json");

        assertThat(again.exitCode()).isZero();
        assertThat(again.out()).endsWith("],\"requested\":600,\"refused\":0}\n");
        assertThat(replayed.out()).isEqualTo(again.out());
        assertThat(payouts()).isEqualTo(3 * ROWS_OF_EACH);
        for (String owner : List.of("alice", "bob", "carol")) {
            assertHeld(owner, "1000000.00");
        }
        assertThat(shell.run("verify").exitCode()).isZero();
    }

    @Test
    void all_or_nothing_leaves_nothing_if_it_is_killed() throws Exception {
        Path file = batch();

        try (Connection slow = database.dataSource().getConnection();
                Statement statement = slow.createStatement()) {
            slow.setAutoCommit(false);
            statement.execute("select from holdfast.balance b join holdfast.account a using (ledger_id, account_id)"
                    + " where a.path = 'liabilities:wallets:carol' for update of b");
            Processes.Running running = start(file, "--all-or-nothing");
            await(running, () -> Files.readString(running.err()).contains("400 of 600"));
            running.process().destroyForcibly().waitFor();
            slow.rollback();
        }

        assertThat(payouts()).isZero();
        assertHeld("alice", "0.00");
        assertThat(shell.run("payout", "batch", file.toString(), "--all-or-nothing")
                        .exitCode())
                .isZero();
        assertThat(payouts()).isEqualTo(3 * ROWS_OF_EACH);
    }

    private Path batch() throws Exception {
        StringBuilder rows = new StringBuilder("key,wallet,to,amount\n");
        for (String owner : List.of("alice", "bob", "carol")) {
            for (int row = 0; row < ROWS_OF_EACH; row++) {
                rows.append(owner)
                        .append(row)
                        .append(',')
                        .append(owner)
                        .append(",+2557123456")
                        .append(10 + row % 90)
                        .append(",TZS 5000\n");
            }
        }
        return Files.writeString(directory.resolve("batch.csv"), rows);
    }

    private Processes.Running start(Path file, String... more) throws Exception {
        List<String> words = Stream.concat(
                        Stream.concat(Processes.java().stream(), Stream.of("payout", "batch", file.toString())),
                        Stream.of(more))
                .toList();
        return Processes.start(directory, environment, "", words);
    }

    private static void await(Processes.Running running, Question isSo) throws Exception {
        long start = System.nanoTime();
        while (!isSo.answer()) {
            assertThat(running.process().isAlive() && System.nanoTime() - start < PATIENCE.toNanos())
                    .as(Files.readString(running.err()) + Files.readString(running.out()))
                    .isTrue();
            Thread.sleep(20);
        }
    }

    /** Something that will be so. */
    private interface Question {
        boolean answer() throws Exception;
    }

    private long payouts() throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select count(*) from holdfast.payout")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private void assertHeld(String owner, String held) {
        assertThat(shell.run("balance", "liabilities:wallets:" + owner, "--json")
                        .out())
                .contains("\"held\":{\"currency\":\"TZS\",\"value\":\"" + held + "\"}");
    }
}
