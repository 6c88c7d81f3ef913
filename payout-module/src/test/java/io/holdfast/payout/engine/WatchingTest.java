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
import io.holdfast.ledger.Account;
import io.holdfast.ledger.EntryReference;
import io.holdfast.ledger.RecordedEntry;
import io.holdfast.payout.FeeShare;
import io.holdfast.payout.Payout;
import io.holdfast.payout.PayoutAccounts;
import io.holdfast.payout.PayoutItem;
import io.holdfast.payout.PayoutStatus;
import io.holdfast.payout.spi.Evidence;
import io.holdfast.payout.spi.FailureReason;
import io.holdfast.payout.spi.Feature;
import io.holdfast.payout.spi.Outcome;
import io.holdfast.payout.spi.Particulars;
import io.holdfast.payout.spi.Resend;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What has ended is still asked about where it may turn out otherwise, and then booked; A 5,000, F 1,500 and P 100. */
class WatchingTest {

    private static final TestDatabase DATABASE = TestDatabase.create();
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration SOON = Duration.ofSeconds(5);

    private final PayoutBench bench = new PayoutBench(DATABASE);

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    @Test
    void a_success_that_may_come_back_is_asked_about_after_one_three_seven_and_thirty_days_and_then_no_more() {
        ScriptedProvider one =
                bench.provider("one", ways -> ways.features(Feature.REVERSALS)).onSend(succeeded("r1"));
        bench.engine(one);
        bench.request("p1");
        bench.run();

        assertThat(daysOfQuestions(one, 45)).containsExactly(1, 3, 7, 30);
        bench.assertPaid(100);
    }

    @Test
    void a_success_that_is_final_is_asked_about_no_more() {
        ScriptedProvider one = bench.provider("one").onSend(succeeded("r1"));
        bench.engine(one);
        bench.request("p1");
        bench.run();

        assertThat(daysOfQuestions(one, 45)).isEmpty();
    }

    @Test
    void a_failure_out_of_doubt_is_asked_about_as_long() {
        ScriptedProvider one = bench.provider("one").onSend(timeout(), failed("r1"));
        bench.engine(one);
        Payout payout = bench.request("p1");
        bench.run();
        assertThat(bench.runAfter(SOON, payout).status()).isEqualTo(PayoutStatus.FAILED);

        assertThat(daysOfQuestions(one, 45)).containsExactly(1, 3, 7, 30);
        bench.assertNothingPaid();
    }

    @Test
    void a_failure_is_too_if_any_send_of_it_was_in_doubt_or_a_person_had_to_look() {
        ScriptedProvider one =
                bench.provider("one").onSend(timeout(), accepted("r1")).onLookup(failed("r1"));
        bench.engine(one);
        Payout resent = bench.request("p1");
        bench.run();
        assertThat(bench.runAfter(SOON, resent).status()).isEqualTo(PayoutStatus.PROCESSING);
        assertThat(bench.runAfter(SOON, resent).status()).isEqualTo(PayoutStatus.FAILED);
        assertThat(daysOfQuestions(one, 45)).containsExactly(1, 3, 7, 30);

        bench.engine(one.onSend(accepted("r2")));
        Payout reviewed = bench.request("p2");
        bench.run();
        assertThat(bench.runAfter(DAY.multipliedBy(3), reviewed).status()).isEqualTo(PayoutStatus.REVIEW);
        bench.apply(reviewed, 1, failed("r2"));
        assertThat(daysOfQuestions(one, 45)).containsExactly(1, 3, 7, 30);
        bench.assertNothingPaid();
    }

    @Test
    void a_success_out_of_doubt_is_not() {
        ScriptedProvider one = bench.provider("one").onSend(timeout(), succeeded("r1"));
        bench.engine(one);
        Payout payout = bench.request("p1");
        bench.run();
        assertThat(bench.runAfter(SOON, payout).status()).isEqualTo(PayoutStatus.SUCCEEDED);

        assertThat(daysOfQuestions(one, 45)).isEmpty();
    }

