package io.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

/** What people see of payouts that wait for them, before they agree or confirm. */
class PayoutPeopleTest extends SnippePayouts {

    private static final String NEVER_SETTLES = "+255754990024";

    @Test
    void whoever_confirms_sees_what_and_confirms_nothing_that_came_after() throws Exception {
        Shell bob = loggedIn("holdfast_test_bob");
        send("p1", NEVER_SETTLES);
        shell.run("payout", "run");
        mismatch("p1");
        assertThat(bob.run("payout", "confirm", "p1").err())
                .contains("nobody has said what became of it", "payout resolve p1");
        shell.run("payout", "resolve", "p1", "--as", "failed", "--evidence", "Mail of Monday");
        Shell.Run seen = bob.run("payout", "show", "p1");
        assertThat(seen.out())
                .contains(
                        "because    WEBHOOK at",
                        "resolution 1 by postgres at",
                        "verdict    FAILED\nevidence   Mail of Monday\n",
                        "`holdfast payout confirm p1`");
        shell.run(
                "payout",
                "resolve",
                "p1",
                "--as",
                "succeeded",
                "--evidence",
                "Statement, line 3",
                "--reference",
                "REF9",
                "--fee",
                "TZS 100");

        Shell.Run blind = bob.run("payout", "confirm", "p1", "--json");

        assertThat(blind.exitCode()).isEqualTo(1);
        assertThat(blind.out())
                .startsWith("{\"refused\":\"RESOLUTION_REPLACED\",\"key\":\"p1\",\"resolution\":{\"number\":2,")
                .contains("line 3, reference REF9, fee TZS 100.00 for TZS 5000.00;", "confirm p1 --resolution 2");
        assertThat(bob.run("payout", "show", "p1", "--json").out())
                .contains("\"status\":\"REVIEW\"", "\"resolution\":{\"number\":2,\"as\":\"succeeded\"")
                .contains("\"end\":\"REPLACED\"")
                .contains("\"inDoubtSince\":\"20");
        assertThat(bob.run("payout", "confirm", "p1", "--resolution", "2", "--json")
                        .exitCode())
                .isZero();
        assertThat(bob.run("payout", "confirm", "p1", "--json").exitCode()).isZero();
        assertThat(bob.run("payout", "show", "p1", "--history", "--json").out())
                .contains("\"history\":[{\"number\":1,\"at\":\"", "\"cause\":\"WEBHOOK\"", "\"cause\":\"RESOLUTION\"")
                .containsPattern("\"to\":\"SUCCEEDED\".*\"entries\":\\[\"[0-9a-f-]{36}\"\\]");
        assertThat(bob.run("payout", "show", "p1", "--history").out())
                .contains("CAUSE", "WEBHOOK", "\n    entry ")
                .doesNotContain(NEVER_SETTLES.substring(4));
    }

    @Test
    void who_has_to_agree_yet_is_shown() throws Exception {
        configure("approvals: [{currency: TZS, above: \"4999\", checkers: 2}]\n");
        send("p1", "+255712345678", "--provider", "snippe");
        loggedIn("holdfast_test_bob").run("payout", "approve", "p1");

        assertThat(shell.run("payout", "show", "p1").out())
                .contains("approved   by holdfast_test_bob", "1 more to agree by 20", "holdfast payout approve p1");
        assertThat(shell.run("payout", "show", "p1", "--json").out())
                .contains("\"approvals\":[{\"number\":1,\"by\":\"holdfast_test_bob\"", "\"approvalsNeeded\":1");
    }

    @Test
    void what_waits_for_somebody_is_seen_whatever_is_listed() throws Exception {
        send("p2", NEVER_SETTLES);
        shell.run("payout", "run");
        mismatch("p2");
        send("p3", "+255712345678");
        shell.run("payout", "cancel", "p3");
        send("p4", "+255712345679");

        Shell.Run cancelled = shell.run("payout", "list", "--status", "cancelled");
        Shell.Run doubt = shell.run("payout", "list", "--in-doubt", "--json");

        assertThat(cancelled.out())
                .contains("p3", "In the whole ledger: 1 REVIEW\n", "REVIEW: a person has to find out")
                .contains("\n1 item to look at: `holdfast payout items`\n")
                .doesNotContain("p2", "in doubt since");
        assertThat(shell.run("payout", "list", "--in-doubt").out())
                .contains("p2", "    in doubt since 20")
                .doesNotContain("p3", "p4");
        assertThat(doubt.out())
                .contains("\"key\":\"p2\"", "\"inDoubtSince\":\"20", "\"mayBeDone\":\"a person has to find out")
                .endsWith("],\"total\":1,\"limit\":100,\"offset\":0}\n");
        assertThat(shell.run("payout", "list", "--status", "cancelled", "--status", "PENDING", "--json")
                        .out())
                .containsSubsequence("\"key\":\"p3\"", "\"key\":\"p4\"")
                .endsWith("],\"total\":2,\"limit\":100,\"offset\":0}\n");
        assertThat(shell.run("payout", "list", "--offset", "9").out())
                .contains("There are 3 in all; the first: --offset 0");
    }

