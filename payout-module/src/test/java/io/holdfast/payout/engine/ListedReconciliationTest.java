package io.holdfast.payout.engine;

import static io.holdfast.payout.engine.PayoutBench.rejected;
import static io.holdfast.payout.engine.PayoutBench.reversed;
import static io.holdfast.payout.engine.PayoutBench.succeeded;
import static io.holdfast.payout.engine.PayoutBench.timeout;
import static io.holdfast.payout.engine.PayoutBench.tzs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.holdfast.db.testing.TestDatabase;
import io.holdfast.ledger.Account;
import io.holdfast.ledger.Currency;
import io.holdfast.ledger.Money;
import io.holdfast.payout.Payout;
import io.holdfast.payout.PayoutItem;
import io.holdfast.payout.ReconciliationReport;
import io.holdfast.payout.ReconciliationReport.Line;
import io.holdfast.payout.ReconciliationReport.Verdict;
import io.holdfast.payout.spi.Evidence;
import io.holdfast.payout.spi.FailureReason;
import io.holdfast.payout.spi.Feature;
import io.holdfast.payout.spi.ListedPayout;
import io.holdfast.payout.spi.Outcome;
import io.holdfast.payout.spi.Particulars;
import io.holdfast.payout.spi.Resend;
import io.holdfast.payout.spi.UnreadPayout;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What a provider's own list has, beside what we have. */
class ListedReconciliationTest {

    private static final TestDatabase DATABASE = TestDatabase.create();
    private static final Currency UGX = Currency.of("UGX");
    private static final String SUSPENSE = "liabilities:suspense:one";

    private final PayoutBench bench = new PayoutBench(DATABASE);
    private final Instant from = bench.clock.instant().minus(Duration.ofDays(1));
    private final Instant to = bench.clock.instant().plus(Duration.ofDays(1));
    private final ScriptedProvider one =
            bench.provider("one", ways -> ways.resend(Resend.NEVER).features(Feature.LIST, Feature.ECHOES_REFERENCE));

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    @Test
    void what_was_paid_at_another_time_is_not_looked_at() {
        bench.sent(one, succeeded("r1"));
        lists("r1", from, Optional.empty(), succeeded("r1"));
        lists("before", from.minusMillis(1), Optional.empty(), succeeded("before"));
        lists("after", to, Optional.empty(), succeeded("after"));

        ReconciliationReport report = reconciled();

        assertThat(report.lines()).extracting(Line::reference).containsExactly(Optional.of("r1"));
        bench.assertTotal(SUSPENSE, 0);
    }

    @Test
    void what_is_listed_in_several_currencies_is_compared_once_each_in_its_own() {
        bench.sent(one, succeeded("r1"));
        lists("r1", from, Optional.empty(), succeeded("r1"));
        Money other = Money.of(UGX, "700");
        one.lists(new ListedPayout(
                "u1",
                other,
                Optional.empty(),
                from,
                Optional.empty(),
                new Outcome.Succeeded("u1", Particulars.NONE, Evidence.NONE)));

        assertThat(reconciled().lines())
                .extracting(Line::verdict)
                .containsExactly(Verdict.MATCHED, Verdict.MISSING_HERE);
        bench.assertTotal(SUSPENSE, 0);
        assertThat(bench.ledger.balance(Account.of(SUSPENSE, UGX)).total()).isEqualTo(other.negate());
        bench.assertBooks();
    }

    @Test
    void what_is_listed_with_no_amount_above_zero_keeps_nothing_else_from_being_compared() {
        bench.sent(one, succeeded("r1"));
        for (String none : List.of("0", "-700")) {
            one.lists(new ListedPayout(
                    "x" + none,
                    Money.of(UGX, none),
                    Optional.empty(),
                    from,
                    Optional.empty(),
                    new Outcome.Succeeded("x" + none, Particulars.NONE, Evidence.NONE)));
        }
        lists("r1", from, Optional.empty(), succeeded("r1"));
        lists("x9", from, Optional.empty(), succeeded("x9"));

        assertThat(reconciled().lines())
                .extracting(Line::reference, Line::verdict)
                .containsExactly(
                        tuple(Optional.of("r1"), Verdict.MATCHED),
                        tuple(Optional.of("x9"), Verdict.MISSING_HERE),
                        tuple(Optional.of("x0"), Verdict.UNREAD),
                        tuple(Optional.of("x-700"), Verdict.UNREAD));
        bench.assertTotal(SUSPENSE, -5_100);
        bench.assertBooks();
    }

