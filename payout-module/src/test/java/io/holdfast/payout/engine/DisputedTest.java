package io.holdfast.payout.engine;

import static io.holdfast.payout.engine.PayoutBench.ALICE;
import static io.holdfast.payout.engine.PayoutBench.ASHA;
import static io.holdfast.payout.engine.PayoutBench.TZS;
import static io.holdfast.payout.engine.PayoutBench.accepted;
import static io.holdfast.payout.engine.PayoutBench.failed;
import static io.holdfast.payout.engine.PayoutBench.rejected;
import static io.holdfast.payout.engine.PayoutBench.reversed;
import static io.holdfast.payout.engine.PayoutBench.succeeded;
import static io.holdfast.payout.engine.PayoutBench.timeout;
import static io.holdfast.payout.engine.PayoutBench.tzs;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.db.testing.TestDatabase;
import io.holdfast.payout.Payout;
import io.holdfast.payout.PayoutAttempt;
import io.holdfast.payout.PayoutItem;
import io.holdfast.payout.PayoutRequest;
import io.holdfast.payout.PayoutStatus;
import io.holdfast.payout.Route;
import io.holdfast.payout.spi.Channel;
import io.holdfast.payout.spi.Evidence;
import io.holdfast.payout.spi.FailureReason;
import io.holdfast.payout.spi.Feature;
import io.holdfast.payout.spi.ListedPayout;
import io.holdfast.payout.spi.Outcome;
import io.holdfast.payout.spi.Particulars;
import io.holdfast.payout.spi.Resend;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** An attempt that had failed and may pay after all: what is held back until its end is known, and how long it is asked about. */
class DisputedTest {

    private static final TestDatabase DATABASE = TestDatabase.create();
    private static final Outcome SHORT = rejected(FailureReason.INSUFFICIENT_FLOAT);
    private static final Outcome ANOTHER_AMOUNT =
            new Outcome.Succeeded("r1", Particulars.NONE.amount(tzs(500_000)), Evidence.http(200, "{}"));
    private static final String SUSPENSE = "liabilities:suspense:one";
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final Duration DAY = Duration.ofDays(1);

