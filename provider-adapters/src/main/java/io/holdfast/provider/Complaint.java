package io.holdfast.provider;

import io.holdfast.payout.spi.Evidence;
import io.holdfast.payout.spi.FailureReason;
import io.holdfast.payout.spi.Outcome;
import java.util.Locale;

/**
 * What a provider says went wrong, in its own error envelope.
 *
 * @param code the provider's own; empty if it gave none
 * @param message for people; empty if it gave none
 */
public record Complaint(String code, String message) {

    /** Tells whether the provider has seen the request before, perhaps in our own first try. */
    public boolean isAboutRepetition() {
        return mentions("already") || mentions("duplicate");
    }

    /** Tells whether code or message hold a word, which is given in lower case. */
    public boolean mentions(String word) {
        return (code + " " + message).toLowerCase(Locale.ROOT).contains(word);
    }

    /** Returns the same without what must not be kept. */
    public Complaint cleanedBy(Redaction redaction) {
        return new Complaint(redaction.clean(code), redaction.clean(message));
    }

    /** Returns that the send which got this answer created nothing. */
    public Outcome rejection(FailureReason reason, Evidence evidence) {
        return new Outcome.Rejected(reason, code, message, evidence);
    }

    /** Returns the evidence of an answer that a person is to be told of: no table has it, or only as a mistake of ours. */
    public Evidence alerting(int httpStatus, Evidence evidence) {
        return evidence.alert("answered with HTTP " + httpStatus + " " + (code + ": " + message).strip());
    }

    /** Returns that this answer proves nothing. */
    public Outcome doubt(int httpStatus, Evidence evidence) {
        return new Outcome.Unknown("HTTP " + httpStatus + " " + (code + ": " + message).strip(), evidence);
    }
}
