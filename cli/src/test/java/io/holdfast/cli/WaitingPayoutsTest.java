package io.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whoever asks whether there is anything to do is told of payouts that hold money and that no processor takes further. */
class WaitingPayoutsTest extends SnippePayouts {

    private static final String NEVER_SETTLES = "+255754990024";
    private static final String IN_REVIEW = "1 payout waits for a person: `holdfast payout list --status REVIEW`\n";
    private static final String TO_APPROVE =
            "1 payout waits for approval: `holdfast payout list --status AWAITING_APPROVAL`\n";
    private static final String SCHEDULED = "2 payouts are scheduled: `holdfast payout list --status SCHEDULED`\n";

    @BeforeEach
    void one_in_review_one_to_be_approved_and_two_scheduled() throws Exception {
        shell.run("wallet", "fund", "alice", "TZS 10000", "--key", "f2");
        configure("""
                routes: [{currency: TZS, channel: mobile_money, providers: [snippe]}]
                approvals: [{currency: TZS, above: "5000", checkers: 1}]
                """);
        pay("p1", "5000", NEVER_SETTLES);
        shell.run("payout", "run");
        mismatch("p1");
        pay("p2", "5001", "+255712345672");
        String tomorrow = now.plus(Duration.ofDays(1)).toString();
        pay("p3", "5000", "+255712345673", "--not-before", tomorrow);
        pay("p4", "5000", "+255712345674", "--not-before", tomorrow);
    }

    @Test
    void a_run_that_is_idle_tells_them() {
        Shell.Run text = shell.run("payout", "run", "--until-idle", "--max-seconds", "60");
        Shell.Run json = shell.run("payout", "run", "--until-idle", "--max-seconds", "60", "--json");

        assertThat(text.exitCode()).isZero();
        assertThat(text.out()).endsWith("; 0 payouts are still open\n" + IN_REVIEW + TO_APPROVE + SCHEDULED);
        assertThat(json.exitCode()).isZero();
        assertThat(json.out())
                .startsWith("{\"taken\":")
                .endsWith(",\"inReview\":1,\"awaitingApproval\":1,\"scheduled\":2,\"open\":0,\"idle\":true}\n");
    }

    @Test
    void items_tell_those_that_wait_for_people_though_there_is_no_item() {
        Shell.Run open = shell.run("payout", "items");
        String number = shell.run("payout", "items", "--json").out().replaceAll("(?s).*?\"number\":([0-9]+).*", "$1");
        shell.run("payout", "close-item", number, "--note", "Called them");

        assertThat(open.out()).contains("MISMATCH", IN_REVIEW + TO_APPROVE + "What to do about each");
        assertThat(shell.run("payout", "items").out()).isEqualTo("No items.\n" + IN_REVIEW + TO_APPROVE);
    }

    private void pay(String key, String amount, String to, String... more) {
        String[] words = {"payout", "send", "--key", key, "--wallet", "alice", "--to", to, "--amount", "TZS " + amount};
        String[] all = Stream.concat(Stream.of(words), Stream.of(more)).toArray(String[]::new);
        Shell.Run sent = shell.run(all);
        assertThat(sent.exitCode()).as(sent.out() + sent.err()).isZero();
    }
}
