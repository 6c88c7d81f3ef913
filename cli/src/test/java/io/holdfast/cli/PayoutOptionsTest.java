package io.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is said of a payout beside recipient and amount, and what a provider says of it, against Snippe played. */
class PayoutOptionsTest extends SnippePayouts {

    private static final String ASHA = "+255712345678";

    @Test
    void an_operator_is_a_hint_that_the_providers_answer_overrides() {
        Shell.Run sent = send("p1", ASHA, "--operator", "airtel");
        shell.run("payout", "run", "--until-idle", "--max-seconds", "60");

        assertThat(sent.out()).contains("\"name\":\"\",\"operator\":\"airtel\"}");
        assertThat(shell.run("payout", "show", "p1", "--json").out())
                .contains("\"status\":\"SUCCEEDED\"", "\"operator\":\"mixx\"}");
        assertThat(shell.run("payout", "show", "p1").out()).contains("+255***678, mixx");
        assertThat(send("p1", ASHA, "--operator", "airtel").exitCode()).isZero();
        assertThat(send("p1", ASHA, "--operator", "mpesa").out()).contains("KEY_CONFLICT");
    }

    @Test
    void times_that_cannot_be_kept_are_refused_with_exit_code_2() throws Exception {
        Path file = directory.resolve("batch.csv");
        Files.writeString(
                file, "key,wallet,to,amount,not_before\nb1,alice," + ASHA + ",TZS 5000,+10000-01-01T00:00:00Z\n");

        assertRefused(send("p1", ASHA, "--not-before", "+10000-01-01T00:00:00Z"));
        assertRefused(shell.run("payout", "list", "--from", "-999999999-01-01T00:00:00Z"));
        assertRefused(shell.run("payout", "list", "--to", "+999999999-12-31T23:59:59Z"));
        assertRefused(shell.run("reconcile", "snippe", "--from", "-999999999-01-01T00:00:00Z"));
        assertRefused(shell.run("reconcile", "snippe", "--to", "-999999999-01-01T00:00:00Z"));
        assertRefused(shell.run("balance", "liabilities:wallets:alice", "--recorded-by", "-999999999-01-01T00:00:00Z"));
        String wallet = "liabilities:wallets:alice";
        assertRefused(shell.run("balance", wallet, "--effective", "-999999999-01-01"));
        assertRefused(shell.run("statement", wallet, "TZS", "--from", "+10000-01-01", "--to", "+999999999-12-31"));
        assertRefused(shell.run("statement", wallet, "TZS", "--from", "2026-01-01", "--to", "+10000-01-01"));
        Shell.Run batch = shell.run("payout", "batch", file.toString());
        assertThat(batch.exitCode()).as(batch.err()).isEqualTo(2);
        assertThat(batch.out()).contains("   2  b1   invalid\n    Payout \"b1\" not before +10000-01-01T00:00:00Z: ");
        assertThat(shell.run("payout", "list", "--json").out()).contains("\"total\":0");
    }

    private static void assertRefused(Shell.Run run) {
        assertThat(run.err()).contains("s lie in the years 1900 to 9999").doesNotContain("\tat ");
        assertThat(run.exitCode()).isEqualTo(2);
    }

    @Test
    void a_name_of_metadata_is_given_once_with_its_value() {
        assertThat(send("p1", ASHA, "--meta", "a=1", "--meta", "a=2").err()).isEqualTo("--meta a is given twice\n");
        assertThat(send("p2", ASHA, "--meta", "foo").err())
                .isEqualTo("--meta \"foo\" is not a name, an equals sign and a value\n");
        assertThat(send("p3", ASHA, "--meta", "=1").exitCode()).isEqualTo(2);
        assertThat(send("p4", ASHA, "--meta", "a=", "--meta", "b=c=d").out())
                .contains("\"metadata\":{\"a\":\"\",\"b\":\"c=d\"}");
        assertThat(shell.run("wallet", "fund", "alice", "TZS 1", "--key", "f2", "--meta", "a=1", "--meta", "a=2")
                        .exitCode())
                .isEqualTo(2);
        assertThat(shell.run(
                                "post",
                                "--key",
                                "e1",
                                "--debit",
                                "assets:bank:settlement",
                                "TZS 1",
                                "--credit",
                                "liabilities:wallets:alice",
                                "TZS 1",
                                "--meta",
                                "a=1",
                                "--meta",
                                "a=2")
                        .err())
                .isEqualTo("--meta a is given twice\n");
        assertThat(shell.run("payout", "list", "--json").out()).contains("\"total\":1,");
    }

