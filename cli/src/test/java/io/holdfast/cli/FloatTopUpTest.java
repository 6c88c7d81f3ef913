package io.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.db.testing.TestDatabase;
import io.holdfast.sandbox.simulator.Simulator;
import io.holdfast.sandbox.simulator.SimulatorSettings;
import io.holdfast.sandbox.snippe.SnippeSettings;
import io.holdfast.sandbox.snippe.SnippeSimulator;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Payouts that wait for float, over HTTP to the simulated provider, which has nothing of ours at first. */
class FloatTopUpTest {

    private final TestDatabase database = TestDatabase.create();
    private final Simulator simulator = SnippeSimulator.start(
            SimulatorSettings.with(Clock.systemUTC()).settlingAfter(Duration.ZERO),
            SnippeSettings.account().openingBalance(0));
    private Shell shell = new Shell(Path.of(""), Map.of());

    @TempDir
    private Path directory;

    @BeforeEach
    void open() throws Exception {
        Files.writeString(
                directory.resolve("holdfast.yaml"),
                "providers:\n  snippe: {base-url: \"" + simulator.baseUrl() + "\", api-key: \"${SNIPPE_API_KEY}\"}\n"
                        + "processing: {poll: [1h]}\nroutes: [{currency: TZS, channel: mobile_money, providers: [snippe]}]\n");
        shell = new Shell(
                directory, Map.of(Database.URL_VARIABLE, database.jdbcUrl(), "SNIPPE_API_KEY", "snp_test_key"));
        shell.run("wallet", "open", "alice", "TZS");
        shell.run("wallet", "fund", "alice", "TZS 20000", "--key", "f1");
    }

    @AfterEach
    void close() {
        simulator.close();
        database.close();
    }

    @Test
    void what_waits_for_float_is_sent_by_the_next_run_after_a_top_up() {
        shell.run(
                "payout", "send", "--wallet", "alice", "--to", "+255712345678", "--amount", "TZS 5000", "--key", "p1");
        shell.run("payout", "run");
        shell.run("payout", "run");
        assertThat(status()).isEqualTo("PENDING");
        simulator.topUp(SnippeSimulator.ACCOUNT, BigDecimal.valueOf(90_000));

        Shell.Run booked = shell.run("float", "top-up", "snippe", "TZS 90000", "--key", "t1");
        shell.run("payout", "run");

        assertThat(booked.out())
                .startsWith(
                        "Topped up the float at snippe with TZS 90000.00; the next `holdfast payout run` tries 1 that"
                                + " waited for it\n");
        assertThat(status()).isIn("PROCESSING", "SUCCEEDED");
        assertThat(shell.run("float", "top-up", "snippe", "TZS 90000", "--key", "t1")
                        .out())
                .startsWith("Topped up the float at snippe with TZS 90000.00 (done before, under the same key)\n");
    }

    @Test
    void what_was_sent_is_booked_without_the_secrets_of_its_provider() {
        Shell clerk = new Shell(directory, Map.of(Database.URL_VARIABLE, database.jdbcUrl()));

        Shell.Run booked = clerk.run("float", "top-up", "snippe", "TZS 90000", "--key", "t1");
        Shell.Run other = clerk.run("float", "top-up", "snippe", "XAF 5", "--key", "t2");

        assertThat(booked.err()).isEmpty();
        assertThat(booked.out()).startsWith("Topped up the float at snippe with TZS 90000.00\n");
        assertThat(other.err()).isEqualTo("snippe does not pay XAF; it pays TZS\n");
    }

    private String status() {
        return shell.run("payout", "show", "p1", "--json").field("status");
    }
}
