package io.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.db.testing.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Batches, quotes and limits from the command line. No provider is called. */
class PayoutRequestsTest {

    private final TestDatabase database = TestDatabase.create();
    private Path directory = Path.of("");
    private Shell shell = new Shell(directory, Map.of());

    @BeforeEach
    void open(@TempDir Path temporary) throws Exception {
        directory = temporary;
        shell = new Shell(
                directory, Map.of(Database.URL_VARIABLE, database.jdbcUrl(), "SNIPPE_API_KEY", "snp_test_key"));
        configure("fees: [{currency: TZS, fixed: \"1500.00\"}]\n");
        shell.run("wallet", "open", "alice", "TZS");
        shell.run("wallet", "fund", "alice", "TZS 20000", "--key", "f1");
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void a_batch_is_taken_down_once_however_often_it_is_given() throws Exception {
        Path file = batch("a,alice,+255712345678,TZS 5000\nb,alice,+255712345679,TZS 5000\n");

        Shell.Run first = shell.run("payout", "batch", file.toString(), "--json");
        Shell.Run again = shell.run("payout", "batch", file.toString(), "--json");

        assertThat(first.exitCode()).isZero();
        assertThat(first.out())
                .startsWith("{\"rows\":[{\"line\":2,\"key\":\"a\",\"result\":\"requested\",\"payout\":\"")
                .endsWith("],\"requested\":2,\"refused\":0}\n");
        assertThat(first.err()).contains("[##############################] 2 of 2");
        assertThat(again.out()).isEqualTo(first.out());
        assertHeld("7000.00", "13000.00");
    }

    @Test
    void what_was_broken_off_goes_on_where_it_was() throws Exception {
        shell.run("payout", "batch", batch("a,alice,+255712345678,TZS 5000\n").toString());

        Shell.Run whole = shell.run(
                "payout",
                "batch",
                batch("a,alice,+255712345678,TZS 5000\nb,alice,+255712345679,TZS 5000\n")
                        .toString(),
                "--json");

        assertThat(whole.out()).endsWith("],\"requested\":2,\"refused\":0}\n");
        assertHeld("7000.00", "13000.00");
    }

    @Test
    void everything_wrong_is_told_before_anything_is_held() throws Exception {
        Path file = batch("""
                a,alice,+255712345678,TZS 5000
                b,,12,5000
                a,alice,+255712345678,TZS 1
                d,alice,+255712345678,TZS 1.50
                """);

        Shell.Run run = shell.run("payout", "batch", file.toString(), "--json");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out())
                .contains("{\"line\":3,\"key\":\"b\",\"result\":\"invalid\",\"message\":\"")
                .contains("there is no wallet")
                .contains("not E.164")
                .contains("key \\\"a\\\" is that of line 2 too")
                .contains("{\"line\":5,\"key\":\"d\",\"result\":\"refused\",\"refused\":\"AMOUNT_OUT_OF_RANGE\"")
                .endsWith("\"requested\":0,\"invalid\":3}\n");
        assertHeld("20000.00", "0.00");
    }

    @Test
    void what_the_wallet_cannot_afford_is_refused_alone_or_with_all_others() throws Exception {
        Path file = batch("a,alice,+255712345678,TZS 5000\nb,alice,+255712345679,TZS 50000\n");

        Shell.Run none = shell.run("payout", "batch", file.toString(), "--all-or-nothing", "--json");
        assertThat(none.exitCode()).isEqualTo(1);
        assertThat(none.out())
                .contains("{\"line\":2,\"key\":\"a\",\"result\":\"undone\"}")
                .contains("\"refused\":\"INSUFFICIENT_FUNDS\"")
                .endsWith("\"requested\":0,\"refused\":1}\n");
        assertHeld("20000.00", "0.00");

        Shell.Run some = shell.run("payout", "batch", file.toString());
        assertThat(some.exitCode()).isEqualTo(1);
        assertThat(some.out()).contains("INSUFFICIENT_FUNDS").contains("1 payout requested, 1 refused");
        assertHeld("13500.00", "6500.00");
    }

