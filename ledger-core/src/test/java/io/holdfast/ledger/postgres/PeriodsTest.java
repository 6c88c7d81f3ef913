package io.holdfast.ledger.postgres;

import static io.holdfast.ledger.postgres.TestLedger.FEES;
import static io.holdfast.ledger.postgres.TestLedger.NOON;
import static io.holdfast.ledger.postgres.TestLedger.TODAY;
import static io.holdfast.ledger.postgres.TestLedger.dataSource;
import static io.holdfast.ledger.postgres.TestLedger.refusal;
import static io.holdfast.ledger.postgres.TestLedger.transfer;
import static io.holdfast.ledger.postgres.TestLedger.ugx;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.ledger.Account;
import io.holdfast.ledger.AccountTerms;
import io.holdfast.ledger.Details;
import io.holdfast.ledger.Hold;
import io.holdfast.ledger.HoldCommit;
import io.holdfast.ledger.JournalEntry;
import io.holdfast.ledger.RecordedEntry;
import io.holdfast.ledger.Refusal;
import io.holdfast.ledger.RefusedException;
import io.holdfast.ledger.Reversal;
import java.sql.Connection;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Nothing takes effect on a day that is closed, whoever comes when. */
class PeriodsTest {

    private static final LocalDate MONTH_END = LocalDate.of(2026, 2, 28);

    private final TestLedger scene = TestLedger.open();
    private final PostgresLedger ledger = scene.ledger();
    private final Account wallet = scene.wallet("alice", 1_000);
    private final Account other = scene.wallet("bob");

    @AfterEach
    void facts_and_projections_agree() {
        scene.assertSound();
    }

    @Test
    void an_entry_on_or_before_the_closing_date_is_refused_and_the_day_after_is_open() {
        ledger.closeThrough(MONTH_END);

        assertThat(refusal(() -> ledger.post(on(MONTH_END, "k"))))
                .isEqualTo(new Refusal.PeriodClosed(MONTH_END, MONTH_END));
        assertThat(refusal(() -> ledger.post(on(MONTH_END.minusYears(1), "k"))).code())
                .isEqualTo("PERIOD_CLOSED");
        ledger.post(on(MONTH_END.plusDays(1), "k"));
        assertThat(ledger.closedThrough()).contains(MONTH_END);
    }

    @Test
    void without_a_date_today_counts_and_may_be_closed_too() {
        ledger.closeThrough(TODAY);

        assertThat(refusal(() -> ledger.post(transfer("k", wallet, other, 1))))
                .isEqualTo(new Refusal.PeriodClosed(TODAY, TODAY));
        scene.clock().advance(Duration.ofHours(12));
        assertThat(ledger.post(transfer("k", wallet, other, 1)).effectiveOn()).isEqualTo(TODAY.plusDays(1));
    }

    @Test
    void closing_moves_forward_only() {
        ledger.closeThrough(MONTH_END);
        ledger.closeThrough(MONTH_END);
        ledger.closeThrough(MONTH_END.minusMonths(1));

        assertThat(ledger.closedThrough()).contains(MONTH_END);
        ledger.closeThrough(MONTH_END.plusDays(1));
        assertThat(ledger.closedThrough()).contains(MONTH_END.plusDays(1));
    }

    @Test
    void a_ledger_that_was_never_closed_has_no_closing_date() {
        assertThat(ledger.closedThrough()).isEmpty();
    }

    @Test
    void a_closing_date_that_no_entry_could_follow_is_refused() {
        for (LocalDate absurd : List.of(LocalDate.MIN, LocalDate.MAX, LocalDate.of(9999, 12, 31))) {
            assertThatThrownBy(() -> ledger.closeThrough(absurd))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("is not in the years 1900 to 9998");
        }
    }

    @Test
    void what_closing_concerns_is_every_kind_of_entry() {
        Hold hold = scene.hold("h", wallet, 100);
        RecordedEntry entry = ledger.post(transfer("t", wallet, other, 1));
        ledger.closeThrough(TODAY);

        assertThat(refusal(() -> scene.hold("h2", wallet, 1)).code()).isEqualTo("PERIOD_CLOSED");
        assertThat(refusal(() -> ledger.commit(HoldCommit.of(hold.id(), "c")
                                .credit(FEES.path(), ugx(1))
                                .build()))
                        .code())
                .isEqualTo("PERIOD_CLOSED");
        assertThat(refusal(() -> ledger.reverse(Reversal.of(entry.id(), "r"))).code())
                .isEqualTo("PERIOD_CLOSED");
    }

    @Test
    void what_happened_already_takes_effect_on_the_first_open_day() {
        ledger.closeThrough(TODAY.plusDays(1));

        RecordedEntry entry = ledger.post(JournalEntry.of("happened")
                .with(Details.NONE.effectiveOn(TODAY.minusDays(3)).asUnconditional())
                .debit(wallet.path(), ugx(1))
                .credit(other.path(), ugx(1))
                .build());

        assertThat(entry.effectiveOn()).isEqualTo(TODAY.plusDays(2));
    }

