package io.holdfast.sandbox.snippe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.sandbox.MovableClock;
import io.holdfast.sandbox.simulator.Fault;
import io.holdfast.sandbox.simulator.RequestRecord;
import io.holdfast.sandbox.simulator.Simulator;
import io.holdfast.sandbox.simulator.SimulatorSettings;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.ConnectException;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Every fault over real HTTP: what the caller sees, and what really happened. */
class SnippeFaultsTest {

    private static final String PHONE = "255781000000";
    private static final Duration SHORT = Duration.ofMillis(400);

    private final MovableClock clock = MovableClock.at("2026-01-25T01:06:39Z");
    private final Simulator simulator = SnippeSimulator.start(
            SimulatorSettings.with(clock).slowBy(Duration.ofMillis(300)), SnippeSettings.account());
    private final SnippeCaller snippe = SnippeCaller.of(simulator);
    private final SnippeCaller impatient = snippe.waiting(SHORT);

    @AfterEach
    void close() {
        simulator.close();
    }

    private int paid() {
        simulator.advance(Duration.ofDays(2));
        return simulator.payments(PHONE).size();
    }

    private static void until(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(end);
            Thread.sleep(10);
        }
    }

    private void assertSendAgainPaysOnce() throws Exception {
        assertThat(snippe.send(SnippeCaller.MOBILE, "k1").statusCode()).isEqualTo(201);
        assertThat(paid()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"TIMEOUT_AFTER_EXECUTING", "TIMEOUT_WITHOUT_EXECUTING"})
    void a_timeout_tells_nothing(Fault fault) throws Exception {
        simulator.next(fault);

        assertThatThrownBy(() -> impatient.send(SnippeCaller.MOBILE, "k1")).isInstanceOf(HttpTimeoutException.class);

        assertThat(simulator.payouts()).hasSize(fault == Fault.TIMEOUT_AFTER_EXECUTING ? 1 : 0);
        assertSendAgainPaysOnce();
    }

    @ParameterizedTest
    @EnumSource(names = {"RESET_AFTER_EXECUTING", "RESET_WITHOUT_EXECUTING"})
    void a_reset_tells_nothing(Fault fault) throws Exception {
        simulator.next(fault);

        assertThatThrownBy(() -> snippe.send(SnippeCaller.MOBILE, "k1"))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(HttpTimeoutException.class);

        assertThat(simulator.payouts()).hasSize(fault == Fault.RESET_AFTER_EXECUTING ? 1 : 0);
        assertSendAgainPaysOnce();
    }

    @ParameterizedTest
    @EnumSource(names = {"ERROR_500_AFTER_EXECUTING", "ERROR_500_WITHOUT_EXECUTING"})
    void a_500_tells_nothing(Fault fault) throws Exception {
        simulator.next(fault);

        HttpResponse<String> response = snippe.send(SnippeCaller.MOBILE, "k1");

        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(snippe.json(response).path("error_code").asText()).isEqualTo("payment_failed");
        assertThat(response.body()).doesNotContain("insufficient");
        assertThat(simulator.payouts()).hasSize(fault == Fault.ERROR_500_AFTER_EXECUTING ? 1 : 0);
        assertSendAgainPaysOnce();
    }

    @ParameterizedTest
    @CsvSource({"HTML_PAGE_AFTER_EXECUTING, 502, 1", "HTML_PAGE_WITHOUT_EXECUTING, 403, 0"})
    void an_html_page_tells_nothing(Fault fault, int status, int payouts) throws Exception {
        simulator.next(fault);

        HttpResponse<String> response = snippe.send(SnippeCaller.MOBILE, "k1");

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).contains("text/html");
        assertThat(response.body()).startsWith("<html>");
        assertThat(simulator.payouts()).hasSize(payouts);
        assertSendAgainPaysOnce();
    }

    @Test
    void half_a_response_never_ends() throws Exception {
        simulator.next(Fault.HALF_A_RESPONSE);

        assertThatThrownBy(
                        () -> snippe.sendAsync(SnippeCaller.MOBILE, "k1").get(SHORT.toMillis(), TimeUnit.MILLISECONDS))
                .isInstanceOf(TimeoutException.class);

        assertThat(simulator.payouts()).hasSize(1);
        assertSendAgainPaysOnce();
    }

    @Test
    void half_a_response_ends_when_the_simulator_closes() throws Exception {
        simulator.next(Fault.HALF_A_RESPONSE);
        CompletableFuture<HttpResponse<String>> response = snippe.sendAsync(SnippeCaller.MOBILE, "k1");
        until(() -> !simulator.requests().isEmpty());

        simulator.close();

        assertThatThrownBy(response::join).hasCauseInstanceOf(IOException.class);
    }

    @Test
    void a_garbled_success_names_no_reference() throws Exception {
        simulator.next(Fault.GARBLED_SUCCESS);

        HttpResponse<String> response = snippe.send(SnippeCaller.MOBILE, "k1");

        assertThat(response.statusCode()).isEqualTo(201);
        assertThat(response.body()).isEqualTo("OK");
        assertSendAgainPaysOnce();
    }

    @Test
    void a_slow_success_comes_in_the_end_or_too_late() throws Exception {
        simulator.next(Fault.SLOW_SUCCESS);
        simulator.next(Fault.SLOW_SUCCESS);

        assertThat(snippe.send(SnippeCaller.MOBILE, "k1").statusCode()).isEqualTo(201);
        assertThatThrownBy(() -> snippe.waiting(Duration.ofMillis(100)).send(SnippeCaller.BANK, "k2"))
                .isInstanceOf(HttpTimeoutException.class);

        assertThat(simulator.payouts()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({
        "RATE_LIMITED, 429, rate_limit_exceeded",
        "ROTATED_KEY, 401, unauthorized",
        "INSUFFICIENT_FLOAT, 500, payment_failed",
        "REJECTED, 400, validation_error"
    })
    void a_refusal_creates_nothing(Fault fault, int status, String errorCode) throws Exception {
        simulator.next(fault);

        HttpResponse<String> response = snippe.send(SnippeCaller.MOBILE, "k1");

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(snippe.json(response).path("error_code").asText()).isEqualTo(errorCode);
        assertThat(simulator.payouts()).isEmpty();
        assertSendAgainPaysOnce();
    }

    @Test
    void the_message_of_a_low_float_names_what_is_required() throws Exception {
        simulator.next(Fault.INSUFFICIENT_FLOAT);

        assertThat(snippe.send(SnippeCaller.MOBILE, "k1").body())
                .contains("insufficient balance: available 0, required 6500");
    }

    @Test
    void a_payout_can_fail_late_be_reversed_succeed_late_or_never_settle() throws Exception {
        simulator.next(Fault.LATE_FAILURE);
        simulator.next(Fault.REVERSAL);
        simulator.next(Fault.LATE_SUCCESS);
        simulator.next(Fault.NEVER_SETTLES);
        List<String> references = List.of(
                snippe.create(SnippeCaller.mobileTo("255781000001"), "k1"),
                snippe.create(SnippeCaller.mobileTo("255781000002"), "k2"),
                snippe.create(SnippeCaller.mobileTo("255781000003"), "k3"),
                snippe.create(SnippeCaller.mobileTo("255781000004"), "k4"));

        simulator.advance(Duration.ofMinutes(1));
        assertThat(statuses(references)).containsExactly("failed", "completed", "failed", "pending");
        simulator.advance(Duration.ofDays(400));
        assertThat(statuses(references)).containsExactly("failed", "reversed", "completed", "pending");

        assertThat(simulator.payments("255781000001")).isEmpty();
        assertThat(simulator.payments("255781000002"))
                .singleElement()
                .matches(p -> p.reversedAt().isPresent());
        assertThat(simulator.payments("255781000003"))
                .singleElement()
                .matches(p -> p.reversedAt().isEmpty());
        assertThat(simulator.payments("255781000004")).isEmpty();
        assertThat(simulator.balance(SnippeSimulator.ACCOUNT))
                .as("two totals are gone: the late success and the one still pending")
                .isEqualByComparingTo(BigDecimal.valueOf(10_000_000 - 2 * 6_500));
    }

    private List<String> statuses(List<String> references) throws Exception {
        List<String> statuses = new ArrayList<>();
        for (String reference : references) {
            statuses.add(snippe.payout(reference).path("status").asText());
        }
        return statuses;
    }

    @Test
    void a_wrong_amount_is_shown_everywhere_and_not_paid() throws Exception {
        simulator.next(Fault.WRONG_AMOUNT);
        HttpResponse<String> created = snippe.send(SnippeCaller.MOBILE, "k1");
        String reference = snippe.json(created).at("/data/reference").asText();

        assertThat(snippe.json(created).at("/data/amount/value").asInt()).isEqualTo(500_000);
        assertThat(snippe.payout(reference).at("/amount/value").asInt()).isEqualTo(500_000);
        assertThat(paid()).isEqualTo(1);
        assertThat(simulator.payments().get(0).amount()).isEqualByComparingTo("5000");
    }

    @Test
    void an_invisible_payout_shows_when_it_is_settled() throws Exception {
        simulator.next(Fault.INVISIBLE_UNTIL_SETTLED, Fault.TIMEOUT_AFTER_EXECUTING);
        assertThatThrownBy(() -> impatient.send(SnippeCaller.MOBILE, "k1")).isInstanceOf(HttpTimeoutException.class);
        String reference = simulator.payouts().get(0).reference();

        assertThat(snippe.get("/v1/payouts/" + reference).statusCode()).isEqualTo(404);
        assertThat(snippe.json(snippe.get("/v1/payouts")).at("/data/total").asInt())
                .isZero();
        simulator.advance(Duration.ofSeconds(5));
        assertThat(snippe.payout(reference).path("status").asText()).isEqualTo("completed");
        assertThat(snippe.json(snippe.get("/v1/payouts")).at("/data/total").asInt())
                .isEqualTo(1);
    }

    @Test
    void a_dishonest_provider_pays_twice() throws Exception {
        simulator.next(Fault.PAID_TWICE);
        snippe.create(SnippeCaller.MOBILE, "k1");

        assertThat(paid()).isEqualTo(2);
    }

    @Test
    void connections_are_refused_and_taken_again_on_the_same_port() throws Exception {
        int port = simulator.baseUrl().getPort();
        simulator.hangUp();
        assertThatThrownBy(() -> snippe.send(SnippeCaller.MOBILE, "k1")).isInstanceOf(ConnectException.class);

        simulator.listen();

        assertThat(simulator.baseUrl().getPort()).isEqualTo(port);
        assertSendAgainPaysOnce();
    }

    @Test
    void a_question_can_go_wrong_too() throws Exception {
        simulator.nextRead(Fault.HTML_PAGE_AFTER_EXECUTING);
        simulator.nextRead(Fault.TIMEOUT_AFTER_EXECUTING);
        simulator.nextRead(Fault.ROTATED_KEY);

        assertThat(snippe.get("/v1/payouts").statusCode()).isEqualTo(502);
        assertThat(snippe.send(SnippeCaller.MOBILE, "k1").statusCode()).isEqualTo(201);
        assertThatThrownBy(() -> impatient.get("/v1/payouts")).isInstanceOf(HttpTimeoutException.class);
        assertThat(snippe.get("/v1/payments/balance").statusCode()).isEqualTo(401);
        assertThat(snippe.get("/v1/payouts").statusCode()).isEqualTo(200);
    }

    @Test
    void a_magic_number_times_out_on_the_first_send_of_each_key_only() throws Exception {
        String body = SnippeCaller.mobileTo("255754990001");

        assertThatThrownBy(() -> impatient.send(body, "k1")).isInstanceOf(HttpTimeoutException.class);
        assertThat(snippe.send(body, "k1").statusCode()).isEqualTo(201);
        assertThatThrownBy(() -> impatient.send(body, "k2")).isInstanceOf(HttpTimeoutException.class);

        simulator.advance(Duration.ofMinutes(1));
        assertThat(simulator.payments("255754990001")).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({"255754990021, failed", "255754990022, reversed", "255754990023, completed", "255754990024, pending"})
    void a_magic_number_decides_what_becomes_of_the_payout(String phone, String end) throws Exception {
        String reference = snippe.create(SnippeCaller.mobileTo(phone), "k1");

        simulator.advance(Duration.ofDays(1));

        assertThat(snippe.payout(reference).path("status").asText()).isEqualTo(end);
    }

    @Test
    void a_script_gives_faults_to_recipients_and_to_what_is_next() throws Exception {
        simulator.script(List.of(
                "# who gets what",
                "",
                PHONE + " REJECTED, LATE_FAILURE   # first refused, then failed",
                "next ROTATED_KEY",
                "read RATE_LIMITED"));

        assertThat(snippe.send(SnippeCaller.MOBILE, "k1").statusCode()).isEqualTo(401);
        assertThat(snippe.get("/v1/payouts").statusCode()).isEqualTo(429);
        assertThat(snippe.send(SnippeCaller.MOBILE, "k1").statusCode()).isEqualTo(400);
        String reference = snippe.create(SnippeCaller.MOBILE, "k1");
        simulator.advance(Duration.ofMinutes(1));
        assertThat(snippe.payout(reference).path("status").asText()).isEqualTo("failed");
    }

    @ParameterizedTest
    @CsvSource({"next, Line 2", "next SLOW, SLOW", "255781000000 slow_success, slow_success"})
    void a_wrong_line_of_a_script_is_named(String line, String named) {
        assertThatThrownBy(() -> simulator.script(List.of("# fine", line)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Line 2")
                .hasMessageContaining(named)
                .hasMessageContaining("TIMEOUT_AFTER_EXECUTING");
    }

    @Test
    void the_log_shows_what_each_request_did_and_no_credentials() throws Exception {
        simulator.next(Fault.TIMEOUT_AFTER_EXECUTING);
        assertThatThrownBy(() -> impatient.send(SnippeCaller.MOBILE, "k1")).isInstanceOf(HttpTimeoutException.class);
        snippe.send(SnippeCaller.MOBILE, "k1");
        snippe.get("/v1/payouts?limit=5");

        List<RequestRecord> log = simulator.requests();

        assertThat(log).extracting(record -> record.created().isPresent()).containsExactly(true, false, false);
        assertThat(log)
                .extracting(RequestRecord::answered)
                .containsExactly(OptionalInt.empty(), OptionalInt.of(201), OptionalInt.of(200));
        assertThat(log.get(0).faults()).containsExactly(Fault.TIMEOUT_AFTER_EXECUTING);
        assertThat(log.get(0).creation().orElseThrow().key()).contains("k1");
        assertThat(log.get(0).creation().orElseThrow().recipient()).isEqualTo(PHONE);
        assertThat(log.get(0).request().header("idempotency-KEY")).contains("k1");
        assertThat(log.get(2).request().parameter("limit")).contains("5");
        assertThat(log.toString()).doesNotContain("snp_test_key");
    }

    @Test
    void a_port_that_is_taken_is_named() {
        int port = simulator.baseUrl().getPort();

        assertThatThrownBy(() ->
                        SnippeSimulator.start(SimulatorSettings.with(clock).onPort(port), SnippeSettings.account()))
                .hasMessageContaining(Integer.toString(port))
                .hasMessageContaining("0 for a free one");
    }

    @Test
    void for_interactive_use_payouts_settle_by_themselves() throws Exception {
        SimulatorSettings settings =
                SimulatorSettings.with(Clock.systemUTC()).settlingAfter(SHORT).tickingEvery(Duration.ofMillis(50));
        try (Simulator live = SnippeSimulator.start(settings, SnippeSettings.account())) {
            SnippeCaller.of(live).create(SnippeCaller.MOBILE, "k1");
            assertThat(live.payments()).isEmpty();

            until(() -> !live.payments().isEmpty());

            assertThatThrownBy(() -> live.advance(SHORT))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("MovableClock");
        }
    }
}
