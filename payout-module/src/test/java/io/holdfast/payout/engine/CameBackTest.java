package io.holdfast.payout.engine;

import static io.holdfast.payout.engine.PayoutBench.accepted;
import static io.holdfast.payout.engine.PayoutBench.failed;
import static io.holdfast.payout.engine.PayoutBench.rejected;
import static io.holdfast.payout.engine.PayoutBench.succeeded;
import static io.holdfast.payout.engine.PayoutBench.tzs;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.db.testing.TestDatabase;
import io.holdfast.payout.Payout;
import io.holdfast.payout.ReconciliationReport.Line;
import io.holdfast.payout.ReconciliationReport.Verdict;
import io.holdfast.payout.StatementLine;
import io.holdfast.payout.StatementLine.Status;
import io.holdfast.payout.spi.FailureReason;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What stands in suspense as nobody's and came back, by the statement, when a payout has its reference by then. */
class CameBackTest {

    private static final TestDatabase DATABASE = TestDatabase.create();
    private static final String FLOAT = "assets:providers:one:float";
    private static final String SUSPENSE = "liabilities:suspense:one";

    private final PayoutBench bench = new PayoutBench(DATABASE);

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    @Test
    void it_leaves_suspense_though_a_payout_that_another_payment_settled_has_the_reference() {
        Payout payout = bench.sent(succeeded("r1"));
        bench.statement(line("x9", 100, Status.PAID));
        bench.apply(payout, 1, accepted("x9"));
        bench.apply(payout, 1, failed("x9"));

        Line line = bench.statement(line("x9", 100, Status.CAME_BACK));

        assertThat(line.verdict()).isEqualTo(Verdict.MATCHED);
        assertThat(line.entry()).isPresent();
        assertThat(bench.statement(line("x9", 100, Status.CAME_BACK))).isEqualTo(line);
        bench.assertTotal(FLOAT, -5_100 - 100);
        bench.assertTotal(SUSPENSE, -100);
        bench.assertBooks();
    }

    @Test
    void it_leaves_suspense_though_a_payout_that_failed_has_the_reference() {
        Payout payout = bench.sent(rejected(FailureReason.DECLINED));
        bench.statement(line("r9", 100, Status.PAID));
        bench.apply(payout, 1, failed("r9"));

        Line line = bench.statement(line("r9", 0, Status.FAILED));

        assertThat(line.verdict()).isEqualTo(Verdict.MATCHED);
        bench.assertTotal(FLOAT, 0);
        bench.assertTotal(SUSPENSE, 0);
        bench.assertBooks();
    }

    @Test
    void nothing_leaves_suspense_of_what_a_payout_has_booked_there() {
        Payout payout = bench.sent(succeeded("r1"));
        bench.statement(line("x9", 100, Status.PAID));
        bench.apply(payout, 1, succeeded("x9"));

        Line line = bench.statement(line("x9", 100, Status.CAME_BACK));

        assertThat(line.verdict()).isEqualTo(Verdict.STATUS_DIFFERS);
        bench.assertTotal(FLOAT, -10_200);
        bench.assertTotal(SUSPENSE, -5_100);
        bench.assertBooks();
    }

    @Test
    void it_leaves_suspense_once_if_a_payout_books_it_at_that_moment() throws Exception {
        Payout payout = bench.sent(rejected(FailureReason.DECLINED));
        bench.statement(line("x9", 100, Status.PAID));
        String lock = "select from holdfast.balance b join holdfast.account a using (ledger_id, account_id)"
                + " join holdfast.ledger l using (ledger_id) where l.name = '" + bench.ledger.name()
                + "' and a.path = '" + FLOAT + "' for update of b";

        new Race(DATABASE.dataSource())
                .between(
                        lock,
                        () -> bench.learn(payout.id(), 1, succeeded("x9")),
                        () -> bench.statement(line("x9", 100, Status.CAME_BACK)));

        bench.assertPaid(100);
        bench.assertTotal(SUSPENSE, 0);
        bench.assertBooks();
    }

    private static StatementLine line(String reference, long fee, Status status) {
        return StatementLine.of(reference, tzs(5_000), status).fee(tzs(fee));
    }
}
