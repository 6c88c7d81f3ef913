package io.holdfast.provider.rohopay;

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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RohoPayWebhookTest {

    private static final String SECRET = "whsec_test";
    private static final Instant NOW = Instant.parse("2024-07-15T09:01:00Z");
    private static final String VECTOR_BODY = "{\"event\":\"withdraw.successful\",\"internal_reference\":"
            + "\"RHP-2024-DISP001\",\"status\":\"successful\"}";
    private static final String VECTOR_SIGNATURE =
            "sha256=fd4b45ade5ddf84280a98868f289a539d00e8759f67f93603e44aee00530fa34";
    private static final String EVENT = "{\"event\":\"%s\",\"id\":\"i1\",\"internal_reference\":\"R1\","
            + "\"type\":\"disbursement\",\"status\":\"%s\",\"phone_number\":\"256700123456\",\"amount\":25000,"
            + "\"currency\":\"UGX\",\"commission_amount\":500,\"net_amount\":25000,\"environment\":\"live\"}";

    private final RohoPayProvider rohopay = new RohoPayProvider(
            RohoPaySettings.builder("live_key").webhookSecret(SECRET).build());

    @Test
    void a_signed_call_proves_what_it_says_however_old_it_is() {
        for (Instant received : new Instant[] {NOW, NOW.plusSeconds(100_000_000)}) {
            WebhookNotice notice = rohopay.webhook(delivery(VECTOR_BODY, VECTOR_SIGNATURE, received));

            assertThat(notice).isInstanceOfSatisfying(WebhookNotice.Proven.class, proven -> {
                assertThat(proven.id()).isEqualTo("RHP-2024-DISP001 withdraw.successful successful");
                assertThat(proven.reference()).contains("RHP-2024-DISP001");
                assertThat(proven.outcome()).isInstanceOf(Outcome.Succeeded.class);
            });
        }
    }

    @Test
    void a_call_with_another_byte_signature_or_secret_is_refused() {
        assertRefused(rohopay, delivery(VECTOR_BODY + " ", VECTOR_SIGNATURE, NOW));
        assertRefused(rohopay, delivery(VECTOR_BODY, VECTOR_SIGNATURE.replace("fd4b", "fd4c"), NOW));
        assertRefused(rohopay, delivery(VECTOR_BODY, VECTOR_SIGNATURE.replace("sha256=", ""), NOW));
        assertRefused(rohopay, delivery(VECTOR_BODY, VECTOR_SIGNATURE.replace("sha256=", "sha512="), NOW));
        assertRefused(rohopay, delivery(VECTOR_BODY, "sha256=", NOW));
        assertRefused(rohopay, new WebhookDelivery(Map.of(), VECTOR_BODY.getBytes(UTF_8), NOW));
        assertRefused(
                new RohoPayProvider(RohoPaySettings.builder("live_key").build()),
                delivery(VECTOR_BODY, VECTOR_SIGNATURE, NOW));
    }

    @ParameterizedTest
    @CsvSource({
        "withdraw.successful, successful, SUCCEEDED",
        "withdraw.failed, failed, FAILED",
        "withdraw.successful, failed, UNKNOWN",
        "withdraw.failed, successful, UNKNOWN",
        "withdraw.reversed, reversed, UNKNOWN"
    })
    void event_and_status_prove_something_where_they_agree(String event, String status, Outcome.Code outcome) {
        WebhookNotice notice = rohopay.webhook(signed(String.format(EVENT, event, status)));

        assertThat(notice).isInstanceOfSatisfying(WebhookNotice.Proven.class, proven -> {
            assertThat(proven.outcome().code()).isEqualTo(outcome);
            assertThat(proven.particulars().amount()).contains(Money.parse("UGX 25000"));
            assertThat(proven.particulars().recipient()).contains("256700123456");
            assertThat(proven + proven.outcome().evidence().text()).doesNotContain("256700123456");
        });
    }

    @Test
    void a_call_of_the_other_environment_proves_nothing_and_one_about_a_collection_is_unrelated() {
        String test = String.format(EVENT, "withdraw.successful", "successful").replace("\"live\"", "\"test\"");

        assertThat(rohopay.webhook(signed(test)))
                .isInstanceOfSatisfying(
                        WebhookNotice.Proven.class,
                        proven -> assertThat(proven.outcome().code()).isEqualTo(Outcome.Code.UNKNOWN));
        assertThat(rohopay.webhook(signed("{\"event\":\"collect.successful\"}")))
                .isEqualTo(new WebhookNotice.Unrelated("collect.successful"));
        assertRefused(rohopay, signed("{\"event\":\"withdraw.failed\",\"status\":\"failed\"}"));
        assertRefused(rohopay, signed("not JSON"));
    }

    private static void assertRefused(RohoPayProvider provider, WebhookDelivery delivery) {
        assertThat(provider.webhook(delivery)).isInstanceOf(WebhookNotice.Refused.class);
    }

    private static WebhookDelivery signed(String body) {
        String signature = new HmacSha256(Secret.of("secret", SECRET)).sign(body.getBytes(UTF_8));
        return delivery(body, "sha256=" + signature, NOW);
    }

    private static WebhookDelivery delivery(String body, String signature, Instant receivedAt) {
        return new WebhookDelivery(Map.of("x-rohopay-signature", signature), body.getBytes(UTF_8), receivedAt);
    }
}
