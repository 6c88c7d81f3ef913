package io.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** Payouts from the command line, over HTTP to the simulated provider. */
class PayoutCommandsTest extends SnippePayouts {

    private static final String TIMES_OUT = "+255754990001";
    private static final String FAILS = "+255754990021";
    private static final String NEVER_SETTLES = "+255754990024";

    @Test
    void sending_takes_down_and_holds_and_calls_nobody() {
        Shell.Run sent = send("p1", "+255712345678", "--name", "Asha", "--meta", "order=42");

        assertThat(sent.exitCode()).isZero();
        assertThat(sent.shape())
                .isEqualTo(
                        "{\"id\":\"<id>\",\"key\":\"p1\",\"status\":\"PENDING\",\"wallet\":\"liabilities:wallets:alice\","
                                + "\"amount\":" + tzs("5000.00") + ",\"fee\":" + tzs("1500.00") + ",\"total\":"
                                + tzs("6500.00")
                                + ",\"payer\":\"sender\",\"received\":null,\"reversed\":" + tzs("0.00")
                                + ",\"recipient\":{\"type\":\"mobile_money\",\"phone\":\"+255712345678\",\"name\":\"Asha\","
                                + "\"operator\":null},"
                                + "\"narration\":\"\",\"provider\":\"snippe\",\"providerReference\":null,\"attempts\":[],"
                                + "\"failureReason\":null,\"failureDetail\":null,\"failoverReason\":null,\"late\":false,"
                                + "\"notBefore\":null,\"hold\":\"<id>\",\"entries\":[\"<id>\"],\"requestedBy\":\"postgres\","
                                + "\"createdAt\":\"<instant>\",\"updatedAt\":\"<instant>\",\"completedAt\":null,"
                                + "\"metadata\":{\"order\":\"42\"}}\n");
        assertThat(simulator.requests()).isEmpty();
        assertThat(shell.run("balance", "liabilities:wallets:alice", "--json").out())
                .contains("\"available\":" + tzs("13500.00") + ",\"held\":" + tzs("6500.00"));
        assertThat(send("p1", "+255712345678", "--name", "Asha", "--meta", "order=42")
                        .out())
                .isEqualTo(sent.out());
    }