    @Test
    void a_failure_that_was_never_in_doubt_is_not() {
        ScriptedProvider one = bench.provider("one").onSend(accepted("r1")).onLookup(failed("r1"));
        bench.engine(one);
        Payout payout = bench.request("p1");
        bench.run();
        assertThat(bench.runAfter(SOON, payout).status()).isEqualTo(PayoutStatus.FAILED);

        assertThat(daysOfQuestions(one, 45)).isEmpty();
    }

    @Test
    void a_late_success_is_watched_like_any_other_that_may_come_back() {
        ScriptedProvider one =
                bench.provider("one").onSend(timeout(), failed("r1")).onLookup(succeeded("r1"));
        bench.engine(one);
        Payout payout = bench.request("p1");
        bench.run();
        bench.runAfter(SOON, payout);
        assertThat(bench.runAfter(DAY, payout).late()).isTrue();

        one.onLookup(reversed("r1", 5_000, 100));
        assertThat(bench.runAfter(DAY, payout).status()).isEqualTo(PayoutStatus.REVERSED);

        bench.assertNothingPaid();
        assertThat(daysOfQuestions(one, 45)).isEmpty();
    }

    @Test
    void a_late_success_under_another_reference_is_asked_about_and_comes_back_under_that_one() {
        ScriptedProvider one =
                bench.provider("one").onSend(timeout(), failed("r1")).onLookup(reversed("r2", 5_000, 100));
        bench.engine(one);
        Payout payout = bench.request("p1");
        bench.run();
        bench.runAfter(SOON, payout);
        bench.apply(payout, 1, succeeded("r2"));
        assertThat(bench.find(payout).providerReference()).contains("r2");

        assertThat(bench.runAfter(DAY, payout).status()).isEqualTo(PayoutStatus.REVERSED);

        assertThat(one.lookups()).containsExactly("r2");
        bench.assertNothingPaid();
    }

    @Test
    void a_reference_that_becomes_known_when_nobody_could_be_asked_any_more_is_asked_about_daily() {
        ScriptedProvider one =
                bench.provider("one", ways -> ways.resend(Resend.NEVER)).onSend(timeout());
        bench.engine(one);
        Payout payout = bench.request("p1");
        bench.run();
        assertThat(bench.runAfter(SOON, payout).status()).isEqualTo(PayoutStatus.REVIEW);

        bench.apply(payout, 1, accepted("r1"));
        assertThat(daysOfQuestions(one, 3)).containsExactly(1, 2, 3);
        one.onLookup(succeeded("r1"));

        assertThat(bench.runAfter(DAY, payout).status()).isEqualTo(PayoutStatus.SUCCEEDED);
        bench.assertPaid(100);
    }

    @Test
    void what_the_ledger_did_not_take_is_booked_once_it_can_and_only_once() {
        ScriptedProvider one =
                bench.provider("one").onSend(timeout(), failed("r1")).onLookup(succeeded("r1"));
        bench.engine(one);
        Payout payout = bench.request("p1");
        bench.run();
        bench.runAfter(SOON, payout);
        bench.ledger.close(Account.of("revenue:payout-fees", PayoutBench.TZS));
        assertThat(bench.runAfter(DAY, payout).status()).isEqualTo(PayoutStatus.FAILED);
        assertThat(bench.items()).contains(PayoutItem.Kind.NOT_BOOKED);
        bench.assertWallet(20_000, 0);

        for (int day = 0; day < 40; day++) {
            one.onLookup(succeeded("r1"));
            assertThat(bench.runAfter(DAY, payout).status()).isEqualTo(PayoutStatus.FAILED);
        }
        bench.engine(
                builder ->
                        builder.accounts(PayoutAccounts.DEFAULTS.withFees(new FeeShare("revenue:fees-of-payouts", 1))),
                one);
        one.onLookup(succeeded("r1"));
        Payout late = bench.runAfter(DAY, payout);

        assertThat(late.status()).isEqualTo(PayoutStatus.SUCCEEDED);
        assertThat(late.late()).isTrue();
        bench.assertWallet(13_500, 0);
        bench.assertTotal("revenue:fees-of-payouts", 1_500);
        bench.assertTotal("assets:providers:one:float", -5_100);
        one.onLookup(succeeded("r1"));
        bench.runAfter(DAY, payout);
        bench.assertTotal("assets:providers:one:float", -5_100);
    }

