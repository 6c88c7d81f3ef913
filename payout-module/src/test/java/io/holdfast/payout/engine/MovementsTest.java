package io.holdfast.payout.engine;

import static io.holdfast.payout.engine.PayoutBench.accepted;
import static io.holdfast.payout.engine.PayoutBench.failed;
import static io.holdfast.payout.engine.PayoutBench.rejected;
import static io.holdfast.payout.engine.PayoutBench.reversed;
import static io.holdfast.payout.engine.PayoutBench.succeeded;
import static io.holdfast.payout.engine.PayoutBench.timeout;
import static io.holdfast.payout.engine.PayoutBench.tzs;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.db.testing.TestDatabase;
import io.holdfast.payout.Payout;
import io.holdfast.payout.PayoutItem;
import io.holdfast.payout.PayoutStatus;
import io.holdfast.payout.ReconciliationReport.Line;
import io.holdfast.payout.ReconciliationReport.Verdict;
import io.holdfast.payout.Resolution;
import io.holdfast.payout.StatementLine;
import io.holdfast.payout.StatementLine.Status;
import io.holdfast.payout.spi.FailureReason;
import io.holdfast.payout.spi.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What a statement had put in suspense, once it is known whose it is or that it came back: the float has it once. */
class MovementsTest {

    private static final TestDatabase DATABASE = TestDatabase.create();
    private static final String FLOAT = "assets:providers:one:float";
    private static final String SUSPENSE = "liabilities:suspense:one";

    private final PayoutBench bench = new PayoutBench(DATABASE);

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    @Test
    void a_second_payment_that_a_statement_told_first_is_booked_once() {
        Payout payout = bench.sent(succeeded("r1"));
        bench.statement("x2", Status.PAID);

        bench.apply(payout, 1, succeeded("x2"));

        bench.assertTotal(FLOAT, -10_200);
        bench.assertTotal(SUSPENSE, -5_100);
        assertThat(bench.items()).contains(PayoutItem.Kind.SUSPENSE);
    }

    @Test
    void an_open_attempt_paid_under_another_reference_that_a_statement_told_first_is_booked_once() {
        Payout payout = bench.sent(accepted("r1"));
        bench.statement("x9", Status.PAID);
        bench.assertTotal(SUSPENSE, -5_100);

        bench.apply(payout, 1, succeeded("x9"));

        bench.assertPaid(100);
        bench.assertTotal(SUSPENSE, 0);
    }

    @Test
    void what_two_persons_say_was_paid_under_a_reference_that_a_statement_told_first_is_booked_once() {
        Payout payout = inReview(accepted("r1"));
        bench.statement("x9", Status.PAID);

        bench.resolve(
                payout, Resolution.succeeded("The bank says so").reference("x9").fee(tzs(100)));

        bench.assertPaid(100);
        bench.assertTotal(SUSPENSE, 0);
        bench.assertBooks();
    }

    @Test
    void what_two_persons_say_was_paid_under_no_reference_is_booked_once_when_that_is_known() {
        Payout payout = inReview(accepted("r1"));
        bench.resolve(payout, Resolution.succeeded("The bank says so").fee(tzs(100)));
        Payout other = inReview(timeout());
        bench.resolve(other, Resolution.succeeded("The bank says so").fee(tzs(100)));

        Line line = bench.statement("x9", Status.PAID);

        assertThat(line.verdict()).isEqualTo(Verdict.IN_DOUBT);
        assertThat(line.detail()).contains("may be payout sent-2, of which no reference is known");
        bench.assertTotal(FLOAT, -10_200);
        bench.assertTotal(SUSPENSE, 0);
        bench.apply(other, 1, succeeded("x9"));

        bench.assertTotal(FLOAT, -10_200);
        bench.assertTotal(SUSPENSE, 0);
    }

