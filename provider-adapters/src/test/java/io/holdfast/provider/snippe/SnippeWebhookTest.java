package io.holdfast.provider.snippe;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.ledger.Money;
import io.holdfast.payout.spi.Outcome;
import io.holdfast.payout.spi.WebhookDelivery;
import io.holdfast.payout.spi.WebhookNotice;
import io.holdfast.provider.HmacSha256;
import io.holdfast.provider.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SnippeWebhookTest {

    private static final String SECRET = "whsec_test";
    private static final Instant SIGNED_AT = Instant.ofEpochSecond(1_700_000_000);
    private static final String VECTOR_BODY =
            "{\"id\":\"evt_1\",\"type\":\"payout.completed\",\"data\":{\"reference\":\"r1\",\"status\":\"completed\"}}";
    private static final String VECTOR_SIGNATURE = "06e3b91b06d11b50e79504b9e59307f24dad0823fad3a87fa4a43b34622d53f2";
    private static final String EVENT = "{\"id\":\"evt_a1b2\",\"type\":\"payout.%s\",\"api_version\":\"2026-01-25\","
            + "\"created_at\":\"2026-01-24T10:30:00Z\",\"data\":{\"reference\":\"r1\",\"status\":\"%s\","
            + "\"amount\":{\"value\":5000,\"currency\":\"TZS\"},\"fees\":{\"value\":1500,\"currency\":\"TZS\"},"
            + "\"recipient\":{\"phone\":\"+255712345678\",\"name\":\"Asha Juma\"},"
            + "\"metadata\":{\"attempt_id\":\"p-1\"},\"completed_at\":\"2026-01-24T10:30:00Z\"}}";

    private final SnippeProvider snippe = new SnippeProvider(
            SnippeSettings.builder("snp_test_key").webhookSecret(SECRET).build());

    @Test
    void a_signed_call_proves_what_it_says() {
        WebhookNotice notice = snippe.webhook(delivery(VECTOR_BODY, VECTOR_SIGNATURE, SIGNED_AT));

        assertThat(notice).isInstanceOfSatisfying(WebhookNotice.Proven.class, proven -> {
            assertThat(proven.id()).isEqualTo("evt_1");
            assertThat(proven.reference()).contains("r1");
            assertThat(proven.outcome())
                    .isInstanceOfSatisfying(
                            Outcome.Succeeded.class,
                            success -> assertThat(success.reference()).isEqualTo("r1"));
        });
    }

    @Test
    void a_call_with_another_byte_signature_or_secret_is_refused() {
        assertRefused(delivery(VECTOR_BODY + " ", VECTOR_SIGNATURE, SIGNED_AT), "not signed");
        assertRefused(delivery(VECTOR_BODY, VECTOR_SIGNATURE.replace('0', '1'), SIGNED_AT), "not signed");
        assertRefused(delivery(VECTOR_BODY, "", SIGNED_AT), "not signed");
        assertRefused(new WebhookDelivery(Map.of(), VECTOR_BODY.getBytes(UTF_8), SIGNED_AT), "not signed");
        assertRefused(
                new WebhookDelivery(
                        Map.of("X-Webhook-Signature", VECTOR_SIGNATURE, "X-Webhook-Timestamp", "1700000001"),
                        VECTOR_BODY.getBytes(UTF_8),
                        SIGNED_AT),
                "not signed");
        SnippeProvider without =
                new SnippeProvider(SnippeSettings.builder("snp_test_key").build());
        assertThat(without.webhook(delivery(VECTOR_BODY, VECTOR_SIGNATURE, SIGNED_AT)))
                .isInstanceOf(WebhookNotice.Refused.class);
    }

    @Test
    void a_call_is_believed_for_five_minutes() {
        Duration five = Duration.ofMinutes(5);

        assertThat(snippe.webhook(delivery(VECTOR_BODY, VECTOR_SIGNATURE, SIGNED_AT.plus(five))))
                .isInstanceOf(WebhookNotice.Proven.class);
        assertRefused(
                delivery(VECTOR_BODY, VECTOR_SIGNATURE, SIGNED_AT.plus(five).plusSeconds(1)), "5M");
        assertRefused(
                delivery(VECTOR_BODY, VECTOR_SIGNATURE, SIGNED_AT.minus(five).minusSeconds(1)), "5M");
    }

    @ParameterizedTest
    @CsvSource({
        "completed, completed, SUCCEEDED",
        "failed, failed, FAILED",
        "reversed, reversed, REVERSED",
        "completed, failed, UNKNOWN",
        "failed, completed, UNKNOWN",
        "completed, on_hold, UNKNOWN",
        "on_hold, on_hold, UNKNOWN",
        "queued, completed, UNKNOWN"
    })
    void event_and_status_prove_something_where_they_agree(String type, String status, Outcome.Code outcome) {
        WebhookNotice notice = snippe.webhook(signed(String.format(EVENT, type, status)));

        assertThat(notice).isInstanceOfSatisfying(WebhookNotice.Proven.class, proven -> {
            assertThat(proven.outcome().code()).isEqualTo(outcome);
            assertThat(proven.reference()).contains("r1");
            assertThat(proven.ourReference()).contains("p-1");
            assertThat(proven.particulars().amount()).contains(Money.parse("TZS 5000"));
            assertThat(proven.particulars().recipient()).contains("+255712345678");
            assertThat(proven.outcome().evidence().text())
                    .contains("evt_a1b2")
                    .doesNotContain("255712345678", "Asha Juma");
            assertThat(proven.toString()).doesNotContain("255712345678", "Asha Juma");
            assertThat(proven.outcome().evidence().alert().isPresent()).isEqualTo(outcome == Outcome.Code.UNKNOWN);
        });
    }

    @ParameterizedTest
    @CsvSource({"failed, 2026-01-26T09:00:00Z", "reversed, 2026-01-26T09:00:00Z", "completed, 2026-01-24T10:30:00Z"})
    void an_event_s_own_time_is_that_of_a_failure_or_a_reversal_and_no_payment_s(String type, Instant at) {
        String event = String.format(EVENT, type, type)
                .replace("\"created_at\":\"2026-01-24T10:30:00Z\"", "\"created_at\":\"2026-01-26T09:00:00Z\"");

        assertThat(((WebhookNotice.Proven) snippe.webhook(signed(event)))
                        .outcome()
                        .at())
                .contains(at);
    }

    @Test
    void whether_a_reversal_gives_the_fee_back_is_an_option() {
        String event = String.format(EVENT, "reversed", "reversed");
        SnippeProvider refunding = new SnippeProvider(SnippeSettings.builder("snp_test_key")
                .webhookSecret(SECRET)
                .reversalRefundsFee()
                .build());

        assertThat(refundedFee(snippe.webhook(signed(event)))).isEmpty();
        assertThat(refundedFee(refunding.webhook(signed(event)))).contains(Money.parse("TZS 1500"));
    }

    @Test
    void a_call_about_something_else_is_unrelated_and_an_unreadable_one_refused() {
        assertThat(snippe.webhook(signed("{\"id\":\"evt_2\",\"type\":\"payment.completed\",\"data\":{}}")))
                .isEqualTo(new WebhookNotice.Unrelated("payment.completed"));
        assertRefused(signed("not JSON"), "not readable");
        assertRefused(signed("{\"type\":\"payout.completed\",\"data\":{\"reference\":\"r1\"}}"), "without an id");
    }

    private static Optional<Money> refundedFee(WebhookNotice notice) {
        return ((Outcome.Reversed) ((WebhookNotice.Proven) notice).outcome()).refundedFee();
    }

    private void assertRefused(WebhookDelivery delivery, String why) {
        assertThat(snippe.webhook(delivery))
                .isInstanceOfSatisfying(
                        WebhookNotice.Refused.class,
                        refused -> assertThat(refused.detail()).contains(why));
    }

    private static WebhookDelivery signed(String body) {
        String timestamp = Long.toString(SIGNED_AT.getEpochSecond());
        String signature = new HmacSha256(Secret.of("secret", SECRET)).sign((timestamp + "." + body).getBytes(UTF_8));
        return delivery(body, signature, SIGNED_AT);
    }

    private static WebhookDelivery delivery(String body, String signature, Instant receivedAt) {
        return new WebhookDelivery(
                Map.of(
                        "x-webhook-signature",
                        signature,
                        "x-webhook-timestamp",
                        Long.toString(SIGNED_AT.getEpochSecond()),
                        "x-webhook-event",
                        "payment.failed"),
                body.getBytes(UTF_8),
                receivedAt);
    }
}