    @Test
    void a_success_in_time_that_the_ledger_did_not_take_keeps_its_hold_until_it_is_booked() {
        ScriptedProvider one = bench.provider("one").onSend(accepted("r1")).onLookup(succeeded("r1"), succeeded("r1"));
        bench.engine(one);
        Payout payout = bench.request("p1");
        bench.run();
        bench.ledger.close(Account.of("revenue:payout-fees", PayoutBench.TZS));
        assertThat(bench.runAfter(SOON, payout).status()).isEqualTo(PayoutStatus.PROCESSING);
        bench.assertWallet(13_500, 6_500);

        bench.engine(
                builder ->
                        builder.accounts(PayoutAccounts.DEFAULTS.withFees(new FeeShare("revenue:fees-of-payouts", 1))),
                one);

        assertThat(bench.runAfter(Duration.ofMinutes(1), payout).status()).isEqualTo(PayoutStatus.SUCCEEDED);
        bench.assertWallet(13_500, 0);
        bench.assertTotal("revenue:fees-of-payouts", 1_500);
    }

    @Test
    void what_ends_in_a_closed_period_is_effective_on_the_first_open_day() {
        LocalDate requested = LocalDate.parse("2026-03-02");
        Particulars then = Particulars.NONE.chargedFee(tzs(100)).at(bench.clock.instant());
        ScriptedProvider one = bench.provider("one", ways -> ways.features(Feature.REVERSALS))
                .onSend(timeout(), failed("r1"), rejected(FailureReason.DECLINED))
                .onLookup(new Outcome.Succeeded("r1", then, Evidence.NONE));
        bench.engine(one);
        Payout late = bench.request("p1");
        bench.run();
        bench.runAfter(SOON, late);
        Payout rejected = bench.request("p2");
        bench.ledger.closeThrough(requested.plusDays(4));
        bench.run();
        assertThat(bench.find(rejected).status()).isEqualTo(PayoutStatus.FAILED);
        assertThat(bench.runAfter(DAY, late).late()).isTrue();
        bench.apply(late, 1, new Outcome.Succeeded("r2", then, Evidence.NONE));
        bench.apply(late, 1, reversed("r1", 5_000, 100));

        List<RecordedEntry> settled = new ArrayList<>();
        for (Payout payout : List.of(late, rejected)) {
            bench.find(payout).entries().stream()
                    .map(entry -> bench.ledger.entry(EntryReference.of(entry)).orElseThrow())
                    .filter(entry -> entry.effectiveOn().isAfter(requested))
                    .forEach(settled::add);
        }
        assertThat(settled)
                .as("late commit, suspense and reversal of one, release of the other")
                .hasSize(4)
                .allSatisfy(entry -> assertThat(entry.effectiveOn()).isEqualTo(requested.plusDays(5)));
        bench.assertTotal("liabilities:suspense:one", -5_100);
        bench.assertBooks();
    }

    /** Returns on which days after the next the provider is asked. */
    private List<Integer> daysOfQuestions(ScriptedProvider provider, int days) {
        List<Integer> asked = new ArrayList<>();
        for (int day = 1; day <= days; day++) {
            int before = provider.lookups().size();
            bench.clock.move(DAY);
            while (bench.run() > 0) {
                // Whatever is due.
            }
            if (provider.lookups().size() > before) {
                asked.add(day);
            }
        }
        return asked;
    }
}
