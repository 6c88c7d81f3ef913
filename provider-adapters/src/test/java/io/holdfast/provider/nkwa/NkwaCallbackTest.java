package io.holdfast.provider.nkwa;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.holdfast.ledger.Money;
import io.holdfast.payout.spi.Outcome;
import io.holdfast.payout.spi.WebhookDelivery;
import io.holdfast.payout.spi.WebhookNotice;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NkwaCallbackTest {

    private static final URI URL = URI.create("https://example.com/hooks/nkwa");
    private static final Instant NOW = Instant.ofEpochSecond(1_700_000_000);
    private static final String BODY = "{\"id\":\"p-1\",\"amount\":1000,\"currency\":\"XAF\",\"fee\":20,"
            + "\"paymentType\":\"disbursement\",\"phoneNumber\":\"237650000000\",\"status\":\"success\"}";
    private static final NkwaCallback CALLBACK = NkwaCallback.of(URL, PlayedNkwa.ACCOUNT.publicKey());

    private final NkwaProvider nkwa = provider(CALLBACK);

    private static NkwaProvider provider(NkwaCallback callback) {
        return new NkwaProvider(NkwaSettings.builder("key").callback(callback).build());
    }

    @Test
    void a_call_signed_over_time_url_and_body_proves_what_it_says() {
        assertThat(nkwa.webhook(signed("X-Signature", "X-Timestamp", "1700000000", "")))
                .isInstanceOfSatisfying(WebhookNotice.Proven.class, proven -> {
                    assertThat(proven.id()).isEqualTo("p-1 success");
                    assertThat(proven.reference()).contains("p-1");
                    assertThat(proven.outcome().code()).isEqualTo(Outcome.Code.SUCCEEDED);
                    assertThat(proven.particulars().amount()).contains(Money.parse("XAF 1000"));
                    assertThat(proven + proven.outcome().evidence().text()).doesNotContain("237650000000");
                });
    }

    @Test
    void our_reference_is_read_back_where_it_was_sent_and_can_be_nothing_else() {
        String ours = "0190a6f0-0000-7000-8000-000000000001-1";
        NkwaProvider sending = new NkwaProvider(NkwaSettings.builder("key")
                .callback(CALLBACK)
                .referenceFields(Set.of("externalRef", "description"))
                .build());
        String echoing = BODY.replace("{", "{\"description\":\"Salary\",\"externalRef\":\"" + ours + "\",");

        assertThat(sending.webhook(signed(echoing))).isInstanceOfSatisfying(WebhookNotice.Proven.class, proven -> {
            assertThat(proven.ourReference()).contains(ours);
            assertThat(proven.particulars().reference()).contains(ours);
        });
        assertThat(sending.webhook(signed(echoing.replace(ours, "order 42"))))
                .isInstanceOfSatisfying(
                        WebhookNotice.Proven.class,
                        proven -> assertThat(proven.ourReference()).isEmpty());
        assertThat(nkwa.webhook(signed(echoing)))
                .as("a field that was not sent")
                .isInstanceOfSatisfying(
                        WebhookNotice.Proven.class,
                        proven -> assertThat(proven.ourReference()).isEmpty());
    }

    @ParameterizedTest
    @CsvSource({
        "X-Sig, X-Timestamp, SECONDS, 1700000000, ''",
        "X-Signature, X-Timestamp, MILLISECONDS, 1700000000123, ''",
        "X-Signature, Date, HTTP_DATE, 'Tue, 14 Nov 2023 22:13:20 GMT', ''",
        "X-Signature, X-Timestamp, SECONDS, 1700000000, .",
    })
    void each_form_that_integrators_report_is_an_option(
            String signature, String timestamp, NkwaCallback.Timestamps form, String time, String separator) {
        NkwaProvider other =
                provider(CALLBACK.headers(signature, timestamp).timestamps(form).separator(separator));

        assertThat(other.webhook(signed(signature, timestamp, time, separator)))
                .isInstanceOf(WebhookNotice.Proven.class);
        assertThat(other.webhook(signed(signature, timestamp, "soon", separator)))
                .isInstanceOf(WebhookNotice.Refused.class);
    }

    @Test
    void the_url_may_be_left_out_of_what_is_signed_where_that_is_configured() {
        NkwaCallback withoutUrl =
                NkwaCallback.withoutUrl(PlayedNkwa.ACCOUNT.publicKey()).separator(".");
        WebhookDelivery overTimeAndBody =
                delivery("X-Signature", "X-Timestamp", "1700000000", "1700000000." + BODY, BODY);

        assertThat(provider(withoutUrl).webhook(overTimeAndBody)).isInstanceOf(WebhookNotice.Proven.class);
        assertThat(provider(CALLBACK.separator(".")).webhook(overTimeAndBody))
                .isInstanceOf(WebhookNotice.Refused.class);
    }

    @Test
    void a_call_for_another_url_of_another_body_or_of_another_time_is_refused() {
        NkwaProvider elsewhere = provider(
                NkwaCallback.of(URI.create("https://example.com/hooks/other"), PlayedNkwa.ACCOUNT.publicKey()));
        WebhookDelivery good = signed("X-Signature", "X-Timestamp", "1700000000", "");
        Map<String, String> headers =
                Map.of("X-Signature", good.header("X-Signature").orElseThrow(), "X-Timestamp", "1700000000");

        assertThat(elsewhere.webhook(good)).isInstanceOf(WebhookNotice.Refused.class);
        assertRefused(new WebhookDelivery(headers, BODY.replace("1000", "1001").getBytes(UTF_8), NOW));
        assertRefused(new WebhookDelivery(headers, BODY.getBytes(UTF_8), NOW.plusSeconds(301)));
        assertRefused(new WebhookDelivery(Map.of(), BODY.getBytes(UTF_8), NOW));
        assertRefused(new WebhookDelivery(
                Map.of("X-Signature", "not base64!", "X-Timestamp", "1700000000"), BODY.getBytes(UTF_8), NOW));
    }

    @Test
    void without_a_key_a_call_only_makes_us_ask() {
        NkwaProvider keyless = new NkwaProvider(NkwaSettings.builder("key").build());

        assertThat(keyless.webhook(new WebhookDelivery(Map.of(), BODY.getBytes(UTF_8), NOW)))
                .isEqualTo(WebhookNotice.Hint.at("p-1"));
        assertThat(keyless.webhook(new WebhookDelivery(Map.of(), "{}".getBytes(UTF_8), NOW)))
                .isInstanceOf(WebhookNotice.Refused.class);
    }

    @Test
    void a_key_that_is_none_is_told_when_it_is_configured() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NkwaCallback.of(URL, "AAAA"))
                .withMessageContaining("Nkwa's public key is no RSA key");
        assertThat(NkwaCallback.of(
                        URL,
                        "-----BEGIN PUBLIC KEY-----\n" + PlayedNkwa.ACCOUNT.publicKey()
                                + "\n-----END PUBLIC KEY-----\n"))
                .isNotNull();
    }

    private void assertRefused(WebhookDelivery delivery) {
        assertThat(nkwa.webhook(delivery)).isInstanceOf(WebhookNotice.Refused.class);
    }

    @Test
    void a_signed_call_about_a_collection_is_none_of_ours() {
        assertThat(nkwa.webhook(signed(BODY.replace("disbursement", "collection"))))
                .isEqualTo(new WebhookNotice.Unrelated("collection"));
    }

    private static WebhookDelivery signed(String body) {
        return signed("X-Signature", "X-Timestamp", "1700000000", "", body);
    }

    private static WebhookDelivery signed(String signatureHeader, String timestampHeader, String time, String between) {
        return signed(signatureHeader, timestampHeader, time, between, BODY);
    }

    private static WebhookDelivery signed(
            String signatureHeader, String timestampHeader, String time, String between, String body) {
        return delivery(signatureHeader, timestampHeader, time, time + between + URL + between + body, body);
    }

    private static WebhookDelivery delivery(
            String signatureHeader, String timestampHeader, String time, String signed, String body) {
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(PlayedNkwa.ACCOUNT.signingKeys().getPrivate());
            signature.update(signed.getBytes(UTF_8));
            return new WebhookDelivery(
                    Map.of(
                            signatureHeader,
                            Base64.getEncoder().encodeToString(signature.sign()),
                            timestampHeader,
                            time),
                    body.getBytes(UTF_8),
                    NOW);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
