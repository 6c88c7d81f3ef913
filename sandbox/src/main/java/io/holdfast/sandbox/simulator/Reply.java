package io.holdfast.sandbox.simulator;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** An HTTP answer, and the reference of the payout that the request created, if it created one. */
public record Reply(int status, Map<String, String> headers, String body, Optional<String> created) {

    /** Copies the headers. */
    public Reply {
        headers = Map.copyOf(headers);
    }

    /** Returns an answer in JSON to a request that created nothing. */
    public static Reply json(int status, String body) {
        return new Reply(status, Map.of("Content-Type", "application/json"), body, Optional.empty());
    }

    /** Returns this answer with one more header. */
    public Reply with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Reply(status, more, body, created);
    }

    /** Returns this answer as that to a request that created the payout. */
    public Reply creating(String reference) {
        return new Reply(status, headers, body, Optional.of(reference));
    }

    static Reply html(int status, String title) {
        String page = "<html><head><title>" + status + " " + title + "</title></head><body><center><h1>" + status + " "
                + title + "</h1></center></body></html>\n";
        return new Reply(status, Map.of("Content-Type", "text/html"), page, Optional.empty());
    }
}
