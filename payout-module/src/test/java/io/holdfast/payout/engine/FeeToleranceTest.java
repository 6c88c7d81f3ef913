package io.holdfast.payout.engine;

import static io.holdfast.payout.engine.PayoutBench.tzs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.holdfast.db.testing.TestDatabase;
import io.holdfast.payout.FeeTolerance;
import io.holdfast.payout.PayoutItem.Kind;
import io.holdfast.payout.spi.Evidence;
import io.holdfast.payout.spi.Feature;
import io.holdfast.payout.spi.Outcome;
import io.holdfast.payout.spi.Particulars;
import io.holdfast.payout.spi.Preparation;
import io.holdfast.payout.spi.ProviderFee;
import java.math.BigDecimal;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** A provider that had quoted TZS 100 and charges something else: all of it is booked, and sometimes a person should know. */
class FeeToleranceTest {

    private static final TestDatabase DATABASE = TestDatabase.create();
    private static final FeeTolerance TWO_PERCENT = new FeeTolerance(BigDecimal.valueOf(2));

    private final PayoutBench bench = new PayoutBench(DATABASE);

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    @Test
    void without_a_tolerance_any_difference_is_for_a_person() {
        charged(FeeTolerance.EXACT, 101);

        assertThat(bench.items()).containsExactly(Kind.FEE_DIFFERS);
        bench.assertPaid(101);
    }

    @Test
    void the_fee_that_was_quoted_is_for_nobody() {
        charged(FeeTolerance.EXACT, 100);

        assertThat(bench.items()).isEmpty();
        bench.assertPaid(100);
    }

    @Test
    void what_is_within_the_tolerance_is_booked_and_no_more() {
        charged(TWO_PERCENT, 98);

        assertThat(bench.items()).isEmpty();
        bench.assertPaid(98);
    }

    @Test
    void what_is_beyond_it_is_booked_and_for_a_person() {
        charged(TWO_PERCENT, 103);

        assertThat(bench.items()).containsExactly(Kind.FEE_DIFFERS);
        bench.assertPaid(103);
    }

    @Test
    void a_tolerance_is_not_below_zero_and_allows_nothing_of_a_quote_of_nothing() {
        assertThatIllegalArgumentException().isThrownBy(() -> new FeeTolerance(BigDecimal.valueOf(-1)));
        assertThat(TWO_PERCENT.allows(tzs(0), tzs(1))).isFalse();
        assertThat(TWO_PERCENT.allows(tzs(0), tzs(0))).isTrue();
    }

    private void charged(FeeTolerance tolerance, long fee) {
        Preparation quote = new Preparation.Ready(
                "q1", Optional.of(new ProviderFee(tzs(5_000), tzs(100))), Optional.empty(), Evidence.NONE);
        ScriptedProvider one = bench.provider("one", ways -> ways.features(Feature.PREPARATION))
                .onPrepare(() -> quote)
                .onSend(new Outcome.Succeeded(
                        "r1", Particulars.NONE.amount(tzs(5_000)).chargedFee(tzs(fee)), Evidence.NONE));
        bench.engine(builder -> builder.feeTolerance(tolerance), one);
        bench.request("p1");
        bench.run();
    }
}
