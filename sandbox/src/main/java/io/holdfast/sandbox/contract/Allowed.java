package io.holdfast.sandbox.contract;

import io.holdfast.payout.spi.Outcome.Code;
import io.holdfast.sandbox.simulator.Fault;
import java.util.EnumSet;
import java.util.Set;

/** What an adapter may say, fault by fault. */
final class Allowed {

    /** No adapter can help against a provider that breaks its own promises. */
    static final Set<Fault> DISHONEST = EnumSet.of(Fault.PAID_TWICE, Fault.KEY_FORGOTTEN);

    /** What only one provider does is for the tests of its own adapter. */
    static final Set<Fault> OF_ONE_PROVIDER = EnumSet.of(Fault.SECOND_OPERATOR, Fault.EXPIRED_QUOTE);

    /** These answers tell nothing about a payout, whatever was asked. */
    static final Set<Fault> TELLING_NOTHING = EnumSet.of(
            Fault.TIMEOUT_WITHOUT_EXECUTING,
            Fault.RESET_WITHOUT_EXECUTING,
            Fault.ERROR_500_WITHOUT_EXECUTING,
            Fault.HTML_PAGE_AFTER_EXECUTING,
            Fault.HTML_PAGE_WITHOUT_EXECUTING,
            Fault.HALF_A_RESPONSE,
            Fault.GARBLED_SUCCESS,
            Fault.RATE_LIMITED,
            Fault.ROTATED_KEY,
            Fault.INSUFFICIENT_FLOAT,
            Fault.REJECTED);

    private Allowed() {}

    /** Returns the outcomes that a fault may lead to when a payout under way is asked about. */
    static Set<Code> afterQuestion(Fault fault) {
        // An HTTP client may ask a question again by itself when the connection breaks.
        return fault == Fault.RESET_WITHOUT_EXECUTING
                ? Set.of(Code.UNKNOWN, Code.ACCEPTED)
                : Set.of(Code.UNKNOWN, Code.NOT_EXECUTED, Code.NOT_FOUND);
    }

    /** Returns the outcomes that a fault may lead to on the only send so far. */
    static Set<Code> afterSend(Fault fault) {
        return switch (fault) {
            case TIMEOUT_AFTER_EXECUTING,
                    TIMEOUT_WITHOUT_EXECUTING,
                    RESET_AFTER_EXECUTING,
                    RESET_WITHOUT_EXECUTING,
                    ERROR_500_AFTER_EXECUTING,
                    ERROR_500_WITHOUT_EXECUTING,
                    HTML_PAGE_AFTER_EXECUTING,
                    HTML_PAGE_WITHOUT_EXECUTING,
                    HALF_A_RESPONSE,
                    GARBLED_SUCCESS -> Set.of(Code.UNKNOWN);
            case RATE_LIMITED -> Set.of(Code.NOT_EXECUTED);
            case ROTATED_KEY, INSUFFICIENT_FLOAT, REJECTED -> Set.of(Code.REJECTED);
            default -> Set.of(Code.ACCEPTED, Code.SUCCEEDED);
        };
    }

    /** Tells whether the payout exists at the provider although the caller was not told. */
    static boolean executedInSecret(Fault fault) {
        return afterSend(fault).contains(Code.UNKNOWN) && !fault.name().endsWith("_WITHOUT_EXECUTING");
    }
}
