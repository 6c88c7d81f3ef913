package io.holdfast.payout.engine;

import static io.holdfast.payout.engine.PayoutBench.timeout;
import static io.holdfast.payout.engine.PayoutBench.tzs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.holdfast.db.testing.TestDatabase;
import io.holdfast.ledger.EntryReference;
import io.holdfast.payout.Payout;
import io.holdfast.payout.Resolution;
import io.holdfast.payout.spi.Resend;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** When that is booked which people found out, three days after it was sent. */
class ResolutionDateTest {

    private static final TestDatabase DATABASE = TestDatabase.create();
    private static final LocalDate REQUESTED = LocalDate.parse("2026-03-02");
    private static final LocalDate TODAY = REQUESTED.plusDays(3);
    private static final Resolution PAID = Resolution.succeeded("Statement, line 17");
    private static final Resolution NOT_PAID =
            Resolution.failed("Statement, line 18").fee(tzs(100));

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    @Test
    void what_people_found_out_is_booked_on_the_provider_s_date() {
        LocalDate date = REQUESTED.plusDays(1);

        assertThat(bookedOn(PAID.on(date))).containsExactly(REQUESTED, date);
        assertThat(bookedOn(NOT_PAID.on(date))).containsExactly(REQUESTED, date, date);
    }

    @Test
    void it_is_booked_on_the_first_day_and_on_the_last_that_it_can_have_been() {
        assertThat(bookedOn(PAID.on(REQUESTED))).containsExactly(REQUESTED, REQUESTED);
        assertThat(bookedOn(PAID.on(TODAY))).containsExactly(REQUESTED, TODAY);
    }

    @Test
    void a_date_before_the_request_or_to_come_is_refused_and_nothing_is_pending() {
        PayoutBench bench = new PayoutBench(DATABASE);
        Payout payout = inReview(bench);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> bench.payouts().resolve(payout.id(), PAID.on(REQUESTED.minusDays(1))))
                .withMessage(
                        "2026-03-01 is before payout \"p1\" was requested, on 2026-03-02: leave the date out if the"
                                + " provider's is not known");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> bench.payouts().resolve(payout.id(), PAID.on(TODAY.plusDays(1))))
                .withMessage("2026-03-06 is to come: it is 2026-03-05 in the ledger's time zone, Z");
        assertThat(bench.payouts().resolutions(payout.id())).isEmpty();
    }

    @Test
    void without_a_date_it_is_booked_today() {
        assertThat(bookedOn(PAID)).containsExactly(REQUESTED, TODAY);
    }

    /** Returns the dates of the hold and of what follows it. */
    private static Stream<LocalDate> bookedOn(Resolution said) {
        PayoutBench bench = new PayoutBench(DATABASE);
        Payout payout = inReview(bench);
        bench.payouts().as("alice").resolve(payout.id(), said);
        assertThat(bench.payouts().resolutions(payout.id()).get(0).content()).isEqualTo(said);

        List<UUID> entries = bench.payouts().as("bob").confirm(payout.id(), 1).entries();

        bench.assertBooks();
        return entries.stream()
                .map(entry -> bench.ledger
                        .entry(EntryReference.of(entry))
                        .orElseThrow()
                        .effectiveOn());
    }

    private static Payout inReview(PayoutBench bench) {
        bench.engine(bench.provider("one", ways -> ways.resend(Resend.NEVER)).onSend(timeout()));
        Payout payout = bench.request("p1");
        bench.run();
        bench.runAfter(Duration.ofDays(3), payout);
        return payout;
    }
}
