package io.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.db.testing.TestDatabase;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that speak to the ledger, and the JSON that scripts rely on. */
class LedgerCommandsTest {

    private static final String ALICE = "liabilities:wallets:alice";

    private final TestDatabase database = TestDatabase.create();
    private Shell shell;

    @BeforeEach
    void open(@TempDir Path directory) {
        shell = Shell.on(directory, database.jdbcUrl());
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void a_wallet_is_opened_funded_and_shown() {
        Shell.Run opened = shell.run("wallet", "open", "alice", "TZS", "--json");
        Shell.Run funded = shell.run("wallet", "fund", "alice", "TZS 25000", "--key", "k1", "--json");
        Shell.Run shown = shell.run("wallet", "show", "alice", "--json");

        assertThat(opened.shape())
                .isEqualTo(
                        "{\"account\":\"liabilities:wallets:alice\",\"currency\":\"TZS\","
                                + "\"minimum\":{\"currency\":\"TZS\",\"value\":\"0.00\"},\"maximum\":null,"
                                + "\"debitFrozen\":false,\"creditFrozen\":false,\"closed\":false,\"openedAt\":\"<instant>\"}\n");
        assertThat(funded.shape())
                .isEqualTo(
                        "{\"line\":1,\"key\":\"k1\",\"result\":\"recorded\",\"entry\":\"<id>\",\"hash\":\"<hash>\"}\n");
        assertThat(shown.out())
                .isEqualTo("[{\"account\":\"liabilities:wallets:alice\",\"currency\":\"TZS\","
                        + "\"available\":{\"currency\":\"TZS\",\"value\":\"25000.00\"},"
                        + "\"held\":{\"currency\":\"TZS\",\"value\":\"0.00\"},"
                        + "\"total\":{\"currency\":\"TZS\",\"value\":\"25000.00\"}}]\n");
        assertThat(opened.exitCode() + funded.exitCode() + shown.exitCode()).isZero();
        assertThat(opened.err() + funded.err() + shown.err()).isEmpty();
    }

    @Test
    void the_same_command_again_is_a_replay() {
        shell.run("wallet", "open", "alice", "TZS");
        Shell.Run first = shell.run("wallet", "fund", "alice", "TZS 25000", "--key", "k1", "--json");
        Shell.Run second = shell.run("wallet", "fund", "alice", "TZS 25000.00", "--key", "k1", "--json");

        assertThat(second.exitCode()).isZero();
        assertThat(second.out()).isEqualTo(first.out().replace("recorded", "replayed"));
    }

    @Test
    void a_refusal_has_its_name_its_fields_and_exit_code_1() {
        fundedAlice();
        Shell.Run refused = shell.run("hold", "place", ALICE, "TZS 30000", "--key", "h1", "--json");

        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.out())
                .contains("\"result\":\"refused\",\"refusal\":\"INSUFFICIENT_FUNDS\"")
                .contains("\"account\":\"liabilities:wallets:alice\",\"currency\":\"TZS\"")
                .contains("\"requested\":{\"currency\":\"TZS\",\"value\":\"30000.00\"}")
                .contains("\"available\":{\"currency\":\"TZS\",\"value\":\"25000.00\"}")
                .contains("\"refused\":\"INSUFFICIENT_FUNDS\"")
                .endsWith("}\n");
        assertThat(refused.err()).startsWith("INSUFFICIENT_FUNDS: ").doesNotContain("\tat ");
    }

    @Test
    void a_hold_is_placed_listed_committed_in_part_and_released() {
        fundedAlice();
        shell.run("account", "open", "revenue:payout-fees", "TZS");
        Shell.Run placed = shell.run("hold", "place", ALICE, "TZS 6500", "--key", "h1", "--json");
        String hold = placed.field("hold");
        Shell.Run committed = shell.run(
                "hold", "commit", hold, "--key", "h2", "--credit", "revenue:payout-fees", "TZS 1500", "--no-final");
        Shell.Run listed = shell.run("hold", "list", "--json");
        Shell.Run released = shell.run("hold", "release", hold, "--key", "h3", "--json");

        assertThat(placed.shape())
                .isEqualTo("{\"line\":1,\"key\":\"h1\",\"result\":\"recorded\",\"entry\":\"<id>\",\"hash\":\"<hash>\","
                        + "\"hold\":\"<id>\"}\n");
        assertThat(committed.exitCode()).isZero();
        assertThat(listed.shape())
                .isEqualTo("[{\"id\":\"<id>\",\"key\":\"h1\",\"account\":\"liabilities:wallets:alice\","
                        + "\"amount\":{\"currency\":\"TZS\",\"value\":\"6500.00\"},"
                        + "\"remaining\":{\"currency\":\"TZS\",\"value\":\"5000.00\"},"
                        + "\"state\":\"ACTIVE\",\"expiresAt\":null}]\n");
        assertThat(released.exitCode()).isZero();
        assertThat(shell.run("balance", ALICE, "TZS").out()).contains("23500.00", "0.00");
    }