    @Test
    void what_is_listed_and_cannot_be_read_is_reported_beside_what_was_compared() {
        bench.sent(one, succeeded("r1"));
        lists("r1", from, Optional.empty(), succeeded("r1"));
        one.lists(new UnreadPayout(Optional.of("x1"), Optional.of(from), "no amount can be read of it"));
        one.lists(new UnreadPayout(Optional.empty(), Optional.empty(), "no reference and no time can be read of it"));
        one.lists(new UnreadPayout(Optional.of("later"), Optional.of(to), "no amount can be read of it"));

        ReconciliationReport report = reconciled();

        assertThat(report.isClean()).isFalse();
        assertThat(report.lines())
                .extracting(Line::verdict, Line::reference)
                .containsExactly(
                        tuple(Verdict.MATCHED, Optional.of("r1")),
                        tuple(Verdict.UNREAD, Optional.of("x1")),
                        tuple(Verdict.UNREAD, Optional.empty()));
        assertThat(report.lines().get(1).detail()).isEqualTo(from + ": no amount can be read of it");
        assertThat(reconciled()).isEqualTo(report);
    }

    @Test
    void what_echoes_our_reference_is_ours() {
        Payout payout = bench.sent(one, timeout());
        lists("x9", bench.clock.instant(), Optional.of(one.instructions().get(0).reference()), succeeded("x9"));

        Line line = reconciled().lines().get(0);

        assertThat(line.payout()).contains(payout.id());
        assertThat(line.verdict()).isEqualTo(Verdict.STATUS_DIFFERS);
        bench.assertTotal(SUSPENSE, 0);
    }

    @Test
    void what_echoes_our_reference_and_was_paid_for_nothing_stands_in_suspense_all_the_same() {
        bench.sent(one, succeeded("r1"));
        String settled = one.instructions().get(0).reference();
        bench.sent(one, rejected(FailureReason.DECLINED));
        String failed = one.instructions().get(1).reference();
        lists("x2", bench.clock.instant(), Optional.of(settled), succeeded("x2"));
        lists("x3", bench.clock.instant(), Optional.of(failed), succeeded("x3"));

        assertThat(reconciled().lines())
                .extracting(Line::verdict)
                .containsExactly(Verdict.MISSING_HERE, Verdict.MISSING_HERE, Verdict.MISSING_THERE);
        bench.assertTotal(SUSPENSE, -10_200);
    }

    @Test
    void what_was_paid_beside_a_payout_that_came_back_did_not_come_back() {
        Payout payout = bench.sent(one, succeeded("r1"));
        bench.apply(payout, 1, succeeded("r2"));
        bench.apply(payout, 1, reversed("r1", 5_000, 100));
        lists("r1", bench.clock.instant(), Optional.empty(), reversed("r1", 5_000, 100));
        lists("r2", bench.clock.instant(), Optional.empty(), succeeded("r2"));

        assertThat(reconciled().isClean()).isTrue();
        assertThat(bench.items()).containsExactly(PayoutItem.Kind.SUSPENSE, PayoutItem.Kind.SECOND_REFERENCE);
    }

    @Test
    void only_so_much_leaves_suspense_as_came_back() {
        bench.engine(one);
        lists("x9", bench.clock.instant(), Optional.empty(), succeeded("x9"));
        reconciled();
        bench.assertTotal(SUSPENSE, -5_100);

        ScriptedProvider later = bench.provider("one", ways -> ways.features(Feature.LIST));
        later.lists(new ListedPayout(
                "x9", tzs(5_000), Optional.empty(), bench.clock.instant(), Optional.empty(), reversed("x9", 2_000, 0)));
        bench.engine(later);
        reconciled();
        reconciled();

        bench.assertTotal(SUSPENSE, -3_100);
        bench.assertTotal("assets:providers:one:float", -3_100);
        bench.assertBooks();
    }

    private void lists(String reference, Instant createdAt, Optional<String> ours, Outcome outcome) {
        one.lists(new ListedPayout(reference, tzs(5_000), Optional.empty(), createdAt, ours, outcome));
    }

    private ReconciliationReport reconciled() {
        return bench.compared("one", from, to);
    }
}
