package io.holdfast.sandbox.rohopay;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.sandbox.MovableClock;
import io.holdfast.sandbox.simulator.Caller;
import io.holdfast.sandbox.simulator.Caller.Said;
import io.holdfast.sandbox.simulator.Fault;
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

/** RohoPay over real HTTP: what it takes, what it refuses, and how it tells. */
class RohoPaySimulatorTest {

    private static final RohoPaySettings ACCOUNT = RohoPaySettings.account();
    private static final String KEY = "550e8400-e29b-41d4-a716-446655440000";
    private static final String OTHER_KEY = "550e8400-e29b-41d4-a716-446655440001";
    private static final String BODY = "{\"phone\":\"256700123456\",\"amount\":25000,\"currency\":\"UGX\"}";

    private final MovableClock clock = MovableClock.at("2026-03-02T08:00:00Z");
    private Simulator simulator = start(ACCOUNT);
    private Caller caller = caller();

    private Simulator start(RohoPaySettings account) {
        return RohoPaySimulator.start(SimulatorSettings.with(clock), account);
    }

    private Caller caller() {
        return new Caller(
                simulator,
                Map.of(
                        "Authorization",
                        "Bearer " + ACCOUNT.liveKey(),
                        "Content-Type",
                        "application/json",
                        "Idempotency-Key",
                        KEY));
    }

    private void restart(RohoPaySettings account) {
        simulator.close();
        simulator = start(account);
        caller = caller();
    }

    @AfterEach
    void close() {
        simulator.close();
    }

    private Said create(String body) {
        return caller.post("/api/v1/disburse", body);
    }

    @Test
    void a_create_is_debited_at_once_paid_later_and_shown_under_both_references() {
        Said created = create(BODY);

        assertThat(created.status()).isEqualTo(200);
        assertThat(created.json().path("success").asBoolean()).isTrue();
        assertThat(created.text("/data/status")).isEqualTo("pending");
        assertThat(created.text("/data/type")).isEqualTo("disbursement");
        assertThat(created.text("/data/net_amount")).isEqualTo("25000");
        assertThat(simulator.balance("UGX")).isEqualByComparingTo("9974500");
        simulator.advance(Duration.ofMinutes(1));
        for (String name : new String[] {"internal_reference", "provider_reference"}) {
            Said shown = caller.get("/api/v1/transactions/" + created.text("/data/" + name));
            assertThat(shown.text("/data/status")).isEqualTo("successful");
            assertThat(shown.text("/data/commission_amount")).isEqualTo("500");
        }
        assertThat(simulator.payments("256700123456"))
                .singleElement()
                .satisfies(payment -> assertThat(payment.amount()).isEqualByComparingTo("25000"));
    }

    @Test
    void a_deducted_commission_reaches_the_recipient_as_less() {
        restart(ACCOUNT.variations(Set.of(RohoPayVariation.FEE_DEDUCTED)));

        Said created = create(BODY);
        simulator.advance(Duration.ofMinutes(1));

        assertThat(created.text("/data/net_amount")).isEqualTo("24500");
        assertThat(simulator.balance("UGX")).isEqualByComparingTo("9975000");
        assertThat(simulator.payments().get(0).amount()).isEqualByComparingTo("24500");
    }

    @Test
    void the_same_key_replays_for_a_day_and_conflicts_with_another_body() {
        Said first = create(BODY);

        assertThat(create(BODY).json()).isEqualTo(first.json());
        Said conflict = create(BODY.replace("25000", "26000"));
        clock.advance(Duration.ofHours(24));
        Said anew = create(BODY);

        assertThat(conflict.status()).isEqualTo(409);
        assertThat(anew.text("/data/internal_reference")).isNotEqualTo(first.text("/data/internal_reference"));
        assertThat(simulator.payouts()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "422|INVALID_PHONE|{\"phone\":\"+256700123456\",\"amount\":25000,\"currency\":\"UGX\"}",
                "422|INVALID_PHONE|{\"phone\":\"254700123456\",\"amount\":25000,\"currency\":\"UGX\"}",
                "422|INVALID_AMOUNT|{\"phone\":\"256700123456\",\"amount\":999,\"currency\":\"UGX\"}",
                "400|VALIDATION_ERROR|{\"phone\":\"256700123456\",\"amount\":25000.0,\"currency\":\"UGX\"}",
                "400|VALIDATION_ERROR|{\"phone\":\"256700123456\",\"amount\":\"25000\",\"currency\":\"UGX\"}",
                "422|INVALID_CURRENCY|{\"phone\":\"256700123456\",\"amount\":25000,\"currency\":\"XAF\"}",
                "422|INSUFFICIENT_BALANCE|{\"phone\":\"256700123456\",\"amount\":99000000,\"currency\":\"UGX\"}",
                "400|VALIDATION_ERROR|{\"phone\":\"256700123456\",\"amount\":25000,\"currency\":\"UGX\",\"name\":\"x\"}",
                "400|VALIDATION_ERROR|{\"phone\":\"256700123456\",\"amount\":25000,\"currency\":\"UGX\",\"callback_url\":\"http://x\"}",
                "400|VALIDATION_ERROR|not JSON"
            })
    void a_body_that_is_not_as_documented_is_refused(int status, String code, String body) {
        Said refused = create(body);

        assertThat(refused.status()).isEqualTo(status);
        assertThat(refused.text("/error/code")).isEqualTo(code);
        assertThat(simulator.payouts()).isEmpty();
    }

