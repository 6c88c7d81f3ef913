package io.holdfast.sandbox.snippe;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.sandbox.MovableClock;
import io.holdfast.sandbox.simulator.Fault;
import io.holdfast.sandbox.simulator.Simulator;
import io.holdfast.sandbox.simulator.SimulatorSettings;
import io.holdfast.sandbox.simulator.WebhookDelivery;
import io.holdfast.sandbox.simulator.WebhookReceiver;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SnippeWebhooksTest {

    private static final Instant START = Instant.parse("2026-01-25T01:06:39Z");

    private final MovableClock clock = MovableClock.at(START);
    private Simulator simulator;
    private WebhookReceiver receiver;
    private SnippeCaller snippe;

    @BeforeEach
    void start() throws Exception {
        receiver = new WebhookReceiver();
        simulator = SnippeSimulator.start(
                SimulatorSettings.with(clock), SnippeSettings.account().webhookUrl(receiver.url()));
        snippe = SnippeCaller.of(simulator);
    }

    @AfterEach
    void close() {
        simulator.close();
        receiver.close();
    }

    private List<String> eventsArrived() {
        return receiver.arrivals().stream()
                .map(arrival -> arrival.header("X-webhook-event"))
                .toList();
    }

    @Test
    void the_signature_is_that_of_the_published_formula() {
        String signature = SnippeWebhooks.sign(
                "whsec_test",
                "1700000000",
                "{\"id\":\"evt_1\",\"type\":\"payout.completed\",\"data\":{\"reference\":\"r1\",\"status\":\"completed\"}}");

        assertThat(signature).isEqualTo("06e3b91b06d11b50e79504b9e59307f24dad0823fad3a87fa4a43b34622d53f2");
    }

    @Test
    void a_completed_payout_is_told_signed_and_once() throws Exception {
        String reference = snippe.create(SnippeCaller.MOBILE, "k1");
        assertThat(receiver.arrivals()).isEmpty();

        simulator.advance(Duration.ofDays(1));

        assertThat(receiver.arrivals()).hasSize(1);
        WebhookReceiver.Arrival arrival = receiver.arrivals().get(0);
        String timestamp = Long.toString(START.plusSeconds(5).getEpochSecond());
        assertThat(arrival.header("X-webhook-timestamp")).isEqualTo(timestamp);
        assertThat(arrival.header("X-webhook-event")).isEqualTo("payout.completed");
        assertThat(arrival.header("X-webhook-signature"))
                .isEqualTo(SnippeWebhooks.sign("whsec_test", timestamp, arrival.body()));
        JsonNode body = snippe.json(arrival.body());
        assertThat(body.path("id").asText()).matches("evt_[0-9A-Za-z]{24}");
        assertThat(body.path("type").asText()).isEqualTo("payout.completed");
        assertThat(body.path("api_version").asText()).isEqualTo("2026-01-25");
        assertThat(body.path("created_at").asText()).isEqualTo("2026-01-25T01:06:44Z");
        assertThat(body.at("/data/reference").asText()).isEqualTo(reference);
        assertThat(body.at("/data/status").asText()).isEqualTo("completed");
        assertThat(body.at("/data/amount/value").asInt()).isEqualTo(5_000);
        assertThat(body.at("/data/metadata/employee_id").asText()).isEqualTo("EMP-001");
        assertThat(body.at("/data/completed_at").asText()).isEqualTo("2026-01-25T01:06:44Z");
    }

    @Test
    void a_failure_and_a_reversal_have_events_of_their_own() throws Exception {
        simulator.next(Fault.LATE_FAILURE);
        simulator.next(Fault.REVERSAL);
        snippe.create(SnippeCaller.MOBILE, "k1");
        snippe.create(SnippeCaller.MOBILE, "k2");

        simulator.advance(Duration.ofHours(2));

        assertThat(eventsArrived()).containsExactly("payout.failed", "payout.completed", "payout.reversed");
        assertThat(receiver.arrivals().get(0).body()).contains("failure_reason");
    }

    @Test
    void a_payout_may_name_its_own_url() throws Exception {
        try (WebhookReceiver other = new WebhookReceiver()) {
            snippe.create(
                    SnippeCaller.MOBILE.replace("\"amount\"", "\"webhook_url\":\"" + other.url() + "\",\"amount\""),
                    "k1");

            simulator.advance(Duration.ofMinutes(1));

            assertThat(other.arrivals()).hasSize(1);
            assertThat(receiver.arrivals()).isEmpty();
        }
    }

    @Test
    void a_failed_delivery_is_repeated_after_3_6_12_and_24_minutes_and_then_given_up() throws Exception {
        receiver.answer(500, 302, 404, 503, 500);
        snippe.create(SnippeCaller.MOBILE, "k1");

        simulator.advance(Duration.ofDays(1));

        Instant first = START.plusSeconds(5);
        assertThat(simulator.deliveries())
                .extracting(WebhookDelivery::at)
                .containsExactly(
                        first,
                        first.plus(Duration.ofMinutes(3)),
                        first.plus(Duration.ofMinutes(9)),
                        first.plus(Duration.ofMinutes(21)),
                        first.plus(Duration.ofMinutes(45)));
        assertThat(receiver.arrivals())
                .extracting(WebhookReceiver.Arrival::body)
                .containsOnly(receiver.arrivals().get(0).body());
        assertThat(receiver.arrivals())
                .extracting(arrival -> arrival.header("X-webhook-timestamp"))
                .doesNotHaveDuplicates();
    }

    @Test
    void a_delivery_that_succeeds_is_not_repeated() throws Exception {
        receiver.answer(500, 204);
        snippe.create(SnippeCaller.MOBILE, "k1");

        simulator.advance(Duration.ofDays(1));

        assertThat(simulator.deliveries())
                .extracting(WebhookDelivery::answered)
                .containsExactly(OptionalInt.of(500), OptionalInt.of(204));
    }

    @Test
    void a_receiver_that_is_down_gets_the_next_attempt() throws Exception {
        receiver.close();
        snippe.create(SnippeCaller.MOBILE, "k1");

        simulator.advance(Duration.ofMinutes(1));

        assertThat(simulator.deliveries())
                .singleElement()
                .extracting(WebhookDelivery::answered)
                .isEqualTo(OptionalInt.empty());
    }

    @Test
    void webhooks_are_lost_doubled_and_reordered_on_demand() throws Exception {
        simulator.next(Fault.WEBHOOK_LOST);
        snippe.create(SnippeCaller.MOBILE, "k1");
        simulator.advance(Duration.ofDays(1));
        assertThat(receiver.arrivals()).isEmpty();
        assertThat(simulator.payments()).hasSize(1);

        simulator.next(Fault.WEBHOOK_DUPLICATED);
        snippe.create(SnippeCaller.MOBILE, "k2");
        simulator.advance(Duration.ofDays(1));
        assertThat(receiver.arrivals()).hasSize(2);
        assertThat(receiver.arrivals().get(0).body())
                .isEqualTo(receiver.arrivals().get(1).body());

        simulator.next(Fault.REVERSAL, Fault.WEBHOOKS_REORDERED);
        snippe.create(SnippeCaller.MOBILE, "k3");
        simulator.advance(Duration.ofDays(1));
        assertThat(eventsArrived().subList(2, 4)).containsExactly("payout.reversed", "payout.completed");
    }

    @Test
    void a_webhook_can_come_before_the_answer() throws Exception {
        simulator.next(Fault.WEBHOOK_BEFORE_ANSWER);

        String reference = snippe.create(SnippeCaller.MOBILE, "k1");

        assertThat(receiver.arrivals()).hasSize(1);
        assertThat(receiver.arrivals().get(0).body()).contains(reference);
        simulator.advance(Duration.ofDays(1));
        assertThat(receiver.arrivals()).hasSize(1);
        assertThat(simulator.payments()).hasSize(1);
    }
}
