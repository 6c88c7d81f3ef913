package io.holdfast.payout.engine;

import static io.holdfast.payout.engine.PayoutBench.ALICE;
import static io.holdfast.payout.engine.PayoutBench.ASHA;
import static io.holdfast.payout.engine.PayoutBench.TZS;
import static io.holdfast.payout.engine.PayoutBench.accepted;
import static io.holdfast.payout.engine.PayoutBench.failed;
import static io.holdfast.payout.engine.PayoutBench.rejected;
import static io.holdfast.payout.engine.PayoutBench.reversed;
import static io.holdfast.payout.engine.PayoutBench.succeeded;
import static io.holdfast.payout.engine.PayoutBench.timeout;
import static io.holdfast.payout.engine.PayoutBench.tzs;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.db.testing.TestDatabase;
import io.holdfast.ledger.EntryReference;
import io.holdfast.ledger.JournalEntry;
import io.holdfast.ledger.RecordedEntry;
import io.holdfast.ledger.Side;
import io.holdfast.payout.AttemptState;
import io.holdfast.payout.FeeShare;
import io.holdfast.payout.Payout;
import io.holdfast.payout.PayoutAccounts;
import io.holdfast.payout.PayoutItem;
import io.holdfast.payout.PayoutRequest;
import io.holdfast.payout.PayoutStatus;
import io.holdfast.payout.ReversedFee;
import io.holdfast.payout.Route;
import io.holdfast.payout.spi.Channel;
import io.holdfast.payout.spi.Evidence;
import io.holdfast.payout.spi.FailureReason;
import io.holdfast.payout.spi.Feature;
import io.holdfast.payout.spi.FeeMode;
import io.holdfast.payout.spi.Outcome;
import io.holdfast.payout.spi.Particulars;
import io.holdfast.payout.spi.Resend;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Each ledger effect, with A 5,000, F 1,500 and P 100 of TZS. */
class LedgerEffectTest {

    private static final TestDatabase DATABASE = TestDatabase.create();
    private static final Duration DAY = Duration.ofDays(1);

    private final PayoutBench bench = new PayoutBench(DATABASE);

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    @Test
    void success_takes_amount_and_both_fees_from_where_they_belong() {
        bench.engine(bench.provider("one").onSend(succeeded("r1")));
        Payout payout = bench.request("p1");

        bench.run();

        bench.assertPaid(100);
        assertThat(bench.find(payout).received()).contains(tzs(5_000));
        assertThat(bench.find(payout).completedAt()).isPresent();
        assertThat(bench.find(payout).attempts().get(0).providerFee()).isEqualTo(tzs(100));
        assertThat(bench.path(payout)).containsExactly("PENDING", "SENDING", "SUCCEEDED");
    }

    @Test
    void acceptance_moves_nothing_until_the_provider_has_decided() {
        bench.engine(bench.provider("one").onSend(accepted("r1")).onLookup(accepted("r1"), succeeded("r1")));
        Payout payout = bench.request("p1");

        bench.run();
        bench.assertWallet(13_500, 6_500);
        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.PROCESSING);
        assertThat(bench.find(payout).providerReference()).contains("r1");
        bench.runAfter(Duration.ofSeconds(5), payout);
        bench.assertWallet(13_500, 6_500);
        bench.runAfter(Duration.ofSeconds(15), payout);