    @Test
    void postings_keep_the_order_of_the_command_line() {
        fundedAlice();
        shell.run("account", "open", "equity:split", "TZS");
        shell.run("post", "--key", "p1", "--credit", "equity:split", "TZS 10", "--debit", ALICE, "TZS 10");
        Shell.Run same = shell.run(
                "post", "--key", "p1", "--credit", "equity:split", "TZS 10", "--debit", ALICE, "TZS 10", "--json");
        Shell.Run turned = shell.run(
                "post", "--key", "p1", "--debit", ALICE, "TZS 10", "--credit", "equity:split", "TZS 10", "--json");

        assertThat(same.field("result")).isEqualTo("replayed");
        assertThat(turned.out()).contains("\"refusal\":\"KEY_CONFLICT\"", "\"differs\":[\"postings\"]");
    }

    @Test
    void an_entry_is_reversed_once() {
        fundedAlice();
        String entry = shell.run("wallet", "fund", "alice", "TZS 25000", "--key", "k1", "--json")
                .field("entry");
        Shell.Run part = shell.run("reverse", entry, "--key", "r1", "--amount", "TZS 5000", "--json");
        Shell.Run tooMuch = shell.run("reverse", entry, "--key", "r2", "--amount", "TZS 20000.01", "--json");

        assertThat(part.exitCode()).isZero();
        assertThat(tooMuch.exitCode()).isEqualTo(1);
        assertThat(tooMuch.field("refusal")).isEqualTo("ALREADY_REVERSED");
    }

    @Test
    void an_account_is_limited_frozen_unfrozen_and_closed() {
        shell.run("account", "open", "assets:till", "KES", "--min", "-100", "--max", "KES 500.00");
        Shell.Run limited = shell.run("account", "limit", "assets:till", "KES", "--max", "none", "--json");
        shell.run("account", "freeze", "assets:till", "KES", "debit");
        Shell.Run frozen = shell.run("account", "freeze", "assets:till", "KES", "credit", "--json");
        Shell.Run thawed = shell.run("account", "unfreeze", "assets:till", "KES", "both", "--json");
        Shell.Run closed = shell.run("account", "close", "assets:till", "KES", "--json");

        assertThat(limited.out()).contains("\"minimum\":{\"currency\":\"KES\",\"value\":\"-100.00\"},\"maximum\":null");
        assertThat(frozen.out()).contains("\"debitFrozen\":true,\"creditFrozen\":true");
        assertThat(thawed.out()).contains("\"debitFrozen\":false,\"creditFrozen\":false");
        assertThat(closed.out()).contains("\"closed\":true");
        assertThat(shell.run("account", "list").out()).contains("assets:till", "-100.00", "none", "closed");
    }

    @Test
    void opening_again_is_a_no_op_on_the_same_terms_and_refused_on_others() {
        shell.run("account", "open", "assets:till", "KES", "--min", "0");

        assertThat(shell.run("account", "open", "assets:till", "KES", "--min", "0.00")
                        .exitCode())
                .isZero();
        Shell.Run other = shell.run("account", "open", "assets:till", "KES", "--json");
        assertThat(other.exitCode()).isEqualTo(1);
        assertThat(other.out()).startsWith("{\"refused\":\"ACCOUNT_EXISTS\",").contains("\"differs\":[");
    }

    @Test
    void a_ledger_counts_its_dates_in_the_zone_that_it_was_opened_in() {
        String farEast = "Pacific/Kiritimati";
        String date = LocalDate.now(ZoneId.of(farEast)).toString();
        shell.run("wallet", "open", "alice", "TZS", "--time-zone", farEast);
        Shell.Run funded = shell.run("wallet", "fund", "alice", "TZS 25000", "--key", "k1");
        Shell.Run stated = shell.run("statement", ALICE, "TZS", "--from", date, "--to", date, "--json");
        Shell.Run other = shell.run("account", "list", "--time-zone", "Africa/Kampala");

        assertThat(funded.exitCode()).isZero();
        assertThat(stated.out()).contains("\"k1\"");
        assertThat(other.exitCode()).isEqualTo(2);
        assertThat(other.err()).contains(farEast, "Africa/Kampala", "settled when it was opened");
    }

