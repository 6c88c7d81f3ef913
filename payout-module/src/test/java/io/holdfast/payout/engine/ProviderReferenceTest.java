package io.holdfast.payout.engine;

import static io.holdfast.payout.engine.PayoutBench.ALICE;
import static io.holdfast.payout.engine.PayoutBench.ASHA;
import static io.holdfast.payout.engine.PayoutBench.TZS;
import static io.holdfast.payout.engine.PayoutBench.accepted;
import static io.holdfast.payout.engine.PayoutBench.rejected;
import static io.holdfast.payout.engine.PayoutBench.tzs;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.db.testing.TestDatabase;
import io.holdfast.payout.Payout;
import io.holdfast.payout.PayoutRequest;
import io.holdfast.payout.Route;
import io.holdfast.payout.spi.Channel;
import io.holdfast.payout.spi.FailureReason;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Payouts found by the reference under which a provider knows them. */
class ProviderReferenceTest {

    private static final TestDatabase DATABASE = TestDatabase.create();

    private final PayoutBench bench = new PayoutBench(DATABASE);

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    @Test
    void a_payout_is_found_by_provider_and_reference_and_by_no_other() {
        bench.engine(
                builder -> builder.routes(List.of(Route.of(TZS, Channel.MOBILE_MONEY, "one", "two"))),
                bench.provider("one").onSend(rejected(FailureReason.PROVIDER_UNAVAILABLE)),
                bench.provider("two").onSend(accepted("r1")));
        Payout payout = bench.payouts().request(PayoutRequest.of("p1", ALICE, tzs(5_000), ASHA));
        bench.run();
        assertThat(bench.payouts().find("two", "r1")).isEmpty();

        bench.run();

        assertThat(bench.payouts().find("two", "r1")).contains(bench.find(payout));
        assertThat(bench.payouts().find("one", "r1")).isEmpty();
        assertThat(bench.payouts().find("two", "r2")).isEmpty();
        assertThat(new PayoutBench(DATABASE)
                        .engine(bench.provider("two"))
                        .payouts()
                        .find("two", "r1"))
                .as("another ledger")
                .isEmpty();
    }

    @Test
    void every_reference_that_a_provider_gave_finds_it() {
        Payout payout = bench.sent(accepted("r1"));

        bench.apply(payout, 1, accepted("r2"));

        assertThat(bench.payouts().find("one", "r1").map(Payout::id)).contains(payout.id());
        assertThat(bench.payouts().find("one", "r2").map(Payout::id)).contains(payout.id());
    }
}
