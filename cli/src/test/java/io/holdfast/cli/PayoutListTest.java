package io.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.db.testing.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which payouts the command lists. No provider is called. */
class PayoutListTest {

    private static final Pattern KEY = Pattern.compile("\"key\":\"([^\"]*)\"");

    private final TestDatabase database = TestDatabase.create();
    private Shell shell = new Shell(Path.of(""), Map.of());

    @BeforeEach
    void open(@TempDir Path directory) throws Exception {
        Files.writeString(directory.resolve("holdfast.yaml"), """
                providers:
                  snippe: {base-url: "http://127.0.0.1:9", api-key: snp_test_key}
                  rohopay: {base-url: "http://127.0.0.1:9", api-key: live_1, wire-scale: {UGX: 0, TZS: 0}}
                """);
        shell = Shell.on(directory, database.jdbcUrl());
        shell.requestPayout("p1", "snippe", "TZS", "+255712345678");
        shell.requestPayout("p2", "rohopay", "UGX", "+256712345678");
        shell.run("wallet", "open", "bob", "TZS");
        shell.run("wallet", "fund", "bob", "TZS 9000", "--key", "bob");
        shell.run(
                "payout",
                "send",
                "--key",
                "p3",
                "--wallet",
                "bob",
                "--to",
                "+255712345679",
                "--amount",
                "TZS 5000",
                "--provider",
                "snippe");
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void payouts_of_an_owner_are_listed_in_all_of_its_currencies() {
        assertThat(listed("--wallet", "alice")).containsExactly("p1", "p2");
        assertThat(listed("--wallet", "liabilities:wallets:alice")).containsExactly("p1", "p2");
        assertThat(listed("--wallet", "alice", "--newest-first", "--limit", "1"))
                .containsExactly("p2");
        assertThat(listed("--wallet", "alice", "--status", "pending")).containsExactly("p1", "p2");
    }

    @Test
    void a_currency_is_a_filter_of_its_own_and_combines_with_the_others() {
        assertThat(listed("--currency", "TZS")).containsExactly("p1", "p3");
        assertThat(listed("--currency", "UGX")).containsExactly("p2");
        assertThat(listed("--currency", "KES")).isEmpty();
        assertThat(listed("--currency", "TZS", "--status", "pending")).containsExactly("p1", "p3");
        assertThat(listed("--currency", "TZS", "--status", "failed")).isEmpty();
        assertThat(listed("--currency", "TZS", "--wallet", "alice")).containsExactly("p1");
        assertThat(listed("--currency", "KES", "--wallet", "alice")).isEmpty();
    }

    @Test
    void a_wallet_or_currency_that_nobody_knows_is_no_empty_list() {
        assertThat(shell.run("payout", "list", "--wallet", "carol").exitCode()).isEqualTo(1);
        assertThat(shell.run("payout", "list", "--wallet", "carol", "--currency", "TZS")
                        .err())
                .startsWith("ACCOUNT_NOT_FOUND: There is no account liabilities:wallets:carol");
        assertThat(shell.run("payout", "list", "--currency", "XYZ").exitCode()).isEqualTo(2);
    }

    @Test
    void usual_payouts_are_listed_in_100_columns_whatever_keys_and_owners_others_have() {
        String key = "salary-2026-06-" + "x".repeat(180) + "-0042";
        String owner = "customer-" + "0".repeat(60) + "7";
        shell.run("wallet", "open", owner, "TZS");
        shell.run("wallet", "fund", owner, "TZS 9000", "--key", "f2");
        Shell.Run sent = shell.run(
                "payout",
                "send",
                "--key",
                key,
                "--wallet",
                owner,
                "--to",
                "+255712345679",
                "--amount",
                "TZS 5000",
                "--provider",
                "snippe",
                "--json");

        String table = shell.run("payout", "list").out();

        assertThat(table)
                .contains("\nsalary-202…xxxx-0042  PENDING  ", "\n    " + sent.field("id") + "\n")
                .contains("  customer-0…000000007  ");
        assertThat(table.lines()).allMatch(line -> line.length() <= 120);
        assertThat(shell.run("payout", "list", "--wallet", "alice").out().lines())
                .allMatch(line -> line.length() <= 100);
    }

    private List<String> listed(String... filters) {
        Shell.Run run = shell.run(Stream.concat(Stream.of("payout", "list", "--json"), Stream.of(filters))
                .toArray(String[]::new));
        assertThat(run.exitCode()).as(run.err()).isZero();
        return KEY.matcher(run.out()).results().map(found -> found.group(1)).toList();
    }
}
