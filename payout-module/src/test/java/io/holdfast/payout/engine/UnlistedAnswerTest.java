package io.holdfast.payout.engine;

import static io.holdfast.payout.engine.Notices.proven;
import static io.holdfast.payout.engine.PayoutBench.accepted;
import static io.holdfast.payout.engine.PayoutBench.succeeded;
import static io.holdfast.payout.engine.PayoutBench.timeout;
import static io.holdfast.payout.engine.PayoutBench.tzs;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.db.testing.TestDatabase;
import io.holdfast.payout.Payout;
import io.holdfast.payout.PayoutItem;
import io.holdfast.payout.PayoutStatus;
import io.holdfast.payout.ReconciliationReport;
import io.holdfast.payout.WebhookReceipt;
import io.holdfast.payout.spi.Evidence;
import io.holdfast.payout.spi.FailureReason;
import io.holdfast.payout.spi.Feature;
import io.holdfast.payout.spi.ListedPayout;
import io.holdfast.payout.spi.Outcome;
import io.holdfast.payout.spi.Particulars;
import io.holdfast.payout.spi.Preparation;
import io.holdfast.payout.spi.Resend;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What a provider says that its documents do not list: the state stays, what it said is kept, and a person is told. */
class UnlistedAnswerTest {

    private static final TestDatabase DATABASE = TestDatabase.create();
    private static final Evidence SAID = Evidence.http(200, "{\"status\":\"on_hold\"}");
    private static final Outcome ON_HOLD = Outcome.Unknown.unlisted("status \"on_hold\" is on no table", SAID);
    private static final String TOLD = "one: status \"on_hold\" is on no table";

    private final PayoutBench bench = new PayoutBench(DATABASE);
    private final ScriptedProvider one = bench.provider("one");

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    @Test
    void a_status_that_answers_a_question_changes_nothing_and_a_person_is_told_once() {
        Payout payout = bench.sent(one, accepted("r1"));
        one.onLookup(ON_HOLD, ON_HOLD, succeeded("r1"));

        assertThat(asked(payout).status()).isEqualTo(PayoutStatus.PROCESSING);
        assertThat(asked(payout).status()).isEqualTo(PayoutStatus.PROCESSING);
        assertTold(payout, TOLD);
        assertThat(bench.payouts().history(payout.id()))
                .anySatisfy(step -> assertThat(step.evidence()).contains("on_hold"));
        bench.assertWallet(13_500, 6_500);

        assertThat(asked(payout).status()).isEqualTo(PayoutStatus.SUCCEEDED);
        bench.assertPaid(100);
        assertTold(payout, TOLD);
    }

    @Test
    void another_status_is_told_beside_the_first() {
        Payout payout = bench.sent(one, accepted("r1"));
        one.onLookup(ON_HOLD, Outcome.Unknown.unlisted("status \"frozen\" is on no table", SAID));

        asked(payout);
        asked(payout);

        assertTold(payout, TOLD, "one: status \"frozen\" is on no table");
    }

