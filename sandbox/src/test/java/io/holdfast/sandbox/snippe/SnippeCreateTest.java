package io.holdfast.sandbox.snippe;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.sandbox.MovableClock;
import io.holdfast.sandbox.simulator.Payment;
import io.holdfast.sandbox.simulator.PayoutStatus;
import io.holdfast.sandbox.simulator.Simulator;
import io.holdfast.sandbox.simulator.SimulatorSettings;
import java.math.BigDecimal;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SnippeCreateTest {

    private static final String PHONE = "255781000000";

    private final MovableClock clock = MovableClock.at("2026-01-25T01:06:39Z");
    private Simulator simulator = start(SnippeSettings.account());
    private SnippeCaller snippe = SnippeCaller.of(simulator);

    private Simulator start(SnippeSettings account) {
        return SnippeSimulator.start(SimulatorSettings.with(clock), account);
    }

    private void restart(SnippeSettings account) {
        simulator.close();
        simulator = start(account);
        snippe = SnippeCaller.of(simulator);
    }

    @AfterEach
    void close() {
        simulator.close();
    }

    private BigDecimal balance() {
        return simulator.balance(SnippeSimulator.ACCOUNT);
    }

    private void assertRefused(HttpResponse<String> response, int status, String errorCode) throws Exception {
        JsonNode error = snippe.json(response);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(error.path("status").asText()).isEqualTo("error");
        assertThat(error.path("code").asInt()).isEqualTo(status);
        assertThat(error.path("error_code").asText()).isEqualTo(errorCode);
        assertThat(error.path("message").asText()).isNotEmpty();
        assertThat(simulator.payouts()).isEmpty();
    }

    @Test
    void a_payout_is_accepted_pending_and_debited_at_once() throws Exception {
        BigDecimal before = balance();

        HttpResponse<String> response = snippe.send(SnippeCaller.MOBILE, "k1");

        assertThat(response.statusCode()).isEqualTo(201);
        JsonNode created = snippe.json(response);
        assertThat(created.path("status").asText()).isEqualTo("success");
        assertThat(created.path("code").asInt()).isEqualTo(201);
        JsonNode payout = created.path("data");
        assertThat(payout.path("status").asText()).isEqualTo("pending");
        assertThat(payout.has("completed_at")).isFalse();
        assertThat(payout.at("/amount/value").asInt()).isEqualTo(5_000);
        assertThat(payout.at("/fees/value").asInt()).isEqualTo(1_500);
        assertThat(payout.at("/total/value").asInt()).isEqualTo(6_500);
        assertThat(payout.at("/metadata/employee_id").asText()).isEqualTo("EMP-001");
        assertThat(balance()).isEqualByComparingTo(before.subtract(BigDecimal.valueOf(6_500)));
        assertThat(simulator.payments()).isEmpty();
    }

    @Test
    void the_recipient_is_paid_when_it_completes() throws Exception {
        String reference = snippe.create(SnippeCaller.MOBILE, "k1");

        simulator.advance(Duration.ofSeconds(5));

        assertThat(simulator.payments(PHONE))
                .singleElement()
                .extracting(Payment::reference, Payment::amount, Payment::currency)
                .containsExactly(reference, BigDecimal.valueOf(5_000), "TZS");
    }

    @Test
    void a_bank_payout_takes_a_day() throws Exception {
        String reference = snippe.create(SnippeCaller.BANK, "k1");

        simulator.advance(Duration.ofHours(23));
        JsonNode early = snippe.payout(reference);
        simulator.advance(Duration.ofHours(1));

        assertThat(early.path("status").asText()).isEqualTo("pending");
        assertThat(early.path("recipient"))
                .isEqualTo(snippe.json("{\"name\":\"John Doe\",\"bank\":\"CRDB\",\"account\":\"0150000000000\"}"));
        assertThat(early.at("/channel/provider").asText()).isEqualTo("CRDB");
        assertThat(snippe.payout(reference).path("status").asText()).isEqualTo("completed");
        assertThat(simulator.payments("0150000000000")).hasSize(1);
    }

    @Test
    void a_failed_payout_returns_the_money_and_pays_nobody() throws Exception {
        BigDecimal before = balance();
        String reference = snippe.create(SnippeCaller.MOBILE, "k1");

        simulator.change(reference, PayoutStatus.FAILED);

        assertThat(balance()).isEqualByComparingTo(before);
        assertThat(simulator.payments()).isEmpty();
        assertThat(snippe.payout(reference).path("status").asText()).isEqualTo("failed");
        assertThat(snippe.payout(reference).path("failure_reason").asText()).isNotEmpty();
        simulator.advance(Duration.ofDays(1));
        assertThat(simulator.payments()).isEmpty();
    }

    @Test
    void a_reversed_payout_returns_the_money() throws Exception {
        BigDecimal before = balance();
        String reference = snippe.create(SnippeCaller.MOBILE, "k1");
        simulator.advance(Duration.ofSeconds(5));

        simulator.change(reference, PayoutStatus.REVERSED);

        assertThat(balance()).isEqualByComparingTo(before);
        assertThat(simulator.payments(PHONE))
                .singleElement()
                .satisfies(payment -> assertThat(payment.reversedAt()).contains(clock.instant()));
        assertThat(snippe.payout(reference).path("status").asText()).isEqualTo("reversed");
    }

    @ParameterizedTest
    @CsvSource({
        "amount, 4999",
        "amount, 5000.0",
        "amount, '\"5000\"'",
        "amount, -5000",
        "amount, 99999999999999999999",
        "amount, null",
        "channel, '\"mobile_money\"'",
        "channel, '\"bank\"'",
        "channel, 7",
        "recipient_phone, '\"0781000000\"'",
        "recipient_phone, '\"+254781000000\"'",
        "recipient_phone, '\"2557810000001\"'",
        "recipient_phone, '\"25578100000\"'",
        "recipient_phone, '\"255 781 000 000\"'",
        "recipient_phone, '\"255731000000\"'",
        "recipient_phone, 255781000000",
        "recipient_name, '\" \"'",
        "recipient_name, 1",
        "narration, 1",
        "narration, null",
        "metadata, '\"x\"'",
        "metadata, null",
        "webhook_url, '\"http://example.com/hook\"'",
        "webhook_url, '\"no url\"'",
        "webhook_url, '\"ftp://example.com\"'",
        "reference, '\"mine\"'"
    })
    void a_wrong_value_is_refused(String field, String value) throws Exception {
        ObjectNode body = (ObjectNode) snippe.json(SnippeCaller.MOBILE);
        body.set(field, snippe.json(value));

        assertRefused(snippe.send(body.toString(), "k1"), 400, "validation_error");
    }

    @ParameterizedTest
    @ValueSource(strings = {"amount", "channel", "recipient_phone", "recipient_name"})
    void a_missing_value_is_refused(String field) throws Exception {
        ObjectNode body = (ObjectNode) snippe.json(SnippeCaller.MOBILE);
        body.remove(field);

        assertRefused(snippe.send(body.toString(), "k1"), 400, "validation_error");
    }

    @ParameterizedTest
    @ValueSource(strings = {"recipient_bank", "recipient_account", "recipient_name"})
    void a_missing_value_of_a_bank_payout_is_refused(String field) throws Exception {
        ObjectNode body = (ObjectNode) snippe.json(SnippeCaller.BANK);
        body.remove(field);

        assertRefused(snippe.send(body.toString(), "k1"), 400, "validation_error");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{", "5000", "{} {}", "{\"amount\":5000,\"amount\":6000}"})
    void what_is_no_json_object_is_refused(String body) throws Exception {
        assertRefused(snippe.send(body, "k1"), 400, "validation_error");
    }

    @Test
    void a_webhook_url_of_more_than_500_characters_is_refused() throws Exception {
        ObjectNode body = (ObjectNode) snippe.json(SnippeCaller.MOBILE);
        body.put("webhook_url", "https://example.com/" + "x".repeat(481));

        assertRefused(snippe.send(body.toString(), "k1"), 400, "validation_error");
    }

    @Test
    void a_body_of_another_type_is_refused() throws Exception {
        assertRefused(
                snippe.call(snippe.request("/v1/payouts/send").POST(BodyPublishers.ofString(SnippeCaller.MOBILE))),
                400,
                "validation_error");
    }

    @ParameterizedTest
    @CsvSource({"+255781000000, airtel", "255754000000, mpesa", "255654000000, mixx", "255621000000, halotel"})
    void the_network_follows_the_number(String phone, String network) throws Exception {
        String reference = snippe.create(SnippeCaller.mobileTo(phone), "k1");

        assertThat(snippe.payout(reference).at("/channel/provider").asText()).isEqualTo(network);
        assertThat(snippe.payout(reference).at("/recipient/phone").asText()).isEqualTo(phone.replace("+", ""));
    }

    @Test
    void a_network_that_is_switched_off_is_refused() throws Exception {
        restart(SnippeSettings.account().networks(Set.of("airtel", "mixx", "halotel")));

        assertRefused(snippe.send(SnippeCaller.mobileTo("255754000000"), "k1"), 400, "validation_error");
    }

    @Test
    void a_float_too_low_is_an_internal_error_with_both_figures() throws Exception {
        restart(SnippeSettings.account().openingBalance(6_499));

        HttpResponse<String> response = snippe.send(SnippeCaller.MOBILE, "k1");

        assertRefused(response, 500, "payment_failed");
        assertThat(snippe.json(response).path("message").asText())
                .isEqualTo("insufficient balance: available 6499, required 6500");
        simulator.topUp(SnippeSimulator.ACCOUNT, BigDecimal.ONE);
        assertThat(snippe.send(SnippeCaller.MOBILE, "k1").statusCode()).isEqualTo(201);
    }

    @Test
    void a_key_that_is_missing_wrong_or_rotated_is_unauthorized() throws Exception {
        assertRefused(snippe.withKey("snp_other").send(SnippeCaller.MOBILE, "k1"), 401, "unauthorized");
        assertRefused(snippe.withKey("").get("/v1/payouts"), 401, "unauthorized");

        simulator.rotateKey("snp_new");

        assertRefused(snippe.send(SnippeCaller.MOBILE, "k1"), 401, "unauthorized");
        assertThat(snippe.withKey("snp_new").send(SnippeCaller.MOBILE, "k1").statusCode())
                .isEqualTo(201);
    }

    @ParameterizedTest
    @CsvSource({
        "DISBURSEMENT_READ, /v1/payouts",
        "DISBURSEMENT_READ, /v1/payouts/fee?amount=5000",
        "DISBURSEMENT_READ, /v1/payouts/r1",
        "COLLECTION_READ, /v1/payments/balance"
    })
    void each_read_needs_its_scope(SnippeScope scope, String path) throws Exception {
        restart(SnippeSettings.account().scopes(EnumSet.complementOf(EnumSet.of(scope))));

        assertRefused(snippe.get(path), 403, "insufficient_scope");
    }

    @Test
    void creating_needs_its_scope() throws Exception {
        restart(SnippeSettings.account().scopes(Set.of(SnippeScope.DISBURSEMENT_READ, SnippeScope.COLLECTION_READ)));

        assertRefused(snippe.send(SnippeCaller.MOBILE, "k1"), 403, "insufficient_scope");
    }
}
