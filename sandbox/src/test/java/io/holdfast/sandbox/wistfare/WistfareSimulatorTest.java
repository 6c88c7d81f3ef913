package io.holdfast.sandbox.wistfare;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.sandbox.MovableClock;
import io.holdfast.sandbox.simulator.Caller;
import io.holdfast.sandbox.simulator.Caller.Said;
import io.holdfast.sandbox.simulator.Simulator;
import io.holdfast.sandbox.simulator.SimulatorSettings;
import io.holdfast.sandbox.simulator.WebhookReceiver;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Wistfare over real HTTP: what it takes, what it refuses, and how it tells. */
class WistfareSimulatorTest {

    private static final String BODY = "{\"businessId\":\"biz_123\",\"walletId\":\"wal_456\",\"amount\":\"5000\","
            + "\"destinationType\":\"mobile_money\",\"destinationRef\":\"250788000000\","
            + "\"referenceId\":\"vendor_payout_001\",\"description\":\"Vendor payout\"}";

    private final MovableClock clock = MovableClock.at("2026-03-02T08:00:00Z");
    private Simulator simulator = start(WistfareSettings.account());

    private Simulator start(WistfareSettings account) {
        return WistfareSimulator.start(SimulatorSettings.with(clock), account);
    }

    private void restart(WistfareSettings account) {
        simulator.close();
        simulator = start(account);
    }

    private Caller caller() {
        return new Caller(simulator, Map.of("X-API-Key", "wf_live_simulated", "Content-Type", "application/json"));
    }

    private Said create(String body) {
        return caller().post("/v1/disbursements", body);
    }

    @AfterEach
    void close() {
        simulator.close();
    }

    @Test
    void a_create_is_answered_as_published_and_paid_later() {
        Said created = create(BODY);
        simulator.advance(Duration.ofMinutes(1));
        Said shown = caller().get("/v1/disbursements/" + created.text("/id"));

        assertThat(created.status()).isEqualTo(201);
        assertThat(created.text("/status")).isEqualTo("pending");
        assertThat(created.text("/amount")).isEqualTo("5000");
        assertThat(created.text("/referenceId")).isEqualTo("vendor_payout_001");
        assertThat(shown.text("/status")).isEqualTo("completed");
        assertThat(simulator.balance(WistfareSimulator.ACCOUNT)).isEqualByComparingTo("9994900");
        assertThat(simulator.payments("250788000000")).hasSize(1);
    }

    @Test
    void the_same_reference_again_pays_again_unless_the_variation_says_otherwise() {
        create(BODY);
        create(BODY);
        assertThat(simulator.payouts()).hasSize(2);

        restart(WistfareSettings.account().variations(Set.of(WistfareVariation.IDEMPOTENT_REFERENCES)));
        Said first = create(BODY);
        assertThat(create(BODY).text("/id")).isEqualTo(first.text("/id"));
        assertThat(simulator.payouts()).hasSize(1);
    }

    @Test
    void requests_and_answers_of_the_sdks_are_variations() {
        restart(WistfareSettings.account()
                .variations(Set.of(
                        WistfareVariation.SNAKE_CASE, WistfareVariation.SDK_ANSWERS, WistfareVariation.FEE_DEDUCTED)));

        assertThat(create(BODY).status()).isEqualTo(422);
        Said created = create(BODY.replace("businessId", "business_id")
                .replace("walletId", "wallet_id")
                .replace("destinationType", "destination_type")
                .replace("destinationRef", "destination_ref")
                .replace("referenceId", "reference_id"));
        simulator.advance(Duration.ofMinutes(1));

        assertThat(created.text("/disbursement_id")).startsWith("disb_");
        assertThat(created.text("/net_amount")).isEqualTo("4900");
        assertThat(simulator.payments().get(0).amount()).isEqualByComparingTo("4900");
    }

    @ParameterizedTest
    @CsvSource({
        "biz_123, biz_124, businessId",
        "wal_456, wal_1, walletId",
        "mobile_money, bank, destinationType",
        "250788000000, +250788000000, destinationRef",
        "250788000000, 256772345678, destinationRef",
        "vendor_payout_001, '', referenceId",
        "5000, 0, amount",
        "5000, 50.5, amount",
        "description, note, note"
    })
    void a_body_that_is_not_as_documented_is_refused_with_its_field(String from, String to, String field) {
        Said refused = create(BODY.replace(from, to));

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text("/error/code")).isEqualTo("validation_error");
        assertThat(refused.json().at("/error/details").has(field)).isTrue();
        assertThat(refused.text("/request_id")).isNotEmpty();
        assertThat(simulator.payouts()).isEmpty();
    }

    @Test
    void credentials_routes_balance_and_rate_are_checked() {
        assertThat(caller().with("X-API-Key", "")
                        .post("/v1/disbursements", BODY)
                        .status())
                .isEqualTo(401);
        assertThat(caller().with("Content-Type", "text/plain")
                        .post("/v1/disbursements", BODY)
                        .status())
                .isEqualTo(422);
        assertThat(create(BODY.replace("5000", "99000000")).text("/error/code")).isEqualTo("insufficient_balance");
        assertThat(caller().get("/v1/disbursements/none").status()).isEqualTo(404);
        assertThat(caller().get("/v1/disbursements").status()).isEqualTo(422);
        assertThat(caller().get("/v1/wallets?wallet_id=wal_456").text("/data/0/balance"))
                .isEqualTo("10000000");
        restart(WistfareSettings.account().requestsPerMinute(1));
        create(BODY);
        assertThat(create(BODY).status()).isEqualTo(429);
        simulator.rotateKey("other");
        assertThat(create(BODY).status()).isEqualTo(401);
        assertThat(simulator.requests().toString()).doesNotContain("wf_live_simulated");
    }

    @Test
    void the_list_goes_page_by_page() {
        for (int number = 1; number <= 3; number++) {
            create(BODY.replace("001", "00" + number));
        }

        Said first = caller().get("/v1/disbursements?business_id=biz_123&page=1&per_page=2");
        Said second = caller().get("/v1/disbursements?business_id=biz_123&page=2&per_page=2");

        assertThat(first.json().path("data")).hasSize(2);
        assertThat(first.json().path("has_more").asBoolean()).isTrue();
        assertThat(second.json().path("data")).hasSize(1);
        assertThat(second.json().path("has_more").asBoolean()).isFalse();
        assertThat(second.text("/total")).isEqualTo("3");
    }

    @Test
    void a_call_is_flat_and_unsigned_and_carries_the_secret_if_there_is_one() throws Exception {
        try (WebhookReceiver receiver = new WebhookReceiver()) {
            restart(WistfareSettings.account().webhookUrl(receiver.url()).sharedSecret("s3cret"));
            receiver.answer(500);
            create(BODY);
            simulator.advance(Duration.ofHours(1));

            assertThat(receiver.arrivals()).hasSize(2).allSatisfy(arrival -> {
                assertThat(arrival.body())
                        .contains("\"event\":\"disbursement.completed\"", "\"reference_id\":\"vendor_payout_001\"");
                assertThat(arrival.header("X-webhook-secret")).isEqualTo("s3cret");
            });
        }
    }
}
