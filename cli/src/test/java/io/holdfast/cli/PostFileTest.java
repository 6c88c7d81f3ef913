package io.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.db.testing.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code post --file}: one result line for each command, in order, whatever else is in the file. */
class PostFileTest {

    private static final String ALICE = "liabilities:wallets:alice";
    private static final String BANK = "assets:bank:settlement";

    private final TestDatabase database = TestDatabase.create();
    private Shell shell;

    @BeforeEach
    void open(@TempDir Path directory) {
        shell = Shell.on(directory, database.jdbcUrl());
        shell.run("wallet", "open", "alice", "UGX");
        shell.run("account", "open", BANK, "UGX");
        shell.run("account", "open", "revenue:payout-fees", "UGX");
        shell.run("account", "open", "assets:providers:rohopay:float", "UGX");
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void every_operation_has_its_result_line() {
        String file = String.join(
                "\n",
                "{\"op\":\"post\",\"key\":\"k1\",\"effectiveOn\":\"2026-01-31\",\"description\":\"Top-up\",\"postings\":["
                        + posting(BANK, "debit", "25000") + "," + posting(ALICE, "credit", "25000")
                        + "],\"metadata\":{\"order\":\"42\"}}",
                "{\"op\":\"hold\",\"key\":\"k2\",\"account\":\"" + ALICE + "\",\"amount\":" + amount("6500")
                        + ",\"expiresAt\":\"2999-02-01T00:00:00Z\"}",
                "{\"op\":\"commit\",\"key\":\"k3\",\"holdKey\":\"k2\",\"final\":true,\"postings\":["
                        + posting("assets:providers:rohopay:float", "credit", "5000") + ","
                        + posting("revenue:payout-fees", "credit", "1000") + "]}",
                "{\"op\":\"release\",\"key\":\"k4\",\"holdKey\":\"k2\"}",
                "{\"op\":\"reverse\",\"key\":\"k5\",\"entryKey\":\"k1\",\"amount\":" + amount("1") + "}",
                "",
                "{\"op\":\"group\",\"commands\":[" + fund("k6", "10")
                        + ",{\"op\":\"hold\",\"key\":\"k7\",\"account\":\"" + ALICE + "\",\"amount\":" + amount("10")
                        + "}]}",
                "{\"op\":\"group\",\"commands\":[" + fund("k8", "10")
                        + ",{\"op\":\"hold\",\"key\":\"k9\",\"account\":\"" + ALICE + "\",\"amount\":"
                        + amount("99999999") + "}]}");

        Shell.Run run = shell.pipe(file, "post", "--file", "-");
        List<String> lines = run.shape().lines().toList();

        assertThat(lines.get(0))
                .isEqualTo(
                        "{\"line\":1,\"key\":\"k1\",\"result\":\"recorded\",\"entry\":\"<id>\",\"hash\":\"<hash>\"}");
        assertThat(lines.get(1))
                .isEqualTo("{\"line\":2,\"key\":\"k2\",\"result\":\"recorded\",\"entry\":\"<id>\",\"hash\":\"<hash>\","
                        + "\"hold\":\"<id>\"}");
        assertThat(lines.get(2)).startsWith("{\"line\":3,\"key\":\"k3\",\"result\":\"recorded\"");
        assertThat(lines.get(3))
                .isEqualTo("{\"line\":4,\"key\":\"k4\",\"result\":\"refused\",\"refusal\":\"HOLD_NOT_ACTIVE\","
                        + "\"holdKey\":\"k2\",\"state\":\"COMMITTED\",\"message\":\"Hold k2 is COMMITTED already\"}");
        assertThat(lines.get(4)).startsWith("{\"line\":5,\"key\":\"k5\",\"result\":\"recorded\"");
        assertThat(lines.get(5))
                .isEqualTo(
                        "{\"line\":7,\"result\":\"recorded\",\"results\":["
                                + "{\"key\":\"k6\",\"result\":\"recorded\",\"entry\":\"<id>\",\"hash\":\"<hash>\"},"
                                + "{\"key\":\"k7\",\"result\":\"recorded\",\"entry\":\"<id>\",\"hash\":\"<hash>\",\"hold\":\"<id>\"}]}");
        assertThat(lines.get(6))
                .startsWith("{\"line\":8,\"result\":\"refused\",\"command\":1,\"refusal\":\"INSUFFICIENT_FUNDS\",");
        assertThat(lines).hasSize(7);
        assertThat(run.exitCode()).isEqualTo(1);
    }

    @Test
    void the_same_file_again_is_all_replays_with_the_same_fields() {
        String file = fund("k1", "100") + "\n" + "{\"op\":\"group\",\"commands\":[" + fund("k2", "5") + "]}\n";

        Shell.Run first = shell.pipe(file, "post", "--file", "-");
        Shell.Run second = shell.pipe(file, "post", "--file", "-");

        assertThat(first.exitCode() + second.exitCode()).isZero();
        assertThat(second.out()).isEqualTo(first.out().replace("\"recorded\"", "\"replayed\""));
    }

    @Test
    void op_left_out_is_the_same_command_and_final_left_out_is_another() {
        String written = fund("k1", "100").replace("{\"op\":\"post\",", "{");
        shell.pipe(fund("k1", "100"), "post", "--file", "-");
        assertThat(shell.pipe(written, "post", "--file", "-").out()).contains("\"replayed\"");

        String commit = "{\"op\":\"commit\",\"key\":\"c\",\"holdKey\":\"h\",\"postings\":["
                + posting("revenue:payout-fees", "credit", "10") + "]}";
        shell.pipe(
                "{\"op\":\"hold\",\"key\":\"h\",\"account\":\"" + ALICE + "\",\"amount\":" + amount("10") + "}",
                "post",
                "--file",
                "-");
        shell.pipe(commit, "post", "--file", "-");
        assertThat(shell.pipe(commit.replace("\"op\"", "\"final\":true,\"op\""), "post", "--file", "-")
                        .out())
                .contains("\"refusal\":\"KEY_CONFLICT\"");
    }

    @Test
    void malformed_lines_are_invalid_and_the_others_go_on() throws Exception {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        List<String> bad = malformed();
        for (String line : bad) {
            file.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        }
        file.write(new byte[] {'{', '"', (byte) 0xff, (byte) 0xfe, '"', '}', '\n'});
        file.write("x".repeat(LineReader.LINE_BYTES_MAX + 1).getBytes(StandardCharsets.UTF_8));
        file.write(("\n" + fund("good", "10")).getBytes(StandardCharsets.UTF_8));

        Shell.Run run = shell.pipe(file.toByteArray(), "post", "--file", "-");
        List<String> lines = run.out().lines().toList();

        assertThat(lines).hasSize(bad.size() + 3);
        assertThat(lines.subList(0, bad.size() + 2))
                .allMatch(line -> line.contains("\"result\":\"invalid\",\"message\":\""))
                .allMatch(line -> line.length() < 500);
        assertThat(lines.get(bad.size() + 2)).contains("\"key\":\"good\",\"result\":\"recorded\"");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(shell.run("balance", ALICE, "--json").out()).contains("\"total\":" + amount("10"));
    }

    @Test
    void a_result_does_not_depend_on_how_lines_are_batched() {
        StringBuilder file = new StringBuilder(fund("fund", "100") + "\n");
        IntStream.range(0, 1_200)
                .forEach(i -> file.append("{\"op\":\"hold\",\"key\":\"h")
                        .append(i)
                        .append("\",\"account\":\"" + ALICE + "\",\"amount\":" + amount("1") + "}\n"));

        List<String> lines =
                shell.pipe(file.toString(), "post", "--file", "-").out().lines().toList();

        assertThat(lines).hasSize(1_201);
        assertThat(lines.stream().filter(line -> line.contains("\"result\":\"recorded\"")))
                .hasSize(101);
        assertThat(lines.subList(0, 101)).allMatch(line -> line.contains("\"result\":\"recorded\""));
    }

    @Test
    void a_file_is_read_from_the_current_directory(@TempDir Path directory) throws Exception {
        Files.writeString(directory.resolve("entries.jsonl"), "\uFEFF" + fund("k1", "100") + "\r\n");

        Shell.Run run = Shell.on(directory, database.jdbcUrl()).run("post", "--file", "entries.jsonl");
        Shell.Run missing = Shell.on(directory, database.jdbcUrl()).run("post", "--file", "other.jsonl");

        assertThat(run.exitCode()).isZero();
        assertThat(missing.exitCode()).isEqualTo(2);
        assertThat(missing.err()).isEqualTo("There is no file other.jsonl\n");
    }

    private static List<String> malformed() {
        return List.of(
                "{\"op\":\"post\"",
                "[]",
                "nonsense",
                fund("k", "10") + "x",
                fund("k", "10").replace("\"key\":\"k\"", "\"key\":\"k\",\"key\":\"l\""),
                fund("k", "10").replace("\"key\":\"k\"", "\"key\":\"k\",\"colour\":\"red\""),
                fund("k", "10").replace("\"key\":\"k\",", ""),
                fund("k", "10").replace("\"key\":\"k\"", "\"key\":\"\""),
                fund("k", "10").replace("\"10\"", "10"),
                fund("k", "10").replace("\"10\"", "1e400000000"),
                fund("k", "10").replace("\"10\"", "9".repeat(5000)),
                fund("k", "10.5"),
                fund("k", "0"),
                fund("k", "-10"),
                fund("k", "1e3"),
                fund("k", "9".repeat(39)),
                fund("k", "10").replace("UGX", "XYZ"),
                fund("k", "10").replaceFirst("\"10\"", "\"11\""),
                fund("k", "10").replace(ALICE, "liabilities:wallets:a b"),
                fund("k", "10").replace("debit", "left"),
                fund("k", "10").replace("\"op\":\"post\"", "\"op\":\"pay\""),
                fund("k", "10").replace("\"key\":\"k\"", "\"key\":\"k\",\"description\":\"\\u0000\""),
                fund("k", "10").replace("\"key\":\"k\"", "\"key\":\"k\",\"description\":\"\\ud800\""),
                fund("k", "10")
                        .replace("\"key\":\"k\"", "\"key\":\"k\",\"description\":\"" + "x".repeat(10_000_000) + "\""),
                fund("k", "10").replace("\"key\":\"k\"", "\"key\":\"k\",\"effectiveOn\":\"2026-02-30\""),
                fund("k", "10").replace("\"key\":\"k\"", "\"key\":\"k\",\"metadata\":{\"a\":1}"),
                fund("k", "10").replace("\"key\":\"k\"", "\"key\":\"k\",\"metadata\":" + "{\"a\":".repeat(100_000)),
                "{\"op\":\"group\",\"commands\":[]}",
                "{\"op\":\"group\",\"commands\":[{\"op\":\"group\",\"commands\":[]}]}",
                "{\"op\":\"hold\",\"key\":\"k\",\"account\":\"" + ALICE + "\",\"amount\":" + amount("1")
                        + ",\"expiresAt\":\"tomorrow\"}",
                "{\"op\":\"commit\",\"key\":\"k\",\"holdKey\":\"good\",\"postings\":[]}");
    }

    private static String fund(String key, String value) {
        return "{\"op\":\"post\",\"key\":\"" + key + "\",\"postings\":[" + posting(BANK, "debit", value) + ","
                + posting(ALICE, "credit", value) + "]}";
    }

    private static String posting(String account, String side, String value) {
        return "{\"account\":\"" + account + "\",\"side\":\"" + side + "\",\"amount\":" + amount(value) + "}";
    }

    private static String amount(String value) {
        return "{\"currency\":\"UGX\",\"value\":\"" + value + "\"}";
    }
}
