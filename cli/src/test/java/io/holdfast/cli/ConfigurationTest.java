package io.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.payout.FeeTolerance;
import io.holdfast.payout.Processing;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code holdfast.yaml}: what is wrong in it is told with file, line and column. */
class ConfigurationTest {

    private static final String SNIPPE =
            "providers:\n  snippe: {base-url: \"http://127.0.0.1:1\", api-key: \"${KEY}\"}\n";

    @Test
    void a_whole_file_is_read() {
        Configuration configuration = Configuration.read("f", SNIPPE + """
                        routes:
                          - {currency: TZS, channel: mobile_money, operator: airtel, min: "1000", max: "5000", providers: [snippe]}
                          - {currency: TZS, channel: mobile_money, providers: [snippe]}
                        fees:
                          - {currency: TZS, channel: mobile_money, fixed: "1500.00"}
                          - {currency: UGX, percent: "1.0", min: "500", max: "10000"}
                        approvals:
                          - {currency: UGX, above: "1000000", checkers: 1}
                        processing: {request-timeout: 10s, lease: 60s, poll: [200ms, 15s, 1m, 1h, 1d], review-after: 3d,
                                     poll-after-success: [1d, 3d], circuit-breaker: on, fee-tolerance: "0.5"}
                        """);

        assertThat(configuration.adapters(Map.of("KEY", "snp_x")))
                .singleElement()
                .satisfies(provider -> assertThat(provider.name()).isEqualTo("snippe"))
                .satisfies(provider -> assertThat(provider.exchangeTimeout()).isEqualTo(Duration.ofSeconds(10)));
        assertThat(configuration.routes()).hasSize(2);
        assertThat(configuration.fees()).hasSize(2);
        assertThat(configuration.approvals()).hasSize(1);
        assertThat(configuration.processing().feeTolerance()).isEqualTo(new FeeTolerance(new BigDecimal("0.5")));
        assertThat(configuration.waits())
                .isEqualTo(Processing.DEFAULTS
                        .polls(List.of(
                                Duration.ofMillis(200),
                                Duration.ofSeconds(15),
                                Duration.ofMinutes(1),
                                Duration.ofHours(1),
                                Duration.ofDays(1)))
                        .pollsAfterEnd(List.of(Duration.ofDays(1), Duration.ofDays(3))));
    }

    @Test
    void an_empty_file_says_nothing() {
        assertThat(Configuration.read("f", "# nothing yet\n")).isEqualTo(Configuration.EMPTY);
    }

    @Test
    void what_is_wrong_is_told_with_its_place() {
        wrong("colour: red\n", "f, line 1, column 1: unknown key \"colour\"; possible here: ");
        wrong("providers: {snippe: {base-url: x, api-key: y, secret: z}}", "line 1, column 47: unknown key \"secret\"");
        wrong("providers: {snippe: {base-url: x}}", "line 1, column 21: key \"api-key\" is missing");
        wrong("providers: {bank: {}}", "line 1, column 13: there is no provider \"bank\"");
        wrong("providers: [snippe]", "line 1, column 12: this is a list, not keys with values");
        wrong("providers: {a: 1\n", "not well-formed YAML");
        wrong("a: 1\na: 2\n", "line 2, column 1: key \"a\" stands here a second time");
        wrong(
                "routes:\n  - {currency: TZS, channel: carrier, providers: []}",
                "line 2, column 30: \"carrier\" is no channel");
        wrong("routes: [{currency: TZS, channel: bank, providers: [x]}]", "column 53: provider \"x\" is not one of");
        wrong(
                "routes:\n  - {currency: TZS, channel: bank, providers: [], minimum: 5}",
                "line 2, column 51: unknown key \"minimum\"; possible here: channel, currency, max, min, operator, providers");
        wrong("fees: [{currency: TZS}]", "column 8: a fee has a key \"fixed\", \"percent\", \"tiers\" or several");
        wrong("fees: [{currency: TZS, percent: much}]", "column 33: \"much\" is not a percentage");
        wrong("processing: {lease: 5}", "column 21: \"5\" is not a duration such as 200ms");
        wrong("processing: {lease: 0s}", "column 13: A lease of PT0S: a span of time is above zero");
        wrong(
                "processing: {approve-within: 999999999d}",
                "column 30: A time to approve of PT23999999976H: a span of time is above zero and at most 3650 days");
        wrong(
                "processing: {duplicates-within: 999999999d}",
                "column 33: A time in which there are no duplicates of PT23999999976H: ");
        wrong("processing: {fee-tolerance: some}", "column 29: \"some\" is not a percentage");
        wrong("processing: {circuit-breaker: maybe}", "\"maybe\" is neither on nor off");
        wrong("approvals: [{currency: TZS, above: 5, checkers: 3}]", "checkers are 0, 1 or 2");
        wrong("providers: !!java.io.File {a: b}", "line 1, column 12");
        wrong("a: &a [*a]\n", "unknown key \"a\"");
        wrong("[".repeat(100) + "]".repeat(100), "not well-formed YAML");
    }

    @Test
    void a_secret_that_is_not_there_is_named_and_one_that_is_bad_is_not_shown() {
        Configuration configuration = Configuration.read("f", SNIPPE);

        assertThatThrownBy(() -> configuration.adapters(Map.of()))
                .hasMessage("f, line 2, column 53: the environment variable KEY is not set");
        assertThatThrownBy(() -> configuration.adapters(Map.of("KEY", "hun ter2")))
                .hasMessageContaining("line 2, column 11: Snippe's API key")
                .hasMessageNotContaining("hun");
    }

    @Test
    void a_broken_file_stops_every_command_before_anything_is_started(@TempDir Path directory) throws Exception {
        Files.writeString(directory.resolve("holdfast.yaml"), "provders: {}\n");
        Shell shell = new Shell(directory, Map.of());

        Shell.Run run = shell.run("wallet", "open", "alice", "TZS", "--json");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .isEqualTo("holdfast.yaml, line 1, column 1: unknown key \"provders\"; possible here:"
                        + " approvals, fees, limits, processing, providers, routes\n");
        assertThat(run.out()).startsWith("{\"error\":\"CONFIGURATION\",");
        assertThat(directory.resolve(".holdfast")).doesNotExist();
        assertThat(shell.run("account", "list", "--config", "other.yaml").err())
                .isEqualTo("There is no configuration file other.yaml\n");
        Files.write(directory.resolve("latin1.yaml"), "a: ü".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(shell.run("account", "list", "--config", "latin1.yaml").err())
                .isEqualTo("latin1.yaml is not UTF-8\n");
    }

    private static void wrong(String text, String message) {
        assertThatThrownBy(() -> Configuration.read("f", text))
                .isInstanceOf(CommandFailure.class)
                .hasMessageStartingWith("f")
                .hasMessageContaining(message);
    }
}
