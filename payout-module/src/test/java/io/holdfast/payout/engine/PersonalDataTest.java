package io.holdfast.payout.engine;

import static io.holdfast.payout.engine.PayoutBench.accepted;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.db.testing.TestDatabase;
import io.holdfast.payout.Payout;
import io.holdfast.payout.PayoutFailure;
import io.holdfast.payout.PayoutRequest;
import io.holdfast.payout.PayoutStatus;
import io.holdfast.payout.Route;
import io.holdfast.payout.spi.Channel;
import io.holdfast.payout.spi.Evidence;
import io.holdfast.payout.spi.FailureReason;
import io.holdfast.payout.spi.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What a provider says of a recipient is kept without number and name. */
class PersonalDataTest {

    private static final TestDatabase DATABASE = TestDatabase.create();
    private static final String SAID = "255712345678, Asha Juma, is no subscriber";
    private static final PayoutFailure KEPT =
            new PayoutFailure(FailureReason.DECLINED, "255***678-E", "255***678, ***, is no subscriber");

    private final PayoutBench bench = new PayoutBench(DATABASE);

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    @Test
    void why_a_payout_failed_is_shown_without_the_recipient() {
        ScriptedProvider one = bench.provider("one")
                .onSend(accepted("r1"))
                .onLookup(new Outcome.Failed(
                        "r1", FailureReason.DECLINED, "255712345678-E", SAID, Optional.empty(), Evidence.NONE));
        bench.engine(one);
        Payout payout = bench.request("p1");
        bench.run();

        Payout failed = bench.runAfter(Duration.ofSeconds(10), payout);

        assertThat(failed.status()).isEqualTo(PayoutStatus.FAILED);
        assertThat(failed.failure()).contains(KEPT);
        assertThat(failed.toString()).doesNotContain("12345678", "Asha");
    }

    @Test
    void why_a_payout_was_rejected_is_shown_without_the_recipient() {
        Outcome rejected = new Outcome.Rejected(FailureReason.DECLINED, "255712345678-E", SAID, Evidence.NONE);
        bench.engine(
                builder -> builder.routes(List.of(Route.of(PayoutBench.TZS, Channel.MOBILE_MONEY, "one", "two"))),
                bench.provider("one").onSend(rejected),
                bench.provider("two").onSend(rejected));
        Payout payout = bench.payouts()
                .request(PayoutRequest.of("p1", PayoutBench.ALICE, PayoutBench.tzs(5_000), PayoutBench.ASHA));

        bench.run();
        bench.run();

        Payout failed = bench.find(payout);
        assertThat(failed.status()).isEqualTo(PayoutStatus.FAILED);
        assertThat(failed.failure()).contains(KEPT);
        assertThat(failed.failoverReason()).contains("one: DECLINED (255***678-E)");
        assertThat(bench.payouts().history(payout.id()).toString()).doesNotContain("12345678", "Asha");
    }
}