    @Test
    void running_until_idle_settles_success_failure_and_timeout() {
        send("ok", "+255712345678");
        send("fails", FAILS);
        send("times-out", TIMES_OUT);

        Shell.Run run = shell.run("payout", "run", "--until-idle", "--max-seconds", "60", "--json");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).endsWith(",\"open\":0,\"idle\":true}\n");
        assertThat(status("ok")).isEqualTo("SUCCEEDED");
        assertThat(status("fails")).isEqualTo("FAILED");
        assertThat(status("times-out")).isEqualTo("SUCCEEDED");
        assertThat(simulator.payments(TIMES_OUT.substring(1))).hasSize(1);
        assertThat(shell.run("payout", "show", "times-out", "--json").out())
                .contains("\"outcome\":\"UNKNOWN\"", "\"outcome\":\"ACCEPTED\"");
        assertThat(shell.run("balance", "liabilities:wallets:alice", "--json").out())
                .contains("\"available\":" + tzs("7000.00") + ",\"held\":" + tzs("0.00"));
    }

    @Test
    void what_stays_open_ends_the_run_with_exit_code_4() {
        send("p1", NEVER_SETTLES);

        Shell.Run run = shell.run("payout", "run", "--until-idle", "--max-seconds", "1", "--json");
        Shell.Run once = shell.run("payout", "run");

        assertThat(run.exitCode()).isEqualTo(4);
        assertThat(run.out()).endsWith(",\"open\":1,\"idle\":false}\n");
        assertThat(run.err()).contains("1 payout is still open after 1 second: ");
        assertThat(once.exitCode()).isZero();
        assertThat(once.out()).matches("Took [0-9]+ steps? with payouts; 1 payout is still open\n");
        assertThat(status("p1")).isEqualTo("PROCESSING");
    }

    @Test
    void payouts_are_listed_by_page_status_and_wallet() {
        send("p1", "+255712345678");
        send("p2", "+255712345679");
        shell.run("payout", "cancel", "p2");

        assertThat(shell.run("payout", "list", "--limit", "1", "--json").out())
                .startsWith("{\"items\":[{\"id\":")
                .endsWith("],\"total\":2,\"limit\":1,\"offset\":0}\n");
        assertThat(shell.run("payout", "list", "--status", "cancelled", "--wallet", "alice", "--json")
                        .out())
                .contains("\"key\":\"p2\"")
                .endsWith("],\"total\":1,\"limit\":100,\"offset\":0}\n");
        assertThat(shell.run("payout", "list").out())
                .contains("p1", "PENDING", "+255***678")
                .doesNotContain("712345678");
    }

    @Test
    void refusals_of_payouts_have_their_names() {
        send("p1", NEVER_SETTLES);
        shell.run("payout", "run");

        assertThat(send("p1", "+255712345679").out())
                .startsWith("{\"refused\":\"KEY_CONFLICT\",\"key\":\"p1\",\"differs\":[");
        assertThat(send("p2", "+255712345678", "--provider", "zopay").out()).startsWith("{\"refused\":\"NO_ROUTE\",");
        assertThat(send("p3", "+256712345678").out()).startsWith("{\"refused\":\"INVALID_RECIPIENT\",");
        assertThat(shell.run("payout", "cancel", "p1", "--json").out())
                .startsWith("{\"refused\":\"NOT_CANCELLABLE\",")
                .contains("\"detail\":\"its provider has it and will decide\"");
        assertThat(shell.run("payout", "show", "nope", "--json").out())
                .isEqualTo("{\"refused\":\"PAYOUT_NOT_FOUND\",\"payout\":\"nope\","
                        + "\"message\":\"There is no payout \\\"nope\\\"\"}\n");
        Shell.Run poor = shell.run(
                "payout",
                "send",
                "--key",
                "p4",
                "--wallet",
                "alice",
                "--to",
                "+255712345678",
                "--amount",
                "TZS 19000",
                "--json");
        assertThat(poor.exitCode()).isEqualTo(1);
        assertThat(poor.out())
                .startsWith("{\"refused\":\"INSUFFICIENT_FUNDS\",\"account\":\"liabilities:wallets:alice\"");
    }

    @Test
    void a_bank_account_needs_its_bank_and_holder() {
        assertThat(send("p1", "0150123456789", "--channel", "bank").err())
                .isEqualTo("--channel bank needs --bank CODE\n");
        Shell.Run sent = send(
                "p1",
                "0150123456789",
                "--channel",
                "bank",
                "--bank",
                "CRDB",
                "--name",
                "Asha Ali",
                "--provider",
                "snippe");
        assertThat(sent.out())
                .contains(
                        "\"recipient\":{\"type\":\"bank\",\"bank\":\"CRDB\",\"account\":\"0150123456789\",\"name\":\"Asha Ali\"}");
    }

    @Test
    void what_others_have_to_approve_is_sent_once_they_did() throws Exception {
        configure("approvals: [{currency: TZS, above: \"4999\", checkers: 1}]\n");
        Shell bob = loggedIn("holdfast_test_bob");

        assertThat(send("p1", "+255712345678", "--provider", "snippe", "--actor", "someone else")
                        .out())
                .contains("\"status\":\"AWAITING_APPROVAL\"", "\"requestedBy\":\"postgres\"");
        Shell.Run idle = shell.run("payout", "run", "--until-idle", "--max-seconds", "20", "--json");
        Shell.Run own = shell.run("payout", "approve", "p1", "--actor", "bob", "--json");
        Shell.Run approved = bob.run("payout", "approve", "p1", "--json");

        assertThat(idle.out()).endsWith(",\"open\":0,\"idle\":true}\n");
        assertThat(own.exitCode()).isEqualTo(1);
        assertThat(own.out()).startsWith("{\"refused\":\"SAME_PERSON\",\"key\":\"p1\",\"actor\":\"postgres\"");
        assertThat(approved.field("status")).isEqualTo("PENDING");
        shell.run("payout", "run", "--until-idle", "--max-seconds", "60");
        assertThat(status("p1")).isEqualTo("SUCCEEDED");
        assertThat(bob.run("payout", "approve", "p1", "--json").field("status")).isEqualTo("SUCCEEDED");
        assertThat(shell.run("payout", "approve", "p1", "--json").out())
                .startsWith("{\"refused\":\"NOT_AWAITING_APPROVAL\",");
    }

    @Test
    void what_somebody_refuses_is_called_off() throws Exception {
        configure("approvals: [{currency: TZS, above: \"4999\", checkers: 2}]\n");
        send("p1", "+255712345678", "--provider", "snippe");

        Shell.Run refused = loggedIn("holdfast_test_bob").run("payout", "refuse", "p1", "--json");

        assertThat(refused.field("status")).isEqualTo("CANCELLED");
        assertThat(shell.run("balance", "liabilities:wallets:alice", "--json").out())
                .contains("\"available\":" + tzs("20000.00") + ",\"held\":" + tzs("0.00"));
    }

    @Test
    void a_signed_webhook_settles_a_payout_and_any_other_is_refused() throws Exception {
        send("p1", NEVER_SETTLES);
        shell.run("payout", "run");
        String reference = shell.run("payout", "show", "p1", "--json").field("providerReference");
        String body = "{\"id\":\"evt_1\",\"type\":\"payout.completed\",\"data\":{\"reference\":\"" + reference
                + "\",\"status\":\"completed\",\"amount\":{\"value\":5000,\"currency\":\"TZS\"}}}";
        Files.writeString(directory.resolve("body.json"), body);

        Shell.Run forged = webhook("0".repeat(64));
        Shell.Run first = webhook(signed(body));
        Shell.Run copy = webhook(signed(body));

        assertThat(forged.exitCode()).isEqualTo(1);
        assertThat(forged.out()).startsWith("{\"refused\":\"WEBHOOK_REFUSED\",\"provider\":\"snippe\",\"message\":");
        assertThat(first.shape())
                .isEqualTo(
                        "{\"provider\":\"snippe\",\"result\":\"applied\",\"payout\":\"<id>\",\"detail\":\"SUCCEEDED\"}\n");
        assertThat(copy.exitCode()).isZero();
        assertThat(copy.out()).contains("\"result\":\"duplicate\"");
        assertThat(status("p1")).isEqualTo("SUCCEEDED");
        String other = body.replace("evt_1", "evt_2").replace(reference, "other");
        Files.writeString(directory.resolve("body.json"), other);
        assertThat(webhook(signed(other)).out()).contains("\"result\":\"parked\"");
        assertThat(shell.run("payout", "parked", "--json").out()).contains("\"reference\":\"other\"", "\"total\":1,");
        assertThat(shell.run("payout", "webhook", "snippe", "--header", "no colon", "--body", "body.json")
                        .exitCode())
                .isEqualTo(2);
        assertThat(shell.run("payout", "webhook", "snippe", "--body", "none.json")
                        .err())
                .isEqualTo("There is no file none.json\n");
    }

    @Test
    void two_logins_end_a_payout_in_review() throws Exception {
        Shell bob = loggedIn("holdfast_test_bob");
        send("p1", "+255712345678");
        assertThat(shell.run("payout", "resolve", "p1", "--as", "failed", "--evidence", "x", "--json")
                        .out())
                .startsWith("{\"refused\":\"NOT_IN_REVIEW\",\"key\":\"p1\",\"status\":\"PENDING\"");
        send("p2", NEVER_SETTLES);
        shell.run("payout", "run");
        mismatch("p2");
        assertThat(status("p2")).isEqualTo("REVIEW");

        Shell.Run items = shell.run("payout", "items", "--json");
        Shell.Run said = shell.run(
                "payout",
                "resolve",
                "p2",
                "--as",
                "succeeded",
                "--evidence",
                "Statement, line 3",
                "--fee",
                "TZS 100",
                "--json");
        Shell.Run own = shell.run("payout", "confirm", "p2", "--json");
        Shell.Run confirmed = bob.run("payout", "confirm", "p2", "--json");

        assertThat(items.shape())
                .startsWith("{\"items\":[{\"number\":")
                .contains("\"payout\":\"<id>\",\"key\":\"p2\",\"kind\":\"MISMATCH\"", "\"total\":1");
        assertThat(said.out())
                .contains(
                        "\"status\":\"REVIEW\"", "\"resolution\":{\"number\":1,\"as\":\"succeeded\",", "\"end\":null");
        assertThat(own.out()).startsWith("{\"refused\":\"SAME_PERSON\"");
        assertThat(confirmed.exitCode()).isZero();
        assertThat(confirmed.out())
                .contains("\"status\":\"SUCCEEDED\"", "\"end\":\"CONFIRMED\",\"endedBy\":\"holdfast_test_bob\"");
        String number = items.out().replaceAll("(?s).*?\"number\":([0-9]+).*", "$1");
        assertThat(shell.run("payout", "close-item", number, "--note", "Called them", "--json")
                        .exitCode())
                .isZero();
        assertThat(shell.run("payout", "items").out()).isEqualTo("No items.\n");
        assertThat(shell.run("payout", "collect", "p2", "--key", "c1", "--json").out())
                .startsWith("{\"refused\":\"NOTHING_OWED\"");
        assertThat(shell.run("payout", "write-off", "p2", "--key", "c1", "--json")
                        .exitCode())
                .isEqualTo(1);
    }

    @Test
    void items_name_payouts_by_their_keys_in_short_lines() throws Exception {
        send("p1", NEVER_SETTLES);
        shell.run("payout", "run");
        mismatch("p1");

        Shell.Run items = shell.run("payout", "items");

        assertThat(items.out())
                .matches("(?s)ITEM  PAYOUT  WHAT      SINCE\n *[0-9]+  p1      MISMATCH  20\\S+Z\n    \\S.*"
                        + "`holdfast payout close-item ITEM --note TEXT`\n");
        assertThat(items.out().lines()).allMatch(line -> line.length() <= 80);
    }

    @Test
    void looking_at_payouts_takes_no_secret() {
        send("p1", "+255712345678");
        Shell poor = Shell.on(directory, database.jdbcUrl());

        assertThat(poor.run("payout", "show", "p1").exitCode()).isZero();
        assertThat(poor.run("payout", "run").err()).contains("the environment variable SNIPPE_API_KEY is not set");
    }

    @Test
    void providers_show_what_they_can_do_and_our_float_here_and_there() {
        assertThat(shell.run("providers", "--json").out())
                .startsWith("[{\"name\":\"snippe\",\"channels\":[\"bank\",\"mobile_money\"],")
                .contains("\"books\":" + tzs("0.00") + ",\"provider\":" + tzs("10000000.00")
                        + "}],\"health\":\"answers\"");
        simulator.hangUp();
        Shell.Run down = shell.run("providers");
        assertThat(down.exitCode()).isZero();
        assertThat(down.out()).containsPattern("(?m)^snippe .* unavailable\n    [^ ]");
        assertThat(shell.run("float", "check").out()).containsPattern("(?m)^snippe .* unavailable\n    [^ ]");
        assertThat(shell.run("float", "check", "--json").out()).contains("\"result\":\"unavailable: ");
    }

    private String status(String key) {
        return shell.run("payout", "show", key, "--json").field("status");
    }

    private static String tzs(String value) {
        return "{\"currency\":\"TZS\",\"value\":\"" + value + "\"}";
    }
}
