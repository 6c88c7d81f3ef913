package io.holdfast.payout.engine;

import static io.holdfast.payout.engine.PayoutBench.ALICE;
import static io.holdfast.payout.engine.PayoutBench.ASHA;
import static io.holdfast.payout.engine.PayoutBench.TZS;
import static io.holdfast.payout.engine.PayoutBench.accepted;
import static io.holdfast.payout.engine.PayoutBench.rejected;
import static io.holdfast.payout.engine.PayoutBench.succeeded;
import static io.holdfast.payout.engine.PayoutBench.timeout;
import static io.holdfast.payout.engine.PayoutBench.tzs;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.db.testing.TestDatabase;
import io.holdfast.payout.CircuitBreaker;
import io.holdfast.payout.Payout;
import io.holdfast.payout.PayoutRequest;
import io.holdfast.payout.PayoutStatus;
import io.holdfast.payout.Route;
import io.holdfast.payout.spi.Channel;
import io.holdfast.payout.spi.Evidence;
import io.holdfast.payout.spi.FailureReason;
import io.holdfast.payout.spi.Feature;
import io.holdfast.payout.spi.Outcome;
import io.holdfast.payout.spi.Preparation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** A provider that does not work is sent nothing new, and is asked all the same. */
class BreakerTest {

    private static final TestDatabase DATABASE = TestDatabase.create();
    private static final CircuitBreaker AFTER_TWO =
            new CircuitBreaker(2, Duration.ofSeconds(30), Duration.ofMinutes(2));
    private static final Outcome UNREACHABLE = new Outcome.NotSent("connection refused");

    private final PayoutBench bench = new PayoutBench(DATABASE);

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    @Test
    void after_failures_in_a_row_only_one_payout_is_sent_now_and_then_until_one_gets_through() {
        ScriptedProvider one = bench.provider("one").onSend(UNREACHABLE, UNREACHABLE, UNREACHABLE);
        engine(one);
        request(4);

        assertThat(bench.run(100)).isEqualTo(2);
        assertThat(bench.payouts().brokenProviders()).singleElement().satisfies(broken -> {
            assertThat(broken.provider()).isEqualTo("one");
            assertThat(broken.retryAt()).isEqualTo(bench.clock.instant().plusSeconds(30));
            assertThat(broken.detail()).contains("NOT_SENT");
        });
        bench.clock.move(Duration.ofSeconds(29));
        assertThat(bench.run(100)).isZero();
        bench.clock.move(Duration.ofSeconds(1));
        assertThat(bench.run(100)).isEqualTo(1);
        bench.clock.move(Duration.ofSeconds(59));
        assertThat(bench.run(100)).isZero();
        one.onSend(succeeded("r1"), succeeded("r2"), succeeded("r3"), succeeded("r4"));
        bench.clock.move(Duration.ofSeconds(1));
        assertThat(bench.run(100)).isEqualTo(4);

        assertThat(bench.payouts().brokenProviders()).isEmpty();
        assertThat(one.sends()).hasSize(7);
        bench.assertBooks();
    }

    @Test
    void a_trial_that_is_sent_again_and_gets_through_closes_it_too() {
        ScriptedProvider one = bench.provider("one").onSend(UNREACHABLE, UNREACHABLE);
        engine(one);
        request(2);
        bench.run(100);
        assertThat(bench.payouts().brokenProviders()).hasSize(1);

        one.onSend(succeeded("r1"), succeeded("r2"));
        bench.clock.move(Duration.ofSeconds(30));
        assertThat(bench.run(100)).isEqualTo(2);

        assertThat(bench.payouts().brokenProviders()).isEmpty();
    }

    @Test
    void what_is_sent_again_and_does_not_get_through_is_counted_too() {
        ScriptedProvider one = bench.provider("one").onSend(UNREACHABLE, UNREACHABLE);
        engine(one);
        request(1);
        bench.run(100);
        assertThat(bench.payouts().brokenProviders()).isEmpty();

        bench.clock.move(Duration.ofSeconds(5));
        bench.run(100);

        assertThat(bench.payouts().brokenProviders()).hasSize(1);
    }

    @Test
    void questions_and_repeated_sends_go_on() {
        ScriptedProvider one = bench.provider("one").onSend(accepted("r1"), timeout(), timeout());
        engine(one);
        List<Payout> payouts = request(4);
        assertThat(bench.run(100)).isEqualTo(3);
        assertThat(bench.payouts().brokenProviders()).hasSize(1);

        one.onLookup(succeeded("r1")).onSend(succeeded("r2"), succeeded("r3"));
        bench.clock.move(Duration.ofSeconds(5));
        assertThat(bench.run(100)).isEqualTo(3);

        assertThat(payouts.stream().map(payout -> bench.find(payout).status()))
                .containsExactly(
                        PayoutStatus.SUCCEEDED, PayoutStatus.SUCCEEDED, PayoutStatus.SUCCEEDED, PayoutStatus.PENDING);
        assertThat(bench.payouts().brokenProviders()).hasSize(1);
    }

