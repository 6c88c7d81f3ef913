package io.holdfast.sandbox.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Speaks to a simulator as a customer's program does, with these headers on each request. */
public record Caller(Simulator simulator, Map<String, String> headers) {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** What was answered. */
    public record Said(int status, JsonNode json) {

        /** Returns a text of the answer, {@code /data/status}. */
        public String text(String path) {
            return json.at(path).asText();
        }
    }

    /** Returns the same with another value of a header; an empty one leaves it out. */
    public Caller with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Caller(simulator, more);
    }

    /** Asks. */
    public Said get(String path) {
        return call(
                HttpRequest.newBuilder(URI.create(simulator.baseUrl() + path)).GET());
    }

    /** Sends JSON. */
    public Said post(String path, String body) {
        return call(HttpRequest.newBuilder(URI.create(simulator.baseUrl() + path))
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private Said call(HttpRequest.Builder request) {
        headers.forEach((name, value) -> {
            if (!value.isEmpty()) {
                request.header(name, value);
            }
        });
        try {
            HttpResponse<String> answer =
                    CLIENT.send(request.timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString());
            return new Said(answer.statusCode(), MAPPER.readTree(answer.body()));
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
