package io.holdfast.payout.engine;

import static io.holdfast.payout.engine.Guarded.assertGuarded;
import static io.holdfast.payout.engine.PayoutBench.accepted;
import static io.holdfast.payout.engine.PayoutBench.failed;
import static io.holdfast.payout.engine.PayoutBench.rejected;
import static io.holdfast.payout.engine.PayoutBench.succeeded;
import static io.holdfast.payout.engine.PayoutBench.timeout;
import static io.holdfast.payout.engine.PayoutBench.tzs;
import static io.holdfast.payout.engine.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.holdfast.db.testing.TestDatabase;
import io.holdfast.ledger.Currency;
import io.holdfast.ledger.Money;
import io.holdfast.payout.AttemptState;
import io.holdfast.payout.Payout;
import io.holdfast.payout.PayoutItem;
import io.holdfast.payout.PayoutResolution;
import io.holdfast.payout.PayoutResolution.Way;
import io.holdfast.payout.PayoutStatus;
import io.holdfast.payout.PayoutTransition;
import io.holdfast.payout.Resolution;
import io.holdfast.payout.spi.Evidence;
import io.holdfast.payout.spi.FailureReason;
import io.holdfast.payout.spi.Outcome;
import io.holdfast.payout.spi.Particulars;
import io.holdfast.payout.spi.Resend;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Two persons end what nothing else can; with A 5,000, F 1,500 and P 100 of TZS. */
class ReviewTest {

    private static final TestDatabase DATABASE = TestDatabase.create();
    private static final Resolution PAID =
            Resolution.succeeded("Statement of 3 March").fee(tzs(100));
    private static final Resolution NOT_PAID = Resolution.failed("The provider's support says so");

    private final PayoutBench bench = new PayoutBench(DATABASE);
    private final ScriptedProvider one = bench.provider("one", ways -> ways.resend(Resend.NEVER));

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    @Test
    void what_one_says_and_another_confirms_succeeds_like_any_success() {
        Payout payout = inReview();

        PayoutResolution said = bench.payouts().as("alice").resolve(payout.id(), PAID);
        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.REVIEW);
        bench.assertWallet(13_500, 6_500);
        Payout confirmed = bench.payouts().as("bob").confirm(payout.id(), said.number());

