package io.holdfast.sandbox.nkwa;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.sandbox.MovableClock;
import io.holdfast.sandbox.simulator.Caller;
import io.holdfast.sandbox.simulator.Caller.Said;
import io.holdfast.sandbox.simulator.Fault;
import io.holdfast.sandbox.simulator.Simulator;
import io.holdfast.sandbox.simulator.SimulatorSettings;
import io.holdfast.sandbox.simulator.WebhookReceiver;
import java.nio.charset.StandardCharsets;
import java.security.Signature;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nkwa over real HTTP, its answers held against its own OpenAPI document. */
class NkwaSimulatorTest {

    private static final String BODY = "{\"amount\":1000,\"phoneNumber\":\"237650000000\"}";

    private final MovableClock clock = MovableClock.at("2026-03-02T08:00:00Z");
    private final NkwaDocument document = new NkwaDocument();
    private Simulator simulator = start(NkwaSettings.account());

    private Simulator start(NkwaSettings account) {
        return NkwaSimulator.start(SimulatorSettings.with(clock), account);
    }

    private void restart(NkwaSettings account) {
        simulator.close();
        simulator = start(account);
    }

    private Caller caller() {
        return new Caller(simulator, Map.of("X-API-Key", "nkwa_test_key", "Content-Type", "application/json"));
    }

    private Said create(String body) {
        return caller().post("/disburse", body);
    }

    @AfterEach
    void close() {
        simulator.close();
    }

    @Test
    void a_create_answers_with_a_payment_of_the_document_and_pays() {
        Said created = create(BODY);
        simulator.advance(Duration.ofMinutes(1));
        Said shown = caller().get("/payments/" + created.text("/id"));

        assertThat(created.status()).isEqualTo(201);
        assertThat(created.text("/status")).isEqualTo("pending");
        assertThat(shown.text("/status")).isEqualTo("success");
        for (Said said : new Said[] {created, shown}) {
            assertThat(NkwaDocument.faults(document.schema("Payment"), said.json()))
                    .isEmpty();
        }
        assertThat(simulator.balance(NkwaSimulator.ACCOUNT)).isEqualByComparingTo("9998950");
        assertThat(simulator.payments("237650000000")).hasSize(1);
    }

    @Test
    void the_same_create_again_is_another_payout_for_there_are_no_keys() {
        Said first = create(BODY);
        Said second = caller().with("Idempotency-Key", "550e8400-e29b-41d4-a716-446655440000")
                .post("/disburse", BODY);

        assertThat(second.text("/id")).isNotEqualTo(first.text("/id"));
        assertThat(simulator.payouts()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"amount\":\"1000\",\"phoneNumber\":\"237650000000\"}",
                "{\"amount\":1000.5,\"phoneNumber\":\"237650000000\"}",
                "{\"amount\":1000,\"phoneNumber\":237650000000}",
                "{\"amount\":1000}",
                "{\"phoneNumber\":\"237650000000\"}",
                "{\"amount\":0,\"phoneNumber\":\"237650000000\"}",
                "{\"amount\":1000,\"phoneNumber\":\"+237650000000\"}",
                "{\"amount\":1000,\"phoneNumber\":\"256772345678\"}",
                "{\"amount\":1000,\"phoneNumber\":\"237620000000\"}",
                "{\"amount\":99000000,\"phoneNumber\":\"237650000000\"}",
                "[]",
                "not JSON"
            })
    void a_body_that_is_not_of_the_document_is_refused_in_its_form(String body) {
        Said refused = create(body);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().path("statusCode").asInt()).isEqualTo(400);
        assertThat(NkwaDocument.faults(document.schema("HttpError"), refused.json()))
                .isEmpty();
        assertThat(simulator.payouts()).isEmpty();
    }

    @Test
    void what_is_wrong_is_what_the_schema_of_the_document_says() {
        Said refused = create("{\"amount\":\"1000\",\"phoneNumber\":\"237650000000\"}");

        assertThat(refused.json().path("details")).hasSize(1);
        assertThat(refused.json().path("details").get(0).asText()).contains("amount", "string found, integer expected");
    }

    @Test
    void key_permission_and_rate_are_checked() {
        assertThat(caller().with("X-API-Key", "").post("/disburse", BODY).status())
                .isEqualTo(401);
        assertThat(caller().with("Content-Type", "text/plain")
                        .post("/disburse", BODY)
                        .status())
                .isEqualTo(400);
        assertThat(caller().get("/payments/none").status()).isEqualTo(404);
        assertThat(caller().get("/payments").status()).isEqualTo(404);
        restart(NkwaSettings.account().notDisbursing());
        assertThat(create(BODY).status()).isEqualTo(403);
        restart(NkwaSettings.account().requestsPerMinute(1));
        create(BODY);
        assertThat(create(BODY).status()).isEqualTo(429);
        simulator.rotateKey("other");
        assertThat(create(BODY).status()).isEqualTo(401);
        assertThat(simulator.requests().toString()).doesNotContain("nkwa_test_key");
    }

    @Test
    void a_suspended_operator_is_shown_and_not_paid() {
        restart(NkwaSettings.account().suspended(Set.of("orange")));

        Said list = caller().get("/availability");

        assertThat(list.json()).hasSize(4);
        assertThat(list.json().toString())
                .contains(
                        "{\"operator\":\"orange\",\"operation\":{\"type\":\"disbursement\",\"status\":\"SUSPENDED\"}}");
        assertThat(create(BODY.replace("650000000", "690000000")).status()).isEqualTo(400);
        assertThat(create(BODY).status()).isEqualTo(201);
    }

    @Test
    void a_failure_gives_amount_and_fee_back() {
        simulator.next(Fault.LATE_FAILURE);
        create(BODY);
        simulator.advance(Duration.ofMinutes(1));

        assertThat(simulator.balance(NkwaSimulator.ACCOUNT)).isEqualByComparingTo("10000000");
    }

    @Test
    void a_final_payment_is_told_signed_over_time_url_and_body() throws Exception {
        try (WebhookReceiver receiver = new WebhookReceiver()) {
            restart(NkwaSettings.account().callbackUrl(receiver.url()));
            receiver.answer(500);
            create(BODY);
            simulator.advance(Duration.ofHours(1));

            assertThat(receiver.arrivals()).hasSize(2).allSatisfy(arrival -> {
                Signature check = Signature.getInstance("SHA256withRSA");
                check.initVerify(NkwaSettings.account().signingKeys().getPublic());
                check.update((arrival.header("X-timestamp") + receiver.url() + arrival.body())
                        .getBytes(StandardCharsets.UTF_8));
                assertThat(check.verify(Base64.getDecoder().decode(arrival.header("X-signature"))))
                        .isTrue();
                assertThat(arrival.body()).contains("\"status\":\"success\"");
            });
        }
    }
}
