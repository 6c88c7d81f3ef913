package io.holdfast.payout.engine;

import static io.holdfast.payout.engine.PayoutBench.ALICE;
import static io.holdfast.payout.engine.PayoutBench.ASHA;
import static io.holdfast.payout.engine.PayoutBench.accepted;
import static io.holdfast.payout.engine.PayoutBench.rejected;
import static io.holdfast.payout.engine.PayoutBench.succeeded;
import static io.holdfast.payout.engine.PayoutBench.timeout;
import static io.holdfast.payout.engine.PayoutBench.tzs;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.db.testing.TestDatabase;
import io.holdfast.ledger.Wallets;
import io.holdfast.payout.Payout;
import io.holdfast.payout.PayoutItem;
import io.holdfast.payout.PayoutRequest;
import io.holdfast.payout.PayoutStatus;
import io.holdfast.payout.Resolution;
import io.holdfast.payout.spi.Answer;
import io.holdfast.payout.spi.Evidence;
import io.holdfast.payout.spi.FailureReason;
import io.holdfast.payout.spi.Feature;
import io.holdfast.payout.spi.ListPage;
import io.holdfast.payout.spi.ListedPayout;
import io.holdfast.payout.spi.Outcome;
import io.holdfast.payout.spi.Particulars;
import io.holdfast.payout.spi.Recipient;
import io.holdfast.payout.spi.Resend;
import io.holdfast.payout.spi.UnreadPayout;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** How a payout whose answer was lost is found in its provider's list. */
class ListSearchTest {

    private static final TestDatabase DATABASE = TestDatabase.create();
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final String ASHAS = "255712345678";

    private final PayoutBench bench = new PayoutBench(DATABASE);

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    @Test
    void a_payout_found_alone_in_the_providers_list_is_taken_for_ours() {
        Instant sentAt = bench.clock.instant();
        ScriptedProvider one = bench.provider(
                        "one", ways -> ways.resend(Resend.NEVER).features(Feature.LIST))
                .onSend(timeout())
                .lists(listed("r8", 7_000, sentAt))
                .lists(listed("r9", 5_000, sentAt));
        bench.engine(one);
        Payout payout = bench.request("p1");
        bench.run();

        Payout found = bench.runAfter(SOON, payout);

        assertThat(found.status()).isEqualTo(PayoutStatus.SUCCEEDED);
        assertThat(found.providerReference()).contains("r9");
        bench.assertPaid(100);
    }

    @Test
    void two_equal_payouts_to_one_phone_are_never_matched_crosswise() {
        ScriptedProvider one = bench.provider(
                        "one", ways -> ways.resend(Resend.NEVER).features(Feature.LIST))
                .onSend(timeout(), timeout())
                .lists(listed("r9", 5_000, bench.clock.instant()));
        bench.engine(one);
        Payout first = bench.request("p1");
        Payout second = bench.request("p2");
        bench.run();
        bench.run();

        bench.clock.move(SOON);
        bench.run();
        bench.run();

        assertThat(bench.find(first).status()).isEqualTo(PayoutStatus.REVIEW);
        assertThat(bench.find(second).status()).isEqualTo(PayoutStatus.REVIEW);
        assertThat(bench.items()).containsOnly(PayoutItem.Kind.AMBIGUOUS);
        bench.assertWallet(7_000, 13_000);
    }

    @Test
    void our_own_reference_decides_where_the_provider_echoes_it() {
        ScriptedProvider one = bench.provider(
                        "one", ways -> ways.resend(Resend.NEVER).features(Feature.LIST, Feature.ECHOES_REFERENCE))
                .onSend(timeout(), timeout());
        bench.engine(one);
        Payout first = bench.request("p1");
        Payout second = bench.request("p2");
        bench.run();
        bench.run();
        String ours = one.instructions().get(0).reference();
        one.lists(new ListedPayout(
                "r9", tzs(5_000), Optional.empty(), bench.clock.instant(), Optional.of(ours), succeeded("r9")));

        bench.clock.move(SOON);
        bench.run();
        bench.run();

        Payout named = ours.startsWith(first.id().toString()) ? first : second;
        Payout other = named.equals(first) ? second : first;
        assertThat(bench.find(named).status()).isEqualTo(PayoutStatus.SUCCEEDED);
        assertThat(bench.find(other).status()).isEqualTo(PayoutStatus.UNKNOWN);
    }