    @Test
    void what_wallets_lack_is_told_before_anything_is_held() throws Exception {
        Path file = batch("""
                a,alice,+255712345678,TZS 5000
                b,nobody,+255712345678,TZS 5000
                c,alice,+255712345679,TZS 50000
                d,alice,+255712345680,TZS 5000
                e,alice,+255712345681,TZS 7000
                """);

        Shell.Run none = shell.run("payout", "batch", file.toString(), "--all-or-nothing", "--json");

        assertThat(none.exitCode()).isEqualTo(1);
        assertThat(none.out())
                .contains("{\"line\":2,\"key\":\"a\",\"result\":\"undone\"}")
                .contains("{\"line\":3,\"key\":\"b\",\"result\":\"refused\",\"refused\":\"ACCOUNT_NOT_FOUND\"")
                .contains("{\"line\":4,\"key\":\"c\",\"result\":\"refused\",\"refused\":\"INSUFFICIENT_FUNDS\"")
                .contains("{\"line\":5,\"key\":\"d\",\"result\":\"undone\"}")
                .contains("{\"line\":6,\"key\":\"e\",\"result\":\"refused\",\"refused\":\"INSUFFICIENT_FUNDS\"")
                .endsWith("\"requested\":0,\"refused\":3}\n");
        assertThat(none.err()).doesNotContain("of 5");
        assertHeld("20000.00", "0.00");

        Shell.Run some = shell.run("payout", "batch", file.toString(), "--json");

        assertThat(some.exitCode()).isEqualTo(1);
        assertThat(some.err()).contains("From line 3 on: ", "From line 4 on: ").doesNotContain("From line 6");
        assertThat(some.out()).endsWith("\"requested\":2,\"refused\":3}\n");
        assertHeld("7000.00", "13000.00");
        assertThat(shell.run("payout", "batch", file.toString(), "--json").err())
                .contains("From line 4 on: Account liabilities:wallets:alice has TZS 7000.00 available");
    }

    @Test
    void what_limits_leave_is_told_of_each_row_before_anything_is_held() throws Exception {
        configure("""
                limits:
                  - {per: wallet, within: day, currency: TZS, amount: "15000"}
                  - {per: recipient, within: month, currency: TZS, count: 2}
                """);
        send("earlier", "5000");
        Path file = batch("""
                a,alice,+255712345678,TZS 5000
                b,alice,+255712345678,TZS 5000
                c,alice,+255712345679,TZS 6000
                d,alice,+255712345679,TZS 5000
                """);

        Shell.Run none = shell.run("payout", "batch", file.toString(), "--all-or-nothing", "--json");

        assertThat(none.exitCode()).isEqualTo(1);
        assertThat(none.out())
                .contains("{\"line\":2,\"key\":\"a\",\"result\":\"undone\"}")
                .contains(
                        "{\"line\":3,\"key\":\"b\",\"result\":\"refused\",\"refused\":\"PAYOUT_LIMIT\",\"subject\":\"RECIPIENT\"")
                .contains(
                        "{\"line\":4,\"key\":\"c\",\"result\":\"refused\",\"refused\":\"PAYOUT_LIMIT\",\"subject\":\"WALLET\"")
                .contains("{\"line\":5,\"key\":\"d\",\"result\":\"undone\"}")
                .endsWith("\"requested\":0,\"refused\":2}\n");
        assertThat(none.err()).doesNotContain("of 4");
        assertHeld("15000.00", "5000.00");

        Shell.Run some = shell.run("payout", "batch", file.toString(), "--json");

        assertThat(some.err())
                .contains("From line 3 on: The limit of a recipient", "From line 4 on: The limit of a wallet");
        assertThat(some.exitCode()).isEqualTo(1);
        assertThat(some.out()).endsWith("\"requested\":2,\"refused\":2}\n");
        assertHeld("5000.00", "15000.00");
    }

    @Test
    void the_first_row_that_is_refused_to_each_recipient_is_told() throws Exception {
        shell.run("wallet", "fund", "alice", "TZS 20000", "--key", "f2");
        Path file = batch("""
                a,alice,+255712345678,TZS 5000
                b,alice,+255712345679,TZS 5000
                c,alice,+255712345678,TZS 5000
                d,alice,+255712345679,TZS 5000
                e,alice,+255712345678,TZS 5000
                """);
        configure("limits: [{per: recipient, within: day, currency: TZS, count: 1}]\n");
        Shell.Run limited = shell.run("payout", "batch", file.toString(), "--json");
        configure("processing: {duplicates-within: 10m}\n");
        Shell.Run repeated = shell.run("payout", "batch", file.toString(), "--json");

        assertThat(limited.err())
                .as(limited.out())
                .contains("From line 4 on: ", "From line 5 on: ")
                .doesNotContain("From line 6");
        assertThat(limited.out()).contains("PAYOUT_LIMIT").endsWith("\"requested\":2,\"refused\":3}\n");
        assertThat(repeated.err())
                .as(repeated.out())
                .contains("From line 4 on: ", "From line 5 on: ")
                .doesNotContain("From line 6");
        assertThat(repeated.exitCode()).isEqualTo(1);
        assertThat(repeated.out()).contains("DUPLICATE_PAYOUT").endsWith("\"requested\":2,\"refused\":3}\n");
    }

