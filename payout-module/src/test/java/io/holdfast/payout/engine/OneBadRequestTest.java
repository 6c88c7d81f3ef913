package io.holdfast.payout.engine;

import static io.holdfast.payout.engine.PayoutBench.ALICE;
import static io.holdfast.payout.engine.PayoutBench.ASHA;
import static io.holdfast.payout.engine.PayoutBench.TZS;
import static io.holdfast.payout.engine.PayoutBench.tzs;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.db.testing.TestDatabase;
import io.holdfast.ledger.Money;
import io.holdfast.payout.PayoutRefusal;
import io.holdfast.payout.PayoutRequest;
import io.holdfast.payout.QuoteRequest;
import io.holdfast.payout.RequestResult;
import io.holdfast.payout.spi.Recipient;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** A request that nobody can work out keeps no other from being taken. */
class OneBadRequestTest {

    private static final TestDatabase DATABASE = TestDatabase.create();
    private static final Recipient.MobileMoney ODD = Recipient.MobileMoney.of("+255712000001");
    private static final Money MOST = Money.ofMinor(TZS, BigInteger.TEN.pow(38).subtract(BigInteger.ONE));

    private final PayoutBench bench = new PayoutBench(DATABASE);

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    @Test
    void one_at_whose_recipient_the_adapter_fails_is_refused_alone_and_names_no_number() {
        bench.engine(bench.provider("one").onObjection(recipient -> {
            if (recipient.equals(ODD)) {
                throw new IllegalStateException("cannot look at " + recipient.address());
            }
            return Optional.empty();
        }));
        List<PayoutRequest> requests = List.of(
                bench.aRequest("p1"),
                PayoutRequest.of("odd", ALICE, tzs(1_000), ODD).via("one"),
                bench.aRequest("p2"));

        assertThat(bench.payouts().check(requests).get(1))
                .hasValueSatisfying(
                        refused -> assertThat(refused.refusal().code()).isEqualTo("NO_ROUTE"));
        List<RequestResult> results = bench.payouts().requestAll(requests);

        assertThat(results.get(0)).isInstanceOf(RequestResult.Requested.class);
        assertThat(results.get(2)).isInstanceOf(RequestResult.Requested.class);
        assertThat(results.get(1))
                .isInstanceOfSatisfying(
                        RequestResult.Refused.class,
                        refused -> assertThat(refused.refusal().message())
                                .contains("one: The adapter failed", "cannot look at")
                                .doesNotContain("712000001"));
        bench.assertBooks();
    }

    @Test
    void one_of_which_amount_and_fee_are_too_much_to_write_down_is_refused_alone() {
        bench.engine(bench.provider("one"));
        List<PayoutRequest> requests = List.of(
                bench.aRequest("p1"),
                PayoutRequest.of("most", ALICE, MOST, ASHA).via("one"));

        List<RequestResult> results = bench.payouts().requestAll(requests);

        assertThat(results.get(0)).isInstanceOf(RequestResult.Requested.class);
        assertThat(results.get(1))
                .isInstanceOfSatisfying(
                        RequestResult.Refused.class,
                        refused -> assertThat(refused.refusal()).isInstanceOf(PayoutRefusal.AmountOutOfRange.class));
        assertThat(Refusals.refusal(() -> bench.payouts()
                                .quote(QuoteRequest.of(ALICE, MOST, ASHA).via("one")))
                        .code())
                .isEqualTo("AMOUNT_OUT_OF_RANGE");
        bench.assertBooks();
    }
}