    @Test
    void what_one_node_finds_out_the_others_heed() {
        engine(bench.provider("one").onSend(UNREACHABLE, UNREACHABLE));
        request(3);
        bench.run(100);
        ScriptedProvider elsewhere = bench.provider("one");
        PayoutEngine other =
                bench.newEngine(builder -> builder.breaker(AFTER_TWO).fees(List.of()), elsewhere);

        assertThat(other.processor().runOnce(100)).isZero();
        elsewhere.onSend(succeeded("r1"), succeeded("r2"), succeeded("r3"));
        bench.clock.move(Duration.ofSeconds(30));
        assertThat(other.processor().runOnce(100)).isEqualTo(3);

        assertThat(other.payouts().brokenProviders()).isEmpty();
    }

    @Test
    void a_refusal_shows_that_the_provider_works() {
        engine(bench.provider("one")
                .onSend(UNREACHABLE, rejected(FailureReason.DECLINED), UNREACHABLE, succeeded("r1")));
        request(4);

        assertThat(bench.run(100)).isEqualTo(4);

        assertThat(bench.payouts().brokenProviders()).isEmpty();
    }

    @Test
    void a_preparation_that_is_refused_because_the_provider_is_down_is_counted_as_a_send_would_be() {
        ScriptedProvider one = bench.provider("one", ways -> ways.features(Feature.PREPARATION))
                .onPrepare(() -> refused(FailureReason.PROVIDER_UNAVAILABLE))
                .onPrepare(() -> refused(FailureReason.PROVIDER_DISABLED));
        engine(one);
        request(4);

        assertThat(bench.run(100)).isEqualTo(2);

        assertThat(bench.payouts().brokenProviders()).hasSize(1);
        assertThat(one.sends()).isEmpty();
    }

    @Test
    void one_that_is_refused_for_another_reason_shows_that_the_provider_works() {
        ScriptedProvider one = bench.provider("one", ways -> ways.features(Feature.PREPARATION))
                .onPrepare(() -> new Preparation.Postponed(Optional.empty(), "timed out", Evidence.NONE))
                .onPrepare(() -> refused(FailureReason.DECLINED))
                .onPrepare(() -> refused(FailureReason.PROVIDER_DISABLED))
                .onPrepare(() -> refused(FailureReason.PROVIDER_DISABLED))
                .onPrepare(() -> refused(FailureReason.DECLINED));
        engine(one);
        request(3);
        assertThat(bench.run(100)).isEqualTo(3);
        assertThat(bench.payouts().brokenProviders()).isEmpty();
        request(5);
        bench.run(100);
        assertThat(bench.payouts().brokenProviders()).hasSize(1);

        bench.clock.move(Duration.ofSeconds(30));
        bench.run(1);

        assertThat(bench.payouts().brokenProviders()).isEmpty();
    }

    @Test
    void one_that_succeeds_does_not_hide_that_the_sends_after_it_fail() {
        ScriptedProvider one = bench.provider("one", ways -> ways.features(Feature.PREPARATION))
                .onSend(UNREACHABLE, UNREACHABLE);
        engine(one);
        request(3);

        assertThat(bench.run(100)).isEqualTo(2);

        assertThat(bench.payouts().brokenProviders()).hasSize(1);
    }

    private static Preparation refused(FailureReason reason) {
        return new Preparation.Refused(reason, "E1", "no", Evidence.NONE);
    }

    @Test
    void new_payouts_take_another_route_first_and_keep_the_broken_one_as_the_last() {
        ScriptedProvider one = bench.provider("one").onSend(UNREACHABLE, UNREACHABLE);
        ScriptedProvider two = bench.provider("two").onSend(succeeded("s1"));
        bench.engine(
                builder -> builder.breaker(AFTER_TWO)
                        .fees(List.of())
                        .routes(List.of(Route.of(TZS, Channel.MOBILE_MONEY, "one", "two"))),
                one,
                two);
        request(2);
        bench.run(100);

        Payout rerouted = bench.payouts().request(PayoutRequest.of("q1", ALICE, tzs(100), ASHA));

        assertThat(rerouted.routes()).containsExactly("two", "one");
    }

    @Test
    void without_a_breaker_everything_is_sent() {
        ScriptedProvider one = bench.provider("one").onSend(UNREACHABLE, UNREACHABLE, UNREACHABLE);
        bench.engine(builder -> builder.breaker(CircuitBreaker.OFF).fees(List.of()), one);
        request(3);

        assertThat(bench.run(100)).isEqualTo(3);
    }

    private void engine(ScriptedProvider provider) {
        bench.engine(builder -> builder.breaker(AFTER_TWO).fees(List.of()), provider);
    }

    private List<Payout> request(int count) {
        List<Payout> payouts = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            payouts.add(bench.payouts()
                    .request(PayoutRequest.of("p" + i, ALICE, tzs(5_000), ASHA).via("one")));
            bench.clock.move(Duration.ofMillis(1));
        }
        return payouts;
    }
}
