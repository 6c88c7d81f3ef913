package io.holdfast.payout.engine;

import static io.holdfast.payout.engine.PayoutBench.ALICE;
import static io.holdfast.payout.engine.PayoutBench.ASHA;
import static io.holdfast.payout.engine.PayoutBench.accepted;
import static io.holdfast.payout.engine.PayoutBench.tzs;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.db.testing.TestDatabase;
import io.holdfast.payout.Payout;
import io.holdfast.payout.PayoutRequest;
import io.holdfast.payout.PayoutStatus;
import io.holdfast.payout.Processing;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** When payouts are asked about if nothing else is configured, and that not all of them are at once. */
class PollingTest {

    private static final TestDatabase DATABASE = TestDatabase.create();
    /** By how much a wait may be shortened at most: a fifth. */
    private static final int PARTS = 5;

    private static final int MANY = 40;

    private final PayoutBench bench = new PayoutBench(DATABASE);

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    @Test
    void a_payout_under_way_is_asked_about_after_5_s_15_s_1_m_5_m_15_m_1_h_6_h_and_then_daily() {
        List<Duration> waits = List.of(
                Duration.ofSeconds(5),
                Duration.ofSeconds(15),
                Duration.ofMinutes(1),
                Duration.ofMinutes(5),
                Duration.ofMinutes(15),
                Duration.ofHours(1),
                Duration.ofHours(6),
                Duration.ofDays(1),
                Duration.ofDays(1));
        ScriptedProvider one = bench.provider("one").onSend(accepted("r1"));
        bench.engine(one);
        Payout payout = bench.request("p1");
        bench.run();

        for (int asked = 0; asked < waits.size(); asked++) {
            Duration shortest =
                    waits.get(asked).multipliedBy(PARTS - 1L).dividedBy(PARTS).minusNanos(1_000);
            bench.clock.move(shortest);
            assertThat(bench.run()).as("before " + waits.get(asked)).isZero();
            bench.clock.move(waits.get(asked).minus(shortest));
            assertThat(bench.run()).as("after " + waits.get(asked)).isEqualTo(1);
            assertThat(one.lookups()).hasSize(asked + 1);
        }

        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.PROCESSING);
        assertThat(Processing.DEFAULTS.polls()).isEqualTo(waits.subList(0, waits.size() - 1));
    }

    @Test
    void payouts_that_a_provider_took_at_once_are_not_all_asked_about_at_once() {
        ScriptedProvider one = bench.provider("one");
        bench.engine(builder -> builder.fees(List.of()), one);
        for (int i = 1; i <= MANY; i++) {
            one.onSend(accepted("r" + i));
            bench.payouts()
                    .request(PayoutRequest.of("p" + i, ALICE, tzs(i), ASHA).via("one"));
        }
        assertThat(bench.run(MANY)).isEqualTo(MANY);

        bench.clock.move(Duration.ofMillis(4_500));
        int soon = bench.run(MANY);
        bench.clock.move(Duration.ofMillis(500));
        int later = bench.run(MANY);

        assertThat(soon).isBetween(MANY / 10, MANY * 9 / 10);
        assertThat(soon + later)
                .as("none is asked about later than it should be")
                .isEqualTo(MANY);
    }
}
