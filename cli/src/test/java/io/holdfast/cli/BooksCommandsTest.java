package io.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.db.testing.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What accountants and auditors run. */
class BooksCommandsTest {

    private final TestDatabase database = TestDatabase.create();
    private Path directory = Path.of("");
    private Shell shell = Shell.on(directory, "");

    @BeforeEach
    void open(@TempDir Path temporary) {
        directory = temporary;
        shell = Shell.on(directory, database.jdbcUrl());
        shell.run("wallet", "open", "alice", "TZS");
        shell.run("wallet", "fund", "alice", "TZS 1234.50", "--key", "k1");
        shell.run("hold", "place", "liabilities:wallets:alice", "TZS 34.50", "--key", "h1");
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void a_trial_balance_comes_as_table_json_and_csv() {
        assertThat(shell.run("trial-balance", "--json").out())
                .isEqualTo("{\"ledger\":\"main\",\"effective\":null,\"recordedBy\":null,\"rows\":["
                        + "{\"account\":\"assets:bank:settlement\",\"currency\":\"TZS\",\"debit\":" + tzs("1234.50")
                        + ",\"credit\":" + tzs("0.00") + "},"
                        + "{\"account\":\"liabilities:wallets:alice\",\"currency\":\"TZS\",\"debit\":" + tzs("0.00")
                        + ",\"credit\":" + tzs("1234.50") + "}],"
                        + "\"totals\":[{\"currency\":\"TZS\",\"debit\":" + tzs("1234.50") + ",\"credit\":"
                        + tzs("1234.50")
                        + "}]}\n");
        assertThat(shell.run("trial-balance").out()).isEqualTo("""
                        ACCOUNT                    CURRENCY    DEBIT   CREDIT
                        assets:bank:settlement     TZS       1234.50
                        liabilities:wallets:alice  TZS                1234.50
                        total                      TZS       1234.50  1234.50
                        """);
        assertThat(shell.run("trial-balance", "--format", "csv").out())
                .isEqualTo(String.join(
                        "\r\n",
                        "account,currency,debit,credit",
                        "assets:bank:settlement,TZS,1234.50,0.00",
                        "liabilities:wallets:alice,TZS,0.00,1234.50",
                        ""));
    }

    @Test
    void a_trial_balance_of_the_past_and_into_a_file() throws Exception {
        Shell.Run past = shell.run(
                "trial-balance", "--effective", "2020-01-31", "--recorded-by", "2020-02-01T00:00:00Z", "--json");
        Shell.Run written = shell.run("trial-balance", "--format", "json", "-o", "tb.json", "--json");

        assertThat(past.out())
                .isEqualTo("{\"ledger\":\"main\",\"effective\":\"2020-01-31\",\"recordedBy\":\"2020-02-01T00:00:00Z\","
                        + "\"rows\":[],\"totals\":[]}\n");
        assertThat(written.out()).isEqualTo("{\"written\":\"tb.json\"}\n");
        assertThat(Files.readString(directory.resolve("tb.json"))).startsWith("{\"ledger\":\"main\",");
        assertThat(shell.run("trial-balance", "-o", "no/such/directory").exitCode())
                .isEqualTo(2);
        assertThat(shell.run("trial-balance", "--json", "--format", "csv").err())
                .isEqualTo("--json and --format csv contradict each other\n");
    }

    @Test
    void verify_finds_sound_books_sound() {
        Shell.Run json = shell.run("verify", "--json");
        Shell.Run text = shell.run("verify");

        assertThat(json.exitCode()).isZero();
        assertThat(json.out())
                .startsWith("{\"ok\":true,\"checks\":[{\"name\":\"")
                .contains("\"failures\":[]")
                .doesNotContain("\"ok\":false");
        assertThat(text.out()).endsWith("Everything holds in ledger main.\n");
    }

    @Test
    void verify_names_what_was_altered_and_exits_with_3() throws Exception {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("update holdfast.balance set available = available + 1 where held > 0");
        }

        Shell.Run json = shell.run("verify", "--json");
        Shell.Run text = shell.run("verify");

        assertThat(json.exitCode()).isEqualTo(3);
        assertThat(text.exitCode()).isEqualTo(3);
        assertThat(json.out()).startsWith("{\"ok\":false,").contains("liabilities:wallets:alice TZS");
        assertThat(text.out())
                .contains("The integrity of ledger main does not hold:\n  account liabilities:wallets:alice TZS");
    }

    private static String tzs(String value) {
        return "{\"currency\":\"TZS\",\"value\":\"" + value + "\"}";
    }
}
