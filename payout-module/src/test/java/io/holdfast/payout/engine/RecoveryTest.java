package io.holdfast.payout.engine;

import static io.holdfast.payout.engine.PayoutBench.accepted;
import static io.holdfast.payout.engine.PayoutBench.failed;
import static io.holdfast.payout.engine.PayoutBench.rejected;
import static io.holdfast.payout.engine.PayoutBench.reversed;
import static io.holdfast.payout.engine.PayoutBench.succeeded;
import static io.holdfast.payout.engine.PayoutBench.timeout;
import static io.holdfast.payout.engine.PayoutBench.tzs;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.db.testing.TestDatabase;
import io.holdfast.payout.AttemptState;
import io.holdfast.payout.Payout;
import io.holdfast.payout.PayoutItem;
import io.holdfast.payout.PayoutStatus;
import io.holdfast.payout.spi.Evidence;
import io.holdfast.payout.spi.FailureReason;
import io.holdfast.payout.spi.Outcome;
import io.holdfast.payout.spi.Particulars;
import io.holdfast.payout.spi.Resend;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of a payout whose answer was lost. */
class RecoveryTest {

    private static final TestDatabase DATABASE = TestDatabase.create();
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final Duration DAY = Duration.ofDays(1);

    private final PayoutBench bench = new PayoutBench(DATABASE);

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    @Test
    void a_timeout_keeps_the_hold_and_the_same_bytes_are_sent_again_under_the_same_key() {
        ScriptedProvider one = bench.provider("one").onSend(timeout(), timeout(), succeeded("r1"));
        bench.engine(one);
        Payout payout = bench.request("p1");

        bench.run();
        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.UNKNOWN);
        bench.assertWallet(13_500, 6_500);
        bench.runAfter(SOON, payout);
        bench.assertWallet(13_500, 6_500);
        Payout paid = bench.runAfter(Duration.ofSeconds(15), payout);

