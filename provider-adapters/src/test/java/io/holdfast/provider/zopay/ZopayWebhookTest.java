package io.holdfast.provider.zopay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.ledger.Money;
import io.holdfast.payout.spi.Outcome;
import io.holdfast.payout.spi.WebhookDelivery;
import io.holdfast.payout.spi.WebhookNotice;
import io.holdfast.provider.HmacSha256;
import io.holdfast.provider.Secret;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ZopayWebhookTest {

    private static final Instant NOW = Instant.ofEpochSecond(1_700_000_000);
    private static final String MILLIS = "1700000000000";
    private static final String EVENT = "{\"event\":\"%s\",\"data\":{\"payout_id\":\"p1\",\"amount\":\"5000\","
            + "\"currency\":\"XAF\",\"recipient_msisdn\":\"237671111111\",\"status\":\"%s\",\"fees\":\"75\"}}";

    private final ZopayProvider zopay = new ZopayProvider(ZopaySettings.builder("k", "s", "example.com")
            .webhookSecret("whsec_test")
            .build());

    @ParameterizedTest
    @CsvSource({
        "payout.completed, SUCCESS, SUCCEEDED",
        "payout.failed, FAILED, FAILED",
        "payout.failed, CANCELLED, FAILED",
        "payout.completed, FAILED, UNKNOWN",
        "payout.failed, SUCCESS, UNKNOWN",
        "payout.paused, SUCCESS, UNKNOWN"
    })
    void event_and_status_prove_something_where_they_agree(String event, String status, Outcome.Code outcome) {
        assertThat(zopay.webhook(signed(String.format(EVENT, event, status), MILLIS)))
                .isInstanceOfSatisfying(WebhookNotice.Proven.class, proven -> {
                    assertThat(proven.id()).isEqualTo("p1 " + event + " " + status);
                    assertThat(proven.outcome().code()).isEqualTo(outcome);
                    assertThat(proven.particulars().amount()).contains(Money.parse("XAF 5000"));
                    assertThat(proven.particulars().chargedFee()).contains(Money.parse("XAF 75"));
                    assertThat(proven + proven.outcome().evidence().text()).doesNotContain("237671111111");
                });
    }

    @Test
    void an_event_s_own_time_is_that_of_a_failure_where_it_can_be_read() {
        String failed = String.format(EVENT, "payout.failed", "FAILED");
        String dated = failed.replaceFirst("\\{", "{\"timestamp\":\"2023-11-14T20:00:00Z\",");

        assertThat(at(signed(dated, MILLIS))).contains(Instant.parse("2023-11-14T20:00:00Z"));
        assertThat(at(signed(failed, MILLIS))).isEmpty();
    }

    private Optional<Instant> at(WebhookDelivery delivery) {
        return ((WebhookNotice.Proven) zopay.webhook(delivery)).outcome().at();
    }

    @Test
    void a_call_is_believed_for_five_minutes_of_milliseconds_and_as_it_was_signed() {
        String body = String.format(EVENT, "payout.completed", "SUCCESS");

        assertRefused(signed(body, "1700000000"), "5M");
        assertRefused(signed(body, "1699999699999"), "5M");
        assertRefused(
                new WebhookDelivery(
                        Map.of("X-Zo-Timestamp", MILLIS, "X-Zo-Signature", "00"), body.getBytes(UTF_8), NOW),
                "not signed");
        assertRefused(new WebhookDelivery(Map.of(), body.getBytes(UTF_8), NOW), "not signed");
        assertRefused(signed("{\"event\":\"payout.completed\",\"data\":{}}", MILLIS), "payout_id");
        assertThat(zopay.webhook(signed("{\"event\":\"payment.completed\"}", MILLIS)))
                .isEqualTo(new WebhookNotice.Unrelated("payment.completed"));
    }

    @Test
    void the_names_of_the_headers_are_options() {
        Secret secret = Secret.of("secret", "whsec_test");
        ZopayProvider other = new ZopayProvider(ZopaySettings.builder("k", "s", "example.com")
                .webhook(new ZopaySettings.Webhook(secret, "X-Webhook-Signature", "X-Zito-Timestamp"))
                .build());
        String body = String.format(EVENT, "payout.completed", "SUCCESS");
        String signature = new HmacSha256(secret).sign((MILLIS + "." + body).getBytes(UTF_8));

        assertThat(other.webhook(new WebhookDelivery(
                        Map.of("X-Webhook-Signature", signature, "X-Zito-Timestamp", MILLIS),
                        body.getBytes(UTF_8),
                        NOW)))
                .isInstanceOf(WebhookNotice.Proven.class);
        assertThat(new ZopayProvider(
                                ZopaySettings.builder("k", "s", "example.com").build())
                        .webhook(signed(body, MILLIS)))
                .isInstanceOf(WebhookNotice.Refused.class);
    }

    private void assertRefused(WebhookDelivery delivery, String why) {
        assertThat(zopay.webhook(delivery))
                .isInstanceOfSatisfying(
                        WebhookNotice.Refused.class,
                        refused -> assertThat(refused.detail()).contains(why));
    }

    private static WebhookDelivery signed(String body, String timestamp) {
        String signature =
                new HmacSha256(Secret.of("secret", "whsec_test")).sign((timestamp + "." + body).getBytes(UTF_8));
        return new WebhookDelivery(
                Map.of("X-Zo-Timestamp", timestamp, "X-Zo-Signature", signature), body.getBytes(UTF_8), NOW);
    }
}
