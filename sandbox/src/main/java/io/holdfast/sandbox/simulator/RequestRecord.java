package io.holdfast.sandbox.simulator;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * One request and what came of it, for tests to look at.
 *
 * @param at when it arrived, by the simulator's clock
 * @param request as it arrived, credentials masked
 * @param creation to whom and under which key, if it asked for a payout
 * @param faults what the simulator was told to do wrong
 * @param created the payout that this request created, if it did
 * @param answered the status that was sent, empty if none was
 */
public record RequestRecord(
        Instant at,
        Request request,
        Optional<Creation> creation,
        Set<Fault> faults,
        Optional<String> created,
        OptionalInt answered) {

    /** Copies the faults. */
    public RequestRecord {
        faults = Set.copyOf(faults);
    }
}
