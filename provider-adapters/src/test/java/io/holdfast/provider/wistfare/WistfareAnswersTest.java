package io.holdfast.provider.wistfare;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.ledger.Currency;
import io.holdfast.ledger.Money;
import io.holdfast.payout.spi.Answer;
import io.holdfast.payout.spi.FailureReason;
import io.holdfast.payout.spi.FeeMode;
import io.holdfast.payout.spi.ListPage;
import io.holdfast.payout.spi.ListQuestion;
import io.holdfast.payout.spi.Outcome;
import io.holdfast.payout.spi.PayoutInstruction;
import io.holdfast.payout.spi.Preparation;
import io.holdfast.payout.spi.Recipient;
import io.holdfast.payout.spi.Resend;
import io.holdfast.payout.spi.UnreadPayout;
import io.holdfast.payout.spi.WebhookDelivery;
import io.holdfast.payout.spi.WebhookNotice;
import io.holdfast.provider.Examples;
import io.holdfast.provider.Json;
import io.holdfast.provider.StubServer;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Wistfare's published examples, the classification of its answers line by line, and its calls. */
class WistfareAnswersTest {

    private static final String ID = "disb_def456";
    private static final String OURS = Examples.PAYOUT + "-1";
    private static final String EVENT = "{\"event\":\"disbursement.completed\",\"transaction_id\":\"disb_def456\","
            + "\"transaction_type\":\"disbursement\",\"status\":\"completed\",\"amount\":\"5000\"}";

    private final StubServer server = new StubServer();
    private final WistfareProvider wistfare = new WistfareProvider(settings().build());
    private final PayoutInstruction instruction = new PayoutInstruction(
            Examples.PAYOUT,
            1,
            "key-1",
            Money.parse("RWF 5000"),
            Recipient.MobileMoney.of("250788000000").named("Uwase Claudine"),
            "Vendor payout");

    private WistfareSettings.Builder settings() {
        return WistfareSettings.builder("wf_live_key", "biz_123", "wal_456").baseUrl(server.url());
    }