    @Test
    void a_close_that_comes_between_plan_and_write_is_a_refusal_and_no_failure() throws Exception {
        CompletableFuture<Refusal> late;
        try (Connection host = dataSource().getConnection()) {
            host.setAutoCommit(false);
            ledger.within(host).closeThrough(TODAY);
            late = CompletableFuture.supplyAsync(() -> refusal(() -> ledger.post(transfer("k", wallet, other, 1))));
            KeyRaceTest.awaitLockWait();

            host.commit();
            host.setAutoCommit(true);
        }

        assertThat(late.get(30, TimeUnit.SECONDS)).isEqualTo(new Refusal.PeriodClosed(TODAY, TODAY));
        scene.assertBalance(wallet, 1_000, 0);
    }

    @Test
    void a_close_that_comes_between_leaves_a_host_transaction_usable() throws Exception {
        CompletableFuture<Refusal> late;
        try (Connection host = dataSource().getConnection()) {
            host.setAutoCommit(false);
            ledger.within(host).closeThrough(TODAY);
            late = CompletableFuture.supplyAsync(this::refusedInHostTransactionThatGoesOn);
            KeyRaceTest.awaitLockWait();

            host.commit();
            host.setAutoCommit(true);
        }

        assertThat(late.get(30, TimeUnit.SECONDS)).isEqualTo(new Refusal.PeriodClosed(TODAY, TODAY));
        scene.assertBalance(wallet, 999, 0);
    }

    private Refusal refusedInHostTransactionThatGoesOn() {
        Refusal[] refusal = new Refusal[1];
        try {
            scene.inHostTransaction((connection, inTransaction) -> {
                refusal[0] = refusal(() -> inTransaction.post(transfer("k", wallet, other, 7)));
                inTransaction.post(on(TODAY.plusDays(1), "k"));
            });
        } catch (java.sql.SQLException failure) {
            throw new AssertionError(failure);
        }
        return refusal[0];
    }

    @Test
    void two_who_close_at_the_same_time_leave_the_later_date_and_neither_fails() throws Exception {
        CompletableFuture<Void> earlier;
        try (Connection host = dataSource().getConnection()) {
            host.setAutoCommit(false);
            ledger.within(host).closeThrough(MONTH_END.plusDays(1));
            earlier = CompletableFuture.runAsync(() -> ledger.closeThrough(MONTH_END));
            KeyRaceTest.awaitLockWait();

            host.commit();
            host.setAutoCommit(true);
        }

        earlier.get(30, TimeUnit.SECONDS);
        assertThat(ledger.closedThrough()).contains(MONTH_END.plusDays(1));
    }

    @Test
    void writers_racing_with_a_close_are_recorded_before_it_or_refused_after_it() throws Exception {
        List<Object> outcomes = Threads.race(24, i -> i == 12 ? closeToday() : postOrRefusal("k" + i));

        long recorded =
                outcomes.stream().filter(RecordedEntry.class::isInstance).count();
        assertThat(outcomes.stream().filter(Refusal.class::isInstance))
                .allMatch(refusal -> refusal.equals(new Refusal.PeriodClosed(TODAY, TODAY)))
                .hasSize(23 - (int) recorded);
        scene.assertBalance(other, recorded, 0);
        assertThat(IntStream.range(0, 5)).allMatch(i -> postOrRefusal("after" + i) instanceof Refusal);
    }

    private Object closeToday() {
        ledger.closeThrough(TODAY);
        return "closed";
    }

    private Object postOrRefusal(String key) {
        try {
            return ledger.post(transfer(key, wallet, other, 1));
        } catch (RefusedException refused) {
            return refused.refusal();
        }
    }

    @Test
    void business_dates_are_counted_in_the_ledgers_zone() {
        MovableClock clock = new MovableClock(NOON.plus(Duration.ofHours(10)));
        PostgresLedger kampala = PostgresLedger.over(dataSource())
                .ledger(scene.name() + "-kampala")
                .zone(ZoneId.of("Africa/Kampala"))
                .clock(clock)
                .build();
        kampala.open(AccountTerms.of(wallet));
        kampala.open(AccountTerms.of(other));

        assertThat(kampala.today()).isEqualTo(TODAY.plusDays(1));
        assertThat(kampala.post(transfer("k", wallet, other, 1)).effectiveOn()).isEqualTo(TODAY.plusDays(1));
        assertThat(ledger.today()).isEqualTo(TODAY);
    }

    @Test
    void the_zone_is_settled_when_the_ledger_is_opened() {
        PostgresLedger.Builder builder = PostgresLedger.over(dataSource()).ledger(scene.name());

        assertThat(builder.zone(ZoneOffset.UTC).build().zone().normalized()).isEqualTo(ZoneOffset.UTC);
        assertThat(builder.zone(ZoneId.of("UTC")).build().name()).isEqualTo(scene.name());
        assertThatThrownBy(() -> builder.zone(ZoneId.of("Africa/Kampala")).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not in Africa/Kampala: that was settled when it was opened");
    }

    private JournalEntry on(LocalDate date, String key) {
        return JournalEntry.of(key)
                .effectiveOn(date)
                .debit(wallet.path(), ugx(1))
                .credit(other.path(), ugx(1))
                .build();
    }
}
