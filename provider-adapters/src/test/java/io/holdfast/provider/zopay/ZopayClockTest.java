package io.holdfast.provider.zopay;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.db.testing.TestDatabase;
import io.holdfast.payout.Payout;
import io.holdfast.payout.PayoutStatus;
import io.holdfast.provider.ProviderBench;
import io.holdfast.sandbox.MovableClock;
import io.holdfast.sandbox.simulator.Fault;
import io.holdfast.sandbox.simulator.RequestRecord;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Zopay, which takes no request that is signed at another time than its own, called by a clock that goes wrong. */
class ZopayClockTest {

    private static final TestDatabase DATABASE = TestDatabase.create();
    private static final Duration HALF_AN_HOUR = Duration.ofMinutes(30);

    private final AtomicReference<Duration> behind = new AtomicReference<>(Duration.ZERO);
    /** The date of the simulator's answers is the real one, so all begin there. */
    private final MovableClock clock = MovableClock.at(Instant.now());

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    @Test
    void a_clock_that_goes_wrong_costs_one_more_send_of_the_same_bytes_under_the_same_key_and_no_money() {
        try (ProviderBench bench = new ProviderBench(
                DATABASE,
                clock,
                (played, simulator, ours) ->
                        new ZopayProvider(PlayedZopay.settings(simulator, new WrongClock(ours, behind))
                                .build()),
                new PlayedZopay())) {
            bench.simulator.next(Fault.RATE_LIMITED);
            Payout payout = bench.request();
            bench.run();
            behind.set(HALF_AN_HOUR);

            assertThat(bench.runAfter(Duration.ofMinutes(1), payout).status()).isEqualTo(PayoutStatus.PENDING);
            assertThat(bench.paid()).isEmpty();
            bench.assertWallet(13_500, 6_500);

            assertThat(bench.runToTheEnd(payout).status()).isEqualTo(PayoutStatus.SUCCEEDED);
            List<RequestRecord> sends = bench.simulator.requests().stream()
                    .filter(record -> record.request().path().endsWith("/execute"))
                    .toList();
            assertThat(sends).extracting(send -> send.answered().orElseThrow()).containsExactly(429, 401, 200);
            assertThat(sends)
                    .extracting(send -> send.request().body())
                    .containsOnly(sends.get(0).request().body());
            assertThat(sends.get(0).request().body()).contains("\"idempotency_key\":\"");
            assertThat(secondsBetween(sends.get(0), sends.get(1))).isNegative();
            assertThat(secondsBetween(sends.get(0), sends.get(2))).isPositive();
            bench.assertPaidOnce();
        }
    }

    private static long secondsBetween(RequestRecord one, RequestRecord other) {
        return signedAt(other) - signedAt(one);
    }

    private static long signedAt(RequestRecord send) {
        return Long.parseLong(send.request().header("x-zo-timestamp").orElseThrow());
    }

    /** A clock that is behind by what it is told. */
    private static final class WrongClock extends Clock {

        private final Clock right;
        private final AtomicReference<Duration> behind;

        WrongClock(Clock right, AtomicReference<Duration> behind) {
            this.right = right;
            this.behind = behind;
        }

        @Override
        public Instant instant() {
            return right.instant().minus(behind.get());
        }

        @Override
        public ZoneId getZone() {
            return right.getZone();
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return new WrongClock(right.withZone(zone), behind);
        }
    }
}
