package io.holdfast.payout.engine;

import static io.holdfast.payout.engine.PayoutBench.accepted;
import static io.holdfast.payout.engine.PayoutBench.failed;
import static io.holdfast.payout.engine.PayoutBench.rejected;
import static io.holdfast.payout.engine.PayoutBench.succeeded;
import static io.holdfast.payout.engine.PayoutBench.timeout;
import static io.holdfast.payout.engine.Refusals.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.holdfast.db.testing.TestDatabase;
import io.holdfast.payout.AttemptState;
import io.holdfast.payout.Calling;
import io.holdfast.payout.Payout;
import io.holdfast.payout.PayoutItem;
import io.holdfast.payout.PayoutRefusal;
import io.holdfast.payout.PayoutStatus;
import io.holdfast.payout.spi.Evidence;
import io.holdfast.payout.spi.FailureReason;
import io.holdfast.payout.spi.Feature;
import io.holdfast.payout.spi.Outcome;
import io.holdfast.payout.spi.Preparation;
import io.holdfast.payout.spi.RateLimit;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Nothing more is sent for a payout once an attempt that had failed has paid or may pay after all, nor is it cancelled. */
class BlockedTest {

    private static final TestDatabase DATABASE = TestDatabase.create();
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final Duration LEASE = Duration.ofSeconds(60);
    private static final Duration DAY = Duration.ofDays(1);

    private final PayoutBench bench = new PayoutBench(DATABASE);
    /** What happens between a claim and what is done with it. */
    private Runnable meanwhile = () -> {};

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    @Test
    void what_is_accepted_after_it_had_failed_stops_the_next_attempt_and_is_not_reopened_beside_it() {
        ScriptedProvider one = bench.provider("one")
                .onSend(rejected(FailureReason.INSUFFICIENT_FLOAT), new Outcome.NotSent("refused"), succeeded("r2"));
        Payout payout = secondAttempt(one);
        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.PENDING);

        bench.apply(payout, 1, accepted("r1"));
        assertNotCancellable(payout, "an attempt that had failed may be paid after all");
        bench.runAfter(SOON, payout);
        bench.runAfter(LEASE, payout);

