package io.holdfast.payout.engine;

import static io.holdfast.db.generated.Tables.PAYOUT_STATE;
import static io.holdfast.payout.engine.PayoutBench.rejected;
import static io.holdfast.payout.engine.PayoutBench.succeeded;
import static io.holdfast.payout.engine.PayoutBench.timeout;
import static io.holdfast.payout.engine.PayoutBench.tzs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.holdfast.db.testing.TestDatabase;
import io.holdfast.payout.ApprovalPolicy;
import io.holdfast.payout.ApprovalRule;
import io.holdfast.payout.AttemptState;
import io.holdfast.payout.Calling;
import io.holdfast.payout.Payout;
import io.holdfast.payout.PayoutAttempt;
import io.holdfast.payout.PayoutStatus;
import io.holdfast.payout.Processing;
import io.holdfast.payout.spi.FailureReason;
import io.holdfast.payout.spi.Feature;
import io.holdfast.payout.spi.Preparation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What may be sent under a lease, and until when. */
class LeaseTest {

    private static final TestDatabase DATABASE = TestDatabase.create();
    private static final Duration LEASE = Duration.ofSeconds(60);
    private static final Duration SOON = Duration.ofSeconds(5);

    private final PayoutBench bench = new PayoutBench(DATABASE);

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    @Test
    void a_lease_that_ran_out_is_lost_although_nobody_has_taken_it() {
        ScriptedProvider one = bench.provider("one", ways -> ways.features(Feature.PREPARATION))
                .onSend(succeeded("r1"));
        bench.engine(one);
        Payout payout = bench.request("p1");
        one.onPrepare(() -> {
            bench.clock.move(LEASE);
            return Preparation.NOTHING;
        });

        bench.run();

        assertThat(one.sends()).isEmpty();
        assertThat(bench.find(payout).attempts()).isEmpty();
        bench.runAfter(Duration.ZERO, payout);
        bench.runAfter(Duration.ZERO, payout);
        assertThat(one.sends()).hasSize(1);
        bench.assertPaid(100);
    }

    @Test
    void nothing_more_is_sent_for_what_was_settled_while_the_next_attempt_was_prepared() {
        ScriptedProvider one = bench.provider("one", ways -> ways.features(Feature.PREPARATION))
                .onPrepare(() -> Preparation.NOTHING)
                .onSend(rejected(FailureReason.INSUFFICIENT_FLOAT), succeeded("r2"));
        bench.engine(one);
        Payout payout = bench.request("p1");
        bench.run();
        one.onPrepare(() -> {
            bench.learn(payout.id(), 1, succeeded("r1"));
            return Preparation.NOTHING;
        });

        Payout paid = bench.runAfter(SOON, payout);

        assertThat(paid.status()).isEqualTo(PayoutStatus.SUCCEEDED);
        assertThat(one.sends()).hasSize(1);
        assertThat(paid.attempts()).extracting(PayoutAttempt::state).containsExactly(AttemptState.SETTLED);
        bench.assertPaid(100);
    }

