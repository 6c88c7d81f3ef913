package io.holdfast.cli;

import io.holdfast.db.testing.TestDatabase;
import io.holdfast.sandbox.simulator.Simulator;
import io.holdfast.sandbox.simulator.SimulatorSettings;
import io.holdfast.sandbox.snippe.SnippeSettings;
import io.holdfast.sandbox.snippe.SnippeSimulator;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A wallet whose payouts go over HTTP to a simulated Snippe that settles soon, and what people and the provider then do. */
abstract class SnippePayouts {

    private static final String WEBHOOK_SECRET = "whsec-of-a-test";

    final Instant now = Instant.now();

    final TestDatabase database = TestDatabase.create();
    final Simulator simulator = SnippeSimulator.start(
            SimulatorSettings.with(Clock.systemUTC())
                    .settlingAfter(Duration.ofMillis(300))
                    .tickingEvery(Duration.ofMillis(50)),
            SnippeSettings.account());
    Path directory = Path.of("");
    Shell shell = new Shell(directory, Map.of());

    @BeforeEach
    void open(@TempDir Path temporary) throws Exception {
        directory = temporary;
        shell = new Shell(
                directory, Map.of(Database.URL_VARIABLE, database.jdbcUrl(), "SNIPPE_API_KEY", "snp_test_key"));
        configure("""
                routes: [{currency: TZS, channel: mobile_money, providers: [snippe]}]
                fees: [{currency: TZS, channel: mobile_money, fixed: "1500.00"}]
                """);
        shell.run("wallet", "open", "alice", "TZS");
        shell.run("wallet", "fund", "alice", "TZS 20000", "--key", "f1");
    }

    @AfterEach
    void close() {
        simulator.close();
        database.close();
    }

    Shell.Run send(String key, String to, String... more) {
        String[] words = {
            "payout", "send", "--key", key, "--wallet", "alice", "--to", to, "--amount", "TZS 5000", "--json"
        };
        String[] all = Arrays.copyOf(words, words.length + more.length);
        System.arraycopy(more, 0, all, words.length, more.length);
        return shell.run(all);
    }

    /** Has the provider say that it was told to pay a hundred times as much. */
    void mismatch(String key) throws Exception {
        String reference = shell.run("payout", "show", key, "--json").field("providerReference");
        String body = "{\"id\":\"evt_9\",\"type\":\"payout.completed\",\"data\":{\"reference\":\"" + reference
                + "\",\"status\":\"completed\",\"amount\":{\"value\":500000,\"currency\":\"TZS\"}}}";
        Files.writeString(directory.resolve("body.json"), body);
        webhook(signed(body));
    }

    Shell.Run webhook(String signature) {
        return shell.run(
                "payout",
                "webhook",
                "snippe",
                "--header",
                "X-Webhook-Timestamp: " + now.getEpochSecond(),
                "--header",
                "X-Webhook-Signature: " + signature,
                "--body",
                "body.json",
                "--json");
    }

    String signed(String body) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(WEBHOOK_SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return HexFormat.of()
                .formatHex(mac.doFinal((now.getEpochSecond() + "." + body).getBytes(StandardCharsets.UTF_8)));
    }

    void configure(String rest) throws Exception {
        Files.writeString(
                directory.resolve("holdfast.yaml"),
                "providers:\n  snippe: {base-url: \"" + simulator.baseUrl() + "\", api-key: \"${SNIPPE_API_KEY}\","
                        + " webhook-secret: \"" + WEBHOOK_SECRET + "\"}\n"
                        + "processing: {request-timeout: 1s, lease: 20s, poll: [100ms, 200ms]}\n" + rest);
    }

    /** Returns a shell in which another person is logged in to the database. */
    Shell loggedIn(String login) throws Exception {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("do $$ begin create role " + login + " login superuser;"
                    + " exception when duplicate_object or unique_violation then null; end $$");
        }
        String url = database.jdbcUrl().replaceAll("user=[^&]*", "user=" + login);
        return new Shell(directory, Map.of(Database.URL_VARIABLE, url, "SNIPPE_API_KEY", "snp_test_key"));
    }
}
