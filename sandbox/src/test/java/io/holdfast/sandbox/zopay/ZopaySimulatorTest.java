package io.holdfast.sandbox.zopay;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.sandbox.MovableClock;
import io.holdfast.sandbox.simulator.Caller;
import io.holdfast.sandbox.simulator.Caller.Said;
import io.holdfast.sandbox.simulator.HmacSha256;
import io.holdfast.sandbox.simulator.Request;
import io.holdfast.sandbox.simulator.Simulator;
import io.holdfast.sandbox.simulator.SimulatorSettings;
import io.holdfast.sandbox.simulator.WebhookDelivery;
import io.holdfast.sandbox.simulator.WebhookReceiver;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Zopay over real HTTP: who is let in, what is quoted and executed, and how it tells. */
class ZopaySimulatorTest {

    private static final String ORIGIN = "https://example.com";
    private static final String DISBURSEMENTS = "/api/v1/disbursements";
    private static final String QUOTE = "{\"gateway\":\"MTN_MOMO\",\"transaction_type\":\"DISBURSEMENT\","
            + "\"amount\":\"5000\",\"currency\":\"XAF\",\"recipient\":{\"msisdn\":\"+237670123456\"}}";

    private final MovableClock clock = MovableClock.at("2026-03-02T08:00:00Z");
    private Simulator simulator = start(ZopaySettings.account());
    private int nonces;

    private Simulator start(ZopaySettings account) {
        return ZopaySimulator.start(SimulatorSettings.with(clock), account);
    }

    private void restart(ZopaySettings account) {
        simulator.close();
        simulator = start(account);
    }

    @AfterEach
    void close() {
        simulator.close();
    }

    private Caller signed(String method, String path, String query, String body) {
        String timestamp = Long.toString(clock.instant().getEpochSecond());
        String nonce = "nonce-000" + nonces++;
        Request request = new Request(method, path, Map.of(), query, Map.of(), body);
        String signature = ZopayGate.sign("test_secret", request, timestamp, nonce, ORIGIN);
        return new Caller(
                simulator,
                Map.of(
                        "Content-Type", "application/json",
                        "x-zo-key", "zo_test_key",
                        "x-zo-timestamp", timestamp,
                        "x-zo-nonce", nonce,
                        "x-zo-origin", ORIGIN,
                        "x-zo-version", "1.0",
                        "x-zo-signature", signature));
    }

    private Said post(String end, String body) {
        return signed("POST", DISBURSEMENTS + end, "", body).post(DISBURSEMENTS + end, body);
    }

    private Said get(String end, String query) {
        return signed("GET", DISBURSEMENTS + end, query, "")
                .get(DISBURSEMENTS + end + (query.isEmpty() ? "" : "?" + query));
    }

    private String execution(String key) {
        String quote = post("/quote", QUOTE).text("/quote_id");
        return "{\"quote_id\":\"" + quote + "\",\"idempotency_key\":\"" + key
                + "\",\"recipient\":{\"msisdn\":\"+237670123456\"}}";
    }

    @Test
    void the_signature_is_that_of_the_guide() {
        Request request = new Request(
                "POST",
                "/api/v1/disbursements/execute",
                Map.of(),
                "",
                Map.of(),
                "{\"quote_id\":\"quote-uuid\",\"idempotency_key\":\"unique-payout-123\","
                        + "\"recipient\":{\"msisdn\":\"+237612345678\"}}");

        assertThat(ZopayGate.sign("test_secret", request, "1705564800", "550e8400-e29b-41d4-a716-446655440000", ORIGIN))
                .isEqualTo("351660dd16a386f8bebe19761b1956efc0f278bad9bdefabb64517208966ad19");
    }

    @Test
    void a_quote_is_executed_once_and_paid_later() {
        String body = execution("k1");
        Said executed = post("/execute", body);
        simulator.advance(Duration.ofMinutes(1));
        Said shown = get("/" + executed.text("/payout_id"), "");

        assertThat(executed.text("/status")).isEqualTo("PROCESSING");
        assertThat(shown.text("/payout/status")).isEqualTo("SUCCESS");
        assertThat(shown.text("/payout/amount")).isEqualTo("5000.00");
        assertThat(shown.text("/payout/totalAmount")).isEqualTo("5075.00");
        assertThat(simulator.balance(ZopaySimulator.ACCOUNT)).isEqualByComparingTo("9994925");
        assertThat(post("/execute", body).json()).isEqualTo(executed.json());
        assertThat(post("/execute", body.replace("k1", "k2")).status()).isEqualTo(409);
        assertThat(simulator.payouts()).hasSize(1);
    }

    @Test
    void a_quote_lives_for_a_quarter_of_an_hour_and_its_answer_is_replayed_for_ever() {
        String unused = execution("k1");
        String used = execution("k2");
        Said executed = post("/execute", used);
        clock.advance(Duration.ofMinutes(15));

        assertThat(post("/execute", unused).text("/code")).isEqualTo("QUOTE_EXPIRED");
        assertThat(post("/execute", used).json()).isEqualTo(executed.json());
    }

