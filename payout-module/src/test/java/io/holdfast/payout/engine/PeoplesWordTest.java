package io.holdfast.payout.engine;

import static io.holdfast.payout.engine.PayoutBench.accepted;
import static io.holdfast.payout.engine.PayoutBench.failed;
import static io.holdfast.payout.engine.PayoutBench.rejected;
import static io.holdfast.payout.engine.PayoutBench.reversed;
import static io.holdfast.payout.engine.PayoutBench.succeeded;
import static io.holdfast.payout.engine.PayoutBench.timeout;
import static io.holdfast.payout.engine.PayoutBench.tzs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.holdfast.db.testing.TestDatabase;
import io.holdfast.payout.Payout;
import io.holdfast.payout.PayoutItem;
import io.holdfast.payout.PayoutRefusedException;
import io.holdfast.payout.PayoutStatus;
import io.holdfast.payout.Resolution;
import io.holdfast.payout.spi.FailureReason;
import io.holdfast.payout.spi.Feature;
import io.holdfast.payout.spi.Outcome;
import io.holdfast.payout.spi.Resend;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What the provider says after two persons have settled a payout: it may be what it had said before, or news. */
class PeoplesWordTest {

    private static final TestDatabase DATABASE = TestDatabase.create();
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final Resolution PAID =
            Resolution.succeeded("Line 17 of the statement").fee(tzs(100));
    private static final Resolution NOT_PAID = Resolution.failed("The provider's support says so");

    private final PayoutBench bench = new PayoutBench(DATABASE);
    private final ScriptedProvider one = bench.provider("one", ways -> ways.resend(Resend.NEVER));

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    @Test
    void what_is_said_to_have_failed_and_is_accepted_then_is_in_doubt_and_asked_about() {
        Payout payout = inReview(timeout());
        bench.resolve(payout, NOT_PAID);
        one.onLookup(succeeded("r1"));

        bench.apply(payout, 1, accepted("r1"));

        assertThat(bench.payouts().items(10, 0))
                .singleElement()
                .returns(PayoutItem.Kind.CONTRADICTION, PayoutItem::kind)
                .satisfies(item -> assertThat(item.detail()).contains("as r1, which two persons say has failed"));
        bench.runAfter(SOON, payout);
        assertThat(one.lookups()).containsExactly("r1");
        assertThat(bench.find(payout).late()).isTrue();
        bench.assertPaid(100);
    }