    @Test
    void words_that_an_option_takes_are_told_as_they_are_written() {
        assertThat(send("p1", ASHA, "--payer", "nobody").err())
                .contains("Invalid value for option '--payer': \"nobody\" is none of sender, recipient\n");
        assertThat(shell.run("payout", "resolve", "p1", "--as", "maybe", "--evidence", "x")
                        .err())
                .contains("Invalid value for option '--as': \"maybe\" is none of succeeded, failed\n");
        assertThat(send("p2", ASHA, "--payer", "SENDER").out()).contains("\"payer\":\"sender\"");
    }

    @Test
    void a_number_is_shown_back_as_it_was_typed() {
        assertThat(send("p1", "0712345678").err()).startsWith("Phone number ***678 is not E.164: ");
        assertThat(send("p2", "+0712345678").err()).startsWith("Phone number +071***678 is not E.164: ");
    }

    @Test
    void an_operator_is_a_column_of_a_batch_and_none_of_a_bank() throws Exception {
        Path file = directory.resolve("batch.csv");
        Files.writeString(file, "key,wallet,to,amount,operator\nb1,alice,+255712345678,TZS 5000,airtel\n");

        assertThat(shell.run("payout", "batch", file.toString()).exitCode()).isZero();
        assertThat(shell.run("payout", "show", "b1", "--json").out()).contains("\"operator\":\"airtel\"}");
        Files.writeString(file, """
                key,wallet,to,amount,channel,bank,name,operator
                b2,alice,0150123456789,TZS 5000,bank,CRDB,Asha Ali,airtel
                """);
        assertThat(shell.run("payout", "batch", file.toString()).out())
                .contains("operator \"airtel\" goes with channel mobile_money");
        assertThat(send("p2", ASHA, "--channel", "bank", "--bank", "CRDB", "--name", "Asha", "--operator", "airtel")
                        .err())
                .contains("--operator goes with --channel mobile_money");
    }

    @Test
    void what_a_row_says_that_its_channel_has_no_use_for_is_told_and_not_left_out() throws Exception {
        Path file = directory.resolve("batch.csv");
        Files.writeString(file, """
                key,wallet,to,amount,channel,bank,name,operator
                b1,alice,+255712345678,TZS 5000,,CRDB,,
                b2,alice,12,TZS 5000,mobile_money,CRDB,Asha Ali,
                b3,alice,0150123456789,TZS 5000,bank,,Asha Ali,airtel
                """);

        Shell.Run run = shell.run("payout", "batch", file.toString(), "--json");

        assertThat(run.exitCode()).isEqualTo(2);
        String banks = "bank \\\"CRDB\\\" goes with channel bank: name that channel, or leave it empty";
        assertThat(run.out())
                .contains("\"key\":\"b1\",\"result\":\"invalid\",\"message\":\"" + banks + "\"}")
                .contains("\"key\":\"b2\",\"result\":\"invalid\",\"message\":\"" + banks + "; Phone number")
                .contains(
                        "operator \\\"airtel\\\" goes with channel mobile_money: name that channel, or leave it empty;"
                                + " there is no bank")
                .endsWith("\"requested\":0,\"invalid\":3}\n");
        assertThat(shell.run("payout", "list").out()).doesNotContain("b1");
    }

    @Test
    void a_quote_shows_what_the_provider_itself_would_charge_or_why_that_is_not_known() throws Exception {
        assertThat(quote("--json").out())
                .contains("\"fee\":" + tzs("1500.00"))
                .endsWith(",\"providerFee\":" + tzs("1500.00") + ",\"providerFeeAbsent\":null}\n");
        assertThat(quote().out()).matches("""
                        quote      [0-9a-f-]{36}
                        amount     TZS 5000.00, fee TZS 1500.00, total TZS 6500.00
                        provider   snippe
                        its fee    TZS 1500.00
                        good until 20[0-9-]{8}T[0-9:]{8}Z
                        """);

        simulator.hangUp();
        assertThat(quote("--json").out()).contains("\"providerFee\":null,\"providerFeeAbsent\":\"not told now: ");
        Path configuration = directory.resolve("holdfast.yaml");
        String rohopay = "  rohopay: {base-url: \"http://127.0.0.1:9\", api-key: live_1, wire-scale: {TZS: 0}}\n";
        Files.writeString(
                configuration, Files.readString(configuration).replace("providers:\n", "providers:\n" + rohopay));
        assertThat(quote("--provider", "rohopay", "--json").out())
                .endsWith("\"providerFee\":null,\"providerFeeAbsent\":\"not told beforehand\"}\n");
        assertThat(quote("--provider", "rohopay").out())
                .contains("provider   rohopay\nits fee    not told beforehand\n");
    }