        assertThat(one.sends()).hasSize(2);
        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.REVIEW);
        assertStates(payout, AttemptState.FAILED, AttemptState.OPEN);
        assertThat(bench.items()).contains(PayoutItem.Kind.CONTRADICTION);
        bench.assertWallet(13_500, 6_500);

        one.onLookup(accepted("r1"), timeout(), succeeded("r1"));
        for (int day = 1; day <= 3; day++) {
            bench.runAfter(DAY, payout);
        }

        assertThat(one.lookups()).containsExactly("r1", "r1", "r1");
        assertStates(payout, AttemptState.SURPLUS, AttemptState.OPEN);
        bench.assertTotal("liabilities:suspense:one", -5_100);
    }

    @Test
    void what_is_accepted_after_it_had_failed_is_asked_about_beside_the_attempt_that_is_under_way() {
        ScriptedProvider one = bench.provider("one")
                .onSend(rejected(FailureReason.INSUFFICIENT_FLOAT), accepted("r2"))
                .onLookup(succeeded("r2"), succeeded("r1"));
        Payout payout = secondAttempt(one);
        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.PROCESSING);

        bench.apply(payout, 1, accepted("r1"));
        bench.runAfter(SOON, payout);

        assertThat(one.lookups()).containsExactly("r2", "r1");
        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.SUCCEEDED);
        assertStates(payout, AttemptState.SURPLUS, AttemptState.SETTLED);
        bench.assertTotal("liabilities:suspense:one", -5_100);
        bench.assertWallet(13_500, 0);
    }

    @Test
    void nothing_is_given_back_while_it_may_pay_although_the_next_attempt_has_failed() {
        ScriptedProvider one = bench.provider("one")
                .onSend(rejected(FailureReason.INSUFFICIENT_FLOAT), accepted("r2"))
                .onLookup(failed("r2"), accepted("r1"));
        Payout payout = secondAttempt(one);
        bench.apply(payout, 1, accepted("r1"));

        assertThat(bench.runAfter(SOON, payout).status()).isEqualTo(PayoutStatus.REVIEW);
        bench.assertWallet(13_500, 6_500);
        one.onLookup(failed("r1"), failed("r2"));
        bench.runAfter(DAY, payout);

        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.FAILED);
        bench.assertNothingPaid();
    }

    @Test
    void it_is_asked_about_beside_the_one_that_paid_until_its_end_is_known() {
        ScriptedProvider one =
                bench.provider("one").onSend(rejected(FailureReason.INSUFFICIENT_FLOAT), succeeded("r2"));
        Payout payout = secondAttempt(one);
        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.SUCCEEDED);
        bench.clock.move(DAY.multipliedBy(40));
        bench.apply(payout, 1, accepted("r1"));

        assertThat(questionsOf(one, 3)).contains("r1", "r1", "r1");
        one.onLookup(failed("r1"), succeeded("r2"));
        bench.runAfter(DAY, payout);

        assertThat(questionsOf(one, 40)).isEmpty();
        assertStates(payout, AttemptState.FAILED, AttemptState.SETTLED);
        bench.assertPaid(100);
    }

    @Test
    void no_more_is_asked_at_once_than_the_rate_allows_and_each_gets_its_turn() {
        ScriptedProvider one = bench.provider("one", ways -> ways.rateLimit(new RateLimit(1, Duration.ofMinutes(1))))
                .onSend(rejected(FailureReason.INSUFFICIENT_FLOAT), accepted("r2"));
        engine(one);
        Payout payout = bench.request("p1");
        bench.run();
        bench.runAfter(Duration.ofMinutes(1), payout);
        bench.apply(payout, 1, accepted("r1"));

        for (int minute = 0; minute < 8; minute++) {
            int before = one.lookups().size();
            bench.runAfter(Duration.ofMinutes(1), payout);
            assertThat(one.lookups().size() - before).isLessThanOrEqualTo(1);
        }

        assertThat(one.lookups()).contains("r1", "r2");
    }

    /** Returns what is asked in so many days after this. */
    private List<String> questionsOf(ScriptedProvider one, int days) {
        int before = one.lookups().size();
        for (int day = 1; day <= days; day++) {
            bench.clock.move(DAY);
            bench.run();
        }
        return one.lookups().subList(before, one.lookups().size());
    }

    @Test
    void what_waits_to_be_sent_again_is_for_a_person_once_an_earlier_attempt_has_paid() {
        Payout payout = secondAttempt(bench.provider("one")
                .onSend(rejected(FailureReason.INSUFFICIENT_FLOAT), new Outcome.NotSent("refused")));

        bench.apply(payout, 1, succeeded("r1"));

        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.REVIEW);
        bench.assertWallet(13_500, 6_500);
        bench.assertTotal("liabilities:suspense:one", -5_100);
    }

    @Test
    void a_send_that_was_not_carried_out_is_not_made_again_if_an_earlier_attempt_has_paid_meanwhile() {
        assertForAPersonAfter(new Outcome.NotSent("refused"));
    }

    @Test
    void nor_is_another_attempt_made_after_a_rejection() {
        assertForAPersonAfter(rejected(FailureReason.INSUFFICIENT_FLOAT));
    }

    private void assertForAPersonAfter(Outcome answer) {
        ScriptedProvider one = bench.provider("one").onSend(rejected(FailureReason.INSUFFICIENT_FLOAT));
        bench.engine(one);
        Payout payout = bench.request("p1");
        bench.run();
        one.onSendDo(() -> {
            bench.learn(payout.id(), 1, succeeded("r1"));
            return answer;
        });

        assertThat(bench.runAfter(SOON, payout).status()).isEqualTo(PayoutStatus.REVIEW);

        bench.assertWallet(13_500, 6_500);
        bench.assertTotal("liabilities:suspense:one", -5_100);
    }

    @Test
    void nor_is_it_reopened_beside_one_that_has_paid() {
        ScriptedProvider one = bench.provider("one").onSend(rejected(FailureReason.INSUFFICIENT_FLOAT));
        bench.engine(one);
        Payout payout = bench.request("p1");
        bench.run();
        one.onSendDo(() -> {
            bench.learn(payout.id(), 1, succeeded("r1"));
            return rejected(FailureReason.DECLINED);
        });
        bench.runAfter(SOON, payout);

        bench.apply(payout, 2, accepted("r2"));

        assertStates(payout, AttemptState.SURPLUS, AttemptState.FAILED);
        assertThat(bench.items()).contains(PayoutItem.Kind.CONTRADICTION);
    }

    @Test
    void bytes_do_not_leave_if_an_earlier_attempt_has_paid_since_they_were_claimed() {
        ScriptedProvider one = bench.provider("one").onSend(rejected(FailureReason.INSUFFICIENT_FLOAT), timeout());
        Payout payout = secondAttempt(one);
        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.UNKNOWN);

        meanwhile = () -> bench.learn(payout.id(), 1, succeeded("r1"));
        bench.runAfter(SOON, payout);

        assertThat(one.sends()).hasSize(2);
        bench.assertTotal("liabilities:suspense:one", -5_100);
    }

    @Test
    void nor_if_their_attempt_is_not_open_any_more_whatever_closed_it() {
        ScriptedProvider one = bench.provider("one").onSend(timeout());
        engine(one);
        Payout payout = bench.request("p1");
        bench.run();

        meanwhile =
                () -> execute("update holdfast.payout_attempt set state = 'FAILED', stands = false where payout_id = '"
                        + payout.id() + "'");
        bench.clock.move(SOON);
        bench.run(1);

        assertThat(one.sends()).hasSize(1);
    }

    @Test
    void a_processor_that_dies_before_it_sends_leaves_what_is_blocked_to_a_person() {
        Preparation.Ready quoted = new Preparation.Ready(
                "q1", Optional.empty(), Optional.of(bench.clock.instant().plus(LEASE)), Evidence.NONE);
        ScriptedProvider one = bench.provider("one", ways -> ways.features(Feature.PREPARATION))
                .onPrepare(() -> Preparation.NOTHING)
                .onPrepare(() -> quoted)
                .onSend(rejected(FailureReason.INSUFFICIENT_FLOAT), new Outcome.NotSent("refused"));
        Payout payout = secondAttempt(one);
        meanwhile = () -> {
            bench.learn(payout.id(), 1, succeeded("r1"));
            throw new ModelBank.Killed();
        };
        bench.clock.move(SOON);
        assertThatExceptionOfType(ModelBank.Killed.class).isThrownBy(() -> bench.run(1));
        meanwhile = () -> {};

        assertThat(bench.runAfter(LEASE, payout).status()).isEqualTo(PayoutStatus.REVIEW);

        assertThat(one.sends()).hasSize(2);
        bench.assertWallet(13_500, 6_500);
    }

    @Test
    void what_has_ended_or_is_under_way_cannot_be_cancelled() {
        ScriptedProvider one = bench.provider("one").onSend(succeeded("r1"), rejected(FailureReason.DECLINED));
        bench.engine(one.onSend(accepted("r3")));
        List<String> reasons = List.of("it has ended", "it has ended", "its provider has it and will decide");
        for (int i = 0; i < reasons.size(); i++) {
            Payout payout = bench.request("p" + i);
            bench.run();

            assertNotCancellable(payout, reasons.get(i));
        }
    }

    @Test
    void nor_is_what_has_a_send_or_a_reference_that_is_not_accounted_for() {
        bench.engine(bench.provider("one").onSend(new Outcome.NotSent("refused"), new Outcome.NotSent("refused")));
        Payout sent = bench.request("p1");
        bench.run();
        Payout known = bench.request("p2");
        bench.run();

        execute("insert into holdfast.payout_send select ledger_id, payout_id, 1, 2, 9, now(), null, null"
                + " from holdfast.payout where payout_id = '" + sent.id() + "'");
        execute("update holdfast.payout_attempt set provider_reference = 'r2' where payout_id = '" + known.id() + "'");

        assertNotCancellable(sent, "what was sent for it may still be paid");
        assertNotCancellable(known, "what was sent for it may still be paid");
        bench.assertWallet(7_000, 13_000);
    }

    @Test
    void what_was_called_off_and_paid_all_the_same_is_a_late_success() {
        Payout payout = bench.sent(new Outcome.NotSent("refused"));
        assertThat(bench.payouts().cancel(payout.id()).attempts().get(0).state())
                .isEqualTo(AttemptState.FAILED);

        bench.apply(payout, 1, succeeded("r1"));

        assertThat(bench.find(payout).late()).isTrue();
        bench.assertPaid(100);
    }

    @Test
    void what_is_accepted_after_everything_was_given_back_is_asked_about_and_taken_back_if_it_pays() {
        ScriptedProvider one = bench.provider("one").onSend(rejected(FailureReason.DECLINED));
        bench.engine(one.onLookup(succeeded("r1")));
        Payout payout = bench.request("p1");
        bench.run();
        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.FAILED);

        bench.apply(payout, 1, accepted("r1"));
        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.FAILED);
        assertThat(bench.items()).containsExactly(PayoutItem.Kind.CONTRADICTION);
        bench.runAfter(SOON, payout);

        assertThat(bench.find(payout).late()).isTrue();
        bench.assertPaid(100);
    }

    @Test
    void what_is_accepted_under_another_reference_than_failed_is_for_a_person() {
        Payout payout = bench.sent(failed("r1"));

        bench.apply(payout, 1, accepted("r1"));
        assertThat(bench.items()).isEmpty();
        bench.apply(payout, 1, accepted("r2"));

        assertThat(bench.items()).containsExactly(PayoutItem.Kind.CONTRADICTION);
        bench.assertNothingPaid();
    }

    /** Returns a payout whose second attempt was sent. */
    private Payout secondAttempt(ScriptedProvider one) {
        engine(one);
        Payout payout = bench.request("p1");
        bench.run();
        bench.runAfter(SOON, payout);
        return payout;
    }

    /** Builds an engine that lets something happen after each claim. */
    private void engine(ScriptedProvider one) {
        Calling interrupted = Calling.on(
                task -> {
                    meanwhile.run();
                    task.run();
                },
                1);
        bench.engine(builder -> builder.calling(interrupted), one);
    }

    private void assertStates(Payout payout, AttemptState... states) {
        assertThat(bench.find(payout).attempts())
                .extracting(attempt -> attempt.state())
                .containsExactly(states);
    }

    private void assertNotCancellable(Payout payout, String why) {
        PayoutRefusal refusal = refusal(() -> bench.payouts().cancel(payout.id()));
        assertThat(refusal.code()).isEqualTo("NOT_CANCELLABLE");
        assertThat(refusal.message()).endsWith("cannot be cancelled: " + why);
    }

    private static void execute(String sql) {
        try (Connection connection = DATABASE.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            assertThat(statement.executeUpdate(sql)).isOne();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