    @Test
    void what_cannot_be_answered_before_the_lease_ends_does_not_leave() {
        ScriptedProvider one = bench.provider("one");
        Duration needed = one.exchangeTimeout().plus(Claims.LEASE_MARGIN);
        bench.engine(builder -> builder.processing(lease(needed.plusNanos(1))), one);
        Payout payout = bench.request("p1");

        bench.run();

        assertThat(one.sends()).isEmpty();
        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.PENDING);
        bench.assertWallet(13_500, 6_500);
    }

    @Test
    void what_a_machine_that_was_asleep_would_send_after_its_lease_does_not_leave() {
        ScriptedProvider one = bench.provider("one");
        Calling asleep = Calling.on(
                task -> {
                    bench.clock.move(LEASE);
                    task.run();
                },
                1);
        bench.engine(builder -> builder.calling(asleep), one);
        Payout payout = bench.request("p1");

        bench.run();

        assertThat(one.sends()).isEmpty();
        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.PENDING);
        bench.assertWallet(13_500, 6_500);
    }

    @Test
    void a_resend_margin_in_which_a_lease_may_end_is_refused() {
        Duration narrow = LEASE.multipliedBy(2).minusNanos(1);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> lease(LEASE).resendMargin(narrow))
                .withMessageContaining("two leases at least");
        assertThat(lease(Duration.ofHours(1)).resendMargin()).isEqualTo(Duration.ofHours(2));
    }

    @Test
    void a_lease_that_leaves_no_time_to_send_is_refused() {
        ScriptedProvider one = bench.provider("one");
        Duration needed = one.exchangeTimeout().plus(Claims.LEASE_MARGIN);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> bench.engine(builder -> builder.processing(lease(needed)), one))
                .withMessageContaining("too short for provider one");
    }

    @Test
    void a_provider_whose_calls_may_take_for_ever_is_refused() {
        ScriptedProvider one = bench.provider("one").exchangeTimeout(Duration.ofSeconds(Long.MAX_VALUE));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> bench.engine(one))
                .withMessageContaining("too short for provider one");
    }

    @Test
    void the_answer_of_one_who_lost_its_lease_does_not_end_that_of_another() {
        ScriptedProvider one = bench.provider("one").onSend(timeout());
        bench.engine(one);
        Payout payout = bench.request("p1");
        bench.run();
        one.onSendDo(() -> {
            bench.learn(payout.id(), 1, timeout(), 1);
            bench.clock.move(LEASE.minusSeconds(1));
            assertThat(bench.runUnchecked())
                    .as("taken up beside who holds the lease")
                    .isZero();
            return succeeded("r1");
        });

        assertThat(bench.runAfter(SOON, payout).status()).isEqualTo(PayoutStatus.SUCCEEDED);

        assertThat(one.sends()).hasSize(2);
        bench.assertPaid(100);
    }

    @Test
    void one_who_lost_its_lease_to_another_sends_nothing_while_that_one_does() {
        ScriptedProvider one = bench.provider("one").onSend(timeout());
        Deque<Runnable> late = new ArrayDeque<>();
        AtomicBoolean isSlow = new AtomicBoolean();
        Calling calling = Calling.on(
                task -> {
                    if (isSlow.getAndSet(false)) {
                        late.add(task);
                        bench.clock.move(LEASE);
                        bench.runUnchecked();
                    } else {
                        task.run();
                    }
                },
                1);
        bench.engine(builder -> builder.calling(calling), one);
        Payout payout = bench.request("p1");
        bench.run();
        one.onSendDo(() -> {
            late.remove().run();
            return succeeded("r1");
        });

        isSlow.set(true);
        bench.runAfter(SOON, payout);

        assertThat(one.sends()).hasSize(2);
        bench.assertPaid(100);
    }

    @Test
    void a_person_who_calls_off_what_is_taken_up_ends_its_lease() {
        Deque<UUID> requested = new ArrayDeque<>();
        Calling calling = Calling.on(
                task -> {
                    bench.payouts().cancel(requested.element());
                    task.run();
                },
                1);
        bench.engine(
                builder -> builder.calling(calling).approvals(ApprovalPolicy.of(new ApprovalRule(tzs(0), 1))),
                bench.provider("one"));
        Payout payout = bench.request("p1");
        requested.add(payout.id());

        Payout cancelled = bench.runAfter(Duration.ofDays(8), payout);

        assertThat(cancelled.status()).isEqualTo(PayoutStatus.CANCELLED);
        assertThat(leaseUntil(payout)).isEmpty();
        bench.assertNothingPaid();
    }

    private static Optional<Instant> leaseUntil(Payout payout) {
        return DSL.using(DATABASE.dataSource(), SQLDialect.POSTGRES)
                .select(PAYOUT_STATE.LEASE_UNTIL)
                .from(PAYOUT_STATE)
                .where(PAYOUT_STATE.PAYOUT_ID.eq(payout.id()))
                .fetchOptional(PAYOUT_STATE.LEASE_UNTIL);
    }

    private static Processing lease(Duration lease) {
        return Processing.DEFAULTS.lease(lease);
    }
}