    @Test
    void absence_from_a_list_proves_nothing() {
        bench.engine(bench.provider("one", ways -> ways.resend(Resend.NEVER).features(Feature.LIST))
                .onSend(timeout()));
        Payout payout = bench.request("p1");
        bench.run();

        assertThat(bench.runAfter(SOON, payout).status()).isEqualTo(PayoutStatus.UNKNOWN);
        assertThat(bench.runAfter(Duration.ofDays(3), payout).status()).isEqualTo(PayoutStatus.REVIEW);

        bench.assertWallet(13_500, 6_500);
    }

    @Test
    void what_went_to_another_phone_or_was_made_at_another_time_is_not_ours() {
        Instant sentAt = bench.clock.instant();
        Payout payout = inDoubt(listing()
                .lists(listed("r1", "255799999999", sentAt))
                .lists(listed("r2", ASHAS, sentAt.minus(Duration.ofMinutes(15)).minusMillis(1)))
                .lists(listed("r3", ASHAS, sentAt.plus(Duration.ofMinutes(15)).plusSeconds(10))));

        assertThat(bench.runAfter(SOON, payout).status()).isEqualTo(PayoutStatus.UNKNOWN);

        bench.assertWallet(13_500, 6_500);
    }

    @Test
    void clocks_may_be_apart_and_an_answer_may_take_its_time() {
        Payout payout = inDoubt(listing()
                .lists(listed(
                        "r3",
                        ASHAS,
                        bench.clock.instant().plus(Duration.ofMinutes(15)).plusSeconds(9))));

        assertThat(bench.runAfter(SOON, payout).status()).isEqualTo(PayoutStatus.SUCCEEDED);
    }

    @Test
    void what_the_last_of_several_sends_brought_about_is_found() {
        Instant sentAt = bench.clock.instant();
        Payout payout = inDoubt(bench.provider(
                        "one",
                        ways -> ways.resend(Resend.within(Duration.ofHours(1))).features(Feature.LIST))
                .lists(listed("r1", ASHAS, sentAt.plus(Duration.ofMinutes(60)))));
        assertThat(bench.runAfter(Duration.ofMinutes(50), payout).status()).isEqualTo(PayoutStatus.UNKNOWN);

        assertThat(bench.runAfter(Duration.ofMinutes(10), payout).status()).isEqualTo(PayoutStatus.SUCCEEDED);
    }

