package io.holdfast.sandbox.snippe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.holdfast.sandbox.simulator.Simulator;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Speaks to a Snippe simulator as a customer's program does. */
final class SnippeCaller {

    static final String MOBILE = "{\"amount\":5000,\"channel\":\"mobile\",\"recipient_phone\":\"255781000000\","
            + "\"recipient_name\":\"John Doe\",\"narration\":\"Salary payment January 2026\","
            + "\"metadata\":{\"employee_id\":\"EMP-001\",\"payroll_id\":\"PAY-2026-01\"}}";
    static final String BANK = "{\"amount\":250000,\"channel\":\"bank\",\"recipient_bank\":\"CRDB\","
            + "\"recipient_account\":\"0150000000000\",\"recipient_name\":\"John Doe\"}";

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final HttpClient client = HttpClient.newHttpClient();
    private final ObjectMapper mapper = new ObjectMapper();
    private final Simulator simulator;
    private final String apiKey;
    private final Duration patience;

    private SnippeCaller(Simulator simulator, String apiKey, Duration patience) {
        this.simulator = simulator;
        this.apiKey = apiKey;
        this.patience = patience;
    }

    static SnippeCaller of(Simulator simulator) {
        return new SnippeCaller(simulator, "snp_test_key", PATIENCE);
    }

    SnippeCaller withKey(String otherKey) {
        return new SnippeCaller(simulator, otherKey, patience);
    }

    SnippeCaller waiting(Duration shorter) {
        return new SnippeCaller(simulator, apiKey, shorter);
    }

    static String mobileTo(String phone) {
        return MOBILE.replace("255781000000", phone);
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(simulator.baseUrl() + path))
                .timeout(patience)
                .header("Authorization", "Bearer " + apiKey);
    }

    HttpResponse<String> call(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return call(request(path).GET());
    }

    HttpResponse<String> send(String body, String idempotencyKey) throws IOException, InterruptedException {
        return call(create(body).header("Idempotency-Key", idempotencyKey));
    }

    CompletableFuture<HttpResponse<String>> sendAsync(String body, String idempotencyKey) {
        HttpRequest request =
                create(body).header("Idempotency-Key", idempotencyKey).build();
        return client.sendAsync(request, BodyHandlers.ofString());
    }

    private HttpRequest.Builder create(String body) {
        return request("/v1/payouts/send")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body));
    }

    HttpResponse<String> send(String body) throws IOException, InterruptedException {
        return call(create(body));
    }

    JsonNode json(HttpResponse<String> response) throws IOException {
        return mapper.readTree(response.body());
    }

    JsonNode json(String text) throws IOException {
        return mapper.readTree(text);
    }

    /** Creates a payout that must be accepted, and returns its reference. */
    String create(String body, String idempotencyKey) throws IOException, InterruptedException {
        HttpResponse<String> response = send(body, idempotencyKey);
        if (response.statusCode() != 201) {
            throw new AssertionError(response.statusCode() + " " + response.body());
        }
        return json(response).at("/data/reference").asText();
    }

    JsonNode payout(String reference) throws IOException, InterruptedException {
        return json(get("/v1/payouts/" + reference)).path("data");
    }
}
