package io.holdfast.sandbox.zopay;

import io.holdfast.sandbox.simulator.Request;
import io.holdfast.sandbox.simulator.SimulatedPayout;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.Set;

/** Which payouts a list is asked for. */
record ZopayQuery(
        Optional<String> status,
        Optional<String> gateway,
        Optional<Instant> from,
        Optional<Instant> to,
        int limit,
        int offset) {

    private static final Set<String> PARAMETERS =
            Set.of("status", "gateway", "limit", "offset", "startDate", "endDate");
    private static final int LIMIT_DEFAULT = 20;
    private static final int LIMIT_MAX = 100;

    static ZopayQuery of(Request request) {
        request.query().keySet().forEach(name -> {
            if (!PARAMETERS.contains(name)) {
                throw ZopayErrors.invalid("Unknown parameter " + name);
            }
        });
        int limit = number(request, "limit", LIMIT_DEFAULT);
        if (limit < 1 || limit > LIMIT_MAX) {
            throw ZopayErrors.invalid("limit must be between 1 and " + LIMIT_MAX);
        }
        return new ZopayQuery(
                request.parameter("status"),
                request.parameter("gateway"),
                instant(request, "startDate"),
                instant(request, "endDate"),
                limit,
                number(request, "offset", 0));
    }

    boolean admits(SimulatedPayout payout, ZopayPayout own) {
        return status.map(ZopayJson.status(payout)::equals).orElse(true)
                && gateway.map(own.quote().gateway()::equals).orElse(true)
                && from.filter(payout.createdAt()::isBefore).isEmpty()
                && to.filter(end -> !payout.createdAt().isBefore(end)).isEmpty();
    }

    private static int number(Request request, String name, int missing) {
        String text = request.parameter(name).orElse(Integer.toString(missing));
        if (!text.matches("\\d{1,9}")) {
            throw ZopayErrors.invalid(name + " must be a non-negative integer");
        }
        return Integer.parseInt(text);
    }

    private static Optional<Instant> instant(Request request, String name) {
        try {
            return request.parameter(name).map(Instant::parse);
        } catch (DateTimeParseException e) {
            throw ZopayErrors.invalid(name + " must be an ISO 8601 time in UTC");
        }
    }
}
