package io.holdfast.payout.engine;

import static io.holdfast.payout.engine.PayoutBench.tzs;
import static io.holdfast.payout.engine.Refusals.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.db.testing.TestDatabase;
import io.holdfast.payout.ApprovalPolicy;
import io.holdfast.payout.ApprovalRule;
import io.holdfast.payout.Payout;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who comes to approve a payout is told whether that is too late. */
class ApprovalTimeTest {

    private static final TestDatabase DATABASE = TestDatabase.create();
    private static final Duration TIME = Duration.ofDays(2);

    private final PayoutBench bench = new PayoutBench(DATABASE);

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    @BeforeEach
    void configure() {
        ApprovalPolicy byOne =
                ApprovalPolicy.of(new ApprovalRule(tzs(4_999), 1)).within(TIME);
        bench.engine(builder -> builder.approvals(byOne), bench.provider("one"));
    }

    @Test
    void the_time_is_over_before_and_after_the_payout_is_called_off_for_it() {
        Payout payout = requested("p1");
        String over =
                "the time to agree to it was over at " + payout.approveBy().orElseThrow();

        bench.clock.move(TIME);
        assertThat(approving(payout)).isEqualTo("Payout \"p1\" is AWAITING_APPROVAL: " + over);
        bench.runAfter(Duration.ofSeconds(1), payout);

        assertThat(approving(payout)).isEqualTo("Payout \"p1\" is CANCELLED: " + over);
    }

    @Test
    void what_was_called_off_in_time_or_once_it_was_agreed_to_was_not_too_late() {
        Payout calledOff = requested("p1");
        bench.payouts().as("maker").cancel(calledOff.id());
        Payout agreed = requested("p2");
        bench.payouts().as("bob").approve(agreed.id());
        bench.clock.move(TIME);
        bench.payouts().as("maker").cancel(agreed.id());

        assertThat(approving(calledOff)).isEqualTo("Payout \"p1\" is CANCELLED: nobody has to agree to it any more");
        assertThat(approving(agreed)).isEqualTo("Payout \"p2\" is CANCELLED: nobody has to agree to it any more");
    }

    @Test
    void what_takes_nobody_s_approval_is_said_to() {
        bench.engine(bench.provider("one"));

        assertThat(approving(requested("p1"))).isEqualTo("Payout \"p1\" is PENDING: nobody has to agree to it");
    }

    private Payout requested(String key) {
        return bench.payouts().as("maker").request(bench.aRequest(key));
    }

    private String approving(Payout payout) {
        return refusal(() -> bench.payouts().as("bob").approve(payout.id())).message();
    }
}
