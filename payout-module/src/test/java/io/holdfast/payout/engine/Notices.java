package io.holdfast.payout.engine;

import io.holdfast.payout.spi.Outcome;
import io.holdfast.payout.spi.Particulars;
import io.holdfast.payout.spi.WebhookNotice;
import java.util.Optional;

/** What a provider's signed calls prove, for tests. */
final class Notices {

    private Notices() {}

    static WebhookNotice.Proven proven(String id, Outcome outcome) {
        return proven(id, outcome, referenceOf(outcome), Optional.empty(), Particulars.NONE);
    }

    static WebhookNotice.Proven proven(String id, Outcome outcome, String ourReference) {
        return proven(id, outcome, referenceOf(outcome), Optional.of(ourReference), Particulars.NONE);
    }

    static WebhookNotice.Proven proven(
            String id, Outcome outcome, Optional<String> reference, Optional<String> ours, Particulars told) {
        Particulars all = outcome instanceof Outcome.Succeeded succeeded && told.equals(Particulars.NONE)
                ? succeeded.particulars()
                : told;
        return new WebhookNotice.Proven(id, reference, ours, all, outcome);
    }

    private static Optional<String> referenceOf(Outcome outcome) {
        if (outcome instanceof Outcome.Succeeded succeeded) {
            return Optional.of(succeeded.reference());
        }
        return outcome instanceof Outcome.Failed failed
                ? Optional.of(failed.reference())
                : Optional.of(((Outcome.Accepted) outcome).reference());
    }
}
