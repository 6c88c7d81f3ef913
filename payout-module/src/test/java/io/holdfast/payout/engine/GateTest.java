package io.holdfast.payout.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.db.testing.TestDatabase;
import io.holdfast.payout.spi.RateLimit;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** A provider's rate is given in full, however often it is asked for. */
class GateTest {

    private static final TestDatabase DATABASE = TestDatabase.create();
    private static final Instant START = Instant.parse("2026-06-01T12:00:00Z");

    private final PayoutBench bench = new PayoutBench(DATABASE);

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    @Test
    void who_asks_many_times_a_millisecond_is_let_in_as_often_as_who_asks_seldom() {
        Gate gate = gate(new RateLimit(50, Duration.ofSeconds(1)));

        int entered = gate.enter(100, START);
        for (int micros = 300; micros <= 5_000_100; micros += 300) {
            entered += gate.enter(100, START.plusNanos(micros * 1_000L));
        }

        assertThat(entered).isBetween(299, 300);
    }

    private Gate gate(RateLimit rate) {
        return new Gate(bench.provider("one", ways -> ways.rateLimit(rate)), 1_000, () -> START);
    }
}
