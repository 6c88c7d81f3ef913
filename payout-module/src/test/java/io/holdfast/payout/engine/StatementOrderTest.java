package io.holdfast.payout.engine;

import static io.holdfast.payout.engine.PayoutBench.accepted;
import static io.holdfast.payout.engine.PayoutBench.failed;
import static io.holdfast.payout.engine.PayoutBench.reversed;
import static io.holdfast.payout.engine.PayoutBench.succeeded;
import static io.holdfast.payout.engine.PayoutBench.tzs;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.db.testing.TestDatabase;
import io.holdfast.payout.Payout;
import io.holdfast.payout.PayoutItem;
import io.holdfast.payout.ReconciliationReport;
import io.holdfast.payout.ReconciliationReport.Line;
import io.holdfast.payout.ReconciliationReport.Verdict;
import io.holdfast.payout.StatementLine;
import io.holdfast.payout.StatementLine.Status;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Several lines of a statement under one reference come to the same in whatever order, and as often as they are compared. */
class StatementOrderTest {

    private static final TestDatabase DATABASE = TestDatabase.create();
    private static final String FLOAT = "assets:providers:one:float";
    private static final String SUSPENSE = "liabilities:suspense:one";

    private final PayoutBench bench = new PayoutBench(DATABASE);
    private final LocalDate today = LocalDate.ofInstant(bench.clock.instant(), bench.ledger.zone());

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void what_was_paid_as_nobodys_and_came_back_stands_in_suspense_but_for_its_fee(boolean isNewestFirst) {
        bench.sent(succeeded("r1"));
        List<StatementLine> lines = lines(isNewestFirst, line("x9", Status.PAID), line("x9", Status.CAME_BACK));

        ReconciliationReport first = bench.statement("one", lines);

        assertThat(first.lines())
                .filteredOn(line -> line.reference().equals(Optional.of("x9")))
                .hasSize(2)
                .allMatch(line ->
                        line.verdict() == Verdict.MISSING_HERE && line.entry().isPresent());
        assertThat(first.lines().get(isNewestFirst ? 0 : 1).detail()).contains("has left suspense");
        bench.assertTotal(FLOAT, -5_100 - 100);
        bench.assertTotal(SUSPENSE, -100);
        assertThat(bench.statement("one", lines)).isEqualTo(first);
        bench.assertTotal(FLOAT, -5_100 - 100);
        bench.assertTotal(SUSPENSE, -100);
        bench.assertBooks();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_payout_that_came_back_is_compared_with_the_last_that_is_said_of_it(boolean isNewestFirst) {
        Payout payout = bench.sent(succeeded("r1"));
        bench.apply(payout, 1, reversed("r1", 5_000, 0));

        ReconciliationReport report = bench.statement(
                "one",
                lines(
                        isNewestFirst,
                        line("r1", Status.UNDER_WAY),
                        line("r1", Status.PAID),
                        line("r1", Status.CAME_BACK)));

        assertThat(report.lines()).hasSize(3);
        assertThat(report.isClean()).isTrue();
        assertThat(bench.items()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void one_that_came_back_there_only_differs_by_the_line_that_says_so(boolean isNewestFirst) {
        bench.sent(succeeded("r1"));

        ReconciliationReport report =
                bench.statement("one", lines(isNewestFirst, line("r1", Status.PAID), line("r1", Status.CAME_BACK)));

        assertThat(report.lines())
                .extracting(Line::verdict)
                .containsExactlyElementsOf(
                        isNewestFirst
                                ? List.of(Verdict.STATUS_DIFFERS, Verdict.MATCHED)
                                : List.of(Verdict.MATCHED, Verdict.STATUS_DIFFERS));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void an_earlier_line_of_another_amount_differs_all_the_same(boolean isNewestFirst) {
        Payout payout = bench.sent(succeeded("r1"));
        bench.apply(payout, 1, reversed("r1", 5_000, 0));
        StatementLine other = StatementLine.of("r1", tzs(6_000), Status.PAID).fee(tzs(100));

        ReconciliationReport report = bench.statement("one", lines(isNewestFirst, other, line("r1", Status.CAME_BACK)));

        assertThat(report.count(Verdict.AMOUNT_DIFFERS)).isOne();
        assertThat(report.count(Verdict.MATCHED)).isOne();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void of_two_lines_that_say_it_was_paid_both_count(boolean isNewestFirst) {
        bench.sent(succeeded("r1"));
        StatementLine other = StatementLine.of("r1", tzs(5_000), Status.PAID).fee(tzs(99));

        ReconciliationReport report = bench.statement("one", lines(isNewestFirst, line("r1", Status.PAID), other));

        assertThat(report.count(Verdict.FEE_DIFFERS)).isOne();
        assertThat(report.count(Verdict.MATCHED)).isOne();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void what_failed_and_was_paid_on_a_later_date_differs_from_what_has_failed_here(boolean isNewestFirst) {
        bench.engine(bench.provider("one").onSend(accepted("r1")));
        Payout payout = bench.request("p1");
        bench.run();
        bench.apply(payout, 1, failed("r1"));

        ReconciliationReport report = bench.statement(
                "one",
                lines(
                        isNewestFirst,
                        line("r1", Status.UNDER_WAY).on(today.plusDays(1)),
                        line("r1", Status.FAILED).on(today.minusDays(1)),
                        line("r1", Status.PAID).on(today)));

        assertThat(report.lines())
                .filteredOn(line -> line.verdict() != Verdict.MATCHED)
                .singleElement()
                .satisfies(line -> {
                    assertThat(line.verdict()).isEqualTo(Verdict.STATUS_DIFFERS);
                    assertThat(line.detail()).contains("there PAID, here FAILED");
                });
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void as_nobodys_it_stands_in_suspense_and_does_so_for_good(boolean isNewestFirst) {
        bench.engine(bench.provider("one"));
        List<StatementLine> lines = lines(
                isNewestFirst,
                line("x9", Status.PAID).on(today.minusDays(2)),
                line("x9", Status.FAILED).on(today.minusDays(1)),
                line("x9", Status.PAID).on(today));

        ReconciliationReport first = bench.statement("one", lines);

        bench.assertTotal(FLOAT, -5_100);
        bench.assertTotal(SUSPENSE, -5_100);
        assertThat(first.lines().get(isNewestFirst ? 0 : 2).detail()).contains("it stands in suspense");
        assertThat(bench.statement("one", lines)).isEqualTo(first);
        bench.assertTotal(SUSPENSE, -5_100);
        bench.assertBooks();
    }

    @Test
    void what_is_paid_once_more_after_it_came_back_is_for_a_person_and_not_said_to_stand_anywhere() {
        bench.engine(bench.provider("one"));
        StatementLine paid = line("x9", Status.PAID).on(today.minusDays(2));
        bench.statement("one", List.of(paid, line("x9", Status.CAME_BACK).on(today.minusDays(1))));
        bench.assertTotal(SUSPENSE, -100);
        int items = bench.items().size();

        assertThat(bench.statement("one", List.of(paid)).lines().get(0).detail())
                .contains("what came back of it has left suspense");
        assertThat(bench.items()).hasSize(items);
        LocalDate tomorrow = today.plusDays(1);
        bench.clock.move(Duration.ofDays(1));
        bench.statement("one", List.of(line("x9", Status.PAID).on(tomorrow)));
        bench.statement("one", List.of(line("x9", Status.PAID).on(tomorrow)));

        assertThat(bench.payouts().items(10, 0))
                .hasSize(items + 1)
                .last()
                .satisfies(item ->
                        assertThat(item.detail()).contains("once more", "after it had come back", "not booked"));
        bench.assertTotal(SUSPENSE, -100);
    }

    @Test
    void it_is_the_providers_dates_that_tell_whether_it_was_paid_once_more_and_not_those_on_which_it_was_booked() {
        bench.engine(bench.provider("one"));
        bench.ledger.closeThrough(today.minusDays(1));
        bench.statement(
                "one",
                List.of(
                        line("x9", Status.PAID).on(today.minusDays(4)),
                        line("x9", Status.CAME_BACK).on(today.minusDays(2))));
        bench.statement("one", List.of(line("x9", Status.PAID).on(today.minusDays(3))));
        assertThat(onceMore()).isEmpty();

        bench.statement("one", List.of(line("x9", Status.PAID).on(today.minusDays(1))));

        assertThat(onceMore())
                .singleElement()
                .asString()
                .contains("once more on " + today.minusDays(1) + " after it had come back on " + today.minusDays(2));
    }

    @Test
    void where_it_is_not_told_when_it_came_back_what_is_paid_on_another_date_is_for_a_person() {
        bench.engine(bench.provider("one"));
        StatementLine paid = line("x9", Status.PAID).on(today.minusDays(5));
        List<StatementLine> lines = List.of(paid, line("x9", Status.CAME_BACK));
        bench.statement("one", lines);
        bench.statement("one", lines);
        bench.statement("one", List.of(paid));
        assertThat(onceMore()).isEmpty();

        bench.statement("one", List.of(line("x9", Status.PAID).on(today.minusDays(3))));

        assertThat(onceMore())
                .singleElement()
                .asString()
                .contains("once more on " + today.minusDays(3) + ", and no dates tell whether after it had come back");
    }

    @Test
    void what_was_paid_once_more_and_a_person_has_closed_is_not_opened_again() {
        bench.engine(bench.provider("one"));
        bench.statement(
                "one",
                List.of(
                        line("x9", Status.PAID).on(today.minusDays(2)),
                        line("x9", Status.CAME_BACK).on(today.minusDays(1))));
        List<StatementLine> again = List.of(line("x9", Status.PAID).on(today));
        bench.statement("one", again);
        bench.payouts()
                .items(10, 0)
                .forEach(item -> bench.payouts().closeItem(item.number(), "They have taken it back"));

        bench.statement("one", again);

        assertThat(bench.items()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0, false", "0, true", "1, false", "1, true", "2, false", "2, true"})
    void what_is_paid_on_both_sides_of_its_coming_back_is_for_a_person_in_however_many_statements(
            int inFirst, boolean isNewestFirst) {
        bench.engine(bench.provider("one"));
        List<StatementLine> all = List.of(
                line("x9", Status.PAID).on(today.minusDays(3)),
                line("x9", Status.CAME_BACK).on(today.minusDays(2)),
                line("x9", Status.PAID).on(today.minusDays(1)));

        bench.statement("one", all.subList(0, inFirst));
        bench.statement("one", lines(isNewestFirst, all.subList(inFirst, 3).toArray(StatementLine[]::new)));

        assertThat(onceMore())
                .singleElement()
                .asString()
                .contains("once more on " + today.minusDays(1) + " after it had come back on " + today.minusDays(2))
                .endsWith(inFirst == 2 ? "; that is not booked" : ": one payment stands in suspense");
        bench.assertTotal(SUSPENSE, inFirst == 2 ? -100 : -5_100);
        bench.statement("one", all);
        assertThat(onceMore()).hasSize(1);
        bench.assertBooks();
    }

    @Test
    void where_one_line_has_no_date_two_payments_of_one_statement_are_for_a_person_all_the_same() {
        bench.engine(bench.provider("one"));
        List<StatementLine> undated =
                List.of(line("x8", Status.PAID), line("x8", Status.CAME_BACK), line("x8", Status.PAID));
        List<StatementLine> partly = List.of(
                line("x9", Status.PAID).on(today.minusDays(3)),
                line("x9", Status.CAME_BACK),
                line("x9", Status.PAID).on(today.minusDays(1)));

        bench.statement("one", undated);
        bench.statement("one", partly);

        assertThat(onceMore()).hasSize(2);
        bench.statement("one", undated);
        bench.statement("one", partly);
        assertThat(onceMore()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void where_a_line_has_no_date_or_the_same_what_failed_had_been_paid_before(boolean isNewestFirst) {
        bench.engine(bench.provider("one"));

        bench.statement(
                "one",
                lines(
                        isNewestFirst,
                        line("x8", Status.FAILED).on(today),
                        line("x8", Status.PAID).on(today)));
        bench.statement(
                "one",
                lines(
                        isNewestFirst,
                        line("x9", Status.FAILED),
                        line("x9", Status.PAID).on(today)));

        bench.assertTotal(SUSPENSE, -200);
    }

    /** Returns the items which say that something was paid once more. */
    private List<String> onceMore() {
        return bench.payouts().items(10, 0).stream()
                .map(PayoutItem::detail)
                .filter(detail -> detail.contains("once more"))
                .toList();
    }

    private static StatementLine line(String reference, Status status) {
        return StatementLine.of(reference, tzs(5_000), status).fee(tzs(100));
    }

    private static List<StatementLine> lines(boolean isNewestFirst, StatementLine... oldestFirst) {
        List<StatementLine> lines = new ArrayList<>(List.of(oldestFirst));
        if (isNewestFirst) {
            Collections.reverse(lines);
        }
        return lines;
    }
}