        bench.assertPaid(100);
    }

    @Test
    void failure_after_acceptance_gives_everything_back_and_books_a_fee_that_was_kept() {
        Outcome keeping = new Outcome.Failed(
                "r1", FailureReason.RECIPIENT_LIMIT, "E7", "limit", Optional.of(tzs(100)), Evidence.NONE);
        bench.engine(bench.provider("one").onSend(accepted("r1")).onLookup(keeping));
        Payout payout = bench.request("p1");
        bench.run();

        Payout failed = bench.runAfter(Duration.ofSeconds(5), payout);

        assertThat(failed.status()).isEqualTo(PayoutStatus.FAILED);
        assertThat(failed.failure().orElseThrow().reason()).isEqualTo(FailureReason.RECIPIENT_LIMIT);
        bench.assertWallet(20_000, 0);
        bench.assertTotal("assets:providers:one:float", -100);
        bench.assertTotal("expenses:provider-fees:one", 100);
        bench.assertTotal("revenue:payout-fees", 0);
    }

    @Test
    void a_rejected_first_send_gives_everything_back() {
        bench.engine(bench.provider("one").onSend(rejected(FailureReason.INVALID_RECIPIENT)));
        Payout payout = bench.request("p1");

        bench.run();

        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.FAILED);
        assertThat(bench.find(payout).failure().orElseThrow().providerCode()).isEqualTo("E400");
        bench.assertNothingPaid();
    }

    @Test
    void the_next_route_is_taken_after_a_rejection_and_pays_alone() {
        ScriptedProvider one = bench.provider("one").onSend(rejected(FailureReason.PROVIDER_DISABLED));
        ScriptedProvider two = bench.provider("two").onSend(succeeded("r2"));
        bench.engine(builder -> builder.routes(List.of(Route.of(TZS, Channel.MOBILE_MONEY, "one", "two"))), one, two);
        Payout payout = bench.payouts().request(PayoutRequest.of("p1", ALICE, tzs(5_000), ASHA));

        bench.run();
        bench.assertWallet(13_500, 6_500);
        assertThat(bench.find(payout).failoverReason())
                .hasValueSatisfying(why -> assertThat(why).contains("one", "PROVIDER_DISABLED"));
        bench.run();

        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.SUCCEEDED);
        assertThat(bench.find(payout).attempts())
                .extracting(attempt -> attempt.state())
                .containsExactly(AttemptState.FAILED, AttemptState.SETTLED);
        assertThat(one.instructions().get(0).key())
                .isNotEqualTo(two.instructions().get(0).key());
        bench.assertWallet(13_500, 0);
        bench.assertTotal("assets:providers:one:float", 0);
        bench.assertTotal("assets:providers:two:float", -5_100);
    }

    @Test
    void a_short_float_is_not_the_customers_failure() {
        ScriptedProvider one =
                bench.provider("one").onSend(rejected(FailureReason.INSUFFICIENT_FLOAT), succeeded("r1"));
        bench.engine(one);
        Payout payout = bench.request("p1");

        bench.run();
        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.PENDING);
        bench.assertWallet(13_500, 6_500);
        bench.runAfter(Duration.ofSeconds(5), payout);

        bench.assertPaid(100);
        assertThat(one.instructions())
                .extracting(instruction -> instruction.attempt())
                .containsExactly(1, 2);
        assertThat(bench.items()).containsExactly(PayoutItem.Kind.FLOAT_SHORT);
    }

    @Test
    void what_comes_back_after_success_is_given_back_in_parts_and_our_fee_with_the_last() {
        bench.engine(bench.provider("one", ways -> ways.features(Feature.REVERSALS))
                .onSend(succeeded("r1"))
                .onLookup(reversed("r1", 2_000, 0), reversed("r1", 2_000, 0), reversed("r1", 5_000, 100)));
        Payout payout = bench.request("p1");
        bench.run();

        Payout partly = bench.runAfter(DAY, payout);
        assertThat(partly.status()).isEqualTo(PayoutStatus.SUCCEEDED);
        assertThat(partly.reversed()).isEqualTo(tzs(2_000));
        bench.assertWallet(15_500, 0);
        bench.assertTotal("assets:providers:one:float", -3_100);
        bench.runAfter(DAY.multipliedBy(2), payout);
        bench.assertWallet(15_500, 0);
        Payout reversed = bench.runAfter(DAY.multipliedBy(4), payout);

        assertThat(reversed.status()).isEqualTo(PayoutStatus.REVERSED);
        assertThat(reversed.reversed()).isEqualTo(tzs(5_000));
        bench.assertNothingPaid();
    }

    @Test
    void our_fee_is_kept_on_a_reversal_if_the_host_says_so() {
        bench.engine(
                builder -> builder.reversedFee(ReversedFee.KEPT),
                bench.provider("one", ways -> ways.features(Feature.REVERSALS))
                        .onSend(succeeded("r1"))
                        .onLookup(reversed("r1", 5_000, 0)));
        Payout payout = bench.request("p1");
        bench.run();

        bench.runAfter(DAY, payout);

        bench.assertWallet(18_500, 0);
        bench.assertTotal("revenue:payout-fees", 1_500);
        bench.assertTotal("expenses:provider-fees:one", 100);
        bench.assertTotal("assets:providers:one:float", -100);
    }

    @Test
    void failure_after_success_is_a_reversal() {
        bench.engine(bench.provider("one", ways -> ways.features(Feature.REVERSALS))
                .onSend(succeeded("r1"))
                .onLookup(failed("r1")));
        Payout payout = bench.request("p1");
        bench.run();

        assertThat(bench.runAfter(DAY, payout).status()).isEqualTo(PayoutStatus.REVERSED);

        bench.assertWallet(20_000, 0);
        bench.assertTotal("assets:providers:one:float", -100);
        bench.assertTotal("expenses:provider-fees:one", 100);
    }

    @Test
    void a_reversal_of_what_was_never_seen_to_succeed_books_both() {
        bench.engine(bench.provider("one").onSend(accepted("r1")).onLookup(reversed("r1", 2_000, 0)));
        Payout payout = bench.request("p1");
        bench.run();

        bench.runAfter(Duration.ofSeconds(5), payout);

        assertThat(bench.path(payout)).containsExactly("PENDING", "SENDING", "PROCESSING", "SUCCEEDED", "SUCCEEDED");
        bench.assertWallet(15_500, 0);
        bench.assertTotal("assets:providers:one:float", -3_000);
    }

    @Test
    void a_success_after_the_release_is_taken_from_the_wallet() {
        late(Optional.empty());

        bench.assertPaid(100);
        bench.assertTotal("assets:receivables:late-payouts:alice", 0);
        assertThat(bench.items()).containsExactly(PayoutItem.Kind.LATE_SUCCESS);
    }

    @Test
    void what_the_wallet_lacks_for_a_late_success_is_owed_by_its_owner() {
        late(Optional.of(18_000L));

        bench.assertWallet(0, 0);
        bench.assertTotal("assets:receivables:late-payouts:alice", 4_500);
        bench.assertTotal("assets:providers:one:float", -5_100);
        bench.assertTotal("revenue:payout-fees", 1_500);
    }

    @Test
    void a_frozen_wallet_pays_for_a_late_success_all_the_same() {
        bench.ledger.freeze(ALICE, Set.of(Side.DEBIT, Side.CREDIT));
        bench.ledger.unfreeze(ALICE, Set.of(Side.DEBIT, Side.CREDIT));
        Payout payout = failedPayout();
        bench.ledger.freeze(ALICE, Set.of(Side.DEBIT, Side.CREDIT));

        bench.runAfter(DAY, payout);

        assertThat(bench.find(payout).late()).isTrue();
        bench.assertPaid(100);
    }

    @Test
    void a_success_of_a_rejected_attempt_beside_another_goes_to_suspense() {
        ScriptedProvider one = bench.provider("one", ways -> ways.resend(Resend.NEVER))
                .onSend(rejected(FailureReason.INSUFFICIENT_FLOAT))
                .onSend(accepted("r2"));
        bench.engine(one);
        Payout payout = bench.request("p1");
        bench.run();
        bench.runAfter(Duration.ofSeconds(5), payout);

        bench.apply(payout, 1, succeeded("r1"));

        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.PROCESSING);
        assertThat(bench.find(payout).attempts())
                .extracting(attempt -> attempt.state())
                .containsExactly(AttemptState.SURPLUS, AttemptState.OPEN);
        bench.assertWallet(13_500, 6_500);
        bench.assertTotal("liabilities:suspense:one", -5_100);
        bench.assertTotal("assets:providers:one:float", -5_100);
        bench.apply(payout, 1, succeeded("r1"));
        bench.assertTotal("liabilities:suspense:one", -5_100);
        assertThat(bench.items()).contains(PayoutItem.Kind.SUSPENSE);
    }

    @Test
    void a_fee_told_later_is_booked_as_the_difference() {
        bench.engine(bench.provider("one", ways -> ways.features(Feature.REVERSALS))
                .onSend(new Outcome.Succeeded("r1", Particulars.NONE, Evidence.NONE))
                .onLookup(succeeded("r1"), succeeded("r1")));
        Payout payout = bench.request("p1");
        bench.run();
        bench.assertPaid(0);

        bench.runAfter(DAY, payout);
        bench.assertPaid(100);
        bench.runAfter(DAY.multipliedBy(2), payout);

        bench.assertPaid(100);
    }

    @Test
    void a_fee_that_the_provider_deducts_is_the_recipients() {
        bench.engine(bench.provider(FeeMode.DEDUCTED, "one", ways -> ways).onSend(succeeded("r1")));
        Payout payout = bench.request("p1");

        bench.run();

        bench.assertPaid(0);
        assertThat(bench.find(payout).received()).contains(tzs(4_900));
    }

    @Test
    void our_fee_is_shared_out_exactly() {
        PayoutAccounts shared = PayoutAccounts.DEFAULTS.withFees(
                new FeeShare("revenue:payout-fees", 2), new FeeShare("liabilities:excise", 1));
        bench.engine(builder -> builder.accounts(shared), bench.provider("one").onSend(succeeded("r1")));
        bench.request("p1");

        bench.run();

        bench.assertTotal("revenue:payout-fees", 1_000);
        bench.assertTotal("liabilities:excise", 500);
    }

    @Test
    void an_entry_is_effective_on_the_providers_date_or_the_first_open_day_after() {
        Particulars monday = Particulars.NONE.at(bench.clock.instant());
        bench.engine(bench.provider("one")
                .onSend(accepted("r1"), accepted("r2"))
                .onLookup(
                        new Outcome.Succeeded("r1", monday, Evidence.NONE),
                        new Outcome.Succeeded("r2", monday, Evidence.NONE)));
        LocalDate requested = LocalDate.parse("2026-03-02");

        Payout first = bench.request("p1");
        bench.run();
        Payout firstPaid = bench.runAfter(DAY, first);
        Payout second = bench.request("p2");
        bench.run();
        bench.ledger.closeThrough(requested);
        Payout secondPaid = bench.runAfter(DAY, second);

        assertThat(lastEntry(firstPaid).effectiveOn()).isEqualTo(requested);
        assertThat(lastEntry(secondPaid).effectiveOn()).isEqualTo(requested.plusDays(1));
    }

    private RecordedEntry lastEntry(Payout payout) {
        return bench.ledger
                .entry(EntryReference.of(payout.entries().get(payout.entries().size() - 1)))
                .orElseThrow();
    }

    private void late(Optional<Long> spentMeanwhile) {
        Payout payout = failedPayout();
        bench.assertWallet(20_000, 0);
        spentMeanwhile.ifPresent(amount -> bench.ledger.post(JournalEntry.of("spent")
                .debit(ALICE.path(), tzs(amount))
                .credit("assets:bank:settlement", tzs(amount))
                .build()));

        Payout late = bench.runAfter(DAY, payout);

        assertThat(late.status()).isEqualTo(PayoutStatus.SUCCEEDED);
        assertThat(late.late()).isTrue();
    }

    /** Returns a payout that failed from doubt, and of which the provider will say a day later that it paid. */
    private Payout failedPayout() {
        bench.engine(bench.provider("one").onSend(timeout(), failed("r1")).onLookup(succeeded("r1")));
        Payout payout = bench.request("p1");
        bench.run();
        assertThat(bench.runAfter(Duration.ofSeconds(5), payout).status()).isEqualTo(PayoutStatus.FAILED);
        return payout;
    }
}