    @Test
    void nor_is_it_booked_twice_if_it_becomes_known_while_a_statement_is_being_booked() throws Exception {
        Payout payout = inReview(timeout());
        bench.resolve(payout, Resolution.succeeded("The bank says so").fee(tzs(100)));
        // Whoever opens the same item has to wait, with everything else done.
        String lock = "insert into holdfast.payout_item (ledger_id, kind, detail, opened_at)"
                + " select ledger_id, 'UNEXPLAINED', 'one paid x9, TZS 5100.00, without a payout of ours; it stands in"
                + " suspense', now() from holdfast.ledger where name = '" + bench.ledger.name() + "'";

        new Race(DATABASE.dataSource())
                .between(
                        lock,
                        () -> bench.statement(withoutFee("x9", 5_100)),
                        () -> bench.learn(payout.id(), 1, succeeded("x9")));

        bench.assertTotal(FLOAT, -5_100);
        bench.assertTotal(SUSPENSE, 0);
        bench.assertBooks();
    }

    @Test
    void what_is_settled_under_no_reference_while_it_is_compared_is_not_booked_twice() {
        bench.resolve(
                inReview(timeout()), Resolution.succeeded("The bank says so").fee(tzs(100)));

        // Whoever compares looked before this.
        assertThat(bench.movements()
                        .suspend(
                                "one",
                                Shown.of(StatementLine.paid("x9", tzs(5_000)).fee(tzs(100))),
                                Optional.empty()))
                .isEmpty();

        bench.assertTotal(FLOAT, -5_100);
        bench.assertTotal(SUSPENSE, 0);
    }

    @Test
    void what_was_paid_to_another_recipient_is_not_what_was_paid_under_no_reference() {
        bench.resolve(
                inReview(timeout()), Resolution.succeeded("The bank says so").fee(tzs(100)));

        Line same = bench.statement(to("x8", "255712345678"));
        Line other = bench.statement(to("x9", "+255712345679"));

        assertThat(List.of(same.verdict(), other.verdict())).containsExactly(Verdict.IN_DOUBT, Verdict.MISSING_HERE);
        bench.assertTotal(SUSPENSE, -5_000);
    }

    @Test
    void two_persons_say_under_which_reference_it_was_paid_and_nothing_moves() {
        Payout payout = inReview(timeout());
        bench.resolve(payout, Resolution.succeeded("The bank says so").fee(tzs(100)));
        bench.statement("x9", Status.PAID);

        Resolution found = Resolution.succeeded("Line 17 of the statement").reference("x9");
        Payout bound = bench.resolve(payout, found);

        assertThat(bound.providerReference()).contains("x9");
        assertThat(bound.status()).isEqualTo(PayoutStatus.SUCCEEDED);
        assertThat(bench.statement("x9", Status.PAID).verdict()).isEqualTo(Verdict.MATCHED);
        bench.assertPaid(100);
        bench.assertTotal(SUSPENSE, 0);
        bench.assertBooks();
    }

    @Test
    void what_stood_in_suspense_before_its_reference_was_said_leaves_it() {
        Payout payout = inReview(timeout());
        bench.resolve(payout, Resolution.succeeded("The bank says so").fee(tzs(100)));
        bench.statement(withoutFee("x9", 5_100));
        bench.assertTotal(SUSPENSE, -5_100);

        bench.resolve(payout, Resolution.succeeded("Line 17").reference("x9"));

        bench.assertPaid(100);
        bench.assertTotal(SUSPENSE, 0);
        bench.assertBooks();
    }

