package io.holdfast.sandbox.simulator;

import io.holdfast.sandbox.simulator.Answer.Manner;
import java.util.Optional;
import java.util.Set;

/** How faults turn what would have been answered into what is answered. */
final class Distortion {

    private static final int BAD_GATEWAY = 502;
    private static final int FORBIDDEN = 403;

    private static final Set<Fault> REFUSALS = Set.of(
            Fault.ERROR_500_WITHOUT_EXECUTING,
            Fault.RATE_LIMITED,
            Fault.ROTATED_KEY,
            Fault.INSUFFICIENT_FLOAT,
            Fault.REJECTED);

    private Distortion() {}

    /** Returns what is answered although nothing was done; empty if the request is to be executed. */
    static Optional<Answer> insteadOfExecuting(Request request, Set<Fault> faults, SimulatedApi api) {
        for (Fault fault : faults) {
            if (REFUSALS.contains(fault)) {
                return Optional.of(new Answer(api.refusal(request, fault), Manner.WHOLE));
            }
            if (fault == Fault.TIMEOUT_WITHOUT_EXECUTING) {
                return Optional.of(new Answer(forbidden(), Manner.NEVER));
            }
            if (fault == Fault.RESET_WITHOUT_EXECUTING) {
                return Optional.of(new Answer(forbidden(), Manner.RESET));
            }
            if (fault == Fault.HTML_PAGE_WITHOUT_EXECUTING) {
                return Optional.of(new Answer(forbidden(), Manner.WHOLE));
            }
        }
        return Optional.empty();
    }

    private static Reply forbidden() {
        return Reply.html(FORBIDDEN, "Forbidden");
    }

    /** Executes the request and returns what is answered; what it created stays noted in the reply. */
    static Answer afterExecuting(Request request, Set<Fault> faults, SimulatedApi api) {
        Reply reply = api.answer(request, faults);
        Reply distorted = reply;
        Manner manner = Manner.WHOLE;
        for (Fault fault : faults) {
            switch (fault) {
                case ERROR_500_AFTER_EXECUTING -> distorted = api.refusal(request, fault);
                case HTML_PAGE_AFTER_EXECUTING -> distorted = Reply.html(BAD_GATEWAY, "Bad Gateway");
                case GARBLED_SUCCESS -> distorted = Reply.json(reply.status(), "OK");
                case TIMEOUT_AFTER_EXECUTING -> manner = Manner.NEVER;
                case RESET_AFTER_EXECUTING -> manner = Manner.RESET;
                case HALF_A_RESPONSE -> manner = Manner.HALF;
                case SLOW_SUCCESS -> manner = Manner.SLOW;
                default -> {
                    // What a payout does wrong is the book's and the API's affair.
                }
            }
        }
        Reply noted = reply.created().map(distorted::creating).orElse(distorted);
        return new Answer(noted, manner);
    }
}
