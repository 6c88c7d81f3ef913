package io.holdfast.payout.engine;

import static io.holdfast.payout.engine.PayoutBench.succeeded;
import static io.holdfast.payout.engine.PayoutBench.timeout;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.db.testing.TestDatabase;
import io.holdfast.ledger.HoldReference;
import io.holdfast.ledger.HoldRelease;
import io.holdfast.ledger.Key;
import io.holdfast.payout.AttemptOutcome;
import io.holdfast.payout.AttemptState;
import io.holdfast.payout.CircuitBreaker;
import io.holdfast.payout.Payout;
import io.holdfast.payout.PayoutItem;
import io.holdfast.payout.PayoutStatus;
import io.holdfast.payout.PayoutTransition;
import io.holdfast.payout.spi.Evidence;
import io.holdfast.payout.spi.FailureReason;
import io.holdfast.payout.spi.Feature;
import io.holdfast.payout.spi.Outcome;
import io.holdfast.payout.spi.Preparation;
import io.holdfast.payout.spi.Resend;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** The call that some providers need before a create. */
class PreparationTest {

    private static final TestDatabase DATABASE = TestDatabase.create();
    private static final Duration SOON = Duration.ofSeconds(5);

    private final PayoutBench bench = new PayoutBench(DATABASE);

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    @Test
    void a_preparation_is_stored_with_the_bytes_and_not_made_again_for_a_resend() {
        Instant expiry = bench.clock.instant().plus(Duration.ofMinutes(15));
        ScriptedProvider one = bench.provider("one", ways -> ways.features(Feature.PREPARATION))
                .onPrepare(() -> new Preparation.Postponed(Optional.empty(), "busy", Evidence.NONE))
                .onPrepare(() -> new Preparation.Ready("q1", Optional.empty(), Optional.of(expiry), Evidence.NONE))
                .onSend(timeout(), succeeded("r1"));
        bench.engine(one);
        Payout payout = bench.request("p1");

        bench.run();
        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.PENDING);
        bench.runAfter(SOON, payout);
        bench.runAfter(SOON, payout);

