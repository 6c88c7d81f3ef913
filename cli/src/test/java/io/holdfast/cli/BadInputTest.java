package io.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.db.testing.TestDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is wrong with what was typed: a clear message, the right exit code, nothing written. */
class BadInputTest {

    private static final String ALICE = "liabilities:wallets:alice";
    private static final String BANK = "assets:bank:settlement";

    private final TestDatabase database = TestDatabase.create();
    private Path directory = Path.of("");
    private Shell shell = Shell.on(directory, "");

    @BeforeEach
    void open(@TempDir Path temporary) {
        directory = temporary;
        shell = Shell.on(directory, database.jdbcUrl());
        shell.run("wallet", "open", "alice", "TZS");
        shell.run("wallet", "fund", "alice", "TZS 100", "--key", "k1");
    }

    @AfterEach
    void close() {
        database.close();
    }

    /** What is typed, and what the message has to say. */
    private record Typed(String message, List<String> words) {
        static Typed of(String message, String... words) {
            return new Typed(message, List.of(words));
        }
    }

    @TestFactory
    Stream<DynamicTest> is_refused_with_exit_code_2() {
        return Stream.of(
                        Typed.of("Currency \"XYZ\" is unknown", "account", "open", ALICE, "XYZ"),
                        Typed.of(
                                "Time zone \"Africa/Kampla\" is unknown",
                                "account",
                                "list",
                                "--time-zone",
                                "Africa/Kampla"),
                        Typed.of("more decimals than TZS has: 2", fund("TZS 1.001")),
                        Typed.of("more than 38 digits", fund("TZS " + "9".repeat(39))),
                        Typed.of("an amount is above zero", fund("TZS 0")),
                        Typed.of("an amount is above zero", fund("TZS -5")),
                        Typed.of("\"5000\" is not a currency and an amount", fund("5000")),
                        Typed.of("Amount \"1,000\" is not a plain decimal", fund("TZS 1,000")),
                        Typed.of("is unbalanced: debits less credits are TZS 1.00", post("TZS 6", "TZS 5")),
                        Typed.of("component \"a b\"", "account", "open", "liabilities:a b", "TZS"),
                        Typed.of("is no root", "account", "open", "cash:till", "TZS"),
                        Typed.of("is no root", "balance", "cash:till"),
                        Typed.of("is a root alone", "account", "open", "assets", "TZS"),
                        Typed.of("at most 255", "account", "open", "assets:" + "x".repeat(300), "TZS"),
                        Typed.of("at most 1000", describe("x".repeat(10_000_000))),
                        Typed.of("U+0000", describe("a\0b")),
                        Typed.of("control character U+000A", "wallet", "fund", "alice", "TZS 5", "--key", "a\nb"),
                        Typed.of("is Holdfast's own", "wallet", "fund", "alice", "TZS 5", "--key", "holdfast:x"),
                        Typed.of("\"2026-13-01\" is not a date", "balance", ALICE, "--effective", "2026-13-01"),
                        Typed.of("\"noon\" is not an instant", "balance", ALICE, "--recorded-by", "noon"),
                        Typed.of("Missing --key", "post", "--debit", BANK, "TZS 1"),
                        Typed.of("--debit takes a path and an amount", "post", "--key", "k", "--debit", BANK),
                        Typed.of("\"x\" is not an id such as", "hold", "release", "x", "--key", "k"),
                        Typed.of("Nothing to change", "account", "limit", ALICE, "TZS"),
                        Typed.of("the currencies differ", "account", "limit", ALICE, "TZS", "--min", "KES 0"),
                        Typed.of("ISO 4217", "currency", "add", "TZS", "0"),
                        Typed.of("'many' is not an int", "currency", "add", "USDC", "many"),
                        Typed.of("Unmatched argument", "account", "shut", ALICE, "TZS"),
                        Typed.of("Unknown option: '--jsn'", "account", "list", "--jsn"),
                        Typed.of("Missing required subcommand", "account"),
                        Typed.of("100 characters", "account", "list", "--actor", "x".repeat(101)),
                        Typed.of("Ledger name", "account", "list", "--ledger", "No Such Name"),
                        Typed.of("There is no ledger \"mian\"; there are: main", "balance", ALICE, "--ledger", "mian"))
                .map(typed -> DynamicTest.dynamicTest(typed.message(), () -> refused(typed)));
    }

    private void refused(Typed typed) {
        Shell.Run run = shell.run(typed.words().toArray(String[]::new));
        Shell.Run json = shell.run(
                Stream.concat(typed.words().stream(), Stream.of("--json")).toArray(String[]::new));

        assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
        assertThat(run.err())
                .contains(typed.message())
                .doesNotContain("\tat ", "Exception")
                .hasSizeLessThan(1_000);
        assertThat(run.out()).isEmpty();
        assertThat(json.out()).startsWith("{\"error\":\"INVALID\",\"message\":").endsWith("}\n");
        assertThat(json.out().lines()).hasSize(1);
        assertThat(shell.run("balance", ALICE, "--json").out()).contains("\"value\":\"100.00\"");
    }