        assertThat(confirmed.status()).isEqualTo(PayoutStatus.SUCCEEDED);
        assertThat(confirmed.completedAt()).isPresent();
        assertThat(confirmed.attempts().get(0).state()).isEqualTo(AttemptState.SETTLED);
        bench.assertPaid(100);
        bench.assertBooks();
        assertThat(bench.payouts().resolutions(payout.id()))
                .singleElement()
                .returns("alice", PayoutResolution::actor)
                .returns(PAID, PayoutResolution::content)
                .satisfies(one -> assertThat(one.end().orElseThrow())
                        .returns(Way.CONFIRMED, PayoutResolution.End::way)
                        .returns("bob", PayoutResolution.End::actor));
        List<PayoutTransition> history = bench.payouts().history(payout.id());
        assertThat(history.get(history.size() - 1))
                .returns(PayoutTransition.Cause.RESOLUTION, PayoutTransition::cause)
                .returns("bob", PayoutTransition::actor)
                .satisfies(last -> assertThat(last.evidence()).contains("Statement of 3 March", "alice"));
    }

    @Test
    void the_providers_word_that_comes_after_a_resolution_without_a_reference_pays_no_second_time() {
        Payout payout = resolved(PAID);

        bench.apply(payout, 1, succeeded("r1"));

        bench.assertPaid(100);
        bench.assertTotal("liabilities:suspense:one", 0);
        assertThat(bench.find(payout).providerReference()).contains("r1");
    }

    @Test
    void a_failure_that_comes_after_a_resolution_as_succeeded_is_a_reversal() {
        Payout payout = resolved(PAID.reference("r1"));
        assertThat(payout.providerReference()).contains("r1");

        bench.apply(payout, 1, failed("r1"));

        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.REVERSED);
        bench.assertWallet(20_000, 0);
        bench.assertTotal("expenses:provider-fees:one", 100);
    }

    @Test
    void resolved_as_failed_everything_is_given_back_and_what_the_provider_kept_is_booked() {
        Payout payout = resolved(NOT_PAID.fee(tzs(100)));

        assertThat(payout.status()).isEqualTo(PayoutStatus.FAILED);
        assertThat(payout.failure().orElseThrow().detail()).contains("support says so");
        bench.assertWallet(20_000, 0);
        bench.assertTotal("assets:providers:one:float", -100);
        bench.assertTotal("expenses:provider-fees:one", 100);
        bench.assertTotal("revenue:payout-fees", 0);
    }

    @Test
    void a_success_after_a_resolution_as_failed_is_a_late_one() {
        Payout payout = resolved(NOT_PAID);
        bench.assertNothingPaid();

        bench.apply(payout, 1, succeeded("r1"));

        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.SUCCEEDED);
        assertThat(bench.find(payout).late()).isTrue();
        bench.assertPaid(100);
        assertThat(bench.items()).containsExactly(PayoutItem.Kind.LATE_SUCCESS);
    }

    @Test
    void the_providers_word_between_saying_and_confirming_wins() {
        Payout payout = inReview();
        bench.payouts().as("alice").resolve(payout.id(), NOT_PAID);

        bench.apply(payout, 1, succeeded("r1"));

        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.SUCCEEDED);
        bench.assertPaid(100);
        assertThat(bench.payouts()
                        .resolutions(payout.id())
                        .get(0)
                        .end()
                        .orElseThrow()
                        .way())
                .isEqualTo(Way.LAPSED);
        assertRefused("NOTHING_TO_CONFIRM", () -> bench.payouts().as("bob").confirm(payout.id(), 1));
        assertRefused("NOT_RESOLVABLE", () -> bench.payouts().as("bob").resolve(payout.id(), PAID));
        bench.assertPaid(100);
    }

    @Test
    void it_takes_two_persons() {
        Payout payout = inReview();
        bench.payouts().as("alice").resolve(payout.id(), PAID);

        assertRefused("SAME_PERSON", () -> bench.payouts().as("alice").confirm(payout.id(), 1));
        assertGuarded(
                DATABASE,
                "insert into holdfast.payout_resolution_end select ledger_id, payout_id, resolution_no, 'CONFIRMED', actor,"
                        + " now() from holdfast.payout_resolution where payout_id = '" + payout.id() + "'",
                "HF008");
        assertGuarded(
                DATABASE,
                "insert into holdfast.payout_resolution select ledger_id, payout_id, 2, verdict, attempt_no, reference, fee,"
                        + " evidence, 'bob', now() from holdfast.payout_resolution where payout_id = '" + payout.id()
                        + "'",
                "HF008");
        assertGuarded(DATABASE, "update holdfast.payout_resolution set verdict = 'FAILED'", "HF001");
        assertGuarded(DATABASE, "delete from holdfast.payout_resolution", "HF001");
        bench.assertWallet(13_500, 6_500);
    }

    @Test
    void what_is_said_again_changes_nothing_and_what_is_said_otherwise_replaces_it() {
        Payout payout = inReview();
        PayoutResolution first = bench.payouts().as("alice").resolve(payout.id(), PAID);
        assertThat(bench.payouts().as("alice").resolve(payout.id(), PAID)).isEqualTo(first);
        PayoutResolution second = bench.payouts().as("alice").resolve(payout.id(), NOT_PAID);
        assertThat(bench.payouts().resolutions(payout.id()))
                .extracting(PayoutResolution::number)
                .containsExactly(first.number(), second.number());
        assertThat(bench.payouts().resolutions(payout.id())).last().isEqualTo(second);

        assertRefused("NOTHING_TO_CONFIRM", () -> bench.payouts().as("bob").confirm(payout.id(), 1));
        assertRefused("NOTHING_TO_CONFIRM", () -> bench.payouts().as("bob").confirm(payout.id(), 3));
        bench.payouts().as("bob").confirm(payout.id(), 2);

        assertThat(bench.payouts().as("bob").confirm(payout.id(), 2).status()).isEqualTo(PayoutStatus.FAILED);
        bench.assertNothingPaid();
        assertThat(bench.payouts().resolutions(payout.id()))
                .extracting(one -> one.end().orElseThrow().way())
                .containsExactly(Way.REPLACED, Way.CONFIRMED);
        bench.assertBooks();
    }

    @Test
    void only_a_payout_in_review_is_resolved() {
        bench.engine(one.onSend(timeout()));
        Payout payout = bench.request("p1");

        assertRefused("NOT_IN_REVIEW", () -> bench.payouts().as("alice").resolve(payout.id(), PAID));
        bench.run();
        assertRefused("NOT_IN_REVIEW", () -> bench.payouts().as("alice").resolve(payout.id(), PAID));
        assertRefused("NOTHING_TO_CONFIRM", () -> bench.payouts().as("bob").confirm(payout.id(), 1));
    }

    @Test
    void as_long_as_a_send_may_be_under_way_nobody_resolves_anything() {
        bench.engine(one);
        Payout payout = bench.request("p1");
        Outcome mismatch = new Outcome.Accepted("r1", Particulars.NONE.amount(tzs(500_000)), Evidence.http(201, "{}"));
        one.onSendDo(() -> {
            bench.learn(payout.id(), 1, mismatch);
            assertRefused("LEASE_RUNNING", () -> bench.payouts().as("alice").resolve(payout.id(), PAID));
            throw new ModelBank.Killed();
        });
        assertThatExceptionOfType(ModelBank.Killed.class).isThrownBy(bench::run);

        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.REVIEW);
        bench.clock.move(Duration.ofSeconds(61));
        assertRefused("LEASE_RUNNING", () -> bench.payouts().as("alice").resolve(payout.id(), PAID));
        bench.clock.move(Duration.ofSeconds(1));

        bench.payouts().as("alice").resolve(payout.id(), PAID);
        bench.payouts().as("bob").confirm(payout.id(), 1);
        bench.assertPaid(100);
        bench.assertBooks();
    }

    @Test
    void a_reference_of_another_payout_proves_nothing_of_this_one() {
        bench.engine(one.onSend(succeeded("r1"), timeout()));
        bench.request("p1");
        bench.run();
        Payout payout = bench.request("p2");
        bench.run();
        bench.runAfter(Duration.ofSeconds(5), payout);

        assertRefused("REFERENCE_TAKEN", () -> bench.payouts().as("alice").resolve(payout.id(), PAID.reference("r1")));
        assertThat(bench.payouts().resolutions(payout.id())).isEmpty();
    }

    @Test
    void what_stands_in_suspense_is_taken_from_there_if_it_is_what_paid_the_recipient() {
        one.onSend(rejected(FailureReason.INSUFFICIENT_FLOAT), accepted("r2")).onLookup(failed("r2"));
        bench.engine(one);
        Payout payout = bench.request("p1");
        bench.run();
        bench.runAfter(Duration.ofSeconds(5), payout);
        bench.apply(payout, 1, succeeded("r1"));
        bench.runAfter(Duration.ofSeconds(5), payout);
        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.REVIEW);
        bench.assertTotal("liabilities:suspense:one", -5_100);

        bench.payouts()
                .as("alice")
                .resolve(
                        payout.id(),
                        Resolution.succeeded("Two payments, one failed").reference("r1"));
        bench.payouts().as("bob").confirm(payout.id(), 1);

        bench.assertPaid(100);
        bench.assertTotal("liabilities:suspense:one", 0);
        assertThat(bench.find(payout).attempts())
                .extracting(attempt -> attempt.state())
                .containsExactly(AttemptState.SETTLED, AttemptState.FAILED);
        bench.assertBooks();
    }

    @Test
    void a_confirmation_in_the_hosts_transaction_was_never_there_if_it_rolls_back() throws SQLException {
        Payout payout = inReview();
        bench.payouts().as("alice").resolve(payout.id(), PAID);

        try (Connection host = DATABASE.dataSource().getConnection()) {
            host.setAutoCommit(false);
            assertThat(bench.payouts()
                            .as("bob")
                            .within(host)
                            .confirm(payout.id(), 1)
                            .status())
                    .isEqualTo(PayoutStatus.SUCCEEDED);
            host.rollback();
        }

        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.REVIEW);
        assertThat(bench.payouts().resolutions(payout.id()).get(0).isPending()).isTrue();
        bench.assertWallet(13_500, 6_500);
    }

    @Test
    void evidence_is_there_and_names_the_recipient_only_masked() {
        Payout payout = inReview();

        bench.payouts().as("alice").resolve(payout.id(), Resolution.failed("Asked +255 712 345 678 herself"));

        assertThat(bench.payouts().resolutions(payout.id()).get(0).content().evidence())
                .doesNotContain("345 678")
                .contains("***678");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Resolution.succeeded(" "))
                .withMessageContaining("say how it is known");
        assertThatIllegalArgumentException().isThrownBy(() -> PAID.reference("a\nb"));
        assertThatIllegalArgumentException().isThrownBy(() -> PAID.fee(tzs(-1)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> bench.payouts()
                        .as("alice")
                        .resolve(payout.id(), PAID.fee(Money.ofMinor(Currency.of("KES"), 100))))
                .withMessageContaining("the currencies differ");
    }

    @Test
    void an_item_is_closed_with_a_note_and_opened_anew_if_it_comes_about_again() {
        bench.engine(
                one.onSend(rejected(FailureReason.INSUFFICIENT_FLOAT), rejected(FailureReason.INSUFFICIENT_FLOAT)));
        Payout payout = bench.request("p1");
        bench.run();
        PayoutItem item = bench.payouts().items(10, 0).get(0);

        bench.payouts().as("alice").closeItem(item.number(), "Topped up");

        assertThat(bench.payouts().items(10, 0)).isEmpty();
        assertThat(bench.payouts().openItems()).isZero();
        assertRefused("ITEM_NOT_FOUND", () -> bench.payouts().closeItem(item.number(), "Again"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> bench.payouts().closeItem(item.number(), " "))
                .withMessageContaining("say what was found");
        assertGuarded(
                DATABASE, "update holdfast.payout_item set closing_note = 'x' where closed_at is not null", "HF001");
        bench.runAfter(Duration.ofSeconds(5), payout);
        assertThat(bench.payouts().openItems()).isOne();
        assertGuarded(DATABASE, "update holdfast.payout_item set detail = 'x' where closed_at is null", "HF001");
    }

    @Test
    void what_somebody_has_looked_at_is_not_opened_again_because_the_provider_repeats_it() {
        Outcome odd = new Outcome.Accepted(
                "r1", Particulars.NONE, Evidence.NONE.alert("the status ON_HOLD is not on its table"));
        bench.engine(one.onSend(accepted("r1")).onLookup(odd, odd));
        Payout payout = bench.request("p1");
        bench.run();
        bench.runAfter(Duration.ofMinutes(1), payout);
        PayoutItem item = bench.payouts().items(10, 0).get(0);
        assertThat(item.kind()).isEqualTo(PayoutItem.Kind.UNLISTED_ANSWER);

        bench.payouts().closeItem(item.number(), "They say that it is still under way");
        bench.runAfter(Duration.ofMinutes(5), payout);

        assertThat(one.lookups()).hasSize(2);
        assertThat(bench.payouts().openItems()).isZero();
    }

    private Payout inReview() {
        Payout review = bench.runAfter(Duration.ofSeconds(5), bench.sent(one, timeout()));
        assertThat(review.status()).isEqualTo(PayoutStatus.REVIEW);
        return review;
    }

    private Payout resolved(Resolution resolution) {
        return bench.resolve(inReview(), resolution);
    }
}
