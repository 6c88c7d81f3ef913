package io.holdfast.payout.engine;

import static io.holdfast.payout.engine.PayoutBench.accepted;
import static io.holdfast.payout.engine.PayoutBench.timeout;
import static io.holdfast.payout.engine.PayoutBench.tzs;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.db.testing.TestDatabase;
import io.holdfast.ledger.Wallets;
import io.holdfast.payout.spi.RateLimit;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** How what is new and what is to be asked about share the few calls that a provider takes. */
class TurnsTest {

    private static final TestDatabase DATABASE = TestDatabase.create();
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final PayoutBench bench = new PayoutBench(DATABASE);

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    @Test
    void a_backlog_of_what_is_new_keeps_nobody_from_asking() {
        ScriptedProvider one = bench.provider("one", ways -> ways.rateLimit(new RateLimit(4, MINUTE)));
        bench.engine(one.onSend(accepted("r1"), accepted("r2"), accepted("r3"), accepted("r4")));
        request(1, 4);
        assertThat(bench.run(100)).isEqualTo(4);
        request(5, 20);
        one.onSend(accepted("r5"), accepted("r6")).onLookup(timeout(), timeout());

        bench.clock.move(MINUTE);
        assertThat(bench.run(100)).isEqualTo(4);

        assertThat(one.sends()).hasSize(4 + 2);
        assertThat(one.lookups()).hasSize(2);
    }

    @Test
    void nor_does_a_backlog_of_questions_keep_what_is_new_from_being_sent() {
        Duration quarter = MINUTE.dividedBy(4);
        ScriptedProvider one = bench.provider("one", ways -> ways.rateLimit(new RateLimit(1, quarter)));
        bench.engine(one);
        request(1, 8);
        for (int i = 1; i <= 8; i++) {
            one.onSend(accepted("r" + i));
            bench.run(100);
            bench.clock.move(quarter);
        }
        int asked = one.lookups().size();
        int sent = one.sends().size();
        request(9, 12);
        one.onSend(accepted("r9"), accepted("r10"));
        one.onLookup(timeout(), timeout());

        for (int i = 0; i < 4; i++) {
            assertThat(bench.run(100)).isEqualTo(1);
            bench.clock.move(quarter);
        }

        assertThat(one.sends()).hasSize(sent + 2);
        assertThat(one.lookups()).hasSize(asked + 2);
    }

    private void request(int first, int last) {
        new Wallets(bench.ledger).fund("alice", tzs(200_000), "top-up " + first);
        IntStream.rangeClosed(first, last).forEach(i -> bench.request("p" + i));
    }
}