    @Test
    void a_database_that_is_down_is_told_in_one_line() {
        Shell down = Shell.on(directory, "jdbc:postgresql://127.0.0.1:1/books?user=a&password=secret");
        Shell.Run run = down.run("balance", ALICE, "--json");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .startsWith("No connection to the database at 127.0.0.1:1: Connection to 127.0.0.1:1 refused.");
        assertThat(run.err()).contains("Is the server running, and the URL right?");
        assertThat(run.err().lines()).hasSize(1);
        assertThat(run.err() + run.out()).doesNotContain("secret");
        assertThat(run.out()).startsWith("{\"error\":\"DATABASE_UNAVAILABLE\"");
    }

    @Test
    void a_server_that_does_not_answer_keeps_nobody_waiting_for_long() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String server = "127.0.0.1:" + silent.getLocalPort();
            long begin = System.nanoTime();
            Shell.Run run = Shell.on(directory, "jdbc:postgresql://" + server + "/books?user=a&password=secret")
                    .run("account", "list");

            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.err())
                    .startsWith("No connection to the database at " + server + ": ")
                    .contains("Is the server running, and the URL right?")
                    .doesNotContain("secret");
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(30));
        }
    }

    @Test
    void a_wrong_login_database_or_url_is_told_as_such() {
        String url = database.jdbcUrl();
        assertThat(Shell.on(directory, url.replaceAll("/holdfast_test_[a-z0-9_]*", "/nowhere"))
                        .run("account", "list")
                        .err())
                .contains("database \"nowhere\" does not exist", "Create it first");
        Shell.Run other = Shell.on(directory, "jdbc:mysql://localhost/books").run("account", "list");
        assertThat(other.exitCode()).isEqualTo(2);
        assertThat(other.err()).contains("jdbc:postgresql:").doesNotContain("mysql");
    }

    @Test
    void a_database_without_the_schema_is_refused_until_it_is_migrated() {
        try (TestDatabase empty = TestDatabase.createEmpty()) {
            Shell bare = Shell.on(directory, empty.jdbcUrl());

            Shell.Run before = bare.run("account", "list", "--json");
            Shell.Run migrated = bare.run("migrate", "--json");
            Shell.Run after = bare.run("account", "list", "--json");

            assertThat(before.exitCode()).isEqualTo(2);
            assertThat(before.out()).startsWith("{\"error\":\"SCHEMA\",").contains("holdfast migrate");
            assertThat(migrated.out()).startsWith("{\"schemaVersion\":");
            assertThat(after.out()).isEqualTo("[]\n");
        }
    }

    @Test
    void a_schema_newer_than_the_code_is_refused_by_every_command() throws Exception {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("insert into holdfast.schema_version (version, name) values (999, '999-future')");
        }

        for (List<String> words : List.of(List.of("account", "list"), List.of("migrate"), List.of(fund("TZS 1")))) {
            Shell.Run run = shell.run(words.toArray(String[]::new));
            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.err()).contains("has version 999, newer than").doesNotContain("\tat ");
        }
    }

    @Test
    void a_login_without_rights_is_told_as_such() throws Exception {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("do $body$ begin if not exists (select from pg_roles where rolname = 'nobody_at_all')"
                    + " then create role nobody_at_all login; end if; end $body$");
        }
        Shell.Run run = Shell.on(directory, database.jdbcUrl().replaceAll("user=[a-z]*", "user=nobody_at_all"))
                .run("account", "list");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("The database login lacks a right: ").doesNotContain("\tat ");
    }

    @Test
    void the_url_may_stand_on_the_command_line() {
        Shell bare = new Shell(directory, Map.of());

        assertThat(bare.run("account", "list", "--jdbc-url", database.jdbcUrl()).exitCode())
                .isZero();
    }

    @Test
    void an_unknown_path_is_refused() {
        Shell.Run run = shell.run("balance", "assets:nowhere", "--json");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out())
                .isEqualTo("{\"refused\":\"ACCOUNT_NOT_FOUND\",\"account\":\"assets:nowhere\","
                        + "\"message\":\"There is no account assets:nowhere in any currency; open it first\"}\n");
    }

    private static String[] fund(String amount) {
        return new String[] {"wallet", "fund", "alice", amount, "--key", "new"};
    }

    private static String[] describe(String text) {
        return new String[] {
            "post", "--key", "new", "--debit", BANK, "TZS 1", "--credit", ALICE, "TZS 1", "--describe", text
        };
    }

    private static String[] post(String debit, String credit) {
        return new String[] {"post", "--key", "new", "--debit", BANK, debit, "--credit", ALICE, credit};
    }
}
