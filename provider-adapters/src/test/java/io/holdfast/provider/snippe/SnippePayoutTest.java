package io.holdfast.provider.snippe;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.db.testing.TestDatabase;
import io.holdfast.payout.Payout;
import io.holdfast.payout.PayoutItem;
import io.holdfast.payout.PayoutStatus;
import io.holdfast.provider.ProviderBench;
import io.holdfast.sandbox.simulator.Fault;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Payouts from the wallet to the recipient: PostgreSQL, engine and adapter as a host has them, against Snippe played. */
@Execution(ExecutionMode.CONCURRENT)
class SnippePayoutTest {

    private static final TestDatabase DATABASE = TestDatabase.create();
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Duration DAY = Duration.ofDays(1);

    private final ProviderBench bench = new ProviderBench(DATABASE, new PlayedSnippe());

    @AfterEach
    void stop() {
        bench.close();
    }

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    @Test
    void a_payout_that_snippe_makes_is_committed() {
        Payout payout = bench.request();
        bench.assertWallet(13_500, 6_500);

        bench.run();
        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.PROCESSING);
        bench.assertWallet(13_500, 6_500);
        Payout paid = bench.runAfter(SOON, payout);

        assertThat(paid.status()).isEqualTo(PayoutStatus.SUCCEEDED);
        assertThat(paid.toldOperator()).contains("mixx");
        assertThat(paid.providerReference()).contains(bench.paid().get(0).reference());
        assertThat(paid.attempts()).singleElement().satisfies(attempt -> {
            assertThat(attempt.key()).hasSizeLessThanOrEqualTo(30);
            assertThat(bench.creates()).singleElement().asString().startsWith(attempt.key() + " ");
        });
        bench.assertPaidOnce();
    }

    @Test
    void metadata_and_narration_reach_snippe_whose_list_still_finds_the_payout() {
        bench.simulator.next(Fault.TIMEOUT_AFTER_EXECUTING);
        Payout payout = bench.request(request ->
                request.narration("Salary June").metadata("order", "42").metadata("attempt_id", "of the host's own"));
        bench.run();
        bench.simulator.hangUp();
        bench.runAfter(DAY.plusMinutes(1), payout);
        bench.simulator.listen();

        Payout settled = bench.runAfter(Duration.ofHours(7), payout);

        assertThat(bench.creates())
                .singleElement()
                .asString()
                .contains("\"narration\":\"Salary June\"", "\"order\":\"42\"")
                .doesNotContain("of the host's own");
        assertThat(settled.status()).isEqualTo(PayoutStatus.SUCCEEDED);
        assertThat(settled.metadata()).containsEntry("attempt_id", "of the host's own");
        bench.assertPaidOnce();
    }

    @Test
    void a_payout_that_fails_at_snippe_is_released() {
        bench.simulator.next(Fault.LATE_FAILURE);
        Payout payout = bench.request();
        bench.run();

        Payout failed = bench.runAfter(SOON, payout);

        assertThat(failed.status()).isEqualTo(PayoutStatus.FAILED);
        bench.assertNothingPaid();
    }

    @Test
    void a_payout_that_snippe_rejects_is_released_at_once() {
        bench.simulator.next(Fault.REJECTED);
        Payout payout = bench.request();

        bench.run();

        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.FAILED);
        assertThat(bench.find(payout).failure())
                .hasValueSatisfying(
                        failure -> assertThat(failure.providerCode()).isEqualTo("validation_error"));
        bench.assertNothingPaid();
    }

    @Test
    void a_timeout_keeps_the_hold_and_the_same_bytes_settle_it() {
        bench.simulator.next(Fault.TIMEOUT_AFTER_EXECUTING);
        Payout payout = bench.request();

        bench.run();
        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.UNKNOWN);
        bench.assertWallet(13_500, 6_500);
        Payout settled = bench.runToTheEnd(payout);

        assertThat(settled.status()).isEqualTo(PayoutStatus.SUCCEEDED);
        bench.assertSameCreates(2);
        bench.assertPaidOnce();
    }

    @Test
    void a_rejection_of_the_resend_says_nothing_of_the_first_send() {
        bench.simulator.next(Fault.TIMEOUT_AFTER_EXECUTING);
        bench.simulator.next(Fault.ROTATED_KEY);
        bench.simulator.next(Fault.REJECTED);
        bench.simulator.next(Fault.INSUFFICIENT_FLOAT);
        Payout payout = bench.request();

        bench.run();
        for (int resend = 1; resend <= 3; resend++) {
            assertThat(bench.runAfter(Duration.ofMinutes(resend), payout).status())
                    .isEqualTo(PayoutStatus.UNKNOWN);
            bench.assertWallet(13_500, 6_500);
        }
        Payout settled = bench.runToTheEnd(payout);

        assertThat(settled.status()).isEqualTo(PayoutStatus.SUCCEEDED);
        bench.assertSameCreates(5);
        bench.assertPaidOnce();
    }

    @Test
    void a_refused_connection_costs_only_time() {
        bench.simulator.hangUp();
        Payout payout = bench.request();

        bench.run();
        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.PENDING);
        bench.simulator.listen();
        Payout settled = bench.runToTheEnd(payout);

        assertThat(settled.status()).isEqualTo(PayoutStatus.SUCCEEDED);
        bench.assertSameCreates(1);
        bench.assertPaidOnce();
    }

    @Test
    void once_snippe_has_forgotten_the_key_its_list_tells_what_became_of_the_payout() {
        bench.simulator.next(Fault.TIMEOUT_AFTER_EXECUTING);
        Payout payout = bench.request();
        bench.run();
        bench.simulator.hangUp();
        bench.runAfter(DAY.plusMinutes(1), payout);
        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.UNKNOWN);
        bench.simulator.listen();

        Payout settled = bench.runAfter(Duration.ofHours(7), payout);

        assertThat(settled.status()).isEqualTo(PayoutStatus.SUCCEEDED);
        bench.assertSameCreates(1);
        bench.assertPaidOnce();
    }

    @Test
    void a_payout_that_never_arrived_is_not_sent_again_once_the_key_is_forgotten_and_its_hold_stays() {
        bench.simulator.next(Fault.TIMEOUT_WITHOUT_EXECUTING);
        Payout payout = bench.request();
        bench.run();
        bench.simulator.hangUp();
        bench.runAfter(DAY, payout);
        bench.simulator.listen();

        bench.runAfter(DAY, payout);
        Payout kept = bench.runAfter(Duration.ofDays(3_650), payout);

        assertThat(kept.status()).isEqualTo(PayoutStatus.REVIEW);
        bench.assertWallet(13_500, 6_500);
        bench.assertSameCreates(1);
        assertThat(bench.paid()).isEmpty();
    }

    @Test
    void too_little_float_is_not_the_customers_failure() {
        bench.simulator.next(Fault.INSUFFICIENT_FLOAT);
        Payout payout = bench.request();

        bench.run();
        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.PENDING);
        bench.assertWallet(13_500, 6_500);
        Payout settled = bench.runToTheEnd(payout);

        assertThat(settled.status()).isEqualTo(PayoutStatus.SUCCEEDED);
        assertThat(settled.attempts()).hasSize(2);
        bench.assertPaidOnce();
    }

    @Test
    void an_amount_that_snippe_understood_a_hundredfold_is_for_a_person() {
        bench.simulator.next(Fault.WRONG_AMOUNT);
        Payout payout = bench.request();

        Payout review = bench.runToTheEnd(payout);

        assertThat(review.status()).isEqualTo(PayoutStatus.REVIEW);
        assertThat(bench.items(payout)).contains(PayoutItem.Kind.MISMATCH);
        bench.assertWallet(13_500, 6_500);
    }

    @Test
    void a_reversal_gives_everything_back() {
        bench.simulator.next(Fault.REVERSAL);
        Payout payout = bench.request();
        bench.runToTheEnd(payout);
        bench.assertPaidOnce();

        Payout reversed = bench.runAfter(DAY.plusHours(1), payout);

        assertThat(reversed.status()).isEqualTo(PayoutStatus.REVERSED);
        bench.assertWallet(20_000, 0);
        bench.assertFloatAgrees();
        bench.assertTotal("expenses:provider-fees:snippe", BigDecimal.ZERO);
    }

    @Test
    void what_was_answered_before_it_was_told_is_settled_once() {
        bench.simulator.next(Fault.WEBHOOK_BEFORE_ANSWER);
        Payout payout = bench.request();

        Payout settled = bench.runToTheEnd(payout);

        assertThat(settled.status()).isEqualTo(PayoutStatus.SUCCEEDED);
        bench.assertPaidOnce();
    }

    @TestFactory
    Stream<DynamicTest> whatever_snippe_does_wrong_the_recipient_is_paid_once_at_most_and_the_books_balance() {
        return Arrays.stream(Fault.values())
                .filter(fault -> fault != Fault.PAID_TWICE && fault != Fault.KEY_FORGOTTEN)
                .map(fault -> DynamicTest.dynamicTest(fault.name(), () -> goesWrong(fault)));
    }

    private static void goesWrong(Fault fault) {
        try (ProviderBench bench = new ProviderBench(DATABASE, new PlayedSnippe())) {
            bench.simulator.next(fault);
            Payout payout = bench.request();

            bench.runToTheEnd(payout);
            Payout end = bench.runAfter(DAY, payout);

            assertThat(bench.paid()).hasSizeLessThanOrEqualTo(1);
            assertThat(end.status()).isIn(ProviderBench.accountedFor());
            if (fault == Fault.FRACTION_OF_A_FEE) {
                assertThat(bench.items(payout))
                        .as("a fee that was not booked")
                        .containsExactly(PayoutItem.Kind.UNLISTED_ANSWER);
            } else if (end.status() == PayoutStatus.SUCCEEDED) {
                bench.assertFloatAgrees();
            }
            if (end.status() == PayoutStatus.SUCCEEDED) {
                assertThat(bench.paid()).hasSize(1);
            } else if (end.status() == PayoutStatus.FAILED) {
                bench.assertNothingPaid();
            }
        }
    }
}
