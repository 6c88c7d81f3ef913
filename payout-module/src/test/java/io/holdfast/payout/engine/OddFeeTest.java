package io.holdfast.payout.engine;

import static io.holdfast.payout.engine.PayoutBench.timeout;
import static io.holdfast.payout.engine.PayoutBench.tzs;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.db.testing.TestDatabase;
import io.holdfast.ledger.Currency;
import io.holdfast.ledger.Money;
import io.holdfast.payout.Payout;
import io.holdfast.payout.PayoutItem;
import io.holdfast.payout.PayoutItem.Kind;
import io.holdfast.payout.PayoutStatus;
import io.holdfast.payout.PayoutTransition;
import io.holdfast.payout.ReconciliationReport.Line;
import io.holdfast.payout.Resolution;
import io.holdfast.payout.StatementLine;
import io.holdfast.payout.StatementLine.Status;
import io.holdfast.payout.spi.Resend;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** A fee that people or a statement tell is seen wherever the amount is, and looked at where it is more than that. */
class OddFeeTest {

    private static final TestDatabase DATABASE = TestDatabase.create();
    private static final Resolution PAID = Resolution.succeeded("Statement, line 17");
    private static final Resolution NOT_PAID = Resolution.failed("Statement, line 18");

    private final PayoutBench bench = new PayoutBench(DATABASE);
    private final ScriptedProvider one = bench.provider("one", ways -> ways.resend(Resend.NEVER));

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    @Test
    void the_fee_of_what_nobody_knows_is_told_beside_its_amount() {
        bench.engine(one);

        Line line = bench.statement(StatementLine.paid("x9", tzs(700)).fee(tzs(30)));

        assertThat(line.detail()).isEqualTo("TZS 700.00 and a fee of TZS 30.00, PAID; it stands in suspense");
        assertThat(details(Kind.UNEXPLAINED))
                .containsExactly("one paid x9, TZS 700.00 and a fee of TZS 30.00, without a payout of ours;"
                        + " it stands in suspense");
        bench.assertTotal("liabilities:suspense:one", -730);
    }

    @Test
    void one_that_is_more_than_the_amount_is_called_so() {
        bench.engine(one);

        Line line = bench.statement(StatementLine.paid("x9", tzs(700)).fee(tzs(701)));

        String figures = "TZS 700.00 and a fee of TZS 701.00 (more than the amount itself), ";
        assertThat(line.detail()).startsWith(figures);
        assertThat(details(Kind.UNEXPLAINED)).singleElement().asString().contains(figures);
        bench.assertTotal("liabilities:suspense:one", -1_401);
    }

    @Test
    void the_fee_of_what_may_be_a_payout_is_told_too() {
        review();

        Line line = bench.statement(StatementLine.paid("x9", tzs(5_000)).fee(tzs(30)));

        assertThat(line.detail()).startsWith("TZS 5000.00 and a fee of TZS 30.00, PAID: it may be payout p1");
    }

    @Test
    void one_in_another_currency_is_told_and_compared_with_nothing() {
        bench.engine(one);
        Money dollar = Money.of(Currency.of("USD"), "1");

        Line line =
                bench.statement(StatementLine.of("x9", tzs(1), Status.UNDER_WAY).fee(dollar));

        assertThat(line.detail()).isEqualTo("TZS 1.00 and a fee of USD 1.00, UNDER_WAY");
    }

    @Test
    void what_two_persons_say_that_it_cost_is_looked_at_where_it_is_more_than_the_amount() {
        Payout paid = bench.resolve(review(), PAID.fee(tzs(5_001)));

        assertThat(paid.status()).isEqualTo(PayoutStatus.SUCCEEDED);
        assertThat(details(Kind.FEE_DIFFERS))
                .containsExactly("Two persons say that one charged TZS 5001.00 for TZS 5000.00:"
                        + " that is more than the amount itself");
        bench.assertPaid(5_001);
        bench.assertBooks();
    }

    @Test
    void so_is_what_was_kept_of_one_that_was_not_paid() {
        Payout notPaid = bench.resolve(review(), NOT_PAID.fee(tzs(5_001)));

        assertThat(notPaid.status()).isEqualTo(PayoutStatus.FAILED);
        assertThat(details(Kind.FEE_DIFFERS)).hasSize(1);
        bench.assertTotal("expenses:provider-fees:one", 5_001);
        bench.assertBooks();
    }

    @Test
    void one_that_is_no_more_than_the_amount_is_for_nobody() {
        bench.resolve(review(), PAID.fee(tzs(5_000)));

        assertThat(details(Kind.FEE_DIFFERS)).isEmpty();
    }

    @Test
    void the_history_tells_the_fee_that_is_to_be_confirmed() {
        Payout payout = review();

        bench.payouts().as("alice").resolve(payout.id(), PAID.fee(tzs(100)));

        assertThat(bench.payouts().history(payout.id()))
                .last()
                .extracting(PayoutTransition::detail)
                .isEqualTo(
                        "Resolution 1, to be confirmed: SUCCEEDED, fee TZS 100.00 for TZS 5000.00, Statement, line 17");
    }

    private Payout review() {
        bench.engine(one.onSend(timeout()));
        Payout payout = bench.request("p1");
        bench.run();
        bench.runAfter(Duration.ofDays(3), payout);
        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.REVIEW);
        return payout;
    }

    private List<String> details(Kind kind) {
        return bench.payouts().items(100, 0).stream()
                .filter(item -> item.kind() == kind)
                .map(PayoutItem::detail)
                .toList();
    }
}
