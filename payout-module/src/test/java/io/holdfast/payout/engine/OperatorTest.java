package io.holdfast.payout.engine;

import static io.holdfast.payout.engine.PayoutBench.ALICE;
import static io.holdfast.payout.engine.PayoutBench.accepted;
import static io.holdfast.payout.engine.PayoutBench.succeeded;
import static io.holdfast.payout.engine.PayoutBench.timeout;
import static io.holdfast.payout.engine.PayoutBench.tzs;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.db.testing.TestDatabase;
import io.holdfast.payout.Payout;
import io.holdfast.payout.PayoutRequest;
import io.holdfast.payout.PayoutStatus;
import io.holdfast.payout.WebhookReceipt.Kind;
import io.holdfast.payout.spi.Evidence;
import io.holdfast.payout.spi.Outcome;
import io.holdfast.payout.spi.Particulars;
import io.holdfast.payout.spi.Recipient;
import io.holdfast.payout.spi.WebhookNotice;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** The mobile operator: a hint of whoever asks, which the provider's answer overrides. */
class OperatorTest {

    private static final TestDatabase DATABASE = TestDatabase.create();
    private static final Recipient HINTED =
            new Recipient.MobileMoney("+255712345678", "Asha Juma", Optional.of("tigo"));

    private final PayoutBench bench = new PayoutBench(DATABASE);
    private final ScriptedProvider one = bench.provider("one");

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    @Test
    void the_providers_answer_overrides_the_hint_which_stays_as_it_was_requested() {
        one.onSend(acceptedBy("airtel"));
        Payout requested = request();
        assertThat(requested.operator()).contains("tigo");

        bench.run();

        Payout payout = bench.find(requested);
        assertThat(payout.toldOperator()).contains("airtel");
        assertThat(payout.operator()).contains("airtel");
        assertThat(payout.recipient()).isEqualTo(HINTED);
        assertThat(bench.payouts().request(hinted()).id()).isEqualTo(payout.id());
    }

    @Test
    void a_provider_that_names_none_leaves_the_hint() {
        one.onSend(accepted("r1")).onLookup(succeeded("r1"));
        Payout requested = request();
        bench.run();

        Payout payout = bench.runAfter(Duration.ofSeconds(5), requested);

        assertThat(payout.status()).isEqualTo(PayoutStatus.SUCCEEDED);
        assertThat(payout.toldOperator()).isEmpty();
        assertThat(payout.operator()).contains("tigo");
    }

    @Test
    void what_was_told_once_stays_when_a_later_answer_is_silent_and_gives_way_to_another() {
        one.onSend(acceptedBy("airtel")).onLookup(accepted("r1"), succeededBy("mixx"));
        Payout requested = request();
        bench.run();

        assertThat(bench.runAfter(Duration.ofSeconds(5), requested).operator()).contains("airtel");
        assertThat(bench.runAfter(Duration.ofSeconds(15), requested).operator()).contains("mixx");
    }

    @Test
    void what_comes_late_from_before_the_end_changes_nothing() {
        one.onSend(succeededBy("mixx"));
        Payout requested = request();
        bench.run();

        bench.apply(requested, 1, acceptedBy("airtel"));

        assertThat(bench.find(requested).operator()).contains("mixx");
    }

    @Test
    void a_signed_call_that_waits_for_its_payout_keeps_the_operator_that_it_names() {
        WebhookNotice call = new WebhookNotice.Proven(
                "d1", Optional.of("r1"), Optional.empty(), particulars("halotel"), succeededBy("halotel"));
        one.onWebhook("paid", call).onSend(accepted("r1"));
        Payout requested = request();
        assertThat(bench.receive("one", "paid").kind()).isEqualTo(Kind.PARKED);

        bench.run();

        assertThat(bench.find(requested))
                .returns(PayoutStatus.SUCCEEDED, Payout::status)
                .returns(Optional.of("halotel"), Payout::operator);
    }

    @Test
    void what_is_told_of_another_attempts_payment_is_not_the_payouts_operator() {
        one.onSend(acceptedBy("airtel"));
        Payout first = request();
        bench.run();
        one.onSend(timeout());
        Payout second = bench.payouts()
                .request(PayoutRequest.of("p2", ALICE, tzs(5_000), Recipient.MobileMoney.of("+255712345679"))
                        .via("one"));
        bench.run();

        bench.apply(second, 1, new Outcome.Accepted("r1", particulars("mixx"), Evidence.NONE));

        assertThat(bench.find(second).operator()).isEmpty();
        assertThat(bench.find(first).operator()).contains("airtel");
    }

    private Payout request() {
        bench.engine(one);
        return bench.payouts().request(hinted());
    }

    private static PayoutRequest hinted() {
        return PayoutRequest.of("p1", ALICE, tzs(5_000), HINTED).via("one");
    }

    private static Particulars particulars(String operator) {
        return Particulars.NONE.amount(tzs(5_000)).operator(operator);
    }

    private static Outcome acceptedBy(String operator) {
        return new Outcome.Accepted("r1", particulars(operator), Evidence.NONE);
    }

    private static Outcome succeededBy(String operator) {
        return new Outcome.Succeeded("r1", particulars(operator), Evidence.NONE);
    }
}
