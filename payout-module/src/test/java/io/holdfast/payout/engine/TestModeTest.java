package io.holdfast.payout.engine;

import static io.holdfast.payout.engine.PayoutBench.ALICE;
import static io.holdfast.payout.engine.PayoutBench.ASHA;
import static io.holdfast.payout.engine.PayoutBench.TZS;
import static io.holdfast.payout.engine.PayoutBench.succeeded;
import static io.holdfast.payout.engine.PayoutBench.tzs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.holdfast.db.testing.TestDatabase;
import io.holdfast.payout.Payout;
import io.holdfast.payout.PayoutQuery;
import io.holdfast.payout.PayoutRefusal;
import io.holdfast.payout.PayoutRefusedException;
import io.holdfast.payout.PayoutRequest;
import io.holdfast.payout.PayoutStatus;
import io.holdfast.payout.QuoteRequest;
import io.holdfast.payout.RequestResult;
import io.holdfast.payout.Route;
import io.holdfast.payout.spi.Answer;
import io.holdfast.payout.spi.Channel;
import io.holdfast.payout.spi.FailureReason;
import io.holdfast.payout.spi.Feature;
import io.holdfast.payout.spi.Objection;
import io.holdfast.payout.spi.Preparation;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** A provider whose credentials are for tests, and which pays nobody with them, gets no payouts to begin with. */
class TestModeTest {

    private static final TestDatabase DATABASE = TestDatabase.create();

    private final PayoutBench bench = new PayoutBench(DATABASE);
    private final List<String> calls = new ArrayList<>();
    private final ScriptedProvider tried = bench.provider(
                    "one", ways -> ways.features(Feature.FEE, Feature.PREPARATION))
            .objects(new Objection(FailureReason.PROVIDER_DISABLED, "this key pays nobody: use the live one"))
            .onFee(amount -> {
                calls.add("fee");
                return new Answer.NotOffered<>();
            })
            .onPrepare(() -> {
                calls.add("preparation");
                return Preparation.NOTHING;
            });

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    @Test
    void a_request_is_refused_with_the_providers_reason_and_nothing_is_held() {
        bench.engine(tried);

        assertRefused(() -> bench.request("p1"));
        assertThat(bench.payouts().requestAll(List.of(bench.aRequest("p1"), bench.aRequest("p2"))))
                .allSatisfy(result -> assertThat(result)
                        .isInstanceOfSatisfying(RequestResult.Refused.class, TestModeTest::isTestMode));

        assertNothingHappened();
    }

    @Test
    void a_check_says_the_same_before_anything_is_requested() {
        bench.engine(tried);

        assertThat(bench.payouts().check(List.of(bench.aRequest("p1"))))
                .singleElement()
                .satisfies(told -> assertThat(told)
                        .hasValueSatisfying(
                                refused -> assertThat(refused.refusal().code()).isEqualTo("TEST_MODE")));

        assertNothingHappened();
    }

    @Test
    void nothing_is_quoted() {
        bench.engine(tried);

        assertRefused(() ->
                bench.payouts().quote(QuoteRequest.of(ALICE, tzs(5_000), ASHA).via("one")));

        assertNothingHappened();
    }

    @Test
    void where_another_route_pays_the_payout_takes_that() {
        ScriptedProvider two = bench.provider("two").onSend(succeeded("r2"));
        bench.engine(builder -> builder.routes(List.of(Route.of(TZS, Channel.MOBILE_MONEY, "one", "two"))), tried, two);

        Payout payout = bench.payouts().request(PayoutRequest.of("p1", ALICE, tzs(5_000), ASHA));
        bench.run();

        assertThat(payout.routes()).containsExactly("two");
        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.SUCCEEDED);
        assertThat(tried.sends()).isEmpty();
        assertThat(calls).isEmpty();
    }

    private static void assertRefused(ThrowingCallable request) {
        assertThatExceptionOfType(PayoutRefusedException.class)
                .isThrownBy(request)
                .satisfies(refused -> {
                    assertThat(refused.refusal()).isInstanceOf(PayoutRefusal.TestMode.class);
                    assertThat(refused.refusal().code()).isEqualTo("TEST_MODE");
                })
                .withMessageContaining("one: this key pays nobody: use the live one");
    }

    private static void isTestMode(RequestResult.Refused result) {
        assertThat(result.refusal().code()).isEqualTo("TEST_MODE");
    }

    private void assertNothingHappened() {
        bench.run();
        assertThat(bench.payouts().count(PayoutQuery.FIRST_PAGE)).isZero();
        assertThat(tried.sends()).isEmpty();
        assertThat(calls).isEmpty();
        bench.assertNothingPaid();
    }
}