    @Test
    void a_currency_of_the_ledgers_own_has_its_decimals() {
        shell.run("currency", "add", "USDC", "6");
        shell.run("wallet", "open", "alice", "USDC");
        shell.run("wallet", "fund", "alice", "USDC 1.5", "--key", "k1");

        assertThat(shell.run("balance", ALICE, "--json").out())
                .contains("{\"currency\":\"USDC\",\"value\":\"1.500000\"}");
    }

    @Test
    void balances_are_read_on_both_time_axes() {
        fundedAlice();
        shell.run(
                "post",
                "--key",
                "old",
                "--effective",
                "2020-01-31",
                "--debit",
                "assets:bank:settlement",
                "TZS 7",
                "--credit",
                ALICE,
                "TZS 7");

        assertThat(shell.run("balance", ALICE, "--effective", "2020-02-01", "--json")
                        .out())
                .contains("\"total\":{\"currency\":\"TZS\",\"value\":\"7.00\"}");
        assertThat(shell.run("balance", ALICE, "TZS", "--recorded-by", "2020-02-01T00:00:00Z", "--json")
                        .out())
                .contains("\"total\":{\"currency\":\"TZS\",\"value\":\"0.00\"}");
    }

    @Test
    void a_statement_comes_as_table_json_and_csv() {
        fundedAlice();
        shell.run(
                "post",
                "--key",
                "old",
                "--effective",
                "2020-01-31",
                "--describe",
                "=cmd()",
                "--debit",
                "assets:bank:settlement",
                "TZS 7",
                "--credit",
                ALICE,
                "TZS 7");
        String[] january = {"statement", ALICE, "TZS", "--from", "2020-01-01", "--to", "2020-01-31"};

        assertThat(shell.run(january).out()).contains("opening balance", "=cmd()", "7.00", "closing balance");
        assertThat(shell.run(with(january, "--json")).shape())
                .isEqualTo("{\"ledger\":\"main\",\"account\":\"liabilities:wallets:alice\",\"currency\":\"TZS\","
                        + "\"from\":\"2020-01-01\",\"to\":\"2020-01-31\",\"recordedBy\":null,"
                        + "\"opening\":" + balance("0.00")
                        + ",\"lines\":[{\"entry\":\"<id>\",\"key\":\"old\",\"kind\":\"post\","
                        + "\"effectiveOn\":\"2020-01-31\",\"recordedAt\":\"<instant>\",\"description\":\"=cmd()\","
                        + "\"side\":\"credit\",\"part\":\"available\",\"amount\":{\"currency\":\"TZS\",\"value\":\"7.00\"},"
                        + "\"balance\":" + balance("7.00") + "}],\"closing\":" + balance("7.00") + "}\n");
        assertThat(shell.run(with(january, "--format", "csv")).out())
                .startsWith("effective_on,recorded_at,entry,key,kind,description,part,currency,debit,credit,")
                .contains(",old,post,'=cmd(),available,TZS,,7.00,7.00,0.00,7.00\r\n");
    }

    @Test
    void global_options_stand_before_or_after_the_command() {
        shell.run("--ledger", "second", "wallet", "open", "bob", "UGX");

        assertThat(shell.run("account", "list", "--ledger", "second", "--json").out())
                .contains("liabilities:wallets:bob");
        assertThat(shell.run("--json", "account", "list").out()).isEqualTo("[]\n");
    }

    private static String balance(String available) {
        String amount = "{\"currency\":\"TZS\",\"value\":\"" + available + "\"}";
        return "{\"available\":" + amount + ",\"held\":{\"currency\":\"TZS\",\"value\":\"0.00\"},\"total\":" + amount
                + "}";
    }

    private static String[] with(String[] words, String... more) {
        String[] all = Arrays.copyOf(words, words.length + more.length);
        System.arraycopy(more, 0, all, words.length, more.length);
        return all;
    }

    private void fundedAlice() {
        shell.run("wallet", "open", "alice", "TZS");
        shell.run("wallet", "fund", "alice", "TZS 25000", "--key", "k1");
    }
}