    @Test
    void key_and_credentials_are_checked() {
        assertRefused(caller.with("Idempotency-Key", ""), 400, "MISSING_IDEMPOTENCY_KEY");
        assertRefused(caller.with("Idempotency-Key", "payout-1"), 400, "VALIDATION_ERROR");
        assertRefused(caller.with("Authorization", ""), 401, "UNAUTHORIZED");
        assertRefused(caller.with("Authorization", ACCOUNT.liveKey()), 401, "UNAUTHORIZED");
        assertRefused(caller.with("Authorization", "Bearer " + ACCOUNT.testKey()), 403, "DISBURSE_TEST_BLOCKED");
        assertRefused(caller.with("Content-Type", "text/plain"), 400, "VALIDATION_ERROR");
        simulator.rotateKey("live_other");
        assertRefused(caller, 401, "UNAUTHORIZED");
        assertThat(simulator.requests().toString()).doesNotContain(ACCOUNT.liveKey());
    }

    private static void assertRefused(Caller caller, int status, String code) {
        Said refused = caller.post("/api/v1/disburse", BODY);
        assertThat(refused.status()).isEqualTo(status);
        assertThat(refused.text("/error/code")).isEqualTo(code);
    }

    @Test
    void the_list_is_filtered_and_the_rate_limited() {
        create(BODY);
        simulator.advance(Duration.ofMinutes(1));
        caller.with("Idempotency-Key", OTHER_KEY).post("/api/v1/disburse", BODY);

        assertThat(listed("")).isEqualTo(2);
        assertThat(listed("?status=pending&type=disbursement&environment=live")).isEqualTo(1);
        assertThat(listed("?from=2026-03-02T08:00:30Z")).isEqualTo(1);
        assertThat(listed("?to=2026-03-02T08:00:30Z")).isEqualTo(1);
        assertThat(listed("?limit=1&offset=1")).isEqualTo(1);
        assertThat(caller.get("/api/v1/transactions?limit=101").status()).isEqualTo(400);
        assertThat(caller.get("/api/v1/transactions?page=1").status()).isEqualTo(400);
        for (int request = 0; request < 92; request++) {
            caller.get("/api/v1/wallet/balance");
        }
        assertThat(caller.get("/api/v1/wallet/balance").status()).isEqualTo(429);
    }

    private int listed(String query) {
        return caller.get("/api/v1/transactions" + query).json().path("data").size();
    }

    @Test
    void a_second_operator_is_shown_with_its_reason_and_pays_once_unless_told_otherwise() {
        simulator.next(Fault.SECOND_OPERATOR);

        Said created = create(BODY);
        simulator.advance(Duration.ofMinutes(1));

        assertThat(created.text("/data/provider")).isEqualTo("iotec");
        assertThat(created.text("/data/failover_reason"))
                .isEqualTo("Primary provider (relworx) returned a timeout; retried with iotec");
        assertThat(simulator.payments()).hasSize(1);
    }

    @Test
    void a_call_is_signed_flat_and_repeated_until_it_is_taken() throws Exception {
        try (WebhookReceiver receiver = new WebhookReceiver()) {
            receiver.answer(500, 503);
            create(BODY.replace("}", ",\"callback_url\":\"" + receiver.url() + "\"}"));
            simulator.advance(Duration.ofHours(2));

            assertThat(receiver.arrivals()).hasSize(3);
            assertThat(receiver.arrivals()).allSatisfy(arrival -> {
                assertThat(arrival.body()).contains("\"event\":\"withdraw.successful\"", "\"amount\":25000");
                assertThat(arrival.header("X-rohopay-signature"))
                        .isEqualTo(RohoPayWebhooks.sign("whsec_test", arrival.body()));
            });
        }
    }

    @Test
    void without_a_url_nobody_is_called_and_the_signature_is_that_of_the_documents() {
        create(BODY);
        simulator.advance(Duration.ofHours(2));

        assertThat(simulator.deliveries()).isEmpty();
        assertThat(RohoPayWebhooks.sign(
                        "whsec_test",
                        "{\"event\":\"withdraw.successful\",\"internal_reference\":\"RHP-2024-DISP001\","
                                + "\"status\":\"successful\"}"))
                .isEqualTo("sha256=fd4b45ade5ddf84280a98868f289a539d00e8759f67f93603e44aee00530fa34");
    }
}
