package io.holdfast.payout.engine;

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
import io.holdfast.payout.AttemptState;
import io.holdfast.payout.Payout;
import io.holdfast.payout.PayoutItem;
import io.holdfast.payout.PayoutRequest;
import io.holdfast.payout.PayoutStatus;
import io.holdfast.payout.Route;
import io.holdfast.payout.WebhookReceipt;
import io.holdfast.payout.spi.Channel;
import io.holdfast.payout.spi.Evidence;
import io.holdfast.payout.spi.FailureReason;
import io.holdfast.payout.spi.Feature;
import io.holdfast.payout.spi.ListedPayout;
import io.holdfast.payout.spi.Outcome;
import io.holdfast.payout.spi.Particulars;
import io.holdfast.payout.spi.PayoutInstruction;
import io.holdfast.payout.spi.Recipient;
import io.holdfast.payout.spi.Resend;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/**
 * What other systems have lost money by, a test for each. Those that begin on the wire are in a test of the same name beside
 * the adapters.
 */
class HazardsTest {

    private static final TestDatabase DATABASE = TestDatabase.create();
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final Duration DAY = Duration.ofDays(1);

    private final PayoutBench bench = new PayoutBench(DATABASE);

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    @Test
    void a_timeout_is_not_taken_as_a_failure_and_the_next_batch_does_not_pay_again() {
        ScriptedProvider one = bench.provider("one").onSend(timeout(), succeeded("r1"));
        bench.engine(one);
        Payout payout = bench.request("p1");

        bench.run();
        bench.assertWallet(13_500, 6_500);
        Payout again = bench.request("p1");
        bench.run();

        assertThat(again.id()).isEqualTo(payout.id());
        assertThat(again.status()).isEqualTo(PayoutStatus.UNKNOWN);
        assertThat(one.sends()).hasSize(1);
        bench.runAfter(SOON, payout);
        bench.assertPaid(100);
    }

