package io.holdfast.payout.engine;

import static io.holdfast.payout.engine.Notices.proven;
import static io.holdfast.payout.engine.PayoutBench.ASHA;
import static io.holdfast.payout.engine.PayoutBench.TZS;
import static io.holdfast.payout.engine.PayoutBench.accepted;
import static io.holdfast.payout.engine.PayoutBench.succeeded;
import static io.holdfast.payout.engine.PayoutBench.timeout;
import static io.holdfast.payout.engine.PayoutBench.tzs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.holdfast.db.testing.TestDatabase;
import io.holdfast.payout.Payout;
import io.holdfast.payout.PayoutRefusedException;
import io.holdfast.payout.PayoutStatus;
import io.holdfast.payout.PayoutTransition;
import io.holdfast.payout.ProviderQuestions;
import io.holdfast.payout.WebhookReceipt;
import io.holdfast.payout.spi.Answer;
import io.holdfast.payout.spi.Environment;
import io.holdfast.payout.spi.Evidence;
import io.holdfast.payout.spi.Feature;
import io.holdfast.payout.spi.ListedPayout;
import io.holdfast.payout.spi.Outcome;
import io.holdfast.payout.spi.Particulars;
import io.holdfast.payout.spi.WebhookNotice;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Test and live money are kept apart, whatever key is configured later. */
class EnvironmentTest {

    private static final TestDatabase DATABASE = TestDatabase.create();

    private final PayoutBench bench = new PayoutBench(DATABASE);
    private final ScriptedProvider test = bench.provider("one", ways -> ways.environment(Environment.TEST));
    private final ScriptedProvider live = bench.provider("one", ways -> ways.environment(Environment.LIVE));

