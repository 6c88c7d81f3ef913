package io.holdfast.payout.engine;

import io.holdfast.payout.PayoutResolution;
import io.holdfast.payout.PayoutTransition.Cause;
import io.holdfast.payout.Resolution;
import io.holdfast.payout.spi.Evidence;
import io.holdfast.payout.spi.FailureReason;
import io.holdfast.payout.spi.Outcome;
import io.holdfast.payout.spi.Particulars;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;

/**
 * Something learned about an attempt, from whatever source.
 *
 * @param send which send was answered, if this is the answer to one
 * @param lease the token of the claim under which it was learned, which ends with it
 * @param delivery in which webhook it came, if in one
 * @param known how the payout stands unless anybody has changed it since, as who has its lease left it
 * @param date on which it happened, as people say, if they do
 */
record Event(
        UUID payout,
        int attempt,
        Optional<Integer> send,
        Cause cause,
        Outcome outcome,
        Optional<Long> lease,
        Optional<StoredNotice> delivery,
        Optional<PayoutSnapshot> known,
        Optional<LocalDate> date) {

    /** What came of a send, the latest of the attempt, under the lease that the payout is claimed by. */
    static Event answer(PayoutSnapshot payout, int attempt, Outcome outcome) {
        return new Event(
                payout.intent().id(),
                attempt,
                Optional.of(payout.attempt(attempt).sends().size()),
                Cause.SEND,
                outcome,
                Optional.of(payout.standing().leaseToken()),
                Optional.empty(),
                Optional.of(payout),
                Optional.empty());
    }

    static Event learned(UUID payout, int attempt, Cause cause, Outcome outcome, long lease) {
        return learned(payout, attempt, cause, outcome, Optional.of(lease));
    }

    static Event learned(UUID payout, int attempt, Cause cause, Outcome outcome, Optional<Long> lease) {
        return new Event(
                payout,
                attempt,
                Optional.empty(),
                cause,
                outcome,
                lease,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    static Event delivered(WebhookStore.About about, StoredNotice delivery) {
        return new Event(
                about.payout(),
                about.attempt(),
                Optional.empty(),
                Cause.WEBHOOK,
                delivery.notice().outcome(),
                Optional.empty(),
                Optional.of(delivery),
                Optional.empty(),
                Optional.empty());
    }

    /**
     * What two persons say of an attempt. Where they found no reference and none is known, our own stands in its place and is
     * bound to nothing.
     */
    static Event resolved(Intent intent, Attempt attempt, PayoutResolution said) {
        Resolution content = said.content();
        Evidence evidence = Evidence.of(content.evidence() + " (" + said.actor() + ")");
        String reference = content.reference().or(attempt::reference).orElse(intent.id() + "-" + attempt.number());
        Particulars particulars =
                content.fee().map(Particulars.NONE::chargedFee).orElse(Particulars.NONE);
        Outcome outcome = content.verdict() == Resolution.Verdict.SUCCEEDED
                ? new Outcome.Succeeded(reference, particulars, evidence)
                : new Outcome.Failed(reference, FailureReason.OTHER, "", "", content.fee(), evidence);
        return new Event(
                intent.id(),
                said.attempt(),
                Optional.empty(),
                Cause.RESOLUTION,
                outcome,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                content.on());
    }

    Event outcome(Outcome replacement) {
        return new Event(payout, attempt, send, cause, replacement, lease, delivery, known, date);
    }

    /** Returns the reference that it brings, if it brings one. */
    Optional<String> reference() {
        return reference(outcome);
    }

    /** Returns which reference its attempt of the payout is given by it, if it brings one. */
    Optional<PayoutStore.Given> given(PayoutSnapshot of) {
        String provider = of.attempt(attempt).provider();
        return reference().map(reference -> new PayoutStore.Given(payout, attempt, provider, reference));
    }

    /** Returns the reference that an outcome brings, if it brings one. */
    static Optional<String> reference(Outcome outcome) {
        if (outcome instanceof Outcome.Accepted accepted) {
            return Optional.of(accepted.reference());
        } else if (outcome instanceof Outcome.Succeeded succeeded) {
            return Optional.of(succeeded.reference());
        } else if (outcome instanceof Outcome.Failed failed) {
            return Optional.of(failed.reference());
        } else if (outcome instanceof Outcome.Reversed reversed) {
            return Optional.of(reversed.reference());
        }
        return Optional.empty();
    }
}
