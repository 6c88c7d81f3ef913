package io.holdfast.payout.engine;

import static io.holdfast.payout.engine.PayoutBench.ALICE;
import static io.holdfast.payout.engine.PayoutBench.TZS;
import static io.holdfast.payout.engine.PayoutBench.tzs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.holdfast.db.testing.TestDatabase;
import io.holdfast.ledger.Money;
import io.holdfast.payout.Payer;
import io.holdfast.payout.PayoutQuote;
import io.holdfast.payout.PayoutRefusedException;
import io.holdfast.payout.PayoutRequest;
import io.holdfast.payout.QuoteRequest;
import io.holdfast.payout.Route;
import io.holdfast.payout.spi.Channel;
import io.holdfast.payout.spi.Recipient;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Which way a payout goes: by currency, channel, operator and amount, the first route that takes it. */
class RoutesTest {

    private static final TestDatabase DATABASE = TestDatabase.create();
    private static final Route ANY = Route.of(TZS, Channel.MOBILE_MONEY, "one");
    private static final Route OTHERWISE = Route.of(TZS, Channel.MOBILE_MONEY, "two");

    private final PayoutBench bench = new PayoutBench(DATABASE);

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    @Test
    void an_operators_route_is_for_those_whom_the_request_says_to_be_with_it() {
        routes(ANY.operator("M-Pesa"), OTHERWISE);

        assertThat(way("p1", 1_000, "m pesa")).containsExactly("one");
        assertThat(way("p2", 1_000, "MPESA")).containsExactly("one");
        assertThat(way("p3", 1_000, "airtel")).containsExactly("two");
        assertThat(bench.payouts()
                        .request(PayoutRequest.of("p4", ALICE, tzs(1), Recipient.MobileMoney.of("+255712345678")))
                        .routes())
                .containsExactly("two");
    }

    @Test
    void a_range_holds_its_bounds_and_nothing_beyond() {
        routes(ANY.from(tzs(1_000)).upTo(tzs(2_000)), OTHERWISE);

        assertThat(way("p1", 999, "x")).containsExactly("two");
        assertThat(way("p2", 1_000, "x")).containsExactly("one");
        assertThat(way("p3", 2_000, "x")).containsExactly("one");
        assertThat(way("p4", 2_001, "x")).containsExactly("two");
    }

    @Test
    void the_amount_is_the_one_that_the_request_names_whoever_bears_the_fee() {
        routes(ANY.from(tzs(5_000)), OTHERWISE);

        PayoutRequest request = request("p1", 5_000, "x").payer(Payer.RECIPIENT);

        assertThat(bench.payouts().request(request))
                .returns(tzs(3_500), payout -> payout.amount())
                .returns(List.of("one"), payout -> payout.routes());
    }

    @Test
    void the_first_route_that_takes_a_payout_counts() {
        routes(OTHERWISE.upTo(tzs(5_000)), ANY);

        assertThat(way("p1", 5_000, "x")).containsExactly("two");
        assertThat(way("p2", 5_001, "x")).containsExactly("one");
    }

    @Test
    void where_no_route_takes_it_the_refusal_names_what_was_looked_for() {
        routes(ANY.operator("mpesa"));

        assertThatExceptionOfType(PayoutRefusedException.class)
                .isThrownBy(() -> way("p1", 5_000, "airtel"))
                .withMessageContaining("none is configured for TZS 5000.00 by mobile_money to operator \"airtel\"");
        bench.assertWallet(20_000, 0);
    }

    @Test
    void a_quote_is_for_the_operator_by_which_its_route_was_chosen() {
        routes(ANY.operator("mpesa"), OTHERWISE);
        PayoutQuote quote = bench.payouts().quote(QuoteRequest.of(ALICE, tzs(5_000), to("mpesa")));
        assertThat(quote.routes()).containsExactly("one");

        assertThatExceptionOfType(PayoutRefusedException.class)
                .isThrownBy(() ->
                        bench.payouts().request(request("p1", 5_000, "airtel").quoted(quote.id())))
                .withMessageContaining("what differs: recipient");
        assertThat(bench.payouts()
                        .request(request("p1", 5_000, "mpesa").quoted(quote.id()))
                        .routes())
                .containsExactly("one");
    }

    @Test
    void a_route_that_can_take_nothing_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ANY.from(tzs(2)).upTo(tzs(1)))
                .withMessageContaining("takes no amount");
        assertThatIllegalArgumentException().isThrownBy(() -> ANY.upTo(Money.parse("UGX 1")));
        assertThatIllegalArgumentException().isThrownBy(() -> ANY.operator("--"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Route.of(TZS, Channel.BANK, "one").operator("mpesa"))
                .withMessageContaining("MOBILE_MONEY");
        assertThatIllegalArgumentException().isThrownBy(() -> Route.of(TZS, Channel.BANK, "one", "one"));
    }

    private void routes(Route... routes) {
        bench.engine(builder -> builder.routes(List.of(routes)), bench.provider("one"), bench.provider("two"));
    }

    private List<String> way(String key, long amount, String operator) {
        return bench.payouts().request(request(key, amount, operator)).routes();
    }

    private static PayoutRequest request(String key, long amount, String operator) {
        return PayoutRequest.of(key, ALICE, tzs(amount), to(operator));
    }

    private static Recipient to(String operator) {
        return new Recipient.MobileMoney("+255712345678", "Asha Juma", Optional.of(operator));
    }
}
