package io.holdfast.payout.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.db.testing.TestDatabase;
import io.holdfast.ledger.Key;
import io.holdfast.payout.Payout;
import io.holdfast.payout.PayoutRequest;
import io.holdfast.payout.PayoutStatus;
import io.holdfast.payout.spi.CreateRequest;
import io.holdfast.payout.spi.Feature;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How often payouts wait for the database. Whoever makes them wait more often has a reason, and says it here. */
class StatementsTest {

    private static final TestDatabase DATABASE = TestDatabase.create();

    /**
     * Is the key known; then in one transaction counts, locks, the hold's entry between its savepoint, the payout's rows,
     * commit. The time comes from the test's clock, else it is asked for once; which providers are broken only where there
     * are several to choose from.
     */
    private static final int REQUEST = 8;

    /**
     * What is parked; what is due and what it is, and the claim with its send, commit; the answer with lock, reference, rows, hold,
     * entry, what of it stands in suspense, whose the entry is, commit; what is parked about it; the numbers of the feed.
     */
    private static final int RUN = 20;

    private final CountedStatements counted = new CountedStatements();
    private final PayoutBench bench = new PayoutBench(counted.counting(DATABASE.dataSource()));
    private final ScriptedProvider one = bench.provider("one");

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    @BeforeEach
    void payOnce() {
        bench.engine(one.onSend(PayoutBench.succeeded("r-first")));
        bench.request("first");
        bench.run();
    }

    @Test
    void a_payout_takes_so_many_statements() {
        one.onSend(PayoutBench.succeeded("r-second"));

        int requesting = counted.of(() -> bench.request("second"));
        int running = counted.of(() -> bench.runUnchecked());

        Payout second = bench.payouts().find(new Key("second")).orElseThrow();
        assertThat(second.status()).isEqualTo(PayoutStatus.SUCCEEDED);
        assertThat(List.of(requesting, running)).containsExactly(REQUEST, RUN);
    }

    @Test
    void metadata_is_read_once_for_a_provider_that_keeps_it() {
        ScriptedProvider keeping = bench.provider("one", ways -> ways.features(Feature.METADATA))
                .onSend(PayoutBench.succeeded("r-second"), PayoutBench.succeeded("r-third"));
        bench.engine(keeping);
        bench.request("second");
        bench.run();
        bench.payouts().request(bench.aRequest("third").metadata("order", "42"));

        int running = counted.of(() -> bench.runUnchecked());

        assertThat(running).isEqualTo(RUN + 1);
        assertThat(body(keeping.sends().get(1))).endsWith(",\"metadata\":{order=42}}");
    }

    @Test
    void metadata_is_not_read_for_a_provider_that_keeps_none() {
        one.onSend(PayoutBench.succeeded("r-second"));
        bench.payouts().request(bench.aRequest("second").metadata("order", "42"));

        int running = counted.of(() -> bench.runUnchecked());

        assertThat(running).isEqualTo(RUN);
        assertThat(body(one.sends().get(1))).doesNotContain("metadata");
    }

    private static String body(CreateRequest create) {
        return new String(create.body(), StandardCharsets.UTF_8);
    }

    @Test
    void many_requested_together_take_as_many_statements_as_one() {
        List<PayoutRequest> many = IntStream.range(0, 5)
                .mapToObj(
                        i -> PayoutRequest.of("many-" + i, PayoutBench.ALICE, PayoutBench.tzs(10 + i), PayoutBench.ASHA)
                                .via("one"))
                .toList();

        assertThat(counted.of(() -> bench.payouts().requestAll(many))).isEqualTo(REQUEST);
    }
}
