package io.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What is asked of a payout beside recipient and amount is recorded, sent and shown. */
class PayoutTermsTest extends SnippePayouts {

    private static final String ASHA = "+255712345678";

    @Test
    void a_payout_is_not_sent_before_its_time() {
        Shell.Run sent = send("p1", ASHA, "--not-before", "2100-01-02T03:04:05+03:00");
        shell.run("payout", "run", "--until-idle", "--max-seconds", "60");

        assertThat(sent.out()).contains("\"status\":\"SCHEDULED\"", "\"notBefore\":\"2100-01-02T00:04:05Z\"");
        assertThat(shell.run("payout", "show", "p1", "--json").field("status")).isEqualTo("SCHEDULED");
        assertThat(simulator.requests()).isEmpty();
        assertThat(shell.run("payout", "show", "p1").out()).contains("\nnot before 2100-01-02T00:04:05Z\n");
        assertThat(send("p2", ASHA, "--not-before", "2020-01-01T00:00:00Z").out())
                .contains("\"status\":\"PENDING\"", "\"notBefore\":\"2020-01-01T00:00:00Z\"");
    }

    @Test
    void a_recipient_who_bears_the_fee_is_paid_so_much_less() {
        Shell.Run sent = shell.run(
                "payout",
                "send",
                "--key",
                "p1",
                "--wallet",
                "alice",
                "--to",
                ASHA,
                "--amount",
                "TZS 8000",
                "--payer",
                "recipient",
                "--json");
        shell.run("payout", "run", "--until-idle", "--max-seconds", "60");

        assertThat(sent.out())
                .contains("\"amount\":" + tzs("6500.00") + ",\"fee\":" + tzs("1500.00") + ",\"total\":" + tzs("8000.00")
                        + ",\"payer\":\"recipient\"");
        assertThat(shell.run("balance", "liabilities:wallets:alice", "--json").out())
                .contains("\"available\":" + tzs("12000.00") + ",\"held\":" + tzs("0.00"));
        assertThat(simulator.payments().get(0).amount()).isEqualByComparingTo("6500");
        assertThat(shell.run("payout", "show", "p1").out()).contains("\nfee payer  recipient\n");
    }

    @Test
    void a_narration_is_recorded_and_sent() {
        Shell.Run sent = send("p1", ASHA, "--narration", "Salary of June");
        shell.run("payout", "run", "--until-idle", "--max-seconds", "60");

        assertThat(sent.out()).contains("\"narration\":\"Salary of June\"");
        assertThat(simulator.requests().stream()
                        .filter(request -> request.creation().isPresent())
                        .map(request -> request.request().body()))
                .singleElement()
                .satisfies(body -> assertThat(body).contains("Salary of June"));
        assertThat(shell.run("payout", "show", "p1").out()).contains("\nnarration  Salary of June\n");
    }

    @Test
    void all_that_a_person_wants_of_a_payout_is_shown_in_short_lines() {
        send(
                "p1",
                ASHA,
                "--name",
                "Asha Juma",
                "--meta",
                "order=42",
                "--meta",
                "note=" + "for the third quarter of the year and ".repeat(3).strip());

        Shell.Run shown = shell.run("payout", "show", "p1");

        assertThat(shown.out().replaceAll("20[0-9-]{8}T[0-9:]{8}Z", "<instant>").replaceAll("[0-9a-f-]{36}", "<id>"))
                .isEqualTo("""
                        payout     p1 (<id>)
                        status     PENDING
                        requested  <instant> by postgres
                        wallet     liabilities:wallets:alice TZS
                        amount     TZS 5000.00, fee TZS 1500.00, total TZS 6500.00
                        fee payer  sender
                        recipient  mobile money +255***678
                        provider   snippe
                        metadata   note=for the third quarter of the year and for the third quarter of
                                   the year and for the third quarter of the year and
                        metadata   order=42
                        hold       <id>
                        updated    <instant>
                        """);
        assertThat(shown.out().lines()).allMatch(line -> line.length() <= 80);
    }

    private static String tzs(String value) {
        return "{\"currency\":\"TZS\",\"value\":\"" + value + "\"}";
    }
}
