package io.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.db.testing.TestDatabase;
import io.holdfast.sandbox.rohopay.RohoPaySettings;
import io.holdfast.sandbox.rohopay.RohoPaySimulator;
import io.holdfast.sandbox.simulator.Simulator;
import io.holdfast.sandbox.simulator.SimulatorSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** RohoPay, which pays nobody with a test key, configured with one. */
class TestKeyTest {

    private static final RohoPaySettings ACCOUNT = RohoPaySettings.account();
    private static final String GRACE = "+256772345678";

    private final TestDatabase database = TestDatabase.create();
    private final Simulator simulator = RohoPaySimulator.start(SimulatorSettings.with(Clock.systemUTC()), ACCOUNT);
    private Path directory = Path.of("");
    private Shell shell = new Shell(directory, Map.of());

    @BeforeEach
    void open(@TempDir Path temporary) throws Exception {
        directory = temporary;
        shell = Shell.on(directory, database.jdbcUrl());
        Files.writeString(
                directory.resolve("holdfast.yaml"),
                "providers:\n  rohopay: {base-url: \"" + simulator.baseUrl() + "\", api-key: " + ACCOUNT.testKey()
                        + ", wire-scale: {UGX: 0}}\n"
                        + "routes: [{currency: UGX, channel: mobile_money, providers: [rohopay]}]\n");
        shell.run("wallet", "open", "alice", "UGX");
        shell.run("wallet", "fund", "alice", "UGX 20000", "--key", "f1");
    }

    @AfterEach
    void close() {
        simulator.close();
        database.close();
    }

    @Test
    void a_payout_is_refused_before_anything_is_held_or_anybody_called() throws Exception {
        Files.writeString(directory.resolve("batch.csv"), "key,wallet,to,amount\np1,alice," + GRACE + ",UGX 5000\n");

        Shell.Run sent = payout("send", "--key", "p1");
        Shell.Run quoted = payout("quote");
        Shell.Run batch = shell.run("payout", "batch", "batch.csv", "--json");
        shell.run("payout", "run", "--until-idle", "--max-seconds", "60");

        for (Shell.Run refused : new Shell.Run[] {sent, quoted, batch}) {
            assertThat(refused.exitCode()).as(refused.out()).isEqualTo(1);
            assertThat(refused.out())
                    .contains(
                            "\"refused\":\"TEST_MODE\"",
                            "rohopay: RohoPay pays nobody with a test key (DISBURSE_TEST_BLOCKED): use the project's live"
                                    + " key");
            assertThat(refused.out() + refused.err()).doesNotContain(ACCOUNT.testKey());
        }
        assertThat(simulator.requests()).isEmpty();
        assertThat(shell.run("payout", "show", "p1").exitCode()).isEqualTo(1);
        assertThat(shell.run("balance", "liabilities:wallets:alice", "--json").out())
                .contains("\"available\":{\"currency\":\"UGX\",\"value\":\"20000\"}");
    }

    private Shell.Run payout(String command, String... more) {
        return shell.run(Stream.concat(
                        Stream.of("payout", command, "--wallet", "alice", "--to", GRACE, "--amount", "UGX 5000"),
                        Stream.concat(Stream.of("--json"), Stream.of(more)))
                .toArray(String[]::new));
    }
}