    @Test
    void what_comes_back_of_a_failed_attempt_that_a_statement_told_was_paid_is_booked_once() {
        Payout payout = bench.sent(rejected(FailureReason.DECLINED));
        bench.statement("x9", Status.PAID);

        bench.apply(payout, 1, reversed("x9", 5_000, 100));

        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.REVERSED);
        bench.assertTotal(FLOAT, 0);
        bench.assertTotal(SUSPENSE, 0);
        bench.assertWallet(20_000, 0);
    }

    @Test
    void a_payment_beside_another_attempt_that_a_statement_told_first_is_booked_once() {
        bench.engine(bench.provider("one").onSend(rejected(FailureReason.INSUFFICIENT_FLOAT), accepted("r2")));
        Payout payout = bench.request("p1");
        bench.run();
        bench.runAfter(Duration.ofSeconds(5), payout);
        bench.statement("x1", Status.PAID);

        bench.apply(payout, 1, reversed("x1", 5_000, 0));

        bench.assertTotal(FLOAT, -5_100 + 100);
        bench.assertTotal(SUSPENSE, -5_000);
    }

    @Test
    void what_had_another_amount_there_is_booked_once_too() {
        Payout payout = bench.sent(timeout());
        bench.statement(withoutFee("x9", 5_100));
        bench.assertTotal(SUSPENSE, -5_100);

        bench.apply(payout, 1, succeeded("x9"));

        bench.assertPaid(100);
        bench.assertTotal(SUSPENSE, 0);
    }

    @Test
    void what_proves_nothing_of_a_payout_leaves_suspense_alone() {
        Payout payout = bench.sent(succeeded("r1"));
        bench.statement("x9", Status.PAID);

        bench.apply(payout, 1, accepted("x9"));
        bench.apply(payout, 1, failed("x9"));

        bench.assertTotal(FLOAT, -10_200);
        bench.assertTotal(SUSPENSE, -5_100);
    }

    @Test
    void what_came_back_leaves_suspense_but_for_the_fee() {
        bench.sent(succeeded("r1"));
        bench.statement("x9", Status.PAID);

        Line line = bench.statement("x9", Status.CAME_BACK);
        bench.statement("x9", Status.CAME_BACK);
        bench.statement("x9", Status.PAID);

        assertThat(line.entry()).isPresent();
        assertThat(line.detail()).contains("has left suspense");
        bench.assertTotal(FLOAT, -5_100 - 100);
        bench.assertTotal(SUSPENSE, -100);
        bench.assertBooks();
    }

    @Test
    void what_failed_after_all_leaves_suspense_as_far_as_no_fee_was_kept() {
        bench.sent(succeeded("r1"));
        bench.statement("x9", Status.PAID);

        bench.statement(StatementLine.of("x9", tzs(5_000), Status.FAILED).fee(tzs(0)));

        bench.assertTotal(FLOAT, -5_100);
        bench.assertTotal(SUSPENSE, 0);
    }

    @Test
    void what_had_come_back_before_it_was_known_whose_it_is_is_booked_once() {
        Payout payout = bench.sent(rejected(FailureReason.DECLINED));
        bench.statement("x9", Status.PAID);
        bench.statement("x9", Status.CAME_BACK);

        bench.apply(payout, 1, reversed("x9", 5_000, 0));

        bench.assertTotal(FLOAT, 0);
        bench.assertTotal(SUSPENSE, 0);
    }

    @Test
    void what_settled_a_payout_from_suspense_can_come_back() {
        Payout payout = adopted();

        bench.apply(payout, 1, reversed("r1", 5_000, 100));
        bench.apply(payout, 1, reversed("r1", 5_000, 100));

        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.REVERSED);
        bench.assertWallet(20_000, 0);
        bench.assertTotal(FLOAT, 0);
        bench.assertTotal(SUSPENSE, 0);
    }

    @Test
    void what_settled_a_payout_from_suspense_can_fail_after_all() {
        Payout payout = adopted();

        bench.apply(payout, 1, succeeded("r1"));
        bench.apply(payout, 1, failed("r1"));

        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.REVERSED);
        bench.assertWallet(20_000, 0);
        bench.assertTotal(FLOAT, -100);
        bench.assertTotal(SUSPENSE, 0);
    }

    /** A payout whose first attempt has paid under r1 beside the second, and which two persons say settles it. */
    private Payout adopted() {
        bench.engine(bench.provider("one").onSend(rejected(FailureReason.INSUFFICIENT_FLOAT), accepted("r2")));
        Payout payout = bench.request("p1");
        bench.run();
        bench.runAfter(Duration.ofSeconds(5), payout);
        bench.apply(payout, 1, accepted("r0"));
        bench.apply(payout, 1, succeeded("r1"));
        bench.runAfter(Duration.ofDays(30), payout);
        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.REVIEW);
        bench.resolve(
                payout, Resolution.succeeded("It is the one").reference("r1").fee(tzs(100)));
        bench.assertPaid(100);
        bench.assertTotal(SUSPENSE, 0);
        return payout;
    }

    private Payout inReview(Outcome answer) {
        Payout review = bench.runAfter(Duration.ofDays(30), bench.sent(answer));
        assertThat(review.status()).isEqualTo(PayoutStatus.REVIEW);
        return review;
    }

    private static StatementLine withoutFee(String reference, long amount) {
        return StatementLine.paid(reference, tzs(amount));
    }

    private static StatementLine to(String reference, String address) {
        return StatementLine.paid(reference, tzs(5_000)).address(address);
    }
}
