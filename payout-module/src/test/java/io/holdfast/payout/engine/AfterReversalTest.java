package io.holdfast.payout.engine;

import static io.holdfast.payout.engine.PayoutBench.accepted;
import static io.holdfast.payout.engine.PayoutBench.failed;
import static io.holdfast.payout.engine.PayoutBench.reversed;
import static io.holdfast.payout.engine.PayoutBench.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.db.testing.TestDatabase;
import io.holdfast.payout.Payout;
import io.holdfast.payout.PayoutItem;
import io.holdfast.payout.PayoutStatus;
import io.holdfast.payout.PayoutTransition.Verdict;
import io.holdfast.payout.spi.Outcome;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/**
 * What a provider says of a payout of which all has come back. What it was before that, under the reference that is known,
 * is an old delivery come late: stale, and nobody need look. Anything else is an item.
 */
class AfterReversalTest {

    private static final TestDatabase DATABASE = TestDatabase.create();

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    @Test
    void that_it_was_accepted_or_paid_is_stale() {
        assertAfterReversal(accepted("r1"), Verdict.STALE);
        assertAfterReversal(succeeded("r1"), Verdict.STALE);
    }

    @Test
    void that_it_came_back_or_less_of_it_is_known() {
        assertAfterReversal(reversed("r1", 5_000, 50), Verdict.DUPLICATE);
        assertAfterReversal(reversed("r1", 3_000, 50), Verdict.DUPLICATE);
        assertAfterReversal(failed("r1"), Verdict.DUPLICATE);
    }

    @Test
    void that_more_came_back_is_an_item() {
        assertAfterReversal(reversed("r1", 5_000, 100), Verdict.ITEM, PayoutItem.Kind.CONTRADICTION);
    }

    @Test
    void that_it_was_accepted_once_more_is_an_item() {
        assertAfterReversal(accepted("r2"), Verdict.ITEM, PayoutItem.Kind.SECOND_REFERENCE);
    }

    private void assertAfterReversal(Outcome said, Verdict verdict, PayoutItem.Kind... items) {
        PayoutBench bench = new PayoutBench(DATABASE);
        Payout payout = bench.sent(succeeded("r1"));
        bench.apply(payout, 1, reversed("r1", 5_000, 50));
        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.REVERSED);

        bench.apply(payout, 1, said);

        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.REVERSED);
        assertThat(bench.payouts().history(payout.id()))
                .last()
                .satisfies(step -> assertThat(step.verdict()).isEqualTo(verdict));
        assertThat(bench.items()).isEqualTo(List.of(items));
        bench.assertWallet(20_000, 0);
    }
}