    private static String example(String status) {
        return Examples.of("wistfare", "create-response.json")
                .replace("vendor_payout_001", OURS)
                .replace("\"pending\"", "\"" + status + "\"");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Outcome send() {
        return wistfare.send(instruction, wistfare.create(instruction, Preparation.NOTHING));
    }

    @Test
    void the_create_is_that_of_the_published_page_with_our_reference() {
        ObjectNode published = (ObjectNode)
                Json.read(Examples.of("wistfare", "create-request.json")).orElseThrow();

        byte[] body = wistfare.create(instruction, Preparation.NOTHING).body();

        assertThat(Json.read(new String(body, UTF_8))).contains(published.put("referenceId", OURS));
    }

    @Test
    void the_published_answer_is_an_acceptance() {
        server.answers(200, example("pending"));

        assertThat(send()).isInstanceOfSatisfying(Outcome.Accepted.class, accepted -> {
            assertThat(accepted.reference()).isEqualTo(ID);
            assertThat(accepted.particulars().amount()).contains(Money.parse("RWF 5000"));
            assertThat(accepted.particulars().recipient()).contains("250788000000");
            assertThat(accepted.particulars().reference()).contains(OURS);
            assertThat(accepted.evidence().text()).doesNotContain("250788000000");
        });
        assertThat(server.asked()).singleElement().satisfies(asked -> {
            assertThat(asked.method() + " " + asked.path()).isEqualTo("POST /v1/disbursements");
            assertThat(asked.header("X-API-Key")).contains("wf_live_key");
        });
    }

    @Test
    void the_names_of_the_sdks_are_written_and_read_where_they_are_configured() {
        WistfareProvider snake = new WistfareProvider(settings()
                .wireCase(WistfareSettings.WireCase.SNAKE)
                .feeMode(FeeMode.DEDUCTED)
                .build());
        server.answers(
                200,
                "{\"disbursement_id\":\"d9\",\"status\":\"completed\",\"fee_amount\":\"500\",\"net_amount\":\"4500\"}");

        Outcome outcome = snake.send(instruction, snake.create(instruction, Preparation.NOTHING));

        assertThat(server.asked().get(0).body())
                .startsWith(
                        "{\"business_id\":\"biz_123\",\"wallet_id\":\"wal_456\",\"amount\":\"5000\","
                                + "\"destination_type\":\"mobile_money\",\"destination_ref\":\"250788000000\",\"reference_id\":");
        assertThat(outcome).isInstanceOfSatisfying(Outcome.Succeeded.class, success -> {
            assertThat(success.reference()).isEqualTo("d9");
            assertThat(success.particulars().chargedFee()).contains(Money.parse("RWF 500"));
            assertThat(success.particulars().received()).contains(Money.parse("RWF 4500"));
        });
    }

    @Test
    void a_number_is_written_with_a_plus_where_that_is_configured() {
        WistfareProvider plus = new WistfareProvider(
                settings().phoneForm(WistfareSettings.PhoneForm.WITH_PLUS).build());

        assertThat(new String(plus.create(instruction, Preparation.NOTHING).body(), UTF_8))
                .contains("\"destinationRef\":\"+250788000000\"");
    }

    @ParameterizedTest
    @CsvSource({
        "pending, ACCEPTED",
        "processing, ACCEPTED",
        "completed, SUCCEEDED",
        "failed, FAILED",
        "refunded, REVERSED",
        "expired, UNKNOWN"
    })
    void a_status_proves_what_the_table_says(String status, Outcome.Code outcome) {
        server.answers(200, example(status));

        assertThat(wistfare.lookup(instruction, ID).code()).isEqualTo(outcome);
        assertThat(server.asked().get(0).path()).isEqualTo("/v1/disbursements/disb_def456");
    }

    @Test
    void whether_a_refund_gives_the_fee_back_is_an_option() {
        WistfareProvider refunding =
                new WistfareProvider(settings().reversalRefundsFee().build());
        String refunded = example("refunded").replaceFirst("\\{", "{\"feeAmount\":\"100\",");
        server.answers(200, refunded).answers(200, refunded);

        assertThat(refundedFee(wistfare.lookup(instruction, ID))).isEmpty();
        assertThat(refundedFee(refunding.lookup(instruction, ID))).contains(Money.parse("RWF 100"));
    }

    private static Optional<Money> refundedFee(Outcome outcome) {
        return ((Outcome.Reversed) outcome).refundedFee();
    }

    @ParameterizedTest
    @ValueSource(strings = {"failed", "refunded"})
    void what_failed_or_came_back_did_so_when_the_disbursement_changed_last(String status) {
        String shown = example(status);
        server.answers(200, shown.replaceFirst("(\"updatedAt\": *)\"[^\"]*\"", "$1\"2026-03-21T12:00:00Z\""))
                .answers(200, shown.replace("updatedAt", "otherwise"));

        assertThat(wistfare.lookup(instruction, ID).at()).contains(Instant.parse("2026-03-21T12:00:00Z"));
        assertThat(wistfare.lookup(instruction, ID).at()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "400, validation_error, amount is too low, REJECTED, AMOUNT_OUT_OF_RANGE",
        "422, validation_error, destination 250788000000 is not valid, REJECTED, INVALID_RECIPIENT",
        "422, insufficient_balance, '', REJECTED, INSUFFICIENT_FLOAT",
        "401, unauthorized, Invalid API key, REJECTED, PROVIDER_DISABLED",
        "403, forbidden, No, REJECTED, PROVIDER_DISABLED",
        "404, not_found, Wallet not found, REJECTED, OTHER",
        "429, rate_limited, Too many, NOT_EXECUTED,",
        "422, duplicate_reference, '', UNKNOWN,",
        "400, validation_error, referenceId already exists, UNKNOWN,",
        "409, conflict, Conflict, UNKNOWN,",
        "500, internal_error, Oops, UNKNOWN,",
        "418, teapot, I am, UNKNOWN,"
    })
    void an_error_proves_what_the_table_says(
            int status, String code, String message, Outcome.Code outcome, FailureReason reason) {
        String body = "{\"error\":{\"code\":\"" + code + "\",\"message\":\"" + message + "\"},\"request_id\":\"r\"}";
        server.answers(status, body, Map.of("Content-Type", "application/json", "Retry-After", "30"));

        Outcome said = send();

        assertThat(said.code()).isEqualTo(outcome);
        assertThat(said + said.evidence().text() + said.evidence().alert()).doesNotContain("250788000000");
        assertThat(said.evidence().alert().isPresent()).as("a person is told").isEqualTo(status == 418);
        if (said instanceof Outcome.Rejected rejected) {
            assertThat(rejected.reason()).isEqualTo(reason);
        } else if (said instanceof Outcome.NotExecuted turnedAway) {
            assertThat(turnedAway.retryAfter()).contains(Duration.ofSeconds(30));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200|{\"status\":\"completed\"}",
                "201|OK",
                "400|{\"message\":\"no\"}",
                "403|<html>Forbidden</html>",
                "502|<html>Bad Gateway</html>"
            })
    void whatever_else_is_answered_proves_nothing(int status, String body) {
        server.answers(status, body);

        assertThat(send().code()).isEqualTo(Outcome.Code.UNKNOWN);
    }

    @Test
    void an_amount_that_cannot_be_read_leaves_a_success_in_doubt() {
        for (String amount : new String[] {"five thousand", "-5000"}) {
            server.answers(200, example("completed").replace("\"5000\"", "\"" + amount + "\""));

            assertThat(wistfare.lookup(instruction, ID).code()).isEqualTo(Outcome.Code.UNKNOWN);
        }
    }

    @Test
    void what_is_kept_of_a_list_shows_nobodys_number() {
        server.answers(200, "{\"data\":[" + example("completed") + ",{\"id\":\"dsb_2\"}],\"has_more\":false}");

        assertThat(wistfare.list(new ListQuestion(Instant.EPOCH, Instant.EPOCH.plusSeconds(1), Optional.empty())))
                .isInstanceOfSatisfying(Answer.Told.class, told -> {
                    ListPage page = (ListPage) told.value();
                    assertThat(page.payouts()).singleElement().satisfies(payout -> {
                        assertThat(payout.ourReference()).contains(OURS);
                        assertThat(payout.outcome().evidence().text())
                                .contains("5000")
                                .doesNotContain("250788000000");
                    });
                    assertThat(page.unread())
                            .extracting(UnreadPayout::reference)
                            .containsExactly(Optional.of("dsb_2"));
                });
    }

    @Test
    void a_balance_is_read_in_each_likely_form_and_of_our_wallet_only() {
        for (String body : new String[] {
            "{\"data\":[{\"id\":\"other\",\"balance\":\"1\"},{\"id\":\"wal_456\",\"balance\":\"700\"}]}",
            "{\"balance\":700,\"currency\":\"RWF\"}",
            "{\"data\":{\"availableBalance\":\"700.00\",\"currency\":\"RWF\"}}"
        }) {
            server.answers(200, body);
            assertThat(wistfare.balance(Currency.of("RWF"))).isEqualTo(new Answer.Told<>(Money.parse("RWF 700")));
        }
        server.answers(200, "{\"data\":[{\"id\":\"other\",\"balance\":\"1\"}]}");
        assertThat(wistfare.balance(Currency.of("RWF"))).isInstanceOf(Answer.Unavailable.class);
        assertThat(wistfare.balance(Currency.of("UGX"))).isInstanceOf(Answer.NotOffered.class);
    }

    @Test
    void the_same_reference_is_sent_again_only_if_that_is_declared() {
        Duration hour = Duration.ofHours(1);

        assertThat(wistfare.capabilities().resend()).isEqualTo(Resend.NEVER);
        assertThat(new WistfareProvider(
                                settings().referenceIsIdempotentFor(hour).build())
                        .capabilities()
                        .resend())
                .isEqualTo(Resend.within(hour));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WistfareSettings.builder("k", "biz 1", "w").build())
                .withMessageContaining("business id \"biz 1\"");
    }

    @Test
    void a_call_makes_us_ask_and_proves_nothing() {
        assertThat(wistfare.webhook(call(EVENT, Map.of()))).isEqualTo(WebhookNotice.Hint.at(ID));
        assertThat(wistfare.webhook(
                        call("{\"event\":\"disbursement.failed\",\"reference_id\":\"vendor_payout_001\"}", Map.of())))
                .isEqualTo(new WebhookNotice.Hint(Optional.empty(), Optional.of("vendor_payout_001")));
        for (String body : new String[] {"{}", "not JSON", EVENT.replace("disbursement.completed", "payment.done")}) {
            assertThat(wistfare.webhook(call(body, Map.of()))).isInstanceOf(WebhookNotice.Refused.class);
        }
    }

    @Test
    void a_call_without_the_shared_secret_does_not_even_make_us_ask() {
        WistfareProvider guarded = new WistfareProvider(
                settings().webhookSecret("X-Webhook-Secret", "s3cret").build());

        assertThat(guarded.webhook(call(EVENT, Map.of("x-webhook-secret", "s3cret"))))
                .isEqualTo(WebhookNotice.Hint.at(ID));
        for (String secret : new String[] {"", "guess"}) {
            assertThat(guarded.webhook(call(EVENT, Map.of("x-webhook-secret", secret))))
                    .isInstanceOfSatisfying(
                            WebhookNotice.Refused.class,
                            refused -> assertThat(refused.detail()).doesNotContain("s3cret", "guess"));
        }
        assertThat(guarded.webhook(call(EVENT, Map.of()))).isInstanceOf(WebhookNotice.Refused.class);
    }

    private static WebhookDelivery call(String body, Map<String, String> headers) {
        return new WebhookDelivery(headers, body.getBytes(UTF_8), Instant.EPOCH);
    }
}
