package io.holdfast.provider.rohopay;

import static java.util.Map.entry;

import io.holdfast.payout.spi.Evidence;
import io.holdfast.payout.spi.FailureReason;
import io.holdfast.payout.spi.Outcome;
import io.holdfast.provider.Complaint;
import io.holdfast.provider.HttpResult;
import io.holdfast.provider.Reading;
import io.holdfast.provider.Redaction;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What RohoPay's answers prove. Whatever is not on a table here proves nothing. */
final class RohoPayAnswers {

    private static final Set<Integer> REJECTING = Set.of(400, 401, 403, 404, 422);
    private static final Map<String, FailureReason> REASONS = Map.ofEntries(
            entry("UNAUTHORIZED", FailureReason.PROVIDER_DISABLED),
            entry("API_KEY_INACTIVE", FailureReason.PROVIDER_DISABLED),
            entry("ENVIRONMENT_MISMATCH", FailureReason.PROVIDER_DISABLED),
            entry("DISBURSE_TEST_BLOCKED", FailureReason.PROVIDER_DISABLED),
            entry("TEST_QUOTA_EXCEEDED", FailureReason.PROVIDER_DISABLED),
            entry("VALIDATION_ERROR", FailureReason.OTHER),
            entry("MISSING_IDEMPOTENCY_KEY", FailureReason.OTHER),
            entry("NOT_FOUND", FailureReason.OTHER),
            entry("DAILY_LIMIT_EXCEEDED", FailureReason.OTHER),
            entry("INVALID_PHONE", FailureReason.INVALID_RECIPIENT),
            entry("INVALID_CURRENCY", FailureReason.AMOUNT_OUT_OF_RANGE),
            entry("INVALID_AMOUNT", FailureReason.AMOUNT_OUT_OF_RANGE),
            entry("INSUFFICIENT_BALANCE", FailureReason.INSUFFICIENT_FLOAT));

    /** Codes that prove nothing of a create, whatever the HTTP status. */
    private static final Set<String> DOUBTFUL =
            Set.of("PROVIDER_ERROR", "PROVIDER_LINE_DOWN", "PROVIDER_TIMEOUT", "RATE_LIMIT_EXCEEDED");
    /** A 409 is not among them: its key is known with other content, which can only be a mistake of ours. */
    private static final Set<Integer> LISTED = Set.of(400, 401, 403, 404, 422, 500, 502, 503, 504);

    private final RohoPaySettings settings;

    RohoPayAnswers(RohoPaySettings settings) {
        this.settings = settings;
    }

    /** Returns what the answer to a create proves. */
    Outcome toCreate(HttpResult result, Redaction redaction) {
        Reading reading = new Reading(result, redaction);
        return reading.ofSend(answer -> answer.isSuccess()
                ? reading.created(answer, transaction(answer, redaction))
                : refused(answer, reading));
    }

    /** Returns what the answer to a question about a payout proves. */
    Outcome toLookup(HttpResult result, String reference, Redaction redaction) {
        Reading reading = new Reading(result, redaction);
        return reading.ofLookup(answer -> answer.isSuccess()
                ? reading.shown(answer, shownAs(answer, reference, redaction), transaction(answer, redaction))
                : reading.unanswered(
                        answer, wait(answer), RohoPayReply.of(answer).flatMap(RohoPayReply::error)));
    }

    /** RohoPay can be asked by the operator's reference too, and then shows its own beside it. */
    private String shownAs(HttpResult.Answered answer, String asked, Redaction redaction) {
        return transaction(answer, redaction)
                .filter(shown -> shown.operatorsReference().equals(Optional.of(asked)))
                .flatMap(RohoPayTransaction::reference)
                .orElse(asked);
    }

    /** Returns how long RohoPay asks us to wait. */
    static Optional<Duration> wait(HttpResult.Answered answer) {
        return answer.wait("Retry-After");
    }

    private static Outcome refused(HttpResult.Answered answer, Reading reading) {
        return reading.turnedAway(answer, wait(answer))
                .orElseGet(() -> RohoPayReply.of(answer)
                        .map(reply -> refused(answer, reply, reading.redaction()))
                        .orElseGet(() -> reading.notInOwnWords(answer)));
    }

    /** An error that names a transaction says that one exists, whatever else it says. */
    private static Outcome refused(HttpResult.Answered answer, RohoPayReply reply, Redaction redaction) {
        Complaint error = reply.error().orElseThrow().cleanedBy(redaction);
        Evidence said = redaction.evidence(answer);
        boolean isListed = LISTED.contains(answer.status())
                && (REASONS.containsKey(error.code()) || DOUBTFUL.contains(error.code()));
        Evidence evidence = isListed ? said : error.alerting(answer.status(), said);
        boolean isDoubtful =
                !REJECTING.contains(answer.status()) || error.isAboutRepetition() || reply.namesTransaction();
        return Optional.ofNullable(REASONS.get(error.code()))
                .filter(reason -> !isDoubtful)
                .map(reason -> error.rejection(reason, evidence))
                .orElseGet(() -> error.doubt(answer.status(), evidence));
    }

    private Optional<RohoPayTransaction> transaction(HttpResult.Answered answer, Redaction redaction) {
        return RohoPayReply.of(answer)
                .map(RohoPayReply::data)
                .filter(data -> data.isObject())
                .map(data -> new RohoPayTransaction(data, settings, redaction));
    }
}