        bench.assertPaid(100);
        assertThat(one.sends()).hasSize(3);
        assertThat(new HashSet<>(one.sends())).hasSize(1);
        assertThat(new HashSet<>(one.instructions())).hasSize(1);
        assertThat(paid.attempts()).hasSize(1);
        assertThat(paid.attempts().get(0).sends())
                .extracting(send -> send.outcome().orElseThrow())
                .containsExactly(Outcome.Code.UNKNOWN, Outcome.Code.UNKNOWN, Outcome.Code.SUCCEEDED);
        assertThat(bench.path(payout)).containsExactly("PENDING", "SENDING", "UNKNOWN", "SUCCEEDED");
    }

    @Test
    void the_rejection_of_a_resend_proves_nothing_of_the_first_send() {
        bench.engine(bench.provider("one")
                .onSend(
                        timeout(),
                        rejected(FailureReason.PROVIDER_DISABLED),
                        new Outcome.NotSent("connection refused"),
                        new Outcome.NotExecuted(Optional.empty(), "429", Evidence.NONE),
                        succeeded("r1")));
        Payout payout = bench.request("p1");
        bench.run();

        for (Duration wait : new Duration[] {SOON, Duration.ofSeconds(15), Duration.ofMinutes(1)}) {
            assertThat(bench.runAfter(wait, payout).status()).isEqualTo(PayoutStatus.UNKNOWN);
            bench.assertWallet(13_500, 6_500);
        }
        assertThat(bench.runAfter(Duration.ofMinutes(5), payout).status()).isEqualTo(PayoutStatus.SUCCEEDED);

        bench.assertPaid(100);
    }

    @Test
    void the_rejection_of_a_resend_is_proof_where_the_provider_replays_its_first_answer() {
        bench.engine(bench.provider("one", ways -> ways.resend(new Resend(DAY, Resend.Rejections.REPLAY_THE_FIRST)))
                .onSend(timeout(), rejected(FailureReason.DECLINED)));
        Payout payout = bench.request("p1");
        bench.run();

        assertThat(bench.runAfter(SOON, payout).status()).isEqualTo(PayoutStatus.FAILED);

        bench.assertNothingPaid();
    }

    @Test
    void the_window_of_a_key_begins_with_the_first_send_that_may_have_left() {
        bench.engine(bench.provider("one").onSend(new Outcome.NotSent("no route to host"), timeout(), succeeded("r1")));
        Payout payout = bench.request("p1");
        bench.run();

        assertThat(bench.runAfter(Duration.ofHours(30), payout).status()).isEqualTo(PayoutStatus.UNKNOWN);
        assertThat(bench.runAfter(SOON, payout).status()).isEqualTo(PayoutStatus.SUCCEEDED);

        bench.assertPaid(100);
    }

    @Test
    void a_send_that_never_left_is_made_again_later() {
        ScriptedProvider one = bench.provider("one")
                .onSend(
                        new Outcome.NotSent("no route to host"),
                        new Outcome.NotExecuted(Optional.of(Duration.ofMinutes(2)), "429", Evidence.NONE),
                        succeeded("r1"));
        bench.engine(one);
        Payout payout = bench.request("p1");

        bench.run();
        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.PENDING);
        assertThat(bench.runAfter(SOON, payout).status()).isEqualTo(PayoutStatus.PENDING);
        bench.clock.move(Duration.ofSeconds(119));
        assertThat(bench.run()).isZero();
        assertThat(bench.runAfter(Duration.ofSeconds(1), payout).status()).isEqualTo(PayoutStatus.SUCCEEDED);

        assertThat(new HashSet<>(one.instructions())).hasSize(1);
        assertThat(bench.path(payout))
                .containsExactly("PENDING", "SENDING", "PENDING", "SENDING", "PENDING", "SENDING", "SUCCEEDED");
    }

    @Test
    void a_rejection_after_a_send_that_never_left_is_proof() {
        bench.engine(bench.provider("one")
                .onSend(new Outcome.NotSent("no route to host"), rejected(FailureReason.DECLINED)));
        Payout payout = bench.request("p1");
        bench.run();

        assertThat(bench.runAfter(SOON, payout).status()).isEqualTo(PayoutStatus.FAILED);

        bench.assertNothingPaid();
    }

    @Test
    void nothing_is_sent_again_once_the_window_is_over_and_the_hold_stays_for_ever() {
        ScriptedProvider one = bench.provider("one", ways -> ways.resend(Resend.within(Duration.ofHours(1))))
                .onSend(timeout());
        bench.engine(one);
        Payout payout = bench.request("p1");
        bench.run();

        Payout review = bench.runAfter(Duration.ofMinutes(56), payout);

        assertThat(review.status()).isEqualTo(PayoutStatus.REVIEW);
        bench.clock.move(Duration.ofDays(3_650));
        bench.run();
        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.REVIEW);
        assertThat(one.sends()).hasSize(1);
        bench.assertWallet(13_500, 6_500);
    }

    @Test
    void a_provider_that_offers_no_way_of_finding_out_is_sent_exactly_one_create_ever() {
        ScriptedProvider one =
                bench.provider("one", ways -> ways.resend(Resend.NEVER)).onSend(timeout());
        bench.engine(one);
        Payout payout = bench.request("p1");

        for (int day = 0; day < 10; day++) {
            bench.run();
            bench.clock.move(DAY);
        }

        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.REVIEW);
        assertThat(one.sends()).hasSize(1);
        bench.assertWallet(13_500, 6_500);
    }

    @Test
    void an_accepted_payout_that_stays_undecided_is_given_to_a_person_and_still_asked_about() {
        ScriptedProvider one = bench.provider("one").onSend(accepted("r1"));
        bench.engine(one);
        Payout payout = bench.request("p1");
        bench.run();

        assertThat(bench.runAfter(Duration.ofDays(3), payout).status()).isEqualTo(PayoutStatus.REVIEW);
        bench.assertWallet(13_500, 6_500);
        one.onLookup(accepted("r1"), succeeded("r1"));
        assertThat(bench.runAfter(Duration.ZERO, payout).status()).isEqualTo(PayoutStatus.REVIEW);
        assertThat(bench.runAfter(DAY, payout).status()).isEqualTo(PayoutStatus.SUCCEEDED);

        bench.assertPaid(100);
    }

    @Test
    void questions_that_are_not_answered_change_nothing() {
        ScriptedProvider one = bench.provider("one")
                .onSend(accepted("r1"))
                .onLookup(
                        timeout(),
                        new Outcome.NotFound(Evidence.NONE),
                        rejected(FailureReason.PROVIDER_DISABLED),
                        new Outcome.NotSent("no route to host"),
                        new Outcome.NotExecuted(Optional.of(Duration.ofHours(3)), "429", Evidence.NONE));
        bench.engine(one);
        Payout payout = bench.request("p1");
        bench.run();

        for (int question = 0; question < 5; question++) {
            assertThat(bench.runAfter(Duration.ofMinutes(15), payout).status()).isEqualTo(PayoutStatus.PROCESSING);
            bench.assertWallet(13_500, 6_500);
        }
        bench.clock.move(Duration.ofMinutes(179));
        assertThat(bench.run()).isZero();
    }

    @Test
    void an_echo_of_another_amount_or_recipient_is_no_proof() {
        ScriptedProvider one = bench.provider("one")
                .onSend(accepted("r1"), accepted("r2"))
                .onLookup(
                        new Outcome.Succeeded("r1", Particulars.NONE.amount(tzs(500_000)), Evidence.NONE),
                        succeeded("r1"));
        bench.engine(one);
        Payout payout = bench.request("p1");
        bench.run();

        assertThat(bench.runAfter(SOON, payout).status()).isEqualTo(PayoutStatus.REVIEW);
        bench.assertWallet(13_500, 6_500);
        assertThat(bench.items()).containsExactly(PayoutItem.Kind.MISMATCH);
        assertThat(bench.runAfter(DAY, payout).status()).isEqualTo(PayoutStatus.SUCCEEDED);
        bench.assertPaid(100);
        Payout second = bench.request("p2");
        bench.run();
        one.onLookup(new Outcome.Succeeded("r2", Particulars.NONE.recipient("255799999999"), Evidence.NONE));

        assertThat(bench.runAfter(SOON, second).status()).isEqualTo(PayoutStatus.REVIEW);
        assertThat(bench.payouts().items(10, 0))
                .allSatisfy(item -> assertThat(item.detail()).doesNotContain("255712345678", "255799999999"));
    }

    static Stream<Outcome> endings() {
        return Stream.of(succeeded("r1"), failed("r1"));
    }

    @ParameterizedTest
    @MethodSource("endings")
    void what_is_told_under_another_payouts_reference_proves_nothing(Outcome ending) {
        bench.engine(bench.provider("one").onSend(accepted("r1"), ending));
        Payout first = bench.request("p1");
        bench.run();
        Payout second = bench.request("p2");
        bench.run();

        assertThat(bench.find(first).status()).isEqualTo(PayoutStatus.PROCESSING);
        assertThat(bench.find(second).status()).isEqualTo(PayoutStatus.REVIEW);
        assertThat(bench.items()).containsExactly(PayoutItem.Kind.REFERENCE_TAKEN);
        bench.assertWallet(7_000, 13_000);
    }

    @Test
    void a_failure_of_one_of_two_references_releases_nothing() {
        Payout payout = bench.sent(accepted("r1"));

        bench.apply(payout, 1, failed("r2"));

        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.REVIEW);
        assertThat(bench.items()).contains(PayoutItem.Kind.CONTRADICTION);
        bench.assertWallet(13_500, 6_500);
    }

    @Test
    void a_success_is_final_whatever_late_answers_say() {
        bench.engine(bench.provider("one").onSend(accepted("r1")).onLookup(succeeded("r1")));
        Payout payout = bench.request("p1");
        bench.run();
        bench.runAfter(SOON, payout);

        bench.apply(payout, 1, accepted("r1"));
        bench.apply(payout, 1, timeout());
        bench.apply(payout, 1, succeeded("r1"));
        bench.apply(payout, 1, new Outcome.NotFound(Evidence.NONE));

        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.SUCCEEDED);
        bench.assertPaid(100);
        assertThat(bench.items()).isEmpty();
    }

    @Test
    void the_failure_of_an_earlier_attempt_does_not_undo_the_success_of_a_later_one() {
        bench.engine(bench.provider("one").onSend(rejected(FailureReason.INSUFFICIENT_FLOAT), succeeded("r2")));
        Payout payout = bench.request("p1");
        bench.run();
        bench.runAfter(SOON, payout);

        bench.apply(payout, 1, failed("r1"));

        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.SUCCEEDED);
        bench.assertPaid(100);
    }

    @Test
    void doubt_is_counted_from_the_first_send_and_in_review_nothing_is_sent_any_more() {
        ScriptedProvider one = bench.provider("one", ways -> ways.resend(Resend.within(DAY.multipliedBy(30))));
        bench.engine(one);
        Payout payout = bench.request("p1");
        bench.run();
        for (int day = 0; day < 2; day++) {
            assertThat(bench.runAfter(DAY, payout).status()).isEqualTo(PayoutStatus.UNKNOWN);
        }
        assertThat(one.sends()).hasSize(3);

        assertThat(bench.runAfter(DAY, payout).status()).isEqualTo(PayoutStatus.REVIEW);
        for (int day = 0; day < 3; day++) {
            assertThat(bench.runAfter(DAY, payout).status()).isEqualTo(PayoutStatus.REVIEW);
        }

        assertThat(one.sends()).hasSize(3);
        bench.assertWallet(13_500, 6_500);
    }

    @Test
    void what_is_said_under_another_payouts_reference_is_no_news_of_this_one_whatever_it_is() {
        bench.engine(bench.provider("one").onSend(accepted("r1"), accepted("r2"), accepted("r1")));
        Payout first = bench.request("p1");
        bench.run();
        Payout second = bench.request("p2");
        bench.run();
        Payout third = bench.request("p3");
        bench.run();

        bench.apply(second, 1, reversed("r1", 5_000, 100));

        for (Payout payout : List.of(second, third)) {
            assertThat(bench.path(payout)).endsWith("REVIEW");
            assertThat(bench.find(payout).attempts().get(0).state()).isEqualTo(AttemptState.OPEN);
            assertThat(bench.payouts().history(payout.id()))
                    .extracting(step -> step.outcome())
                    .doesNotContain(Optional.of(Outcome.Code.SUCCEEDED));
        }
        assertThat(bench.find(first).status()).isEqualTo(PayoutStatus.PROCESSING);
        assertThat(bench.find(third).providerReference()).isEmpty();
        assertThat(bench.items()).containsOnly(PayoutItem.Kind.REFERENCE_TAKEN).hasSize(2);
        bench.assertWallet(500, 19_500);
    }
}