    @Test
    void metadata_of_a_batch_reaches_the_provider_that_keeps_it() throws Exception {
        Path file = directory.resolve("batch.csv");
        Files.writeString(file, """
                key,wallet,to,amount,meta.employee_id,meta.payroll
                b1,alice,+255712345678,TZS 5000,EMP-001,June
                b2,alice,+255712345679,TZS 5000,,June
                """);

        shell.run("payout", "batch", file.toString());
        shell.run("payout", "run", "--until-idle", "--max-seconds", "60");

        assertThat(simulator.requests().stream()
                        .filter(request -> request.creation().isPresent())
                        .map(request -> request.request().body()))
                .hasSize(2)
                .anySatisfy(body -> assertThat(body).contains("\"employee_id\":\"EMP-001\",\"payroll\":\"June\"}"))
                .anySatisfy(body -> assertThat(body).contains("-1\",\"payroll\":\"June\"}"));
        assertThat(shell.run("payout", "show", "b1", "--json").out())
                .contains("\"metadata\":{\"employee_id\":\"EMP-001\",\"payroll\":\"June\"}");
        Files.writeString(file, "key,wallet,to,amount,meta.\nb3,alice,+255712345678,TZS 5000,x\n");
        assertThat(shell.run("payout", "batch", file.toString()).exitCode()).isEqualTo(2);
    }

    @Test
    void a_payout_is_shown_by_the_providers_reference_too() {
        send("p1", ASHA);
        shell.run("payout", "run", "--until-idle", "--max-seconds", "60");
        String reference = simulator.payments().get(0).reference();

        assertThat(shell.run("payout", "show", "snippe:" + reference, "--json").out())
                .contains("\"key\":\"p1\"", "\"providerReference\":\"" + reference + "\"");
        assertThat(shell.run("payout", "show", "snippe:nothing", "--json").out())
                .startsWith("{\"refused\":\"PAYOUT_NOT_FOUND\"");
        assertThat(shell.run("payout", "show", "nobody:" + reference).exitCode())
                .isEqualTo(1);
    }

    @Test
    void routes_are_chosen_by_operator_and_amount() throws Exception {
        configure("""
                routes:
                  - {currency: TZS, channel: mobile_money, operator: M-Pesa, max: "6000", providers: [snippe]}
                """);

        assertThat(send("p1", ASHA, "--operator", "mpesa").out()).contains("\"provider\":\"snippe\"");
        assertThat(send("p2", ASHA, "--operator", "airtel").out())
                .contains("NO_ROUTE", "none is configured for TZS 5000.00 by mobile_money to operator \\\"airtel\\\"");
        assertThat(send("p3", ASHA).out()).contains("NO_ROUTE");
        configure("routes: [{currency: TZS, channel: mobile_money, min: \"6000\", providers: [snippe]}]\n");
        assertThat(send("p4", ASHA).out()).contains("NO_ROUTE");
        configure("routes: [{currency: TZS, channel: mobile_money, min: \"60.001\", providers: [snippe]}]\n");
        assertThat(send("p5", ASHA).err()).contains("holdfast.yaml, line 4, column 54: ", "more decimals");
    }

    private Shell.Run quote(String... more) {
        return shell.run(Stream.concat(
                        Stream.of("payout", "quote", "--wallet", "alice", "--to", ASHA),
                        Stream.concat(Stream.of("--amount", "TZS 5000"), Stream.of(more)))
                .toArray(String[]::new));
    }

    private static String tzs(String value) {
        return "{\"currency\":\"TZS\",\"value\":\"" + value + "\"}";
    }
}