    private final List<String> asked = new ArrayList<>();

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    @Test
    void providers_of_both_environments_do_not_come_together() {
        ScriptedProvider two = bench.provider("two", ways -> ways.environment(Environment.LIVE));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> bench.newEngine(builder -> builder, test, two))
                .withMessageContaining("{TEST=[one], LIVE=[two]}");
        assertThat(bench.newEngine(builder -> builder, live, two)).isNotNull();
    }

    @Test
    void what_was_sent_to_try_out_is_never_sent_again_to_pay() {
        bench.engine(test.onSend(timeout()));
        Payout payout = bench.request("p1");
        bench.run();
        bench.engine(live.onSend(succeeded("r1")));

        for (int hour = 0; hour < 3; hour++) {
            assertThat(bench.runAfter(Duration.ofHours(1), payout).status()).isEqualTo(PayoutStatus.UNKNOWN);
        }

        assertThat(live.sends()).isEmpty();
        bench.assertWallet(13_500, 6_500);
        bench.engine(test.onSend(succeeded("r1")));
        assertThat(bench.runAfter(Duration.ofHours(7), payout).status()).isEqualTo(PayoutStatus.SUCCEEDED);
    }

    @Test
    void what_is_live_is_not_asked_about_where_nothing_is_paid() {
        bench.engine(live.onSend(accepted("r1")));
        Payout payout = bench.request("p1");
        bench.run();
        bench.engine(test.onLookup(succeeded("r1")));

        assertThat(bench.runAfter(Duration.ofMinutes(1), payout).status()).isEqualTo(PayoutStatus.PROCESSING);

        assertThat(test.lookups()).isEmpty();
        bench.assertWallet(13_500, 6_500);
    }

    @Test
    void what_is_new_waits_and_says_why() {
        bench.engine(live.onSend(succeeded("r1")));
        bench.request("p1");
        bench.run();
        bench.engine(test.onSend(succeeded("r2")));
        Payout payout = bench.request("p2");

        bench.run();

        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.PENDING);
        assertThat(bench.payouts().history(payout.id()))
                .extracting(PayoutTransition::detail)
                .contains(
                        "Provider one is configured for TEST, and this ledger's payouts by it are LIVE: configure it so,"
                                + " or use another ledger");
        assertThat(test.sends()).isEmpty();
    }

    @Test
    void a_call_of_the_test_environment_settles_nothing_that_is_live() {
        bench.engine(live.onSend(accepted("r1")));
        Payout payout = bench.request("p1");
        bench.run();
        bench.engine(test.onWebhook("paid", proven("d1", succeeded("r1"))));

        WebhookReceipt receipt = bench.receive("one", "paid");

        assertThat(receipt.kind()).isEqualTo(WebhookReceipt.Kind.REFUSED);
        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.PROCESSING);
        assertThat(bench.webhooks().countParked()).isZero();
        bench.assertWallet(13_500, 6_500);
    }

    @Test
    void a_list_of_test_money_is_not_even_asked_for_where_payouts_are_live() {
        bench.engine(live.onSend(succeeded("r1")));
        bench.request("p1");
        bench.run();
        bench.engine(test.lists(tried("t1")).onListWait(() -> asked.add("list")));

        assertThatExceptionOfType(PayoutRefusedException.class)
                .isThrownBy(this::reconcile)
                .withMessageContaining("one is configured for TEST, and this ledger's payouts by it are LIVE")
                .satisfies(refused -> assertThat(refused.refusal().code()).isEqualTo("OTHER_ENVIRONMENT"));

        assertThat(asked).isEmpty();
        bench.assertPaid(100);
        bench.assertTotal("liabilities:suspense:one", 0);
    }

    @Test
    void a_list_that_is_compared_settles_what_environment_a_ledger_is_of() {
        bench.engine(test.lists(tried("t1")));
        reconcile();
        bench.engine(live);

        assertThatExceptionOfType(PayoutRefusedException.class)
                .isThrownBy(this::reconcile)
                .withMessageContaining("one is configured for LIVE, and this ledger's payouts by it are TEST");
    }

    @Test
    void neither_float_nor_fee_nor_availability_of_test_money_is_told_where_payouts_are_live() {
        bench.engine(live.onSend(succeeded("r1")));
        bench.request("p1");
        bench.run();
        bench.engine(
                bench.provider("one", ways -> ways.environment(Environment.TEST).features(Feature.FEE))
                        .onFee(amount -> {
                            asked.add("fee");
                            return new Answer.NotOffered<>();
                        }));
        ProviderQuestions questions = bench.providerQuestions();

        assertThat(List.of(
                        questions.balance("one", TZS),
                        questions.availability("one"),
                        questions.fee("one", tzs(5_000), ASHA)))
                .containsOnly(new Answer.Unavailable<>(
                        Optional.empty(),
                        "Provider one is configured for TEST, and this ledger's payouts by it are LIVE: configure it so, or"
                                + " use another ledger"));
        assertThat(asked).isEmpty();
    }

    @Test
    void asking_for_the_float_leaves_open_what_environment_a_ledger_is_of() {
        bench.engine(test);
        assertThat(bench.providerQuestions().balance("one", TZS)).isEqualTo(new Answer.NotOffered<>());
        bench.engine(live.onSend(succeeded("r1")));
        Payout payout = bench.request("p1");

        bench.run();

        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.SUCCEEDED);
    }

    @Test
    void a_call_that_nobody_signed_leaves_open_what_environment_a_ledger_is_of() {
        bench.engine(test.onWebhook("hint", WebhookNotice.Hint.at("t1"))
                .onWebhook("other", new WebhookNotice.Unrelated("collection.paid")));
        assertThat(bench.receive("one", "hint").kind()).isEqualTo(WebhookReceipt.Kind.IGNORED);
        assertThat(bench.receive("one", "other").kind()).isEqualTo(WebhookReceipt.Kind.IGNORED);
        bench.engine(live.onSend(succeeded("r1")));
        Payout payout = bench.request("p1");

        bench.run();

        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.SUCCEEDED);
    }

    @Test
    void nor_does_it_make_anybody_ask_where_the_provider_is_configured_otherwise() {
        bench.engine(live.onSend(accepted("r1")));
        bench.request("p1");
        bench.run();
        bench.engine(test.onWebhook("hint", WebhookNotice.Hint.at("r1")));

        assertThat(bench.receive("one", "hint").kind()).isEqualTo(WebhookReceipt.Kind.REFUSED);
    }

    @Test
    void a_signed_call_is_kept_for_good_and_settles_what_environment_a_ledger_is_of() {
        bench.engine(test.onWebhook("paid", proven("d1", succeeded("r1"))));
        assertThat(bench.receive("one", "paid").kind()).isEqualTo(WebhookReceipt.Kind.PARKED);
        bench.engine(live.onSend(accepted("r1")));
        Payout payout = bench.request("p1");

        bench.run();

        assertThat(bench.find(payout).status()).isEqualTo(PayoutStatus.PENDING);
        assertThat(live.sends()).isEmpty();
    }

    private void reconcile() {
        Instant now = bench.clock.instant();
        bench.compared("one", now.minus(Duration.ofDays(1)), now.plus(Duration.ofDays(1)));
    }

    private ListedPayout tried(String reference) {
        return new ListedPayout(
                reference,
                tzs(700),
                Optional.empty(),
                bench.clock.instant(),
                Optional.empty(),
                new Outcome.Succeeded(reference, Particulars.NONE, Evidence.NONE));
    }
}