    @Test
    void rows_that_a_rule_refuses_whatever_wallets_have_stop_the_file_with_exit_code_1() throws Exception {
        configure("limits: [{per: payout, currency: TZS, amount: \"9000\"}]\n");
        Path file = batch("a,alice,+255712345678,TZS 5000\nb,alice,+255712345679,TZS 9001\n");

        Shell.Run run = shell.run("payout", "batch", file.toString(), "--json");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out())
                .contains("{\"line\":2,\"key\":\"a\",\"result\":\"undone\"}")
                .contains("{\"line\":3,\"key\":\"b\",\"result\":\"refused\",\"refused\":\"PAYOUT_LIMIT\",")
                .endsWith("\"requested\":0,\"refused\":1}\n");
        assertThat(shell.run("payout", "batch", file.toString()).out())
                .contains("LINE  KEY  RESULT\n   3  b    PAYOUT_LIMIT\n    The limit of a payout: ")
                .endsWith("Nothing was requested, because 1 row is refused:"
                        + " correct or remove those, and give the file again\n");
        assertHeld("20000.00", "0.00");
    }

    @Test
    void rows_that_are_no_requests_stop_the_file_with_exit_code_2() throws Exception {
        Path file = batch("a,alice,+255712345678,TZS 5000\nb,alice,+255712345679,5000\n");

        Shell.Run run = shell.run("payout", "batch", file.toString());

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out())
                .contains("LINE  KEY  RESULT\n   3  b    invalid\n    \"5000\" is not a currency and an amount")
                .endsWith("1 row is wrong, so nothing was requested: correct the file and give it again\n");
        assertThat(shell.run("payout", "batch", file.toString(), "--json").out())
                .endsWith("],\"requested\":0,\"invalid\":1}\n");
        assertHeld("20000.00", "0.00");
    }

    @Test
    void a_batch_that_begins_with_a_byte_order_mark_is_requested() throws Exception {
        Path file = batch("a,alice,+255712345678,TZS 5000\n");
        Files.writeString(file, "\uFEFF" + Files.readString(file));

        assertThat(shell.run("payout", "batch", file.toString()).exitCode()).isZero();
        assertHeld("13500.00", "6500.00");
    }

    @Test
    void a_file_that_is_no_batch_is_refused() throws Exception {
        Path file = directory.resolve("odd.csv");
        Files.writeString(file, "key,wallet,colour\na,alice,red\n");

        assertThat(shell.run("payout", "batch", file.toString()).err())
                .contains(
                        " Missing: \"to\", \"amount\". Unknown: \"colour\". Possible: key, wallet, to, amount, name,");
        assertThat(shell.run("payout", "batch", "nothing.csv").err()).contains("There is no file");
    }

    @Test
    void a_quote_is_kept_and_good_for_one_payout() throws Exception {
        String[] quoting = {
            "payout", "quote", "--wallet", "alice", "--to", "+255712345678", "--amount", "TZS 5000", "--json"
        };
        Shell.Run quoted = shell.run(quoting);
        assertThat(quoted.out())
                .contains("\"amount\":" + tzs("5000.00") + ",\"fee\":" + tzs("1500.00") + ",\"total\":" + tzs("6500.00")
                        + ",\"provider\":\"snippe\",\"expiresAt\":\"");
        configure("fees: [{currency: TZS, fixed: \"9000.00\"}]\n");

        assertThat(send("p1", "5000", "--quote", quoted.field("id")).out()).contains("\"fee\":" + tzs("1500.00"));
        assertThat(send("p2", "5000", "--quote", quoted.field("id")).out()).startsWith("{\"refused\":\"QUOTE_USED\",");
        assertThat(send("p3", "5001", "--quote", quoted.field("id")).out())
                .startsWith("{\"refused\":\"QUOTE_DIFFERS\",");
    }

    @Test
    void limits_and_fees_of_the_file_count() throws Exception {
        configure("""
                fees:
                  - {currency: TZS, provider: snippe, tier-mode: graduated, rounding: up, decimals: 0,
                     tiers: [{up-to: "1000", fixed: "50"}, {percent: "1.5"}]}
                limits:
                  - {per: payout, currency: TZS, minimum: "6000", amount: "9000"}
                  - {per: wallet, within: day, currency: TZS, count: 2}
                  - {per: recipient, within: month, currency: TZS, amount: "14000"}
                """);

        assertThat(send("p1", "5999").out()).startsWith("{\"refused\":\"AMOUNT_OUT_OF_RANGE\"");
        assertThat(send("p2", "9001").out()).startsWith("{\"refused\":\"PAYOUT_LIMIT\",\"subject\":\"PAYOUT\"");
        assertThat(send("p3", "7001").out()).contains("\"fee\":" + tzs("141.00"));
        assertThat(send("p4", "7000").out()).contains("\"subject\":\"RECIPIENT\",\"span\":\"MONTH\"");
        assertThat(send("p5", "6500").out()).contains("\"fee\":" + tzs("133.00"));
        assertThat(send("p6", "6000").out()).contains("\"subject\":\"WALLET\",\"span\":\"DAY\"");
    }

    @Test
    void a_float_is_topped_up_in_currencies_that_the_provider_pays() {
        Shell.Run other = shell.run("float", "top-up", "snippe", "XAF 5", "--key", "t1");

        assertThat(other.exitCode()).isEqualTo(2);
        assertThat(other.err()).isEqualTo("snippe does not pay XAF; it pays TZS\n");
        assertThat(shell.run("account", "list", "--json").out()).doesNotContain("XAF");
    }

    @Test
    void a_float_is_topped_up_once_and_checked() {
        Shell.Run first = shell.run("float", "top-up", "snippe", "TZS 90000", "--key", "t1", "--json");
        shell.run("float", "top-up", "snippe", "TZS 90000", "--key", "t1");

        assertThat(first.exitCode()).isZero();
        assertThat(shell.run("balance", "assets:providers:snippe:float", "--json")
                        .out())
                .contains("\"total\":" + tzs("90000.00"));
        assertThat(shell.run("float", "check", "--json").out())
                .startsWith("[{\"provider\":\"snippe\",\"currency\":\"TZS\",\"books\":" + tzs("90000.00")
                        + ",\"there\":null,\"difference\":null,\"result\":\"unavailable: ");
        Shell.Run unknown = shell.run("float", "top-up", "nobody", "TZS 1", "--key", "t2");
        assertThat(unknown.exitCode()).isEqualTo(2);
        assertThat(unknown.err()).isEqualTo("Provider \"nobody\" is not configured; configured are snippe\n");
    }

    @Test
    void a_statement_is_compared_and_what_nobody_knows_is_put_in_suspense_once() throws Exception {
        Path file = directory.resolve("statement.csv");
        Files.writeString(file, "reference,amount,fee,status\nx1,TZS 700,TZS 30,completed\nx2,TZS 1,,failed\n");

        Shell.Run first = shell.run("reconcile", "snippe", "--statement", file.toString(), "--json");
        Shell.Run again = shell.run("reconcile", "snippe", "--statement", file.toString(), "--json");

        assertThat(first.exitCode()).isZero();
        assertThat(first.out())
                .startsWith("{\"provider\":\"snippe\",\"clean\":false,")
                .contains("\"MISSING_HERE\":2");
        assertThat(again.out()).isEqualTo(first.out());
        assertThat(shell.run("balance", "liabilities:suspense:snippe", "--json").out())
                .contains("\"total\":" + tzs("-730.00"));
        assertThat(shell.run("reconcile", "snippe", "--statement", file.toString())
                        .out())
                .contains(
                        "MISSING_HERE",
                        "x1",
                        "TZS 700.00 and a fee of TZS 30.00",
                        "stands in suspense",
                        "0 of 2 match");
        assertThat(shell.run("payout", "items", "--json").out())
                .contains("\"payout\":null,\"key\":null,\"kind\":\"UNEXPLAINED\"")
                .contains("\"total\":1,");
        assertThat(shell.run("payout", "items").out())
                .contains("UNEXPLAINED", "snippe paid x1, TZS 700.00 and a fee of TZS 30.00");
        assertThat(shell.run("reconcile", "snippe").exitCode()).isEqualTo(4);
        assertThat(shell.run("verify").exitCode()).isZero();
    }

    private Shell.Run send(String key, String amount, String... more) {
        String[] words = {
            "payout",
            "send",
            "--key",
            key,
            "--wallet",
            "alice",
            "--to",
            "+255712345678",
            "--amount",
            "TZS " + amount,
            "--json"
        };
        String[] all = java.util.Arrays.copyOf(words, words.length + more.length);
        System.arraycopy(more, 0, all, words.length, more.length);
        return shell.run(all);
    }

    private Path batch(String rows) throws Exception {
        Path file = directory.resolve("batch.csv");
        Files.writeString(file, "key,wallet,to,amount\n" + rows);
        return file;
    }

    private void assertHeld(String available, String held) {
        assertThat(shell.run("balance", "liabilities:wallets:alice", "--json").out())
                .contains("\"available\":" + tzs(available) + ",\"held\":" + tzs(held));
    }

    private void configure(String rest) throws Exception {
        Files.writeString(
                directory.resolve("holdfast.yaml"),
                "providers:\n  snippe: {base-url: \"http://127.0.0.1:9\", api-key: \"${SNIPPE_API_KEY}\"}\n"
                        + "routes: [{currency: TZS, channel: mobile_money, providers: [snippe]}]\n" + rest);
    }

    private static String tzs(String value) {
        return "{\"currency\":\"TZS\",\"value\":\"" + value + "\"}";
    }
}
