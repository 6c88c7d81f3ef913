package io.holdfast.payout.engine;

import static io.holdfast.payout.engine.PayoutBench.accepted;
import static io.holdfast.payout.engine.PayoutBench.succeeded;
import static io.holdfast.payout.engine.PayoutBench.tzs;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.db.testing.TestDatabase;
import io.holdfast.ledger.Money;
import io.holdfast.payout.Payout;
import io.holdfast.payout.PayoutItem;
import io.holdfast.payout.PayoutStatus;
import io.holdfast.payout.spi.Evidence;
import io.holdfast.payout.spi.FailureReason;
import io.holdfast.payout.spi.Feature;
import io.holdfast.payout.spi.Outcome;
import io.holdfast.payout.spi.Particulars;
import io.holdfast.payout.spi.Preparation;
import io.holdfast.payout.spi.Resend;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Answers with figures and times that no books take are kept all the same: none is asked for again and again. */
class UnbookableAnswerTest {

    private static final TestDatabase DATABASE = TestDatabase.create();
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final Duration FOR_EVER = Duration.ofSeconds(Long.MAX_VALUE);

    /** Of 38 digits, so that it can be kept, and with the amount it is more than that. */
    private static final Money HUGE =
            Money.ofMinor(PayoutBench.TZS, BigInteger.TEN.pow(38).subtract(BigInteger.ONE));

    private final PayoutBench bench = new PayoutBench(DATABASE);

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    static List<Instant> noTimes() {
        return List.of(Instant.MIN, Instant.MAX);
    }

    @Test
    void a_success_whose_fee_no_entry_can_hold_is_kept_for_a_person_and_books_nothing() {
        Outcome odd = new Outcome.Succeeded(
                "r1", Particulars.NONE.amount(tzs(5_000)).chargedFee(HUGE), Evidence.http(200, "{}"));
        ScriptedProvider one = bench.provider("one").onSend(odd).onLookup(odd, succeeded("r1"));
        bench.engine(one);
        Payout payout = bench.request("p1");

        bench.run();

        assertThat(bench.find(payout))
                .returns(PayoutStatus.PROCESSING, Payout::status)
                .returns(Optional.of("r1"), Payout::providerReference);
        assertThat(bench.payouts().items(100, 0)).singleElement().satisfies(item -> {
            assertThat(item.kind()).isEqualTo(PayoutItem.Kind.NOT_BOOKED);
            assertThat(item.detail()).startsWith("SUCCEEDED was not booked: ");
        });
        bench.assertWallet(13_500, 6_500);
        bench.runAfter(SOON, payout);
        bench.assertWallet(13_500, 6_500);
        bench.runAfter(Duration.ofDays(1), payout);
        bench.assertPaid(100);
        assertThat(one.sends()).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("noTimes")
    void a_success_at_no_time_is_booked_today(Instant at) {
        Payout payout = bench.sent(new Outcome.Succeeded(
                "r1", Particulars.NONE.chargedFee(tzs(100)).at(at), Evidence.NONE));

        assertThat(payout.status()).isEqualTo(PayoutStatus.SUCCEEDED);
        bench.assertPaid(100);
    }

    @ParameterizedTest
    @MethodSource("noTimes")
    void so_is_a_failure(Instant at) {
        Payout payout = bench.sent(accepted("r1"));

        bench.apply(
                payout,
                1,
                new Outcome.Failed("r1", FailureReason.DECLINED, "", "", Optional.empty(), Evidence.NONE).at(at));

        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.FAILED);
        bench.assertNothingPaid();
    }

    @ParameterizedTest
    @MethodSource("noTimes")
    void and_what_came_back(Instant at) {
        Payout payout = bench.sent(succeeded("r1"));

        bench.apply(payout, 1, new Outcome.Reversed("r1", tzs(5_000), Optional.of(tzs(100)), Evidence.NONE).at(at));

        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.REVERSED);
        bench.assertNothingPaid();
    }

    @Test
    void a_provider_that_asks_to_be_left_alone_for_ever_is_asked_again_after_a_day() {
        ScriptedProvider one = bench.provider("one")
                .onSend(new Outcome.NotExecuted(Optional.of(FOR_EVER), "busy", Evidence.NONE), succeeded("r1"));
        bench.engine(one);
        Payout payout = bench.request("p1");

        bench.run();
        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.PENDING);
        bench.runAfter(Duration.ofDays(1), payout);

        bench.assertPaid(100);
    }

    @Test
    void so_is_one_that_will_not_prepare_for_ever() {
        ScriptedProvider one = bench.provider("one", ways -> ways.features(Feature.PREPARATION))
                .onPrepare(() -> new Preparation.Postponed(Optional.of(FOR_EVER), "busy", Evidence.NONE))
                .onSend(succeeded("r1"));
        bench.engine(one);
        Payout payout = bench.request("p1");

        bench.run();
        bench.runAfter(Duration.ofDays(1), payout);

        bench.assertPaid(100);
    }

    @Test
    void a_preparation_that_lasts_for_ever_is_used() {
        bench.engine(bench.provider("one", ways -> ways.features(Feature.PREPARATION))
                .onPrepare(() -> new Preparation.Ready("q1", Optional.empty(), Optional.of(Instant.MAX), Evidence.NONE))
                .onSend(succeeded("r1")));
        bench.request("p1");

        bench.run();

        bench.assertPaid(100);
    }

    @Test
    void one_whose_memo_cannot_be_kept_is_put_off() {
        bench.engine(bench.provider("one", ways -> ways.features(Feature.PREPARATION))
                .onPrepare(() -> new Preparation.Ready("q\0", Optional.empty(), Optional.empty(), Evidence.NONE)));
        Payout payout = bench.request("p1");

        bench.run();

        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.PENDING);
    }

    @Test
    @SuppressWarnings({"NullAway", "DataFlowIssue"})
    void an_answer_without_evidence_or_particulars_leaves_its_payout_in_doubt() {
        ScriptedProvider one = bench.provider("one", ways -> ways.resend(Resend.NEVER))
                .onSendDo(() -> new Outcome.Succeeded("r1", Particulars.NONE, null))
                .onSendDo(() -> new Outcome.Succeeded("r2", null, Evidence.NONE))
                .onSendDo(() -> new Outcome.Rejected(null, "E1", "no", Evidence.NONE));
        bench.engine(one);
        List<Payout> payouts = List.of(bench.request("p1"), bench.request("p2"), bench.request("p3"));

        bench.run(100);

        assertThat(payouts)
                .allSatisfy(payout -> assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.UNKNOWN));
        bench.assertWallet(500, 19_500);
        bench.assertBooks();
    }
}
