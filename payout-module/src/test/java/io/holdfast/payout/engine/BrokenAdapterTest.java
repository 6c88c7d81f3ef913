package io.holdfast.payout.engine;

import static io.holdfast.payout.engine.PayoutBench.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.db.testing.TestDatabase;
import io.holdfast.payout.Payout;
import io.holdfast.payout.PayoutStatus;
import io.holdfast.payout.spi.Feature;
import io.holdfast.payout.spi.Resend;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Adapters that throw what a defect throws: then nothing is known, and everything else goes on. */
class BrokenAdapterTest {

    private static final TestDatabase DATABASE = TestDatabase.create();

    private final PayoutBench bench = new PayoutBench(DATABASE);

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    static List<Throwable> defects() {
        return List.of(
                new IllegalStateException("no token"),
                new NoClassDefFoundError("com/example/Json"),
                new ExceptionInInitializerError("static state"),
                new AssertionError("amount is whole"));
    }

    @ParameterizedTest
    @MethodSource("defects")
    void what_a_send_threw_leaves_its_payout_in_doubt_and_the_others_go_on(Throwable defect) {
        ScriptedProvider one = bench.provider("one", ways -> ways.resend(Resend.NEVER))
                .onSendDo(() -> {
                    throw sneaky(defect);
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
                    throw sneaky(defect);
                }));
        Payout payout = bench.request("p1");

        bench.run();

        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.PENDING);
    }

    private static RuntimeException sneaky(Throwable defect) {
        if (defect instanceof Error error) {
            throw error;
        }
        return (RuntimeException) defect;
    }
}