        bench.assertPaid(100);
        assertThat(one.sends())
                .hasSize(2)
                .allSatisfy(send -> assertThat(new String(send.body(), UTF_8)).contains("q1"));
    }

    @Test
    void a_create_that_is_prepared_first_carries_the_hosts_metadata_too() {
        ScriptedProvider one = bench.provider("one", ways -> ways.features(Feature.PREPARATION, Feature.METADATA))
                .onSend(succeeded("r1"));
        bench.engine(one);
        bench.payouts().request(bench.aRequest("p1").metadata("order", "42"));

        bench.run();

        assertThat(one.sends())
                .singleElement()
                .satisfies(send -> assertThat(new String(send.body(), UTF_8)).contains("order=42"));
    }

    @Test
    void what_a_provider_refuses_to_prepare_has_failed() {
        bench.engine(bench.provider("one", ways -> ways.features(Feature.PREPARATION))
                .onPrepare(() ->
                        new Preparation.Refused(FailureReason.AMOUNT_OUT_OF_RANGE, "E9", "too much", Evidence.NONE)));
        Payout payout = bench.request("p1");

        bench.run();

        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.FAILED);
        assertThat(bench.find(payout).attempts()).singleElement().satisfies(attempt -> {
            assertThat(attempt.state()).isEqualTo(AttemptState.FAILED);
            assertThat(attempt.outcome()).contains(AttemptOutcome.REJECTED);
        });
        bench.assertNothingPaid();
    }

    @Test
    void and_is_for_a_person_where_its_money_cannot_be_given_back() {
        ScriptedProvider one = bench.provider("one", ways -> ways.features(Feature.PREPARATION))
                .onPrepare(() -> new Preparation.Refused(FailureReason.DECLINED, "E9", "not him", Evidence.NONE))
                .onPrepare(() -> new Preparation.Refused(FailureReason.DECLINED, "E9", "not him", Evidence.NONE));
        bench.engine(one);
        Payout payout = bench.request("p1");
        // Whoever uses a key that is not for hosts gets past the guard of what payouts hold.
        bench.ledger.release(HoldRelease.of(
                HoldReference.of(Key.reserved("payout", payout.id() + ":hold")), Key.reserved("payout", "by-hand")));

        assertThat(bench.run(10)).isOne();
        bench.clock.move(Duration.ofDays(2));
        assertThat(bench.run(10)).isPositive();

        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.PENDING);
        assertThat(bench.payouts().items(10, 0)).singleElement().satisfies(item -> {
            assertThat(item.kind()).isEqualTo(PayoutItem.Kind.NOT_BOOKED);
            assertThat(item.detail()).contains("not him", "HOLD_NOT_ACTIVE");
        });
    }

    @Test
    void an_expired_preparation_is_made_anew_under_a_new_key_only_if_nothing_was_carried_out() {
        Instant expiry = bench.clock.instant().plus(Duration.ofMinutes(1));
        ScriptedProvider one = bench.provider("one", ways -> ways.features(Feature.PREPARATION))
                .onPrepare(() -> new Preparation.Ready("q1", Optional.empty(), Optional.of(expiry), Evidence.NONE))
                .onPrepare(() -> new Preparation.Ready("q2", Optional.empty(), Optional.empty(), Evidence.NONE))
                .onSend(new Outcome.NotSent("no route to host"), succeeded("r1"));
        bench.engine(one);
        Payout payout = bench.request("p1");
        bench.run();

        Payout paid = bench.runAfter(Duration.ofMinutes(2), payout);

        bench.assertPaid(100);
        assertThat(paid.attempts())
                .extracting(attempt -> attempt.state())
                .containsExactly(AttemptState.FAILED, AttemptState.SETTLED);
    }

    @Test
    void bytes_whose_preparation_is_about_to_expire_are_not_sent_again() {
        Instant expiry = bench.clock.instant().plus(Duration.ofMinutes(15));
        ScriptedProvider one = prepared(expiry, Resend.within(Duration.ofHours(24)));
        bench.engine(one);
        Payout payout = bench.request("p1");
        bench.run();
        bench.runAfter(Duration.ofMinutes(9), payout);
        assertThat(one.sends()).hasSize(2);

        Payout review = bench.runAfter(Duration.ofMinutes(1), payout);

        assertThat(review.status()).isEqualTo(PayoutStatus.REVIEW);
        assertThat(one.sends()).hasSize(2);
        bench.assertWallet(13_500, 6_500);
    }

    @Test
    void a_preparation_that_lasts_longer_than_the_window_does_not_widen_it() {
        Instant expiry = bench.clock.instant().plus(Duration.ofDays(2));
        ScriptedProvider one = prepared(expiry, Resend.within(Duration.ofHours(1)));
        bench.engine(one);
        Payout payout = bench.request("p1");
        bench.run();

        Payout review = bench.runAfter(Duration.ofMinutes(56), payout);

        assertThat(review.status()).isEqualTo(PayoutStatus.REVIEW);
        assertThat(one.sends()).hasSize(1);
        bench.assertWallet(13_500, 6_500);
    }

    @Test
    void what_the_provider_said_of_a_preparation_is_kept_and_masked() {
        Evidence busy = Evidence.http(503, "busy with +255712345678");
        Evidence quote = Evidence.http(201, "{\"quote\":\"q1\",\"name\":\"Asha Juma\"}");
        bench.engine(bench.provider("one", ways -> ways.features(Feature.PREPARATION))
                .onPrepare(() -> new Preparation.Postponed(Optional.empty(), "busy", busy))
                .onPrepare(() -> new Preparation.Ready("q1", Optional.empty(), Optional.empty(), quote))
                .onSend(succeeded("r1")));
        Payout payout = bench.request("p1");

        bench.run();
        bench.runAfter(SOON, payout);

        assertThat(preparations(payout))
                .extracting(PayoutTransition::evidence)
                .allSatisfy(text -> assertThat(text).doesNotContain("255712345678", "Asha"))
                .satisfiesExactly(
                        text -> assertThat(text).startsWith("HTTP 503 busy with"),
                        text -> assertThat(text).startsWith("HTTP 201").contains("q1"));
        assertThat(preparations(payout).get(1).attempt()).contains(1);
        bench.assertPaid(100);
    }

    @Test
    void that_an_attempt_is_closed_because_its_preparation_expired_is_in_the_history() {
        Instant expiry = bench.clock.instant().plus(Duration.ofMinutes(1));
        bench.engine(bench.provider("one", ways -> ways.features(Feature.PREPARATION))
                .onPrepare(() -> new Preparation.Ready("q1", Optional.empty(), Optional.of(expiry), Evidence.NONE))
                .onSend(new Outcome.NotSent("no route to host"), succeeded("r1")));
        Payout payout = bench.request("p1");
        bench.run();

        bench.runAfter(Duration.ofMinutes(2), payout);

        assertThat(preparations(payout)).singleElement().satisfies(step -> {
            assertThat(step.attempt()).contains(1);
            assertThat(step.verdict()).isEqualTo(PayoutTransition.Verdict.CHANGED);
            assertThat(step.detail()).contains("expired");
        });
    }

    @Test
    void one_that_has_expired_when_it_arrives_is_not_used_but_made_again() {
        Instant now = bench.clock.instant();
        ScriptedProvider one = bench.provider("one", ways -> ways.features(Feature.PREPARATION))
                .onPrepare(() -> until("q1", now.minus(Duration.ofMinutes(1))))
                .onPrepare(() -> until("q2", now.plus(Duration.ofMinutes(15))))
                .onSend(succeeded("r1"));
        bench.engine(one);
        Payout payout = bench.request("p1");

        bench.run();
        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.PENDING);
        assertThat(one.sends()).isEmpty();
        assertThat(preparations(payout))
                .extracting(PayoutTransition::detail)
                .containsExactly("Its preparation could be used until " + now.minus(Duration.ofMinutes(1))
                        + ", which is too soon to send by: it is made again");
        bench.runAfter(SOON, payout);

        assertThat(one.sends())
                .singleElement()
                .satisfies(send -> assertThat(new String(send.body(), UTF_8)).contains("q2"));
        bench.assertPaid(100);
    }

    @Test
    void that_none_can_be_sent_in_time_is_for_a_person_and_does_not_break_the_provider() {
        ScriptedProvider one = bench.provider("one", ways -> ways.features(Feature.PREPARATION));
        bench.engine(builder -> builder.breaker(new CircuitBreaker(2, SOON, SOON)), one);
        Payout payout = bench.request("p1");

        for (int round = 1; round <= 10; round++) {
            one.onPrepare(() -> until("q1", bench.clock.instant().plusSeconds(1)));
            bench.runAfter(Duration.ofMinutes(15), payout);
            assertThat(bench.items()).hasSize(round < 5 ? 0 : 1);
        }

        assertThat(preparations(payout)).hasSize(10);
        assertThat(bench.payouts().items(10, 0)).singleElement().satisfies(item -> {
            assertThat(item.kind()).isEqualTo(PayoutItem.Kind.UNLISTED_ANSWER);
            assertThat(item.detail()).contains("one", "PT10S", "clock");
        });
        assertThat(bench.payouts().brokenProviders()).isEmpty();
        assertThat(one.sends()).isEmpty();
        one.onPrepare(() -> until("q2", bench.clock.instant().plusSeconds(11))).onSend(succeeded("r1"));
        bench.runAfter(Duration.ofMinutes(15), payout);
        bench.assertPaid(100);
    }

    private static Preparation until(String quote, Instant expiry) {
        return new Preparation.Ready(quote, Optional.empty(), Optional.of(expiry), Evidence.NONE);
    }

    private List<PayoutTransition> preparations(Payout payout) {
        return bench.payouts().history(payout.id()).stream()
                .filter(step -> step.cause() == PayoutTransition.Cause.PREPARATION)
                .toList();
    }

    /** Returns a provider that prepares a send, which can be used until then, and never answers. */
    private ScriptedProvider prepared(Instant expiry, Resend resend) {
        return bench.provider("one", ways -> ways.features(Feature.PREPARATION).resend(resend))
                .onPrepare(() -> new Preparation.Ready("q1", Optional.empty(), Optional.of(expiry), Evidence.NONE))
                .onSend(timeout(), timeout());
    }
}
