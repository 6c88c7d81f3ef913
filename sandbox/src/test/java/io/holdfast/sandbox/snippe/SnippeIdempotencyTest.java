package io.holdfast.sandbox.snippe;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.sandbox.MovableClock;
import io.holdfast.sandbox.simulator.Fault;
import io.holdfast.sandbox.simulator.Simulator;
import io.holdfast.sandbox.simulator.SimulatorSettings;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Keys and the rate limit: what depends on the requests before. */
class SnippeIdempotencyTest {

    private static final String KEY_OF_30 = "payout-emp-001-jan-2026-000001";

    private final MovableClock clock = MovableClock.at("2026-01-25T01:06:39Z");
    private final Simulator simulator = SnippeSimulator.start(SimulatorSettings.with(clock), SnippeSettings.account());
    private final SnippeCaller snippe = SnippeCaller.of(simulator);

    @AfterEach
    void close() {
        simulator.close();
    }

    @Test
    void the_same_key_and_body_get_the_first_answer_and_pay_once() throws Exception {
        HttpResponse<String> first = snippe.send(SnippeCaller.MOBILE, KEY_OF_30);
        simulator.advance(Duration.ofHours(24).minusSeconds(1));

        HttpResponse<String> second = snippe.send(SnippeCaller.MOBILE, KEY_OF_30);

        assertThat(second.statusCode()).isEqualTo(201);
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(simulator.payments()).hasSize(1);
        assertThat(simulator.requests())
                .extracting(request -> request.created().isPresent())
                .containsExactly(true, false);
    }

    @Test
    void after_24_hours_the_same_key_executes_again() throws Exception {
        HttpResponse<String> first = snippe.send(SnippeCaller.MOBILE, "k1");
        simulator.advance(Duration.ofHours(24));

        HttpResponse<String> second = snippe.send(SnippeCaller.MOBILE, "k1");

        assertThat(second.body()).isNotEqualTo(first.body());
        simulator.advance(Duration.ofMinutes(1));
        assertThat(simulator.payments()).hasSize(2);
    }

    @Test
    void the_same_key_with_another_body_is_unprocessable() throws Exception {
        snippe.create(SnippeCaller.MOBILE, "k1");

        HttpResponse<String> response = snippe.send(SnippeCaller.MOBILE.replace("5000", "5001"), "k1");

        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(snippe.json(response))
                .isEqualTo(snippe.json("{\"status\":\"error\",\"code\":422,\"error_code\":\"validation_error\","
                        + "\"message\":\"idempotency key already used with different request body\"}"));
        assertThat(simulator.payouts()).hasSize(1);
    }

    @Test
    void a_key_of_31_characters_gets_an_opaque_error() throws Exception {
        HttpResponse<String> response = snippe.send(SnippeCaller.MOBILE, KEY_OF_30 + "x");

        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(snippe.json(response).path("error_code").asText()).isEqualTo("PAY_001");
        assertThat(simulator.payouts()).isEmpty();
    }

    @Test
    void without_a_key_every_send_pays() throws Exception {
        snippe.send(SnippeCaller.MOBILE);
        snippe.send(SnippeCaller.MOBILE);

        simulator.advance(Duration.ofMinutes(1));

        assertThat(simulator.payments()).hasSize(2);
    }

    @Test
    void a_refused_create_may_be_sent_again_with_its_key() throws Exception {
        assertThat(snippe.send(SnippeCaller.MOBILE.replace("5000", "4999"), "k1")
                        .statusCode())
                .isEqualTo(400);

        assertThat(snippe.send(SnippeCaller.MOBILE, "k1").statusCode()).isEqualTo(201);
    }

    @Test
    void a_provider_that_forgets_keys_pays_twice() throws Exception {
        snippe.create(SnippeCaller.MOBILE, "k1");
        simulator.next(Fault.KEY_FORGOTTEN);
        snippe.create(SnippeCaller.MOBILE, "k1");

        simulator.advance(Duration.ofMinutes(1));

        assertThat(simulator.payments()).hasSize(2);
    }

    @Test
    void sends_at_once_with_one_key_pay_once() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(16);
        Set<String> references = ConcurrentHashMap.newKeySet();
        Callable<Boolean> send = () -> references.add(snippe.create(SnippeCaller.MOBILE, "k1"));
        try {
            List<Future<Boolean>> sends = threads.invokeAll(Collections.nCopies(48, send));
            for (Future<Boolean> one : sends) {
                one.get();
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(references).hasSize(1);
        assertThat(simulator.payouts()).hasSize(1);
    }

    @Test
    void sixty_requests_a_minute_are_served_and_the_headers_count_them() throws Exception {
        HttpResponse<String> first = snippe.get("/v1/payouts");
        clock.advance(Duration.ofSeconds(20));
        for (int request = 2; request <= 59; request++) {
            snippe.get("/v1/payouts");
        }
        HttpResponse<String> last = snippe.get("/v1/payouts");
        HttpResponse<String> over = snippe.send(SnippeCaller.MOBILE, "k1");

        assertThat(rate(first)).containsExactly("60", "59", "60");
        assertThat(last.statusCode()).isEqualTo(200);
        assertThat(rate(last)).containsExactly("60", "0", "40");
        assertThat(over.statusCode()).isEqualTo(429);
        assertThat(snippe.json(over).path("error_code").asText()).isEqualTo("rate_limit_exceeded");
        assertThat(rate(over)).containsExactly("60", "0", "40");
        assertThat(simulator.payouts()).isEmpty();
        clock.advance(Duration.ofSeconds(40));
        assertThat(snippe.send(SnippeCaller.MOBILE, "k1").statusCode()).isEqualTo(201);
    }

    private static List<String> rate(HttpResponse<String> response) {
        return List.of(
                response.headers().firstValue("X-Ratelimit-Limit").orElseThrow(),
                response.headers().firstValue("X-Ratelimit-Remaining").orElseThrow(),
                response.headers().firstValue("X-Ratelimit-Reset").orElseThrow());
    }
}
