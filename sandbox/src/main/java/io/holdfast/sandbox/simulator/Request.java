package io.holdfast.sandbox.simulator;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * An HTTP request as it arrived. Header names are in lower case; query parameters are decoded, the first of each name.
 *
 * @param rawQuery the query exactly as it was sent; empty if there is none
 */
public record Request(
        String method,
        String path,
        Map<String, String> query,
        String rawQuery,
        Map<String, List<String>> headers,
        String body) {

    /** Copies the maps. */
    public Request {
        query = Map.copyOf(query);
        headers = Map.copyOf(headers);
    }

    /** Returns the first value of a header, whatever the case of its name. */
    public Optional<String> header(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()).stream()
                .findFirst();
    }

    /** Returns a query parameter. */
    public Optional<String> parameter(String name) {
        return Optional.ofNullable(query.get(name));
    }
}
