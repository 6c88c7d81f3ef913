package io.holdfast.payout.engine;

import static io.holdfast.payout.engine.PayoutBench.accepted;
import static io.holdfast.payout.engine.PayoutBench.failed;
import static io.holdfast.payout.engine.PayoutBench.rejected;
import static io.holdfast.payout.engine.PayoutBench.reversed;
import static io.holdfast.payout.engine.PayoutBench.succeeded;
import static io.holdfast.payout.engine.PayoutBench.timeout;
import static io.holdfast.payout.engine.PayoutBench.tzs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.holdfast.db.testing.TestDatabase;
import io.holdfast.payout.Payout;
import io.holdfast.payout.PayoutItem;
import io.holdfast.payout.PayoutStatus;
import io.holdfast.payout.Reconciliation;
import io.holdfast.payout.ReconciliationReport;
import io.holdfast.payout.ReconciliationReport.Line;
import io.holdfast.payout.ReconciliationReport.Verdict;
import io.holdfast.payout.Resolution;
import io.holdfast.payout.StatementLine;
import io.holdfast.payout.StatementLine.Status;
import io.holdfast.payout.spi.Evidence;
import io.holdfast.payout.spi.FailureReason;
import io.holdfast.payout.spi.ListedPayout;
import io.holdfast.payout.spi.Outcome;
import io.holdfast.payout.spi.Particulars;
import io.holdfast.payout.spi.Resend;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What a provider has, beside what we have. */
class ReconciliationTest {

    private static final TestDatabase DATABASE = TestDatabase.create();

    private final PayoutBench bench = new PayoutBench(DATABASE);
    private final Instant from = bench.clock.instant().minus(Duration.ofDays(1));
    private final Instant to = bench.clock.instant().plus(Duration.ofDays(1));

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    @Test
    void what_both_have_matches() {
        paid("r1");

        ReconciliationReport report = statement(line("r1", 5_000, 100, Status.PAID));

        assertThat(report.isClean()).isTrue();
        assertThat(report.lines()).hasSize(1);
        assertThat(bench.items()).isEmpty();
    }