    @Test
    void each_header_is_checked_and_a_nonce_is_good_once() {
        Caller good = signed("POST", DISBURSEMENTS + "/quote", "", QUOTE);

        refused(good.with("x-zo-key", "other"), "Merchant not found");
        refused(good.with("x-zo-timestamp", Long.toString(clock.instant().getEpochSecond() - 301)), "too old");
        refused(good.with("x-zo-origin", "https://example.org"), "Origin");
        refused(good.with("x-zo-version", "2.0"), "version");
        refused(good.with("x-zo-timestamp", "2026-03-02T08:00:00Z"), "Invalid timestamp");
        refused(good.with("x-zo-nonce", "short"), "Invalid nonce");
        refused(good.with("x-zo-nonce", "another-nonce"), "Invalid signature");
        refused(good.with("x-zo-signature", ""), "Invalid signature");
        assertThat(good.post(DISBURSEMENTS + "/quote", QUOTE.replace("5000", "5001"))
                        .text("/message"))
                .isEqualTo("Invalid signature");
        assertThat(good.post(DISBURSEMENTS + "/quote", QUOTE).status()).isEqualTo(200);
        clock.advance(Duration.ofMinutes(4));
        refused(good, "Nonce already used");
        assertThat(simulator.requests().toString()).doesNotContain("zo_test_key");
    }

    private static void refused(Caller caller, String message) {
        Said said = caller.post(DISBURSEMENTS + "/quote", QUOTE);
        assertThat(said.status()).isEqualTo(401);
        assertThat(said.text("/code")).isEqualTo("AUTH_ERROR");
        assertThat(said.text("/message")).contains(message);
    }

    @ParameterizedTest
    @CsvSource({
        "MTN_MOMO, AIRTEL",
        "MTN_MOMO, ORANGE_MONEY",
        "DISBURSEMENT, COLLECTION",
        "5000, 50.5",
        "XAF, XOF",
        "+237670123456, 237670123456",
        "gateway, gate"
    })
    void a_question_that_is_not_as_documented_is_refused(String from, String to) {
        assertThat(post("/quote", QUOTE.replace(from, to)).status()).isEqualTo(400);
    }

    @Test
    void an_execution_fits_its_quote() {
        String body = execution("k1");

        assertThat(post("/execute", body.replace("670123456", "670123457")).status())
                .isEqualTo(400);
        assertThat(post("/execute", body.replace("quote_id\":\"", "quote_id\":\"x"))
                        .status())
                .isEqualTo(404);
        assertThat(post("/execute", body.replace("}}", "},\"amount\":1}")).status())
                .isEqualTo(400);
        assertThat(simulator.payouts()).isEmpty();
    }

    @Test
    void the_list_is_filtered_and_signed_with_its_query_sorted() {
        post("/execute", execution("k1"));
        simulator.advance(Duration.ofMinutes(1));
        post("/execute", execution("k2"));

        assertThat(get("", "limit=1&offset=0").json().path("hasMore").asBoolean())
                .isTrue();
        assertThat(get("", "gateway=MTN_MOMO&status=SUCCESS").text("/total")).isEqualTo("1");
        assertThat(get("", "startDate=2026-03-02T08%3A00%3A30Z").text("/total")).isEqualTo("1");
        assertThat(get("", "limit=101").status()).isEqualTo(400);
    }

    @Test
    void odd_and_nested_quotes_and_other_headers_are_variations() {
        restart(ZopaySettings.account().variations(Set.of(ZopayVariation.ODD_QUOTES, ZopayVariation.NESTED_FEES)));
        Said quote = post("/quote", QUOTE);
        assertThat(quote.text("/total_amount")).isEqualTo("5001");
        assertThat(quote.text("/fees/gateway_fee")).isEqualTo("50");

        restart(ZopaySettings.account().headerPrefix("x-zito-"));
        assertThat(post("/quote", QUOTE).status()).isEqualTo(401);
    }

    @Test
    void a_webhook_is_signed_over_milliseconds_and_repeated_as_documented_until_it_is_taken() throws Exception {
        try (WebhookReceiver receiver = new WebhookReceiver()) {
            restart(ZopaySettings.account().webhookUrl(receiver.url()));
            receiver.answer(500, 500, 500, 500, 500, 500);
            post("/execute", execution("k1"));
            simulator.advance(Duration.ofDays(1));

            List<Instant> times =
                    simulator.deliveries().stream().map(WebhookDelivery::at).toList();
            assertThat(IntStream.range(1, times.size())
                            .mapToObj(number -> Duration.between(times.get(number - 1), times.get(number))))
                    .containsExactly(
                            Duration.ofMinutes(1),
                            Duration.ofMinutes(5),
                            Duration.ofMinutes(15),
                            Duration.ofHours(1),
                            Duration.ofHours(6));
            assertThat(receiver.arrivals()).hasSize(6).allSatisfy(arrival -> {
                String timestamp = arrival.header("X-zo-timestamp");
                assertThat(timestamp).hasSize(13);
                assertThat(arrival.header("X-zo-event")).isEqualTo("payout.completed");
                assertThat(arrival.header("X-zo-signature"))
                        .isEqualTo(HmacSha256.hex("whsec_test", timestamp + "." + arrival.body()));
            });
        }
    }
}