    @Test
    void the_date_that_somebody_found_is_kept_with_what_they_say() throws Exception {
        String today = LocalDate.now(ZoneOffset.UTC).toString();
        send("p1", NEVER_SETTLES);
        shell.run("payout", "run");
        mismatch("p1");

        Shell.Run said = shell.run(
                "payout", "resolve", "p1", "--as", "succeeded", "--evidence", "Statement", "--on", today, "--json");
        Shell.Run before =
                shell.run("payout", "resolve", "p1", "--as", "failed", "--evidence", "Statement", "--on", "1966-01-01");
        Shell.Run after =
                shell.run("payout", "resolve", "p1", "--as", "failed", "--evidence", "Statement", "--on", "2999-01-01");

        assertThat(said.out()).contains("\"as\":\"succeeded\"", "\"on\":\"" + today + "\"");
        assertThat(before.exitCode()).isEqualTo(2);
        assertThat(before.err()).startsWith("1966-01-01 is before payout \"p1\" was requested, on " + today);
        assertThat(after.exitCode()).isEqualTo(2);
        assertThat(after.err()).startsWith("2999-01-01 is to come: it is " + today);
        assertThat(shell.run("payout", "show", "p1").out())
                .contains("\non         " + today + "\n")
                .doesNotContain("resolution 2");
    }

    @Test
    void what_is_said_and_what_is_confirmed_is_shown_in_short_lines() throws Exception {
        send("p1", NEVER_SETTLES);
        shell.run("payout", "run");
        mismatch("p1");
        Shell.Run shown = shell.run("payout", "show", "p1");
        Shell.Run script = shell.run("payout", "show", "p1", "--json");
        String today = LocalDate.now(ZoneOffset.UTC).toString();
        String evidence =
                "Their support wrote on Monday that it was paid, and line 17 of the statement says so as well";

        Shell.Run said = shell.run(
                "payout", "resolve", "p1", "--as", "succeeded", "--evidence", evidence, "--fee", "100", "--on", today);
        Shell.Run confirmed = loggedIn("holdfast_test_bob").run("payout", "confirm", "p1");

        String content = """
                verdict    SUCCEEDED
                evidence   Their support wrote on Monday that it was paid, and line 17 of the
                           statement says so as well
                fee        TZS 100.00 for TZS 5000.00
                on         %s
                """.formatted(today);
        assertThat(shown.out())
                .contains("\nto do      a person has to find out")
                .containsIgnoringWhitespaces("in another way. Then `holdfast payout resolve p1 --as")
                .doesNotContain("holdfast payout show");
        assertThat(script.out())
                .contains("\"mayBeDone\":\"a person has to find out")
                .doesNotContain("holdfast payout show");
        assertThat(said.out())
                .containsPattern("\nresolution 1 by postgres at 20\\S+\n" + content)
                .endsWith("to do      another login has to confirm it: `holdfast payout confirm p1`\n");
        assertThat(confirmed.out())
                .containsPattern("\nresolution 1 by postgres at 20\\S+\n" + content
                        + "ended      CONFIRMED by holdfast_test_bob at 20\\S+\n$");
        assertThat((said.out() + confirmed.out()).lines()).allMatch(line -> line.length() <= 80);
    }

    @Test
    void a_fee_above_the_amount_is_seen_by_whoever_confirms_it_and_looked_at_later() throws Exception {
        send("p1", NEVER_SETTLES);
        shell.run("payout", "run");
        mismatch("p1");

        Shell.Run said =
                shell.run("payout", "resolve", "p1", "--as", "succeeded", "--evidence", "Mail", "--fee", "10000");
        Shell.Run confirmed = loggedIn("holdfast_test_bob").run("payout", "confirm", "p1");

        assertThat(said.out()).contains("\nfee        TZS 10000.00 for TZS 5000.00, more than the amount itself\n");
        assertThat(confirmed.exitCode()).isZero();
        assertThat(shell.run("payout", "items").out())
                .containsIgnoringWhitespaces(
                        "FEE_DIFFERS", "charged TZS 10000.00 for TZS 5000.00: that is more than the amount itself");
    }

    @Test
    void lists_say_which_part_they_show_and_how_to_come_to_the_rest() {
        send("p1", "+255712345671");
        send("p2", "+255712345672");
        send("p3", "+255712345673");

        assertThat(shell.run("payout", "list", "--limit", "2").out()).contains("\n1 to 2 of 3; the next: --offset 2\n");
        assertThat(shell.run("payout", "list", "--limit", "2", "--newest-first").out())
                .containsSubsequence("\np3 ", "\np2 ", "\n1 to 2 of 3;");
        assertThat(shell.run("payout", "list", "--limit", "2", "--offset", "2").out())
                .endsWith("\n3 to 3 of 3\n");
        assertThat(shell.run("payout", "list", "--offset", "3").out())
                .isEqualTo("Nothing so far on in the list.\nThere are 3 in all; the first: --offset 0\n");
        assertThat(shell.run("payout", "list").out()).doesNotContain(" of 3");
        assertThat(shell.run("payout", "items", "--offset", "1").out()).isEqualTo("No items.\n");
    }
}
