package io.holdfast.payout.engine;

import static io.holdfast.payout.engine.PayoutBench.accepted;
import static io.holdfast.payout.engine.PayoutBench.failed;
import static io.holdfast.payout.engine.PayoutBench.reversed;
import static io.holdfast.payout.engine.PayoutBench.succeeded;
import static io.holdfast.payout.engine.PayoutBench.timeout;
import static io.holdfast.payout.engine.PayoutBench.tzs;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.db.testing.TestDatabase;
import io.holdfast.ledger.EntryReference;
import io.holdfast.payout.Payout;
import io.holdfast.payout.PayoutStatus;
import io.holdfast.payout.WebhookReceipt;
import io.holdfast.payout.spi.Evidence;
import io.holdfast.payout.spi.FailureReason;
import io.holdfast.payout.spi.Feature;
import io.holdfast.payout.spi.Outcome;
import io.holdfast.payout.spi.Particulars;
import io.holdfast.payout.spi.WebhookNotice;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** On which date that is booked which a provider says failed or came back, learned five days after the request. */
class ProviderDateTest {

    private static final TestDatabase DATABASE = TestDatabase.create();
    private static final LocalDate REQUESTED = LocalDate.parse("2026-03-02");
    private static final LocalDate DATE = REQUESTED.plusDays(2);
    private static final LocalDate TODAY = REQUESTED.plusDays(5);
    private static final Outcome.Failed KEEPING =
            new Outcome.Failed("r1", FailureReason.DECLINED, "", "", Optional.of(tzs(100)), Evidence.http(200, "{}"));

    private final PayoutBench bench = new PayoutBench(DATABASE);
    private final ScriptedProvider one = bench.provider("one", ways -> ways.features(Feature.REVERSALS));

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    @Test
    void what_comes_back_in_parts_is_booked_on_the_date_of_each() {
        Payout payout = sent(succeeded("r1"));

        bench.apply(payout, 1, reversed("r1", 2_000, 0).at(noon(DATE)));
        assertThat(dates(payout)).containsExactly(REQUESTED, REQUESTED, DATE);
        bench.apply(payout, 1, reversed("r1", 5_000, 100).at(noon(DATE.plusDays(1))));

        assertThat(dates(payout)).containsExactly(REQUESTED, REQUESTED, DATE, DATE.plusDays(1));
        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.REVERSED);
        bench.assertWallet(20_000, 0);
    }

    @Test
    void what_fails_after_a_success_comes_back_on_the_date_of_the_failure() {
        Payout payout = sent(succeeded("r1"));

        bench.apply(payout, 1, failed("r1").at(noon(DATE)));

        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.REVERSED);
        assertThat(dates(payout)).containsExactly(REQUESTED, REQUESTED, DATE);
    }

    @Test
    void a_failure_releases_and_a_fee_that_is_kept_is_booked_on_its_date() {
        Payout payout = sent(accepted("r1"));

        bench.apply(payout, 1, KEEPING.at(noon(DATE)));

        assertThat(dates(payout)).containsExactly(REQUESTED, DATE, DATE);
        bench.assertTotal("expenses:provider-fees:one", 100);
        bench.assertWallet(20_000, 0);
    }

    @Test
    void a_fee_that_is_told_only_later_is_booked_on_the_date_of_the_failure() {
        Payout payout = sent(accepted("r1"));
        bench.apply(payout, 1, failed("r1").at(noon(DATE)));

        bench.apply(payout, 1, KEEPING.at(noon(DATE)));

        assertThat(dates(payout)).containsExactly(REQUESTED, DATE, DATE);
    }

    @Test
    void what_came_back_unseen_left_and_came_back_on_that_date() {
        Payout payout = sent(accepted("r1"));

        bench.apply(payout, 1, reversed("r1", 5_000, 0).at(noon(DATE)));

        assertThat(dates(payout)).containsExactly(REQUESTED, DATE, DATE);
        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.REVERSED);
    }

    static Stream<Outcome> endings() {
        return Stream.of(reversed("r1", 5_000, 100), KEEPING);
    }

    @ParameterizedTest
    @MethodSource("endings")
    void without_a_date_it_is_booked_today(Outcome ending) {
        Payout payout = sent(succeeded("r1"));

        bench.apply(payout, 1, ending);

        assertThat(dates(payout)).containsExactly(REQUESTED, REQUESTED, TODAY);
    }

    @ParameterizedTest
    @MethodSource("endings")
    void a_date_to_come_is_not_believed(Outcome ending) {
        Payout payout = sent(succeeded("r1"));

        bench.apply(payout, 1, at(ending, TODAY.plusDays(1)));

        assertThat(dates(payout)).containsExactly(REQUESTED, REQUESTED, TODAY);
    }

    @ParameterizedTest
    @MethodSource("endings")
    void nor_is_one_before_the_request(Outcome ending) {
        Payout payout = sent(succeeded("r1"));

        bench.apply(payout, 1, at(ending, REQUESTED.minusDays(1)));

        assertThat(dates(payout)).containsExactly(REQUESTED, REQUESTED, REQUESTED);
    }

    @ParameterizedTest
    @MethodSource("endings")
    void where_its_date_is_closed_it_is_booked_on_the_first_open_day(Outcome ending) {
        Payout payout = sent(succeeded("r1"));
        bench.ledger.closeThrough(DATE);

        bench.apply(payout, 1, at(ending, DATE));

        assertThat(dates(payout)).containsExactly(REQUESTED, REQUESTED, DATE.plusDays(1));
    }

    static Stream<Outcome> delivered() {
        return Stream.of(reversed("r1", 5_000, 0).at(noon(DATE)), KEEPING.at(noon(DATE)));
    }

    @ParameterizedTest
    @MethodSource("delivered")
    void a_signed_call_keeps_the_date_while_it_is_parked(Outcome ending) {
        Payout payout = sent(timeout());
        one.onWebhook(
                "end", new WebhookNotice.Proven("d1", Optional.of("r1"), Optional.empty(), Particulars.NONE, ending));
        assertThat(bench.receive("one", "end").kind()).isEqualTo(WebhookReceipt.Kind.PARKED);

        bench.apply(payout, 1, accepted("r1"));

        assertThat(bench.webhooks().countParked()).isZero();
        assertThat(bench.find(payout).status()).isIn(PayoutStatus.REVERSED, PayoutStatus.FAILED);
        assertThat(dates(payout)).containsExactly(REQUESTED, DATE, DATE);
    }

    private Payout sent(Outcome answer) {
        Payout payout = bench.sent(one, answer);
        bench.clock.move(Duration.ofDays(5));
        return payout;
    }

    private static Outcome at(Outcome ending, LocalDate date) {
        return ending instanceof Outcome.Failed failed
                ? failed.at(noon(date))
                : ((Outcome.Reversed) ending).at(noon(date));
    }

    private static Instant noon(LocalDate date) {
        return date.atTime(LocalTime.NOON).toInstant(ZoneOffset.UTC);
    }

    /** Returns the dates of the hold and of what follows it. */
    private List<LocalDate> dates(Payout payout) {
        bench.assertBooks();
        return bench.find(payout).entries().stream()
                .map(entry -> bench.ledger
                        .entry(EntryReference.of(entry))
                        .orElseThrow()
                        .effectiveOn())
                .toList();
    }
}
