package io.holdfast.payout.engine;

import static io.holdfast.payout.engine.PayoutBench.TZS;
import static io.holdfast.payout.engine.PayoutBench.accepted;
import static io.holdfast.payout.engine.PayoutBench.reversed;
import static io.holdfast.payout.engine.PayoutBench.succeeded;
import static io.holdfast.payout.engine.PayoutBench.tzs;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.db.testing.TestDatabase;
import io.holdfast.ledger.Account;
import io.holdfast.ledger.AsOf;
import io.holdfast.payout.Payout;
import io.holdfast.payout.StatementLine;
import io.holdfast.payout.StatementLine.Status;
import io.holdfast.payout.spi.Evidence;
import io.holdfast.payout.spi.Feature;
import io.holdfast.payout.spi.ListedPayout;
import io.holdfast.payout.spi.Outcome;
import io.holdfast.payout.spi.Particulars;
import io.holdfast.payout.spi.Resend;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On which date that is booked which a statement or a list shows and nobody knows, compared after five days. */
class MovementDateTest {

    private static final TestDatabase DATABASE = TestDatabase.create();
    private static final LocalDate OPENED = LocalDate.parse("2026-03-02");
    private static final LocalDate DATE = OPENED.plusDays(2);
    private static final LocalDate TODAY = OPENED.plusDays(5);
    private static final Account SUSPENSE = Account.of("liabilities:suspense:one", TZS);

    private final PayoutBench bench = new PayoutBench(DATABASE);
    private final ScriptedProvider one =
            bench.provider("one", ways -> ways.resend(Resend.NEVER).features(Feature.LIST));
    private Optional<Payout> payout = Optional.empty();

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    @BeforeEach
    void send() {
        bench.engine(one.onSend(accepted("r1")));
        payout = Optional.of(bench.request("p1"));
        bench.run();
        bench.clock.move(Duration.ofDays(5));
    }

    @Test
    void a_line_of_a_statement_is_booked_on_its_date() {
        statement(line(Status.PAID).on(DATE));

        assertSuspense(0, DATE, -5_100);
    }

    @Test
    void without_a_date_it_is_booked_today() {
        statement(line(Status.PAID));

        assertSuspense(0, TODAY, -5_100);
    }

    @Test
    void a_date_to_come_is_not_believed_nor_one_before_the_float_was_opened() {
        statement(line(Status.PAID).on(TODAY.plusDays(1)));
        assertSuspense(0, TODAY, -5_100);

        statement(line(Status.CAME_BACK).on(OPENED.minusYears(1)));
        assertSuspense(0, TODAY, -100);
    }

    @Test
    void one_before_our_float_was_opened_there_is_booked_on_that_day() {
        statement(line(Status.PAID).on(OPENED.minusYears(50)));

        assertSuspense(0, OPENED, -5_100);
    }

    @Test
    void where_its_date_is_closed_it_is_booked_on_the_first_open_day() {
        bench.ledger.closeThrough(DATE);

        statement(line(Status.PAID).on(DATE));
        statement(line(Status.CAME_BACK).on(DATE));

        assertSuspense(0, DATE.plusDays(1), -100);
    }

    @Test
    void what_came_back_leaves_suspense_on_the_date_of_that() {
        statement(line(Status.PAID).on(DATE));

        statement(line(Status.CAME_BACK).on(DATE.plusDays(1)));

        assertSuspense(-5_100, DATE.plusDays(1), -100);
    }

    @Test
    void what_a_list_shows_is_booked_on_the_date_that_the_provider_tells() {
        lists(new Outcome.Succeeded("x9", Particulars.NONE.chargedFee(tzs(100)).at(noon(DATE)), Evidence.NONE));
        compared();
        assertSuspense(0, DATE, -5_100);

        ScriptedProvider later = bench.provider("one", ways -> ways.features(Feature.LIST));
        bench.engine(later);
        later.lists(listed(reversed("x9", 5_000, 0).at(noon(DATE.plusDays(1)))));
        compared();

        assertSuspense(-5_100, DATE.plusDays(1), -100);
    }

    @Test
    void a_time_in_no_year_that_books_are_kept_in_is_as_good_as_none() {
        Instant never = Instant.parse("+20000-01-01T00:00:00Z");
        lists(new Outcome.Succeeded("x9", Particulars.NONE.chargedFee(tzs(100)).at(never), Evidence.NONE));

        compared();

        assertSuspense(0, TODAY, -5_100);
    }

    @Test
    void what_turns_out_to_be_a_payouts_is_paid_by_the_float_once_on_every_date() {
        statement(line(Status.PAID).on(DATE));

        bench.apply(payout.orElseThrow(), 1, succeeded("x9"));

        assertSuspense(0, DATE, 0);
        bench.assertTotal("assets:providers:one:float", -5_100);
    }

    private static StatementLine line(Status status) {
        return StatementLine.of("x9", tzs(5_000), status).fee(tzs(100)).address("255712345679");
    }

    private void lists(Outcome outcome) {
        one.lists(listed(outcome));
    }

    private static ListedPayout listed(Outcome outcome) {
        return new ListedPayout("x9", tzs(5_000), Optional.of("255712345679"), noon(DATE), Optional.empty(), outcome);
    }

    private void statement(StatementLine line) {
        Instant now = bench.clock.instant();
        bench.reconciliation().withStatement("one", now.minus(Duration.ofDays(7)), now, List.of(line));
    }

    private void compared() {
        Instant now = bench.clock.instant();
        bench.compared("one", now.minus(Duration.ofDays(7)), now);
    }

    /** Asserts what stands in suspense on the day before a date, and from that on. */
    private void assertSuspense(long before, LocalDate date, long since) {
        bench.assertBooks();
        assertThat(List.of(suspenseOn(date.minusDays(1)), suspenseOn(date), suspenseOn(TODAY)))
                .containsExactly(before, since, since);
    }

    private long suspenseOn(LocalDate date) {
        return bench.ledger
                .balance(SUSPENSE, AsOf.effective(date))
                .total()
                .toDecimal()
                .longValueExact();
    }

    private static Instant noon(LocalDate date) {
        return date.atTime(LocalTime.NOON).toInstant(ZoneOffset.UTC);
    }
}