    @Test
    void a_statement_is_of_the_years_1900_to_9999() {
        paid("r1");

        for (Instant absurd : List.of(Instant.MIN, Instant.parse("1899-12-31T23:59:59Z"))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> reconciliation().withStatement("one", absurd, to, List.of()))
                    .withMessage("A statement from " + absurd + ": times lie in the years 1900 to 9999");
        }
    }

    @Test
    void amount_status_and_fee_that_differ_become_items_once() {
        Payout payout = paid("r1");

        assertThat(verdict(line("r1", 500_000, 100, Status.PAID))).isEqualTo(Verdict.AMOUNT_DIFFERS);
        assertThat(verdict(line("r1", 5_000, 100, Status.FAILED))).isEqualTo(Verdict.STATUS_DIFFERS);
        assertThat(verdict(line("r1", 5_000, 99, Status.PAID))).isEqualTo(Verdict.FEE_DIFFERS);
        assertThat(verdict(line("r1", 5_000, 99, Status.PAID))).isEqualTo(Verdict.FEE_DIFFERS);

        assertThat(bench.items()).hasSize(3).containsOnly(PayoutItem.Kind.STATEMENT_DIFFERS);
        assertThat(bench.find(payout).status()).isEqualTo(payout.status());
        bench.assertPaid(100);
        bench.assertBooks();
    }

    @Test
    void what_was_paid_without_a_payout_of_ours_stands_in_suspense_once() {
        paid("r1");

        ReconciliationReport first = statement(
                line("r1", 5_000, 100, Status.PAID), line("x9", 700, 30, Status.PAID), line("x8", 1, 0, Status.FAILED));
        ReconciliationReport again = statement(
                line("r1", 5_000, 100, Status.PAID), line("x9", 700, 30, Status.PAID), line("x8", 1, 0, Status.FAILED));

        assertThat(again).isEqualTo(first);
        assertThat(first.lines())
                .extracting(Line::verdict)
                .containsExactly(Verdict.MATCHED, Verdict.MISSING_HERE, Verdict.MISSING_HERE);
        assertThat(first.lines().get(1).entry()).isPresent();
        assertThat(first.lines().get(2).entry()).isEmpty();
        bench.assertTotal("liabilities:suspense:one", -730);
        bench.assertTotal("assets:providers:one:float", -5_830);
        bench.assertBooks();
    }

    @Test
    void what_was_paid_without_a_payout_of_ours_is_for_a_person_once() {
        paid("r1");
        statement(line("x9", 700, 30, Status.PAID));
        statement(line("x9", 700, 30, Status.PAID));

        PayoutItem item = bench.payouts().items(10, 0).get(0);
        assertThat(bench.items()).containsExactly(PayoutItem.Kind.UNEXPLAINED);
        assertThat(item.payout()).isEmpty();
        assertThat(item.detail()).contains("one paid x9, TZS 700.00");
        bench.payouts().closeItem(item.number(), "Paid by hand from the provider's own page");
        statement(line("x9", 700, 30, Status.PAID));
        assertThat(bench.items()).isEmpty();
    }

    @Test
    void what_turns_out_to_be_a_payout_of_ours_after_all_leaves_suspense() {
        Payout payout = bench.sent(rejected(FailureReason.DECLINED));
        statement(line("x9", 5_000, 100, Status.PAID));
        bench.assertTotal("liabilities:suspense:one", -5_100);

        bench.apply(payout, 1, succeeded("x9"));
        bench.apply(payout, 1, succeeded("x9"));

        assertThat(bench.find(payout).late()).isTrue();
        bench.assertPaid(100);
        bench.assertTotal("liabilities:suspense:one", 0);
        assertThat(verdict(line("x9", 5_000, 100, Status.PAID))).isEqualTo(Verdict.MATCHED);
        bench.assertPaid(100);
    }

    @Test
    void what_is_settled_while_it_is_compared_is_not_booked_twice() {
        Payout payout = bench.sent(timeout());

        // Whoever compares looked before this and found nobody's; when it books, the payout is settled.
        bench.apply(payout, 1, succeeded("x9"));
        assertThat(bench.movements().suspend("one", Shown.of(line("x9", 5_000, 100, Status.PAID)), Optional.empty()))
                .isEmpty();

        bench.assertPaid(100);
        bench.assertTotal("liabilities:suspense:one", 0);
        assertThat(bench.items()).isEmpty();
    }

    @Test
    void what_may_be_a_payout_in_doubt_is_not_booked() {
        bench.sent(timeout());

        assertThat(verdict(line("x1", 5_000, 100, Status.PAID))).isEqualTo(Verdict.IN_DOUBT);
        bench.assertTotal("liabilities:suspense:one", 0);
        bench.assertWallet(13_500, 6_500);
    }

    @Test
    void what_the_provider_does_not_show_is_told_and_changes_nothing() {
        Payout payout = bench.sent(accepted("r1"));

        Line line = statement(line("other", 5_001, 0, Status.FAILED)).lines().get(1);

        assertThat(line.verdict()).isEqualTo(Verdict.MISSING_THERE);
        assertThat(line.key()).contains(payout.key());
        assertThat(bench.items()).isEmpty();
        bench.assertWallet(13_500, 6_500);
    }

    @Test
    void what_we_know_no_reference_of_is_told_as_missing_there_until_it_is_known() {
        bench.engine(bench.provider("one", ways -> ways.resend(Resend.NEVER)).onSend(timeout(), timeout()));
        Payout settled = bench.request("p1");
        bench.run();
        bench.clock.move(Duration.ofSeconds(5));
        bench.run();
        bench.resolve(settled, Resolution.succeeded("The bank says so"));
        Payout doubtful = bench.request("p2");
        bench.run();

        ReconciliationReport report = statement(line("x1", 1, 0, Status.FAILED));

        assertThat(report.lines())
                .extracting(Line::verdict)
                .containsExactly(Verdict.MISSING_HERE, Verdict.MISSING_THERE, Verdict.MISSING_THERE);
        assertThat(report.lines())
                .extracting(Line::reference)
                .containsExactly(Optional.of("x1"), Optional.empty(), Optional.empty());
        assertThat(report.lines().get(1).key()).contains(settled.key());
        assertThat(report.lines().get(1).detail())
                .isEqualTo("TZS 5000.00, here SUCCEEDED, and no reference of it is known");
        assertThat(report.lines().get(2).key()).contains(doubtful.key());
        bench.apply(settled, 1, succeeded("r1"));
        assertThat(statement(line("r1", 5_000, 100, Status.PAID)).count(Verdict.MISSING_THERE))
                .isOne();
    }

    @Test
    void what_certainly_never_left_is_not_missing_there() {
        bench.sent(new Outcome.NotSent("no route to host"));

        assertThat(statement(line("x1", 1, 0, Status.FAILED)).lines()).hasSize(1);
    }

    @Test
    void what_certainly_never_left_of_a_payout_in_review_is_not_missing_there_either() {
        Outcome.NotSent never = new Outcome.NotSent("no route to host");
        ScriptedProvider one = bench.provider("one").onSend(rejected(FailureReason.INSUFFICIENT_FLOAT));
        bench.engine(one);
        Payout payout = bench.request("p1");
        bench.run();
        one.onSendDo(() -> {
            bench.learn(payout.id(), 1, succeeded("r1"));
            return never;
        });
        bench.runAfter(Duration.ofSeconds(5), payout);
        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.REVIEW);

        assertThat(statement(line("r1", 5_000, 100, Status.PAID)).lines())
                .extracting(Line::verdict)
                .containsExactly(Verdict.MATCHED);
    }

    @Test
    void a_provider_s_own_list_is_compared() {
        ScriptedProvider one = bench.provider("one")
                .onSend(succeeded("r1"))
                .lists(listed("r1", 5_000))
                .lists(listed("x1", 900));
        bench.engine(one);
        bench.request("p1");
        bench.run();

        ReconciliationReport report = bench.compared("one", from, to);

        assertThat(report.lines()).extracting(Line::verdict).containsExactly(Verdict.MATCHED, Verdict.MISSING_HERE);
        bench.assertTotal("liabilities:suspense:one", -1_000);
        assertThatIllegalArgumentException().isThrownBy(() -> reconciliation().withList("nobody", from, to));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> reconciliation().withStatement("one", to, from, List.of()));
    }

    @Test
    void what_has_come_to_be_in_doubt_while_it_is_compared_is_not_booked_either() {
        bench.sent(timeout());

        assertThat(bench.movements().suspend("one", Shown.of(line("x1", 5_000, 100, Status.PAID)), Optional.empty()))
                .isEmpty();
        assertThat(verdict(line("x1", 5_000, 100, Status.UNDER_WAY))).isEqualTo(Verdict.IN_DOUBT);

        bench.assertTotal("liabilities:suspense:one", 0);
    }

    @Test
    void a_payout_that_is_known_by_its_reference_is_no_other_of_the_same_amount() {
        bench.sent(accepted("r1"));

        assertThat(verdict(line("x9", 5_000, 100, Status.PAID))).isEqualTo(Verdict.MISSING_HERE);
        assertThat(verdict(line("r1", 5_000, 100, Status.PAID))).isEqualTo(Verdict.STATUS_DIFFERS);

        assertThat(bench.items())
                .as("what is still held will be asked about")
                .containsExactly(PayoutItem.Kind.UNEXPLAINED);
        bench.assertTotal("liabilities:suspense:one", -5_100);
    }

    @Test
    void what_failed_came_back_or_stands_in_suspense_matches_what_they_say_of_it() {
        Payout payout = paid("r1");
        bench.apply(payout, 1, succeeded("r2"));
        bench.apply(payout, 1, reversed("r1", 5_000, 0));
        bench.engine(bench.provider("one").onSend(failed("r3"), rejected(FailureReason.INSUFFICIENT_FLOAT)));
        bench.request("p2");
        bench.run();
        Payout twice = bench.request("p3");
        bench.run();
        bench.engine(bench.provider("one").onSend(accepted("r5")));
        bench.runAfter(Duration.ofSeconds(5), twice);
        bench.apply(twice, 1, succeeded("r4"));

        assertThat(verdict(line("r1", 5_000, 100, Status.CAME_BACK))).isEqualTo(Verdict.MATCHED);
        assertThat(verdict(line("r3", 5_000, 50, Status.FAILED))).isEqualTo(Verdict.MATCHED);
        assertThat(verdict(line("r4", 5_000, 100, Status.PAID))).isEqualTo(Verdict.MATCHED);
    }

    @Test
    void neither_what_failed_nor_what_was_sent_at_another_time_is_missing_there() {
        paid("r1");
        bench.engine(bench.provider("one").onSend(failed("r2")));
        bench.request("p2");
        bench.run();
        Instant sentAt = bench.clock.instant();
        StatementLine other = line("x1", 1, 0, Status.FAILED);

        assertThat(reconciliation()
                        .withStatement("one", from, to, List.of(other))
                        .lines())
                .extracting(Line::reference)
                .containsExactly(Optional.of("x1"), Optional.of("r1"));
        assertThat(reconciliation()
                        .withStatement("one", from, sentAt, List.of(other))
                        .lines())
                .hasSize(1);
        assertThat(reconciliation()
                        .withStatement("one", sentAt.plusMillis(1), to, List.of(other))
                        .lines())
                .hasSize(1);
    }

    private Payout paid(String reference) {
        return bench.sent(succeeded(reference));
    }

    private Reconciliation reconciliation() {
        return bench.reconciliation();
    }

    private ReconciliationReport statement(StatementLine... lines) {
        return reconciliation().withStatement("one", from, to, List.of(lines));
    }

    private Verdict verdict(StatementLine line) {
        return statement(line).lines().get(0).verdict();
    }

    private static StatementLine line(String reference, long amount, long fee, Status status) {
        return StatementLine.of(reference, tzs(amount), status).fee(tzs(fee));
    }

    private ListedPayout listed(String reference, long amount) {
        return new ListedPayout(
                reference,
                tzs(amount),
                Optional.of("+255712345678"),
                bench.clock.instant(),
                Optional.empty(),
                new Outcome.Succeeded(
                        reference, Particulars.NONE.amount(tzs(amount)).chargedFee(tzs(100)), Evidence.NONE));
    }
}
