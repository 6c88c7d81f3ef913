package io.holdfast.payout.engine;

import static io.holdfast.payout.engine.PayoutBench.ALICE;
import static io.holdfast.payout.engine.PayoutBench.ASHA;
import static io.holdfast.payout.engine.PayoutBench.accepted;
import static io.holdfast.payout.engine.PayoutBench.succeeded;
import static io.holdfast.payout.engine.PayoutBench.tzs;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.db.testing.TestDatabase;
import io.holdfast.payout.Payout;
import io.holdfast.payout.PayoutRequest;
import io.holdfast.payout.PayoutStatus;
import io.holdfast.payout.spi.Feature;
import io.holdfast.payout.spi.Resend;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Adapters that throw what a defect throws: then nothing is known, and everything else goes on. */
class BrokenAdapterTest {

    private static final TestDatabase DATABASE = TestDatabase.create();

    private static final Duration SOON = Duration.ofSeconds(5);

    private final PayoutBench bench = new PayoutBench(DATABASE);

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    static List<Throwable> defects() {
        return List.of(
                new IllegalStateException("no token"),
                new IOException("disk full"),
                new NoClassDefFoundError("com/example/Json"),
                new ExceptionInInitializerError("static state"),
                new AssertionError("amount is whole"));
    }

    @ParameterizedTest
    @MethodSource("defects")
    void what_a_send_threw_leaves_its_payout_in_doubt_and_the_others_go_on(Throwable defect) {
        ScriptedProvider one = bench.provider("one", ways -> ways.resend(Resend.NEVER))
                .onSendDo(() -> {
                    throw BrokenAdapterTest.<RuntimeException>sneaky(defect);
                })
                .onSend(succeeded("r2"));
        bench.engine(one);
        Payout first = bench.request("p1");
        Payout second = bench.request("p2");

        bench.run(100);

        assertThat(List.of(bench.find(first).status(), bench.find(second).status()))
                .containsExactlyInAnyOrder(PayoutStatus.UNKNOWN, PayoutStatus.SUCCEEDED);
        bench.assertBooks();
    }

    @ParameterizedTest
    @MethodSource("defects")
    void what_a_preparation_threw_puts_its_payout_off(Throwable defect) {
        bench.engine(bench.provider("one", ways -> ways.features(Feature.PREPARATION))
                .onPrepare(() -> {
                    throw BrokenAdapterTest.<RuntimeException>sneaky(defect);
                }));
        Payout payout = bench.request("p1");

        bench.run();

        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.PENDING);
    }

    @ParameterizedTest
    @MethodSource("defects")
    void what_a_create_threw_fails_its_payout_and_the_other_providers_go_on(Throwable defect) {
        ScriptedProvider one = bench.provider("one").onCreate(() -> {
            throw BrokenAdapterTest.<RuntimeException>sneaky(defect);
        });
        one.onCreate(() -> {
            throw BrokenAdapterTest.<RuntimeException>sneaky(defect);
        });

        assertFailsAlone(one);
    }

    @Test
    void a_create_that_is_null_fails_its_payout_and_the_other_providers_go_on() {
        assertFailsAlone(
                bench.provider("one").onCreate(BrokenAdapterTest::nothing).onCreate(BrokenAdapterTest::nothing));
    }

    private void assertFailsAlone(ScriptedProvider one) {
        bench.engine(one, bench.provider("two").onSend(succeeded("r2")));
        Payout broken = bench.request("p1");
        Payout good = bench.payouts()
                .request(PayoutRequest.of("p2", ALICE, tzs(5_000), ASHA).via("two"));

        bench.run(100);

        assertThat(bench.find(good).status()).isEqualTo(PayoutStatus.SUCCEEDED);
        assertThat(bench.find(broken).status()).isEqualTo(PayoutStatus.FAILED);
        assertThat(one.sends()).isEmpty();
        bench.assertBooks();
    }

    @Test
    void an_answer_that_is_null_leaves_its_payout_in_doubt() {
        bench.engine(bench.provider("one", ways -> ways.resend(Resend.NEVER)).onSendDo(BrokenAdapterTest::nothing));
        Payout payout = bench.request("p1");

        bench.run();

        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.UNKNOWN);
        bench.assertWallet(13_500, 6_500);
    }

    @Test
    void so_does_one_to_a_question() {
        bench.engine(bench.provider("one").onSend(accepted("r1")).onLookupDo(BrokenAdapterTest::nothing));
        Payout payout = bench.request("p1");
        bench.run();

        Payout asked = bench.runAfter(SOON, payout);

        assertThat(asked.status()).isEqualTo(PayoutStatus.PROCESSING);
        bench.assertWallet(13_500, 6_500);
    }

    @Test
    void a_preparation_that_is_null_puts_its_payout_off() {
        bench.engine(bench.provider("one", ways -> ways.features(Feature.PREPARATION))
                .onPrepare(BrokenAdapterTest::nothing));
        Payout payout = bench.request("p1");

        bench.run();

        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.PENDING);
    }

    /** What adapters return that are compiled without a check for null. */
    @SuppressWarnings({"NullAway", "DataFlowIssue", "TypeParameterUnusedInFormals"})
    private static <T> T nothing() {
        return null;
    }

    /** Throws anything, as adapters may that are compiled without a check for what they throw. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <T extends Throwable> RuntimeException sneaky(Throwable defect) throws T {
        throw (T) defect;
    }
}