    @Test
    void what_is_said_to_have_failed_is_asked_about_until_its_provider_says_so_too() {
        Payout payout = inReview(accepted("r1"));
        bench.resolve(payout, NOT_PAID);
        one.onLookup(accepted("r1"));
        bench.runAfter(Duration.ofDays(1), payout);
        assertThat(bench.items()).contains(PayoutItem.Kind.CONTRADICTION);
        bench.runAfter(Duration.ofDays(90), payout);
        int asked = one.lookups().size();

        one.onLookup(failed("r1"));
        bench.runAfter(Duration.ofDays(2), payout);
        assertThat(one.lookups()).hasSize(asked + 1);
        for (int round = 0; round < 10; round++) {
            bench.runAfter(Duration.ofDays(60), payout);
        }

        assertThat(one.lookups().size()).isLessThan(asked + 6);
        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.FAILED);
        bench.assertNothingPaid();
    }

    @Test
    void what_its_provider_has_said_too_is_old_news_when_it_is_accepted_late() {
        Payout payout = inReview(accepted("r1"));
        bench.resolve(payout, NOT_PAID);
        bench.apply(payout, 1, failed("r1"));

        bench.apply(payout, 1, accepted("r1"));

        assertThat(bench.items()).isEmpty();
    }

    @Test
    void the_same_failure_again_does_not_undo_what_people_say_was_paid_under_its_reference() {
        Payout payout = bench.sent(one, failed("r1"));
        bench.resolve(payout, PAID.reference("r1"));
        one.onLookup(failed("r1"));

        bench.runAfter(Duration.ofDays(1), payout);
        assertThat(one.lookups()).containsExactly("r1");
        bench.apply(payout, 1, failed("r1"));

        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.SUCCEEDED);
        bench.assertPaid(100);
        assertThat(bench.items()).containsExactly(PayoutItem.Kind.LATE_SUCCESS, PayoutItem.Kind.CONTRADICTION);
    }

    @Test
    void a_failure_after_the_provider_itself_said_that_it_had_paid_is_news() {
        Payout payout = bench.sent(one, failed("r1"));
        bench.resolve(payout, PAID.reference("r1"));
        bench.apply(payout, 1, succeeded("r1"));

        bench.apply(payout, 1, failed("r1"));

        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.REVERSED);
        bench.assertWallet(20_000, 0);
    }

    @Test
    void so_is_one_of_another_reference_than_had_failed() {
        Payout payout = bench.sent(one, failed("r1"));
        bench.resolve(payout, PAID.reference("x9"));

        bench.apply(payout, 1, failed("x9"));

        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.REVERSED);
        bench.assertWallet(20_000, 0);
    }

    @Test
    void what_came_back_of_it_is_news_too() {
        Payout payout = bench.sent(one, failed("r1"));
        bench.resolve(payout, PAID.reference("r1"));

        bench.apply(payout, 1, reversed("r1", 2_000, 0));

        bench.assertWallet(15_500, 0);
    }

    @Test
    void that_it_came_back_is_for_people_to_say() {
        Payout payout = bench.sent(one, failed("r1"));
        bench.resolve(payout, PAID.reference("r1"));

        bench.payouts().as("alice").resolve(payout.id(), NOT_PAID);
        Payout reversed = bench.payouts().as("bob").confirm(payout.id(), 2);

        assertThat(reversed.status()).isEqualTo(PayoutStatus.REVERSED);
        bench.assertWallet(20_000, 0);
        bench.assertBooks();
    }

    @Test
    void nor_does_the_same_failure_undo_what_people_say_in_review() {
        Payout payout = bench.sent(one, rejected(FailureReason.INSUFFICIENT_FLOAT));
        one.onSendDo(() -> {
            bench.learn(payout.id(), 1, accepted("r1"));
            bench.learn(payout.id(), 1, failed("r1"));
            return rejected(FailureReason.INSUFFICIENT_FLOAT);
        });
        assertThat(bench.runAfter(SOON, payout).status()).isEqualTo(PayoutStatus.REVIEW);
        bench.resolve(payout, PAID.reference("r1"));

        bench.apply(payout, 1, failed("r1"));

        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.SUCCEEDED);
        bench.assertPaid(100);
    }

    @Test
    void nor_one_that_could_not_be_believed_while_another_reference_was_open() {
        Payout payout = bench.sent(one, accepted("r1"));
        bench.apply(payout, 1, accepted("r2"));
        bench.apply(payout, 1, failed("r1"));
        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.REVIEW);
        bench.resolve(payout, PAID.reference("r1"));

        bench.apply(payout, 1, failed("r1"));

        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.SUCCEEDED);
        bench.assertPaid(100);
    }

    @Test
    void what_is_open_beside_what_people_say_was_paid_has_failed_by_their_word_only() {
        bench.engine(one.onSend(rejected(FailureReason.INSUFFICIENT_FLOAT), accepted("r2")));
        Payout payout = bench.request("p1");
        bench.run();
        bench.runAfter(SOON, payout);
        bench.runAfter(Duration.ofDays(30), payout);
        bench.apply(payout, 1, succeeded("r1"));
        assertThat(bench.items()).doesNotContain(PayoutItem.Kind.CONTRADICTION);
        bench.resolve(payout, PAID.reference("r1"));

        bench.apply(payout, 2, accepted("r2"));

        assertThat(bench.items()).contains(PayoutItem.Kind.CONTRADICTION);
        bench.assertPaid(100);
    }

    @Test
    void what_comes_to_nothing_beside_what_is_known_is_not_confirmed() {
        bench.engine(
                bench.provider("one", ways -> ways.features(Feature.REVERSALS)).onSend(succeeded("r1")));
        Payout payout = bench.request("p1");
        bench.run();
        bench.apply(payout, 1, reversed("r1", 2_000, 100));
        bench.payouts().as("alice").resolve(payout.id(), NOT_PAID.fee(tzs(30)));

        assertThatExceptionOfType(PayoutRefusedException.class)
                .isThrownBy(() -> bench.payouts().as("bob").confirm(payout.id(), 1))
                .withMessageContaining("booked are TZS 2000.00 and TZS 100.00")
                .satisfies(refused -> assertThat(refused.refusal().code()).isEqualTo("NOT_RESOLVABLE"));

        assertThat(bench.payouts().resolutions(payout.id()).get(0).isPending()).isTrue();
        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.SUCCEEDED);
        bench.payouts().as("alice").resolve(payout.id(), NOT_PAID.fee(tzs(0)));
        assertThat(bench.payouts().as("bob").confirm(payout.id(), 2).status()).isEqualTo(PayoutStatus.REVERSED);
        bench.assertNothingPaid();
        bench.assertBooks();
    }

    private Payout inReview(Outcome answer) {
        Payout review = bench.runAfter(Duration.ofDays(30), bench.sent(one, answer));
        assertThat(review.status()).isEqualTo(PayoutStatus.REVIEW);
        return review;
    }
}
