package io.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.db.testing.TestDatabase;
import io.holdfast.sandbox.rohopay.RohoPaySettings;
import io.holdfast.sandbox.rohopay.RohoPaySimulator;
import io.holdfast.sandbox.simulator.Simulator;
import io.holdfast.sandbox.simulator.SimulatorSettings;
import io.holdfast.sandbox.snippe.SnippeSettings;
import io.holdfast.sandbox.snippe.SnippeSimulator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Payouts beside a provider's own list, against RohoPay played, which lists all its currencies together. */
class ReconcileCommandTest {

    private static final RohoPaySettings ACCOUNT = RohoPaySettings.account();

    private final TestDatabase database = TestDatabase.create();
    private final Simulator simulator = RohoPaySimulator.start(
            SimulatorSettings.with(Clock.systemUTC())
                    .settlingAfter(Duration.ZERO)
                    .tickingEvery(Duration.ofMillis(50)),
            ACCOUNT);
    private Path directory = Path.of("");
    private Shell shell = new Shell(directory, Map.of());

    @BeforeEach
    void open(@TempDir Path temporary) throws Exception {
        directory = temporary;
        shell = Shell.on(directory, database.jdbcUrl());
        configure(ACCOUNT.liveKey());
    }

    @AfterEach
    void close() {
        simulator.close();
        database.close();
    }

    @Test
    void a_provider_s_own_list_is_compared_once_whatever_currencies_it_has() {
        shell.requestPayout("u1", "rohopay", "UGX", "+256772000001");
        shell.requestPayout("r1", "rohopay", "RWF", "+250788000001");
        shell.run("payout", "run", "--until-idle", "--max-seconds", "60");

        Shell.Run run = shell.run("reconcile", "rohopay", "--json");

        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
        assertThat(run.out())
                .startsWith("{\"provider\":\"rohopay\",\"clean\":true,")
                .contains("\"MATCHED\":2,");
        assertThat(run.out().split("\"reference\":", -1)).hasSize(3);
        assertThat(shell.run("reconcile", "rohopay").out()).contains("Nothing differs.", "2 of 2 match");
        assertThat(shell.run("verify").exitCode()).isZero();
    }

    @Test
    void what_was_sent_outside_the_span_is_not_compared() {
        shell.requestPayout("u1", "rohopay", "UGX", "+256772000001");
        shell.run("payout", "run", "--until-idle", "--max-seconds", "60");
        Instant now = Instant.now();

        assertThat(spanned(now.minusSeconds(3_600), now.plusSeconds(3_600)).out())
                .contains("\"MATCHED\":1,");
        assertThat(spanned(now.minusSeconds(7_200), now.minusSeconds(3_600)).out())
                .endsWith("\"lines\":[]}\n");
        assertThat(spanned(now.plusSeconds(3_600), now.plusSeconds(7_200)).out())
                .endsWith("\"lines\":[]}\n");
        assertThat(spanned(now, now.minusSeconds(1)).exitCode()).isEqualTo(2);
    }

    @Test
    void a_provider_that_is_not_configured_is_told_with_those_that_are() throws Exception {
        Shell.Run unknown = shell.run("reconcile", "rohopai");
        Files.writeString(directory.resolve("holdfast.yaml"), "");

        assertThat(unknown.exitCode()).isEqualTo(2);
        assertThat(unknown.err()).isEqualTo("Provider \"rohopai\" is not configured; configured are rohopay\n");
        assertThat(shell.run("reconcile", "rohopay").err())
                .isEqualTo("Provider \"rohopay\" is not configured; name some under `providers` in holdfast.yaml\n");
    }

    @Test
    void what_belongs_to_the_other_environment_is_neither_compared_nor_shown() throws Exception {
        shell.requestPayout("u1", "rohopay", "UGX", "+256772000001");
        shell.run("payout", "run", "--until-idle", "--max-seconds", "60");
        configure(ACCOUNT.testKey());

        Shell.Run run = shell.run("reconcile", "rohopay", "--json");

        String why = "Provider rohopay is configured for TEST, and this ledger's payouts by it are LIVE";
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out())
                .startsWith("{\"refused\":\"OTHER_ENVIRONMENT\",\"provider\":\"rohopay\",")
                .contains(why);
        assertThat(shell.run("float", "check").out())
                .containsPattern("unavailable\n    Provider rohopay is configured for TEST,[^.]*\n    LIVE: ");
        assertThat(shell.run("providers").out())
                .containsPattern("unavailable\n    Provider rohopay is configured for TEST,[^.]*\n    LIVE: ");
    }

    @Test
    void a_provider_that_takes_no_more_calls_is_waited_for_as_long_as_is_said() throws Exception {
        try (Simulator slow = SnippeSimulator.start(
                SimulatorSettings.with(Clock.systemUTC()),
                SnippeSettings.account().requestsPerMinute(1))) {
            configure("snippe", slow, SnippeSettings.account().apiKey());
            assertThat(shell.run("reconcile", "snippe").exitCode()).isZero();

            Shell.Run run = shell.run("reconcile", "snippe", "--max-seconds", "0");

            assertThat(run.exitCode()).isEqualTo(4);
            assertThat(run.err())
                    .contains("snippe takes no more calls for now: 0 payouts of its list were read in 0 seconds");
            assertThat(shell.run("reconcile", "snippe", "--max-seconds", "1").err())
                    .contains("0 payouts of its list were read in 1 second, and nothing was compared");
            assertThat(shell.run("reconcile", "snippe", "--max-seconds", "-1").exitCode())
                    .isEqualTo(2);
        }
    }

    private Shell.Run spanned(Instant from, Instant to) {
        return shell.run("reconcile", "rohopay", "--from", from.toString(), "--to", to.toString(), "--json");
    }

    private void configure(String apiKey) throws Exception {
        configure("rohopay", simulator, apiKey);
    }

    private void configure(String provider, Simulator played, String apiKey) throws Exception {
        Files.writeString(
                directory.resolve("holdfast.yaml"),
                "providers:\n  " + provider + ": {base-url: \"" + played.baseUrl() + "\", api-key: " + apiKey
                        + "}\nprocessing: {poll: [200ms, 1s]}\n");
    }
}