    @Test
    void what_belongs_to_another_payout_is_not_taken_for_this_one() {
        ScriptedProvider one = listing().onSend(accepted("r1"), timeout());
        bench.engine(one.lists(listed("r1", ASHAS, bench.clock.instant())));
        bench.request("p1");
        bench.run();
        Payout payout = bench.request("p2");
        bench.run();

        bench.clock.move(SOON);
        bench.run(100);

        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.UNKNOWN);
    }

    @Test
    void two_that_fit_one_of_ours_are_for_a_person_once() {
        Instant sentAt = bench.clock.instant();
        Payout payout = inDoubt(listing().lists(listed("r1", ASHAS, sentAt)).lists(listed("r2", ASHAS, sentAt)));

        assertThat(bench.runAfter(SOON, payout).status()).isEqualTo(PayoutStatus.REVIEW);
        List<String> path = bench.path(payout);
        bench.runAfter(Duration.ofDays(1), payout);

        assertThat(bench.path(payout)).isEqualTo(path);
        assertThat(bench.items()).containsExactly(PayoutItem.Kind.AMBIGUOUS);
        bench.assertWallet(13_500, 6_500);
    }

    @Test
    void beside_one_that_may_fit_and_cannot_be_read_none_is_taken_for_ours() {
        Instant sentAt = bench.clock.instant();
        ScriptedProvider one = listing().lists(listed("r1", ASHAS, sentAt));
        for (Optional<String> reference : List.of(Optional.of("r2"), Optional.<String>empty())) {
            one.lists(new UnreadPayout(reference, Optional.of(sentAt), "no amount can be read of it"));
        }
        Payout payout = inDoubt(one);

        assertThat(bench.runAfter(SOON, payout).status()).isEqualTo(PayoutStatus.REVIEW);

        assertThat(bench.payouts().items(10, 0)).singleElement().satisfies(item -> {
            assertThat(item.kind()).isEqualTo(PayoutItem.Kind.AMBIGUOUS);
            assertThat(item.detail()).contains("[r1]", "2 of the list cannot be read");
        });
        bench.assertWallet(13_500, 6_500);
    }

    @Test
    void what_cannot_be_read_and_is_of_another_time_or_payout_keeps_ours_from_nothing() {
        ScriptedProvider one = listing().onSend(succeeded("r0"), timeout());
        bench.engine(one);
        bench.request("p0");
        bench.run();
        Instant sentAt = bench.clock.instant();
        one.lists(listed("r1", ASHAS, sentAt));
        one.lists(new UnreadPayout(Optional.of("r0"), Optional.of(sentAt), "no amount can be read of it"));
        one.lists(new UnreadPayout(
                Optional.empty(), Optional.of(sentAt.minus(Duration.ofDays(1))), "no amount can be read of it"));
        Payout payout = bench.request("p1");
        bench.run();

        bench.clock.move(SOON);
        bench.run(10);

        assertThat(bench.find(payout).providerReference()).contains("r1");
    }

    @Test
    void what_is_listed_and_cannot_be_read_is_known_and_asked_about() {
        Payout payout = inDoubt(listing()
                .lists(new ListedPayout(
                        "r1", tzs(5_000), Optional.of(ASHAS), bench.clock.instant(), Optional.empty(), timeout()))
                .onLookup(succeeded("r1")));

        assertThat(bench.runAfter(SOON, payout).status()).isEqualTo(PayoutStatus.PROCESSING);
        assertThat(bench.runAfter(SOON, payout).status()).isEqualTo(PayoutStatus.SUCCEEDED);
    }

    @Test
    void part_of_a_list_proves_nothing() {
        ListPage page = new ListPage(List.of(listed("r1", ASHAS, bench.clock.instant())), Optional.of("more"));
        ScriptedProvider one = listing().onList(List.of(new Answer.Told<>(page)));
        Payout payout = inDoubt(one);

        assertThat(bench.runAfter(SOON, payout).status())
                .as("a list without end")
                .isEqualTo(PayoutStatus.UNKNOWN);
        one.onList(List.of(new Answer.Told<>(page), new Answer.Unavailable<>(Optional.empty(), "busy")));
        assertThat(bench.runAfter(Duration.ofSeconds(15), payout).status()).isEqualTo(PayoutStatus.UNKNOWN);
    }

    @Test
    void only_payouts_that_could_be_the_same_stand_in_the_way() {
        new Wallets(bench.ledger).fund("alice", tzs(100_000), "more");
        ScriptedProvider one = listing()
                .onSend(rejected(FailureReason.DECLINED), accepted("r1"), timeout(), timeout(), timeout())
                .lists(listed("r9", ASHAS, bench.clock.instant()));
        ScriptedProvider two = bench.provider("two", ways -> ways.resend(Resend.NEVER));
        bench.engine(one, two);
        bench.request("rejected");
        bench.run();
        bench.request("known by its reference");
        bench.run();
        bench.payouts()
                .request(PayoutRequest.of("of another amount", ALICE, tzs(5_001), ASHA)
                        .via("one"));
        bench.run();
        Recipient juma = Recipient.MobileMoney.of("+255712345679").named("Juma");
        bench.payouts()
                .request(PayoutRequest.of("to somebody else", ALICE, tzs(5_000), juma)
                        .via("one"));
        bench.run();
        bench.payouts()
                .request(PayoutRequest.of("elsewhere", ALICE, tzs(5_000), ASHA).via("two"));
        bench.run();
        Payout payout = bench.request("p1");
        bench.run();

        bench.clock.move(SOON);
        bench.run(100);

        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.SUCCEEDED);
        assertThat(bench.items()).isEmpty();
    }

    @Test
    void what_people_say_has_failed_is_looked_for_and_taken_back_if_it_was_paid() {
        Instant sentAt = bench.clock.instant();
        ScriptedProvider one = listing();
        Payout payout = saidToHaveFailed(one);
        assertThat(bench.runAfter(Duration.ofDays(1), payout).status()).isEqualTo(PayoutStatus.FAILED);
        bench.assertNothingPaid();
        one.lists(listed("r9", ASHAS, sentAt));

        Payout late = bench.runAfter(Duration.ofDays(2), payout);

        assertThat(late.late()).isTrue();
        assertThat(late.providerReference()).contains("r9");
        bench.assertPaid(100);
        assertThat(bench.items()).containsExactly(PayoutItem.Kind.LATE_SUCCESS);
    }

    @Test
    void it_is_looked_for_no_more_once_thirty_days_are_over() {
        ScriptedProvider one = listing();
        Payout payout = saidToHaveFailed(one);
        int steps = bench.payouts().history(payout.id()).size();

        for (int day = 1; day <= 45; day++) {
            bench.runAfter(Duration.ofDays(1), payout);
        }

        assertThat(bench.payouts().history(payout.id())).hasSize(steps + 4);
        bench.assertNothingPaid();
    }

    @Test
    void what_people_say_has_failed_and_another_in_doubt_are_not_matched_crosswise() {
        assertNotMatchedCrosswise(Resolution.failed("The provider's support says so"));

        bench.assertWallet(13_500, 6_500);
    }

    @Test
    void nor_are_what_people_say_was_paid_and_another_in_doubt() {
        assertNotMatchedCrosswise(Resolution.succeeded("Statement of 3 March").fee(tzs(100)));

        bench.assertWallet(7_000, 6_500);
    }

    private void assertNotMatchedCrosswise(Resolution said) {
        ScriptedProvider one = listing().onSend(timeout(), timeout());
        bench.engine(one);
        Payout first = bench.request("p1");
        bench.run();
        bench.runAfter(Duration.ofDays(3), first);
        one.lists(listed("r9", ASHAS, bench.clock.instant()));
        Payout second = bench.request("p2");
        bench.run();
        bench.resolve(first, said);

        bench.clock.move(SOON);
        bench.run(1);

        assertThat(bench.find(second).status()).isEqualTo(PayoutStatus.REVIEW);
        assertThat(bench.items()).containsExactly(PayoutItem.Kind.AMBIGUOUS);
    }

    private Payout saidToHaveFailed(ScriptedProvider one) {
        Payout payout = inDoubt(one);
        assertThat(bench.runAfter(Duration.ofDays(3), payout).status()).isEqualTo(PayoutStatus.REVIEW);
        bench.resolve(payout, Resolution.failed("The provider's support says so"));
        return payout;
    }

    private ScriptedProvider listing() {
        return bench.provider("one", ways -> ways.resend(Resend.NEVER).features(Feature.LIST));
    }

    /** Returns a payout whose send is not answered. */
    private Payout inDoubt(ScriptedProvider one) {
        bench.engine(one);
        Payout payout = bench.request("p1");
        bench.run();
        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.UNKNOWN);
        return payout;
    }

    private static ListedPayout listed(String reference, String phone, Instant createdAt) {
        return new ListedPayout(
                reference,
                tzs(5_000),
                Optional.of(phone),
                createdAt,
                Optional.empty(),
                new Outcome.Succeeded(reference, Particulars.NONE.chargedFee(tzs(100)), Evidence.NONE));
    }

    private static ListedPayout listed(String reference, long amount, Instant createdAt) {
        return new ListedPayout(
                reference,
                tzs(amount),
                Optional.of("255712345678"),
                createdAt,
                Optional.empty(),
                new Outcome.Succeeded(reference, Particulars.NONE.chargedFee(tzs(100)), Evidence.NONE));
    }
}