    private final PayoutBench bench = new PayoutBench(DATABASE);
    private final ScriptedProvider one = bench.provider("one", ways -> ways.resend(Resend.NEVER));

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    @Test
    void a_payment_with_other_figures_holds_back_the_next_attempt_too() {
        Payout payout = waitingAfterRejection();

        bench.apply(payout, 1, ANOTHER_AMOUNT);
        bench.runAfter(DAY, payout);

        assertThat(one.sends()).hasSize(1);
        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.REVIEW);
        assertThat(bench.items()).contains(PayoutItem.Kind.MISMATCH);
        bench.assertWallet(13_500, 6_500);
    }

    @Test
    void so_does_more_that_came_back_than_was_to_be_paid() {
        Payout payout = waitingAfterRejection();

        bench.apply(payout, 1, reversed("r1", 50_000, 0));
        bench.runAfter(DAY, payout);

        assertThat(one.sends()).hasSize(1);
        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.REVIEW);
    }

    @Test
    void a_payment_with_other_figures_keeps_an_attempt_under_way_from_being_repeated() {
        ScriptedProvider resending = bench.provider("one").onSend(SHORT, timeout());
        bench.engine(resending);
        Payout payout = bench.request("p1");
        bench.run();
        bench.runAfter(SOON, payout);

        bench.apply(payout, 1, ANOTHER_AMOUNT);
        bench.runAfter(SOON, payout);

        assertThat(resending.sends()).hasSize(2);
        bench.assertWallet(13_500, 6_500);
    }

    @Test
    void it_goes_on_being_asked_about_once_the_other_attempt_is_for_a_person() {
        Payout payout = waitingAfterRejection(timeout());
        bench.runAfter(SOON, payout);
        bench.apply(payout, 1, accepted("r1"));
        one.onLookup(accepted("r1"), succeeded("r1"));

        assertThat(bench.runAfter(SOON, payout).status()).isEqualTo(PayoutStatus.REVIEW);
        bench.runAfter(DAY, payout);

        assertThat(one.lookups()).containsExactly("r1", "r1");
        bench.assertTotal(SUSPENSE, -5_100);
    }

    @Test
    void its_end_does_not_end_the_watch_over_the_attempt_that_paid() {
        ScriptedProvider two = bench.provider("two", ways -> ways.features(Feature.REVERSALS));
        bench.engine(
                builder -> builder.routes(List.of(Route.of(TZS, Channel.MOBILE_MONEY, "one", "two"))),
                one.onSend(SHORT),
                two.onSend(succeeded("r2")));
        Payout payout = bench.payouts().request(PayoutRequest.of("p1", ALICE, tzs(5_000), ASHA));
        bench.run();
        bench.run();
        bench.apply(payout, 1, accepted("r1"));
        one.onLookup(failed("r1"));
        two.onLookup(succeeded("r2"), succeeded("r2"), reversed("r2", 5_000, 0));

        for (int day = 1; day <= 10; day++) {
            bench.runAfter(DAY, payout);
        }

        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.REVERSED);
    }

    @Test
    void a_processor_without_the_provider_leaves_the_search_to_others() {
        ScriptedProvider listing =
                bench.provider("one", ways -> ways.features(Feature.LIST).resend(Resend.NEVER));
        bench.engine(listing.onSend(timeout()));
        Instant sentAt = bench.clock.instant();
        Payout payout = bench.request("p1");
        bench.run();
        assertThat(bench.runAfter(DAY.multipliedBy(4), payout).status()).isEqualTo(PayoutStatus.REVIEW);

        bench.engine(bench.provider("two"));
        bench.runAfter(DAY, payout);
        listing.lists(new ListedPayout(
                "r2", tzs(5_000), Optional.of("255712345678"), sentAt, Optional.empty(), succeeded("r2")));
        bench.engine(listing);
        bench.runAfter(DAY, payout);

        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.SUCCEEDED);
    }

    @Test
    void two_references_of_it_are_asked_about_ever_less_often() {
        Payout payout = bench.sent(one, failed("r1"));
        bench.apply(payout, 1, accepted("r2"));
        for (int question = 0; question < 300; question++) {
            one.onLookupDo(() -> lastAsked().equals("r1") ? failed("r1") : accepted("r2"));
        }

        for (int minute = 0; minute < 120; minute++) {
            bench.runAfter(Duration.ofMinutes(1), payout);
        }

        assertThat(one.lookups()).contains("r1", "r2").hasSizeLessThan(30);
    }

    @Test
    void all_is_given_back_once_the_last_of_its_attempts_is_known_to_have_failed() {
        Payout payout = waitingAfterRejection();
        one.onSendDo(() -> {
            bench.learn(payout.id(), 1, accepted("r1"));
            return rejected(FailureReason.DECLINED);
        });
        assertThat(bench.runAfter(SOON, payout).status()).isEqualTo(PayoutStatus.REVIEW);

        bench.apply(payout, 1, failed("r1"));

        Payout failed = bench.find(payout);
        assertThat(failed.status()).isEqualTo(PayoutStatus.FAILED);
        assertThat(failed.failure().orElseThrow().detail()).isEqualTo("no such subscriber");
        assertThat(failed.attempts()).extracting(PayoutAttempt::number).containsExactly(1, 2);
        bench.assertNothingPaid();
    }

    private String lastAsked() {
        return one.lookups().get(one.lookups().size() - 1);
    }

    /** Requests a payout whose first attempt the provider rejects for want of float. */
    private Payout waitingAfterRejection(Outcome... then) {
        bench.engine(one.onSend(SHORT).onSend(then));
        Payout payout = bench.request("p1");
        bench.run();
        return payout;
    }
}
