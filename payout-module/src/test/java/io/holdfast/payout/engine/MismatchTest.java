package io.holdfast.payout.engine;

import static io.holdfast.payout.engine.PayoutBench.accepted;
import static io.holdfast.payout.engine.PayoutBench.tzs;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.db.testing.TestDatabase;
import io.holdfast.ledger.Currency;
import io.holdfast.ledger.Money;
import io.holdfast.payout.Payout;
import io.holdfast.payout.PayoutItem;
import io.holdfast.payout.PayoutStatus;
import io.holdfast.payout.spi.Environment;
import io.holdfast.payout.spi.Evidence;
import io.holdfast.payout.spi.Outcome;
import io.holdfast.payout.spi.Particulars;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What a provider says of another payment than it was told to make proves nothing, whatever differs. */
class MismatchTest {

    private static final TestDatabase DATABASE = TestDatabase.create();
    private static final Money SHILLINGS_OF_KENYA = Money.of(Currency.of("KES"), "5000");

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    @TestFactory
    Stream<DynamicTest> what_differs_in_one_thing_is_for_a_person() {
        return Map.of(
                        "amount", Particulars.NONE.amount(tzs(4_999)),
                        "currency", Particulars.NONE.amount(SHILLINGS_OF_KENYA),
                        "currency of the fee", Particulars.NONE.chargedFee(SHILLINGS_OF_KENYA),
                        "currency of what was received", Particulars.NONE.received(SHILLINGS_OF_KENYA),
                        "recipient", Particulars.NONE.recipient("255712345679"),
                        "reference", Particulars.NONE.reference("somebody-else-s"),
                        "environment", Particulars.NONE.environment(Environment.TEST))
                .entrySet()
                .stream()
                .map(differs -> DynamicTest.dynamicTest(differs.getKey(), () -> assertForAPerson(differs.getValue())));
    }

    private static void assertForAPerson(Particulars told) {
        PayoutBench bench = new PayoutBench(DATABASE);
        bench.engine(bench.provider("one", ways -> ways.environment(Environment.LIVE))
                .onSend(accepted("r1")));
        Payout payout = bench.request("p1");
        bench.run();

        bench.apply(payout, 1, new Outcome.Succeeded("r1", told, Evidence.NONE));

        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.REVIEW);
        assertThat(bench.items()).containsExactly(PayoutItem.Kind.MISMATCH);
        bench.assertWallet(13_500, 6_500);
    }
}
