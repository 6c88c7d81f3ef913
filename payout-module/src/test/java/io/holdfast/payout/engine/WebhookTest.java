package io.holdfast.payout.engine;

import static io.holdfast.payout.engine.Guarded.assertGuarded;
import static io.holdfast.payout.engine.Guarded.execute;
import static io.holdfast.payout.engine.Notices.proven;
import static io.holdfast.payout.engine.PayoutBench.ALICE;
import static io.holdfast.payout.engine.PayoutBench.ASHA;
import static io.holdfast.payout.engine.PayoutBench.TZS;
import static io.holdfast.payout.engine.PayoutBench.accepted;
import static io.holdfast.payout.engine.PayoutBench.failed;
import static io.holdfast.payout.engine.PayoutBench.rejected;
import static io.holdfast.payout.engine.PayoutBench.succeeded;
import static io.holdfast.payout.engine.PayoutBench.timeout;
import static io.holdfast.payout.engine.PayoutBench.tzs;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.db.testing.TestDatabase;
import io.holdfast.ledger.Account;
import io.holdfast.ledger.Currency;
import io.holdfast.ledger.Money;
import io.holdfast.payout.AttemptState;
import io.holdfast.payout.Payout;
import io.holdfast.payout.PayoutItem;
import io.holdfast.payout.PayoutRequest;
import io.holdfast.payout.PayoutStatus;
import io.holdfast.payout.PayoutTransition;
import io.holdfast.payout.PayoutTransition.Verdict;
import io.holdfast.payout.Route;
import io.holdfast.payout.WebhookReceipt;
import io.holdfast.payout.WebhookReceipt.Kind;
import io.holdfast.payout.spi.Channel;
import io.holdfast.payout.spi.FailureReason;
import io.holdfast.payout.spi.Outcome;
import io.holdfast.payout.spi.Particulars;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class WebhookTest {

    private static final TestDatabase DATABASE = TestDatabase.create();

    private final PayoutBench bench = new PayoutBench(DATABASE);
    private final ScriptedProvider one = bench.provider("one");

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    @Test
    void a_signed_success_settles_the_payout_once_however_often_it_is_delivered() {
        Payout payout = processing();
        one.onWebhook("paid", proven("d1", succeeded("r1")));

        WebhookReceipt first = bench.receive("one", "paid");
        WebhookReceipt copy = bench.receive("one", "paid");

        assertThat(first).returns(Kind.APPLIED, WebhookReceipt::kind).returns(200, WebhookReceipt::httpStatus);
        assertThat(first.payout()).contains(payout.id());
        assertThat(copy).returns(Kind.DUPLICATE, WebhookReceipt::kind).returns(true, WebhookReceipt::isAccepted);
        bench.assertPaid(100);
        bench.assertBooks();
        List<PayoutTransition> history = bench.payouts().history(payout.id());
        assertThat(history.get(history.size() - 1))
                .returns(PayoutTransition.Cause.WEBHOOK, PayoutTransition::cause)
                .returns(Verdict.CHANGED, PayoutTransition::verdict);
        assertThat(bench.path(payout)).containsExactly("PENDING", "SENDING", "PROCESSING", "SUCCEEDED");
    }

    @Test
    void copies_that_arrive_at_once_count_once() throws Exception {
        Payout payout = processing();
        one.onWebhook("paid", proven("d1", succeeded("r1")));
        ExecutorService pool = Executors.newFixedThreadPool(8);
        List<Kind> kinds = new ArrayList<>();
        try {
            Callable<WebhookReceipt> deliver = () -> bench.receive("one", "paid");
            for (Future<WebhookReceipt> receipt : pool.invokeAll(Collections.nCopies(8, deliver))) {
                kinds.add(receipt.get().kind());
            }
        } finally {
            pool.shutdownNow();
        }

        assertThat(kinds).containsOnlyOnce(Kind.APPLIED).containsOnly(Kind.APPLIED, Kind.DUPLICATE);
        assertThat(bench.payouts().history(payout.id()))
                .filteredOn(step -> step.cause() == PayoutTransition.Cause.WEBHOOK)
                .hasSize(1);
        bench.assertPaid(100);
    }

    @Test
    void a_webhook_before_the_create_response_waits_for_its_reference() {
        List<Kind> kinds = new ArrayList<>();
        one.onWebhook("paid", proven("d1", succeeded("r1"))).onSendDo(() -> {
            kinds.add(bench.receive("one", "paid").kind());
            return accepted("r1");
        });
        bench.engine(one);
        Payout payout = bench.request("p1");

        bench.run();

        assertThat(kinds).containsExactly(Kind.PARKED);
        assertThat(bench.path(payout)).containsExactly("PENDING", "SENDING", "PROCESSING", "SUCCEEDED");
        bench.assertPaid(100);
        assertThat(bench.receive("one", "paid").kind()).isEqualTo(Kind.DUPLICATE);
    }

    @Test
    void a_webhook_that_echoes_our_reference_settles_before_the_create_response_and_whatever_that_is() {
        bench.engine(one);
        Payout payout = bench.request("p1");
        one.onWebhook("paid", proven("d1", succeeded("r1"), payout.id() + "-1")).onSendDo(() -> {
            assertThat(bench.receive("one", "paid").kind()).isEqualTo(Kind.APPLIED);
            return timeout();
        });

        bench.run();

        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.SUCCEEDED);
        assertThat(bench.find(payout).providerReference()).contains("r1");
        bench.assertPaid(100);
    }

    @Test
    void a_failure_while_the_send_is_under_way_releases_nothing_until_the_send_is_accounted_for() {
        bench.engine(one);
        Payout payout = bench.request("p1");
        one.onWebhook("failed", proven("d1", failed("r1"), payout.id() + "-1"))
                .onSendDo(() -> {
                    bench.receive("one", "failed");
                    bench.assertWallet(13_500, 6_500);
                    return timeout();
                })
                .onLookup(failed("r1"));

        bench.run();
        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.UNKNOWN);
        bench.runAfter(Duration.ofSeconds(5), payout);

        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.FAILED);
        bench.assertNothingPaid();
    }

    @Test
    void a_late_webhook_overwrites_no_terminal_state() {
        Payout payout = processing();
        one.onWebhook("paid", proven("d1", succeeded("r1")));
        one.onWebhook("pending", proven("d2", accepted("r1")));
        one.onWebhook("who knows", proven("d3", timeout(), Optional.of("r1"), Optional.empty(), Particulars.NONE));
        bench.receive("one", "paid");

        bench.receive("one", "pending");
        bench.receive("one", "who knows");

        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.SUCCEEDED);
        assertThat(bench.payouts().history(payout.id()))
                .extracting(PayoutTransition::verdict)
                .endsWith(Verdict.CHANGED, Verdict.STALE, Verdict.NO_NEWS);
        bench.assertPaid(100);
        bench.assertBooks();
    }

    @Test
    void the_failure_of_attempt_1_does_not_reverse_the_success_of_attempt_2() {
        one.onSend(rejected(FailureReason.PROVIDER_DISABLED));
        ScriptedProvider two = bench.provider("two").onSend(succeeded("r2"));
        bench.engine(builder -> builder.routes(List.of(Route.of(TZS, Channel.MOBILE_MONEY, "one", "two"))), one, two);
        Payout payout = bench.payouts().request(PayoutRequest.of("p1", ALICE, tzs(5_000), ASHA));
        bench.run();
        bench.run();
        one.onWebhook("failed", proven("d1", failed("r1"), payout.id() + "-1"));

        WebhookReceipt receipt = bench.receive("one", "failed");

        assertThat(receipt.kind()).isEqualTo(Kind.APPLIED);
        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.SUCCEEDED);
        assertThat(bench.find(payout).attempts())
                .extracting(attempt -> attempt.state())
                .containsExactly(AttemptState.FAILED, AttemptState.SETTLED);
        bench.assertWallet(13_500, 0);
        bench.assertTotal("assets:providers:two:float", -5_100);
        bench.assertBooks();
    }

    @Test
    void two_equal_payouts_are_not_matched_crosswise() {
        one.onSend(accepted("r1"), accepted("r2")).onWebhook("paid", proven("d1", succeeded("r2")));
        bench.engine(one);
        Payout first = bench.request("p1");
        bench.run();
        Payout second = bench.request("p2");
        bench.run();

        bench.receive("one", "paid");

        assertThat(bench.find(first).status()).isEqualTo(PayoutStatus.PROCESSING);
        assertThat(bench.find(second).status()).isEqualTo(PayoutStatus.SUCCEEDED);
        bench.assertWallet(7_000, 6_500);
    }

    @Test
    void another_amount_currency_or_recipient_is_for_a_person_whatever_the_outcome() {
        Currency kes = Currency.of("KES");
        assertMismatch("d1", failed("r1"), Particulars.NONE.amount(tzs(500_000)));
        assertMismatch("d2", succeeded("r2"), Particulars.NONE.amount(Money.of(kes, "5000")));
        assertMismatch("d3", succeeded("r3"), Particulars.NONE.recipient("+255799999999"));
    }

    @Test
    void a_delivery_whose_taking_up_was_cut_off_is_taken_up_by_the_processor() throws SQLException {
        one.onWebhook("paid", proven("d1", succeeded("r1"))).onSend(timeout());
        bench.engine(one);
        Payout payout = bench.request("p1");
        bench.run();
        assertThat(bench.receive("one", "paid").kind()).isEqualTo(Kind.PARKED);
        execute(
                DATABASE,
                "insert into holdfast.payout_reference select ledger_id, provider, 'r1', payout_id, 1, now()"
                        + " from holdfast.payout_attempt where payout_id = '" + payout.id() + "'");

        bench.run();

        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.SUCCEEDED);
        bench.assertPaid(100);
    }

    @Test
    void what_the_ledger_does_not_take_is_an_item_and_asked_about_again() {
        Payout payout = processing();
        bench.ledger.close(Account.of("revenue:payout-fees", TZS));
        one.onWebhook("paid", proven("d1", succeeded("r1"))).onLookup(succeeded("r1"));

        bench.receive("one", "paid");

        assertThat(bench.items()).containsExactly(PayoutItem.Kind.NOT_BOOKED);
        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.PROCESSING);
        bench.assertWallet(13_500, 6_500);
        bench.assertBooks();
    }

    @Test
    void what_a_delivery_said_never_changes() {
        processing();
        one.onWebhook("paid", proven("d1", succeeded("r1"))).onWebhook("other", proven("d2", succeeded("r9")));
        bench.receive("one", "paid");
        bench.receive("one", "other");

        assertGuarded(
                DATABASE, "update holdfast.payout_webhook set outcome = 'FAILED' where applied_at is null", "HF001");
        assertGuarded(
                DATABASE,
                "update holdfast.payout_webhook set applied_at = now() where applied_at is not null",
                "HF001");
        assertGuarded(DATABASE, "delete from holdfast.payout_webhook", "HF001");
        assertGuarded(DATABASE, "truncate holdfast.payout_webhook", "HF001");
        assertGuarded(
                DATABASE,
                "insert into holdfast.payout_webhook (ledger_id, provider, delivery, received_at, outcome, detail, evidence)"
                        + " select ledger_id, provider, delivery, now(), 'FAILED', '', '' from holdfast.payout_webhook",
                "23505");
    }

    @Test
    @SuppressWarnings({"NullAway", "DataFlowIssue"})
    void a_call_of_which_the_adapter_makes_nothing_is_refused() {
        processing();
        one.onWebhook("null", () -> null)
                .onWebhook(
                        "other",
                        () -> proven("d1", succeeded("r1"), Optional.of("r2"), Optional.empty(), Particulars.NONE));

        assertThat(bench.receive("one", "null").kind()).isEqualTo(Kind.REFUSED);
        assertThat(bench.receive("one", "other").kind()).isEqualTo(Kind.REFUSED);
        assertThat(bench.webhooks().countParked()).isZero();
    }

    private Payout processing() {
        one.onSend(accepted("r1"));
        bench.engine(one);
        Payout payout = bench.request("p1");
        bench.run();
        return payout;
    }

    private void assertMismatch(String id, Outcome outcome, Particulars told) {
        String reference = "r" + id.substring(1);
        one.onSend(accepted(reference))
                .onWebhook(id, proven(id, outcome, Optional.of(reference), Optional.empty(), told));
        bench.engine(one);
        Payout payout = bench.payouts()
                .request(PayoutRequest.of("p-" + id, ALICE, tzs(1_000), ASHA).via("one"));
        bench.run();

        bench.receive("one", id);

        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.REVIEW);
        assertThat(bench.items()).contains(PayoutItem.Kind.MISMATCH);
        assertThat(bench.ledger.balance(ALICE).held()).isGreaterThanOrEqualTo(tzs(2_500));
        bench.assertBooks();
    }
}
