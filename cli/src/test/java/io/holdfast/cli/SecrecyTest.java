package io.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.holdfast.db.testing.TestDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * All providers behind a server that answers with everything it was told, credentials and recipient, as errors in their own
 * form or as pages: none of it is found again in what is logged, printed or kept as evidence.
 */
class SecrecyTest {

    private static final String NAME = "Wanjiru Nyambura";
    private static final List<String> SECRETS = List.of(
            "snp_0f3c9a71",
            "whsec_77aa01",
            "zo_key_5d20be",
            "zo_secret_91c4",
            "zo_hook_3c3c",
            "live_8e8e1b2c",
            "roho_hook_66d1",
            "nkwa_4b7d20",
            "wf_live_2c90",
            "wf_hook_a1b2");
    private static final Map<String, String> RECIPIENTS = new TreeMap<>(Map.of(
            "nkwa", "XAF +23767012340",
            "rohopay", "UGX +25677212340",
            "snippe", "TZS +25575412340",
            "wistfare", "RWF +25078812340",
            "zopay", "XAF +23769012340"));

    /** Whom to pay has to be kept. */
    private static final Set<String> WHERE_IT_IS_ASKED_FOR = Set.of("payout_intent");

    private final TestDatabase database = TestDatabase.create();
    private final HttpServer server = start();

    @TempDir
    private Path directory;

    private static HttpServer start() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", SecrecyTest::echo);
            server.start();
            return server;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Answers with all that it was told: about a number that ends in 1 as the provider's own error, else as a page. */
    private static void echo(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String told =
                exchange.getRequestURI() + " " + exchange.getRequestHeaders().entrySet() + " " + body;
        boolean isOwnError = body.contains("123401");
        byte[] answer = (isOwnError ? ownError(told.replace("\\", "").replace('"', '\'')) : "<html>" + told + "</html>")
                .getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", isOwnError ? "application/json" : "text/html");
        exchange.sendResponseHeaders(isOwnError ? 400 : 500, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    /** Returns an error in the form of each of the five. */
    private static String ownError(String message) {
        return """
                {"status":"error","code":400,"error_code":"validation_error","message":"%1$s","statusCode":400,"details":["%1$s"],
                "success":false,"error":{"code":"INVALID_PHONE","message":"%1$s","details":{"x":["%1$s"]}}}""".formatted(message);
    }

    @AfterEach
    void close() {
        server.stop(0);
        database.close();
    }

    @Test
    void what_a_provider_echoes_shows_in_no_log_no_output_and_no_evidence() throws Exception {
        Files.writeString(directory.resolve("holdfast.yaml"), configuration());
        Shell shell = Shell.on(directory, database.jdbcUrl());
        List<String> numbers = new ArrayList<>();
        RECIPIENTS.forEach((provider, recipient) -> {
            for (int last = 1; last <= 2; last++) {
                numbers.add(recipient.substring(5) + last);
                send(shell, provider, last, recipient + last);
            }
        });

        Shell.Run run = Processes.start(
                        directory,
                        Map.of(Database.URL_VARIABLE, database.jdbcUrl()),
                        "",
                        verbose("payout", "run", "--until-idle", "--max-seconds", "3"))
                .end();

        Map<String, String> kept = tables();
        assertThat(run.err()).contains("DEBUG");
        assertThat(kept).extractingByKey("payout_transition", STRING).contains("HTTP 400", "HTTP 500", "***");
        Map<String, String> shown = new TreeMap<>(kept);
        shown.put("standard output", run.out());
        shown.put("standard error", run.err());
        shown.put("payout items", shell.run("payout", "items").out());
        shown.put("providers", shell.run("providers").out());
        shown.forEach((where, text) -> assertThat(
                        SECRETS.stream().filter(secret -> text.contains(secret) || text.contains(hex(secret))))
                .as(where)
                .isEmpty());
        shown.keySet().removeAll(WHERE_IT_IS_ASKED_FOR);
        numbers.add(NAME);
        shown.forEach((where, text) ->
                assertThat(numbers.stream().filter(text::contains)).as(where).isEmpty());
    }

    /** Returns how a secret would stand in bytes that are kept. */
    private static String hex(String secret) {
        return HexFormat.of().formatHex(secret.getBytes(StandardCharsets.UTF_8));
    }

    private String configuration() {
        return """
                providers:
                  snippe: {base-url: "URL", api-key: "%s", webhook-secret: "%s"}
                  zopay: {base-url: "URL", api-key: "%s", secret: "%s", origin: "https://example.com", webhook-secret: "%s"}
                  rohopay: {base-url: "URL", api-key: "%s", webhook-secret: "%s"}
                  nkwa: {base-url: "URL", api-key: "%s"}
                  wistfare: {base-url: "URL", api-key: "%s", webhook-secret: "%s", business-id: biz_1, wallet-id: wal_1}
                processing: {poll: [100ms], circuit-breaker: off}
                """.formatted(SECRETS.toArray())
                .replace("URL", "http://127.0.0.1:" + server.getAddress().getPort());
    }

    private static void send(Shell shell, String provider, int number, String recipient) {
        String currency = recipient.substring(0, 3);
        shell.run("wallet", "open", "alice", currency);
        shell.run("wallet", "fund", "alice", currency + " 5000", "--key", "fund:" + provider + number);
        Shell.Run sent = shell.run(
                "payout",
                "send",
                "--key",
                provider + number,
                "--wallet",
                "alice",
                "--to",
                recipient.substring(4),
                "--name",
                NAME,
                "--amount",
                currency + " 5000",
                "--provider",
                provider);
        assertThat(sent.exitCode()).as(sent.out() + sent.err()).isZero();
    }

    private static List<String> verbose(String... arguments) {
        List<String> command = new ArrayList<>(Processes.java());
        command.add(1, "-Dorg.slf4j.simpleLogger.defaultLogLevel=trace");
        command.addAll(List.of(arguments));
        return command;
    }

    /** Returns every table with all its rows as text. */
    private Map<String, String> tables() throws SQLException {
        Map<String, String> tables = new TreeMap<>();
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            List<String> names = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery(
                    "select table_name from information_schema.tables where table_schema = 'holdfast' and table_type = 'BASE TABLE'")) {
                while (rows.next()) {
                    names.add(rows.getString(1));
                }
            }
            for (String name : names) {
                try (ResultSet rows = statement.executeQuery(
                        "select coalesce(string_agg(t::text, E'\\n'), '') from holdfast." + name + " t")) {
                    rows.next();
                    tables.put(name, rows.getString(1));
                }
            }
        }
        return tables;
    }
}
