package io.holdfast.sandbox.rohopay;

import io.holdfast.sandbox.simulator.Request;
import io.holdfast.sandbox.simulator.SimulatedPayout;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.Set;

/** Which transactions a list is asked for. */
record RohoPayQuery(
        Optional<String> status,
        Optional<String> type,
        Optional<String> environment,
        Optional<Instant> from,
        Optional<Instant> to,
        int limit,
        int offset) {

    private static final Set<String> PARAMETERS =
            Set.of("status", "type", "environment", "from", "to", "limit", "offset");
    private static final int LIMIT_DEFAULT = 20;
    private static final int LIMIT_MAX = 100;

    static RohoPayQuery of(Request request) {
        request.query().keySet().forEach(name -> {
            if (!PARAMETERS.contains(name)) {
                throw RohoPayErrors.invalid("Unknown parameter " + name);
            }
        });
        int limit = number(request, "limit", LIMIT_DEFAULT);
        if (limit < 1 || limit > LIMIT_MAX) {
            throw RohoPayErrors.invalid("limit must be between 1 and " + LIMIT_MAX);
        }
        return new RohoPayQuery(
                request.parameter("status"),
                request.parameter("type"),
                request.parameter("environment"),
                instant(request, "from"),
                instant(request, "to"),
                limit,
                number(request, "offset", 0));
    }

    boolean admits(SimulatedPayout payout) {
        return is(status, RohoPayJson.status(payout))
                && is(type, "disbursement")
                && is(environment, "live")
                && from.filter(payout.createdAt()::isBefore).isEmpty()
                && to.filter(end -> !payout.createdAt().isBefore(end)).isEmpty();
    }

    private static boolean is(Optional<String> wanted, String word) {
        return wanted.map(word::equals).orElse(true);
    }

    private static int number(Request request, String name, int missing) {
        String text = request.parameter(name).orElse(Integer.toString(missing));
        if (!text.matches("\\d{1,9}")) {
            throw RohoPayErrors.invalid(name + " must be a non-negative integer");
        }
        return Integer.parseInt(text);
    }

    private static Optional<Instant> instant(Request request, String name) {
        try {
            return request.parameter(name).map(Instant::parse);
        } catch (DateTimeParseException e) {
            throw RohoPayErrors.invalid(name + " must be an ISO 8601 time in UTC");
        }
    }
}