    @Test
    void a_create_that_is_answered_with_such_a_status_and_a_reference_is_accepted_and_told() {
        Payout payout = bench.sent(one, new Outcome.Accepted("r1", Particulars.NONE, ON_HOLD.evidence()));

        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.PROCESSING);
        assertTold(payout, TOLD);
    }

    @Test
    void a_rejection_that_only_a_mistake_of_ours_brings_about_releases_and_is_told() {
        Payout payout = bench.sent(
                one,
                new Outcome.Rejected(
                        FailureReason.OTHER,
                        "validation_error",
                        "no",
                        Evidence.http(422, "{}").alert("422 is our mistake")));

        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.FAILED);
        bench.assertNothingPaid();
        assertTold(payout, "one: 422 is our mistake");
    }

    @Test
    void an_answer_that_leaves_a_create_in_doubt_is_told_once_however_often_it_is_sent_again() {
        Outcome conflict = Outcome.Unknown.unlisted("409", Evidence.http(409, "{}"));
        Payout payout = bench.sent(one, conflict);
        one.onSend(conflict);

        assertThat(asked(payout).status()).isEqualTo(PayoutStatus.UNKNOWN);

        assertThat(one.sends()).hasSize(2);
        assertTold(payout, "one: 409");
    }

    @Test
    void what_keeps_a_payout_from_being_prepared_is_told() {
        ScriptedProvider preparing = bench.provider("one", ways -> ways.features(Feature.PREPARATION));
        preparing.onPrepare(() -> new Preparation.Postponed(Optional.empty(), "no quote", ON_HOLD.evidence()));
        bench.engine(preparing);
        Payout payout = bench.request("p1");

        bench.run();

        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.PENDING);
        assertTold(payout, TOLD);
    }

    @Test
    void the_recipient_in_it_is_masked() {
        Payout payout = bench.sent(one, accepted("r1"));
        one.onLookup(Outcome.Unknown.unlisted("\"paid +255712345678, Asha Juma, twice\" is on no table", SAID));

        asked(payout);

        assertThat(bench.payouts().items(10, 0))
                .singleElement()
                .satisfies(item -> assertThat(item.detail())
                        .contains("twice")
                        .doesNotContain("255712345678")
                        .doesNotContain("Asha"));
    }

    @Test
    void a_signed_call_is_told_once_it_is_known_of_which_payout_it_is() {
        bench.engine(one.onSend(timeout(), accepted("r1")));
        Payout payout = bench.request("p1");
        bench.run();
        one.onWebhook("held", proven("d1", ON_HOLD, Optional.of("r1"), Optional.empty(), Particulars.NONE));

        assertThat(bench.receive("one", "held").kind()).isEqualTo(WebhookReceipt.Kind.PARKED);
        assertThat(bench.items()).isEmpty();
        asked(payout);

        assertThat(bench.webhooks().countParked()).isZero();
        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.PROCESSING);
        assertTold(payout, TOLD);
    }

    @Test
    void a_signed_call_that_echoes_our_reference_and_gives_none_is_told() {
        Payout payout = bench.sent(one, accepted("r1"));
        Optional<String> ours = Optional.of(one.instructions().get(0).reference());
        one.onWebhook("held", proven("d1", ON_HOLD, Optional.empty(), ours, Particulars.NONE));

        assertThat(bench.receive("one", "held").kind()).isEqualTo(WebhookReceipt.Kind.APPLIED);

        assertTold(payout, TOLD);
    }

    @Test
    void what_is_found_in_the_list_with_such_a_status_exists_and_is_told() {
        ScriptedProvider listing = listing();
        bench.engine(listing.onSend(timeout()));
        Payout payout = bench.request("p1");
        bench.run();
        lists(listing, ON_HOLD);

        bench.clock.move(Duration.ofMinutes(1));
        bench.run();

        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.PROCESSING);
        assertTold(payout, TOLD);
    }

    @Test
    void what_a_comparison_finds_listed_so_is_told_while_the_payout_is_under_way() {
        ScriptedProvider listing = listing();
        bench.engine(listing.onSend(accepted("r1")));
        Payout payout = bench.request("p1");
        bench.run();
        lists(listing, ON_HOLD);
        Instant now = bench.clock.instant();

        bench.compared("one", now.minus(Duration.ofDays(1)), now.plus(Duration.ofDays(1)));
        bench.compared("one", now.minus(Duration.ofDays(1)), now.plus(Duration.ofDays(1)));

        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.PROCESSING);
        assertTold(payout, TOLD);
    }

    @Test
    void what_a_comparison_finds_listed_as_it_stands_here_is_told_if_a_figure_beside_cannot_be_read() {
        ScriptedProvider listing = listing();
        bench.engine(listing.onSend(succeeded("r1")));
        Payout payout = bench.request("p1");
        bench.run();
        Evidence said = SAID.alert("its fee 100.125 cannot be read as money");
        lists(listing, new Outcome.Succeeded("r1", Particulars.NONE, said));
        Instant now = bench.clock.instant();

        ReconciliationReport report =
                bench.compared("one", now.minus(Duration.ofDays(1)), now.plus(Duration.ofDays(1)));

        assertThat(report.lines())
                .extracting(ReconciliationReport.Line::verdict)
                .containsExactly(ReconciliationReport.Verdict.MATCHED);
        assertTold(payout, "one: its fee 100.125 cannot be read as money");
    }

    @Test
    void what_is_nobodys_stands_in_suspense_with_the_fee_that_cannot_be_read_in_words() {
        ScriptedProvider listing = listing();
        bench.engine(listing);
        Evidence said = SAID.alert("its fee \"100.125, 255712345678\" cannot be read as money");
        Instant now = bench.clock.instant();
        listing.lists(new ListedPayout(
                "x9",
                tzs(5_000),
                Optional.of("+255712345678"),
                now,
                Optional.empty(),
                new Outcome.Succeeded("x9", Particulars.NONE, said)));

        ReconciliationReport report =
                bench.compared("one", now.minus(Duration.ofDays(1)), now.plus(Duration.ofDays(1)));

        bench.assertTotal("liabilities:suspense:one", -5_000);
        String unread = "its fee \"100.125, 255***678\" cannot be read as money, and no fee is booked";
        assertThat(bench.payouts().items(10, 0)).singleElement().satisfies(item -> {
            assertThat(item.kind()).isEqualTo(PayoutItem.Kind.UNEXPLAINED);
            assertThat(item.detail()).endsWith("it stands in suspense; " + unread);
        });
        assertThat(report.lines())
                .singleElement()
                .satisfies(line -> assertThat(line.detail()).endsWith("it stands in suspense; " + unread));
    }

    private ScriptedProvider listing() {
        return bench.provider(
                "one", ways -> ways.resend(Resend.NEVER).features(Feature.LIST, Feature.ECHOES_REFERENCE));
    }

    private void lists(ScriptedProvider listing, Outcome outcome) {
        listing.lists(new ListedPayout(
                "r1",
                tzs(5_000),
                Optional.empty(),
                bench.clock.instant(),
                Optional.of(listing.instructions().get(0).reference()),
                outcome));
    }

    private Payout asked(Payout payout) {
        return bench.runAfter(Duration.ofHours(1), payout);
    }

    private void assertTold(Payout payout, String... details) {
        List<PayoutItem> items = bench.payouts().items(10, 0);
        assertThat(items).extracting(PayoutItem::detail).containsExactly(details);
        assertThat(items)
                .allSatisfy(item -> assertThat(item)
                        .returns(PayoutItem.Kind.UNLISTED_ANSWER, PayoutItem::kind)
                        .returns(Optional.of(payout.id()), PayoutItem::payout));
        bench.assertBooks();
    }
}
