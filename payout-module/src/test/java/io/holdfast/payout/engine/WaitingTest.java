package io.holdfast.payout.engine;

import static io.holdfast.payout.engine.PayoutBench.ALICE;
import static io.holdfast.payout.engine.PayoutBench.ASHA;
import static io.holdfast.payout.engine.PayoutBench.TZS;
import static io.holdfast.payout.engine.PayoutBench.rejected;
import static io.holdfast.payout.engine.PayoutBench.succeeded;
import static io.holdfast.payout.engine.PayoutBench.tzs;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.db.testing.TestDatabase;
import io.holdfast.ledger.Currency;
import io.holdfast.payout.Payout;
import io.holdfast.payout.PayoutAttempt;
import io.holdfast.payout.PayoutItem;
import io.holdfast.payout.PayoutRequest;
import io.holdfast.payout.PayoutStatus;
import io.holdfast.payout.Route;
import io.holdfast.payout.spi.Channel;
import io.holdfast.payout.spi.FailureReason;
import io.holdfast.payout.spi.Outcome;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Payouts that wait for us, not for their provider: for float, or for a provider to be configured. */
class WaitingTest {

    private static final TestDatabase DATABASE = TestDatabase.create();
    private static final Outcome SHORT = rejected(FailureReason.INSUFFICIENT_FLOAT);
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final List<Duration> STEPS = List.of(
            SOON,
            Duration.ofSeconds(15),
            Duration.ofMinutes(1),
            Duration.ofMinutes(5),
            Duration.ofMinutes(15),
            Duration.ofHours(1),
            Duration.ofHours(6),
            Duration.ofDays(1));

    private final PayoutBench bench = new PayoutBench(DATABASE);
    private final ScriptedProvider one = bench.provider("one");
    private final ScriptedProvider two = bench.provider("two");

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    @Test
    void a_provider_that_is_short_of_float_is_passed_over_for_the_next_at_once() {
        one.onSend(SHORT);
        two.onSend(succeeded("r2"));
        Payout payout = requestByRoutes();

        bench.run();
        bench.run();

        Payout paid = bench.find(payout);
        assertThat(paid.status()).isEqualTo(PayoutStatus.SUCCEEDED);
        assertThat(paid.attempts()).extracting(PayoutAttempt::provider).containsExactly("one", "two");
        assertThat(paid.failoverReason()).contains("one: INSUFFICIENT_FLOAT (E400)");
        assertThat(bench.items()).containsExactly(PayoutItem.Kind.FLOAT_SHORT);
        bench.assertTotal("assets:providers:two:float", -5_100);
        bench.assertTotal("assets:providers:one:float", 0);
    }

    @Test
    void once_all_are_short_of_float_the_first_is_tried_again_later_under_a_new_key() {
        one.onSend(SHORT, SHORT);
        two.onSend(SHORT, succeeded("r4"));
        Payout payout = requestByRoutes();
        bench.run();
        bench.run();

        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.PENDING);
        assertThat(bench.run()).isZero();
        bench.assertWallet(13_500, 6_500);
        bench.runAfter(SOON, payout);
        bench.run();

        Payout paid = bench.find(payout);
        assertThat(paid.status()).isEqualTo(PayoutStatus.SUCCEEDED);
        assertThat(paid.attempts()).extracting(PayoutAttempt::provider).containsExactly("one", "two", "one", "two");
        assertThat(paid.attempts()).extracting(PayoutAttempt::key).doesNotHaveDuplicates();
        assertThat(bench.items()).containsExactly(PayoutItem.Kind.FLOAT_SHORT, PayoutItem.Kind.FLOAT_SHORT);
    }

    @Test
    void what_waits_for_float_is_tried_at_once_after_a_top_up() {
        one.onSend(SHORT, SHORT, succeeded("r3"));
        bench.engine(one, two);
        Payout payout = bench.request("p1");
        bench.run();
        bench.runAfter(SOON, payout);
        assertThat(bench.run()).isZero();

        assertThat(bench.payouts().retryShortOfFloat("two", TZS)).isZero();
        assertThat(bench.payouts().retryShortOfFloat("one", Currency.of("KES"))).isZero();
        assertThat(bench.payouts().retryShortOfFloat("one", TZS)).isOne();
        bench.run();

        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.SUCCEEDED);
        assertThat(bench.payouts().retryShortOfFloat("one", TZS)).isZero();
        bench.assertPaid(100);
    }

    @Test
    void a_refusal_of_the_last_provider_fails_a_payout_for_which_another_was_short_of_float() {
        one.onSend(SHORT);
        two.onSend(rejected(FailureReason.INVALID_RECIPIENT));
        Payout payout = requestByRoutes();

        bench.run();
        bench.run();

        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.FAILED);
        bench.assertWallet(20_000, 0);
    }

    @Test
    void a_float_that_stays_short_is_tried_ever_less_often_and_in_the_end_daily() {
        one.onSend(SHORT);
        STEPS.forEach(step -> one.onSend(SHORT));
        one.onSend(succeeded("r1"));
        bench.engine(one);
        Payout payout = bench.request("p1");
        bench.run();

        STEPS.forEach(step -> bench.runAfter(step, payout));

        assertThat(one.sends()).hasSize(1 + STEPS.size());
        bench.clock.move(Duration.ofHours(12));
        assertThat(bench.run()).isZero();
        assertThat(bench.runAfter(Duration.ofHours(12), payout).status()).isEqualTo(PayoutStatus.SUCCEEDED);
    }

    @Test
    void a_provider_that_stays_gone_is_waited_for_ever_less_often_and_in_the_end_daily() {
        bench.engine(one, two);
        Payout payout = bench.payouts().request(bench.aRequest("p1").via("two"));
        bench.engine(one);
        bench.run();

        STEPS.forEach(step -> bench.runAfter(step, payout));

        int rows = bench.payouts().history(payout.id()).size();
        bench.clock.move(Duration.ofHours(12));
        assertThat(bench.run()).isZero();
        assertThat(bench.payouts().history(payout.id())).hasSize(rows);
        bench.engine(one, two.onSend(succeeded("r1")));
        assertThat(bench.runAfter(Duration.ofHours(12), payout).status()).isEqualTo(PayoutStatus.SUCCEEDED);
    }

    private Payout requestByRoutes() {
        bench.engine(builder -> builder.routes(List.of(Route.of(TZS, Channel.MOBILE_MONEY, "one", "two"))), one, two);
        return bench.payouts().request(PayoutRequest.of("p1", ALICE, tzs(5_000), ASHA));
    }
}