    @Test
    void a_retry_does_not_use_a_fresh_key() {
        ScriptedProvider one = bench.provider("one")
                .onSend(new Outcome.NotSent("refused"), timeout(), timeout(), new Outcome.NotSent("refused"))
                .onSend(succeeded("r1"));
        bench.engine(one);
        Payout payout = bench.request("p1");

        for (int send = 0; send < 5; send++) {
            bench.run();
            bench.clock.move(Duration.ofMinutes(6));
        }

        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.SUCCEEDED);
        assertThat(one.instructions()).hasSize(5);
        assertThat(one.instructions().stream().map(PayoutInstruction::key).distinct())
                .hasSize(1);
        assertThat(new HashSet<>(one.sends())).hasSize(1);
        bench.assertPaid(100);
    }

    @Test
    void a_timeout_does_not_fail_over() {
        ScriptedProvider one =
                bench.provider("one", ways -> ways.resend(Resend.NEVER)).onSend(timeout());
        ScriptedProvider two = bench.provider("two").onSend(succeeded("r2"));
        Payout payout = routed(one, two);

        for (int day = 0; day < 5; day++) {
            bench.run();
            bench.clock.move(DAY);
        }

        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.REVIEW);
        assertThat(one.sends()).hasSize(1);
        assertThat(two.sends()).isEmpty();
        bench.assertWallet(13_500, 6_500);
    }

    @Test
    void the_rejection_of_a_resend_is_not_taken_as_the_rejection_of_the_payout() {
        ScriptedProvider one =
                bench.provider("one").onSend(timeout(), rejected(FailureReason.PROVIDER_DISABLED), accepted("r1"));
        ScriptedProvider two = bench.provider("two").onSend(succeeded("r2"));
        Payout payout = routed(one, two);
        bench.run();

        assertThat(bench.runAfter(SOON, payout).status()).isEqualTo(PayoutStatus.UNKNOWN);

        bench.assertWallet(13_500, 6_500);
        assertThat(bench.runAfter(Duration.ofSeconds(15), payout).status()).isEqualTo(PayoutStatus.PROCESSING);
        assertThat(two.sends()).isEmpty();
    }

    @Test
    void what_is_given_back_is_not_repeated_either() {
        ScriptedProvider one = bench.provider("one")
                .onSend(accepted("r1"))
                .onWebhook("failed", proven("d1", failed("r1")))
                .onWebhook("failed once more", proven("d2", failed("r1")))
                .onLookup(failed("r1"));
        bench.engine(one);
        Payout payout = bench.request("p1");
        bench.run();

        bench.receive("one", "failed");
        bench.receive("one", "failed");
        bench.receive("one", "failed once more");
        bench.runAfter(DAY, payout);
        bench.apply(payout, 1, failed("r1"));

        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.FAILED);
        assertThat(bench.find(payout).entries()).hasSize(2);
        bench.assertNothingPaid();
    }

    @Test
    void a_lookup_does_not_mix_up_attempts() {
        ScriptedProvider one = bench.provider("one").onSend(rejected(FailureReason.PROVIDER_DISABLED));
        ScriptedProvider two = bench.provider("two").onSend(accepted("r2")).onLookup(accepted("r2"));
        Payout payout = routed(one, two);
        bench.run();
        bench.run();

        bench.runAfter(SOON, payout);
        bench.apply(payout, 1, failed("r1"));

        assertThat(one.lookups()).isEmpty();
        assertThat(two.lookups()).containsExactly("r2");
        assertThat(two.instructions()).extracting(PayoutInstruction::reference).containsExactly(payout.id() + "-2");
        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.PROCESSING);
        assertThat(bench.find(payout).attempts())
                .extracting(attempt -> attempt.state())
                .containsExactly(AttemptState.FAILED, AttemptState.OPEN);
        bench.assertWallet(13_500, 6_500);
    }

    @Test
    void a_late_webhook_does_not_overwrite_how_a_payout_ended() {
        ScriptedProvider one = bench.provider("one")
                .onSend(succeeded("r1"), failed("r2"))
                .onWebhook("pending", proven("d1", accepted("r1")))
                .onWebhook("pending too", proven("d2", accepted("r2")));
        bench.engine(one);
        Payout paid = bench.request("p1");
        bench.run();
        Payout failed = bench.request("p2");
        bench.run();

        bench.receive("one", "pending");
        bench.receive("one", "pending too");

        assertThat(bench.find(paid).status()).isEqualTo(PayoutStatus.SUCCEEDED);
        assertThat(bench.find(failed).status()).isEqualTo(PayoutStatus.FAILED);
        bench.assertPaid(100);
        bench.assertBooks();
    }

    @Test
    void the_failure_of_attempt_1_does_not_reverse_the_success_of_attempt_2() {
        ScriptedProvider one = bench.provider("one").onSend(rejected(FailureReason.PROVIDER_DISABLED));
        ScriptedProvider two = bench.provider("two").onSend(succeeded("r2"));
        Payout payout = routed(one, two);
        bench.run();
        bench.run();

        bench.apply(payout, 1, failed("r1"));
        bench.apply(payout, 1, failed("r1"));

        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.SUCCEEDED);
        bench.assertWallet(13_500, 0);
        bench.assertTotal("assets:providers:two:float", -5_100);
        assertThat(bench.items()).isEmpty();
    }

    @Test
    void a_webhook_before_the_create_response_is_not_lost() {
        ScriptedProvider one = bench.provider("one").onWebhook("paid", proven("d1", succeeded("r1")));
        one.onSendDo(() -> {
            assertThat(bench.receive("one", "paid").kind()).isEqualTo(WebhookReceipt.Kind.PARKED);
            return accepted("r1");
        });
        bench.engine(one);
        Payout payout = bench.request("p1");

        bench.run();

        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.SUCCEEDED);
        bench.assertPaid(100);
    }

    @Test
    void a_provider_that_retries_behind_our_back_with_another_operator_is_not_overlooked() {
        Outcome.Succeeded risky = new Outcome.Succeeded(
                "r1",
                Particulars.NONE.chargedFee(tzs(100)).risk("First operator timed out, retried with second"),
                Evidence.http(200, "{}"));
        ScriptedProvider one = bench.provider("one").onSend(risky);
        bench.engine(one);
        Payout payout = bench.request("p1");

        bench.run();

        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.SUCCEEDED);
        bench.assertPaid(100);
        assertThat(bench.items()).containsExactly(PayoutItem.Kind.SECOND_OPERATOR);
        bench.apply(payout, 1, succeeded("r2"));
        assertThat(bench.items()).contains(PayoutItem.Kind.SUSPENSE);
        bench.assertTotal("liabilities:suspense:one", -5_100);
        bench.assertWallet(13_500, 0);
    }

    @Test
    void a_retry_does_not_execute_again_once_the_keys_window_is_over() {
        ScriptedProvider one =
                bench.provider("one", ways -> ways.resend(Resend.within(DAY))).onSend(timeout(), timeout());
        bench.engine(one);
        Payout payout = bench.request("p1");
        bench.run();
        bench.runAfter(Duration.ofHours(23), payout);
        assertThat(one.sends()).hasSize(2);

        bench.runAfter(Duration.ofHours(2), payout);
        for (int day = 0; day < 5; day++) {
            bench.runAfter(DAY, payout);
        }

        assertThat(one.sends()).hasSize(2);
        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.REVIEW);
        bench.assertWallet(13_500, 6_500);
    }

    @Test
    void two_equal_payouts_to_one_phone_are_not_matched_crosswise() {
        ScriptedProvider one = bench.provider(
                        "one", ways -> ways.resend(Resend.NEVER).features(Feature.LIST))
                .onSend(timeout(), timeout())
                .lists(new ListedPayout(
                        "r1",
                        tzs(5_000),
                        Optional.of("+255712345678"),
                        bench.clock.instant(),
                        Optional.empty(),
                        succeeded("r1")));
        bench.engine(one);
        Payout first = bench.request("p1");
        bench.run();
        Payout second = bench.request("p2");
        bench.run();

        bench.runAfter(SOON, first);
        bench.runAfter(SOON, second);

        assertThat(List.of(bench.find(first).status(), bench.find(second).status()))
                .containsOnly(PayoutStatus.REVIEW);
        assertThat(bench.items()).containsOnly(PayoutItem.Kind.AMBIGUOUS);
        bench.assertWallet(7_000, 13_000);
    }

    @Test
    void two_equal_payouts_to_one_account_written_in_two_ways_are_not_matched_crosswise() {
        ScriptedProvider one = bench.provider(
                        "one",
                        ways -> ways.channels(Channel.BANK).resend(Resend.NEVER).features(Feature.LIST))
                .onSend(timeout(), timeout())
                .lists(new ListedPayout(
                        "r1",
                        tzs(5_000),
                        Optional.of("0150123456"),
                        bench.clock.instant(),
                        Optional.empty(),
                        succeeded("r1")));
        bench.engine(one);
        Payout first = bench.payouts().request(toAccount("p1", "0150-123-456"));
        bench.run();
        Payout second = bench.payouts().request(toAccount("p2", "0150123456"));
        bench.run();

        bench.runAfter(SOON, first);
        bench.runAfter(SOON, second);

        assertThat(List.of(bench.find(first).status(), bench.find(second).status()))
                .containsOnly(PayoutStatus.REVIEW);
        assertThat(bench.items()).containsOnly(PayoutItem.Kind.AMBIGUOUS);
        bench.assertWallet(7_000, 13_000);
    }

    private static PayoutRequest toAccount(String key, String account) {
        return PayoutRequest.of(key, ALICE, tzs(5_000), new Recipient.BankAccount("CRDB", account, "Asha"))
                .via("one");
    }

    @Test
    void a_hundredfold_amount_is_neither_sent_nor_believed() {
        ScriptedProvider one = bench.provider("one")
                .onSend(accepted("r1"))
                .onLookup(new Outcome.Succeeded(
                        "r1", Particulars.NONE.amount(tzs(500_000)), Evidence.http(200, "{\"amount\":500000}")));
        bench.engine(one);
        Payout payout = bench.request("p1");
        bench.run();

        Payout review = bench.runAfter(SOON, payout);

        assertThat(one.sends())
                .singleElement()
                .satisfies(create -> assertThat(new String(create.body(), StandardCharsets.UTF_8))
                        .contains("\"amount\":5000,"));
        assertThat(review.status()).isEqualTo(PayoutStatus.REVIEW);
        assertThat(bench.items()).containsExactly(PayoutItem.Kind.MISMATCH);
        bench.assertWallet(13_500, 6_500);
    }

    /** Requests a payout by one provider and, where that refuses, another. */
    private Payout routed(ScriptedProvider one, ScriptedProvider two) {
        bench.engine(builder -> builder.routes(List.of(Route.of(TZS, Channel.MOBILE_MONEY, "one", "two"))), one, two);
        return bench.payouts().request(PayoutRequest.of("p1", ALICE, tzs(5_000), ASHA));
    }
}
