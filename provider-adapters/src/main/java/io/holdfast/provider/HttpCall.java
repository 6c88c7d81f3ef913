package io.holdfast.provider;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.payout.spi.CreateRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One request to a provider.
 *
 * @param method of HTTP
 * @param path with the query, encoded, from {@code /} on
 * @param headers by name
 * @param create the request whose bytes are sent; absent for a question without a body
 */
public record HttpCall(String method, String path, Map<String, String> headers, Optional<CreateRequest> create) {

    /** Copies the headers. */
    public HttpCall {
        headers = Map.copyOf(headers);
    }

    /** Returns a question. */
    public static HttpCall get(String path) {
        return new HttpCall("GET", path, Map.of(), Optional.empty());
    }

    /** Returns a question that has a body of JSON and moves no money. */
    public static HttpCall ask(String path, ObjectNode body) {
        return of(new CreateRequest("POST", path, Json.bytes(body))).header("Content-Type", "application/json");
    }

    /** Returns a create: exactly its method, path and bytes. */
    public static HttpCall of(CreateRequest create) {
        return new HttpCall(create.method(), create.path(), Map.of(), Optional.of(create));
    }

    /** Returns the same with one more header. */
    public HttpCall header(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new HttpCall(method, path, more, create);
    }

    /** Names method and path; headers hold credentials. */
    @Override
    public String toString() {
        return method + " " + path;
    }
}
