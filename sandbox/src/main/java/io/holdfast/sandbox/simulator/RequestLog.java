package io.holdfast.sandbox.simulator;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The last requests, credentials masked. Thread-safe. */
final class RequestLog {

    private static final int KEPT_MAX = 100_000;
    private static final String CREDENTIALS = "authorization|.*(api-?key|secret|token|access-?key).*|x-z[a-z]+-key";

    private final Deque<RequestRecord> records = new ArrayDeque<>();

    synchronized void add(RequestRecord record) {
        if (records.size() == KEPT_MAX) {
            records.removeFirst();
        }
        records.addLast(record);
    }

    synchronized List<RequestRecord> records() {
        return List.copyOf(records);
    }

    static Request masked(Request request) {
        Map<String, List<String>> headers = new HashMap<>(request.headers());
        headers.replaceAll((name, values) -> name.matches(CREDENTIALS) ? List.of("***") : values);
        return new Request(
                request.method(), request.path(), request.query(), request.rawQuery(), headers, request.body());
    }
}
