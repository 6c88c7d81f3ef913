package io.holdfast.provider.snippe;

import io.holdfast.payout.spi.Evidence;
import io.holdfast.payout.spi.FailureReason;
import io.holdfast.payout.spi.Outcome;
import io.holdfast.provider.Complaint;
import io.holdfast.provider.HttpResult;
import io.holdfast.provider.Reading;
import io.holdfast.provider.Redaction;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** What Snippe's answers prove. Whatever is not on a table here proves nothing. */
final class SnippeAnswers {

    private static final int INTERNAL_ERROR = 500;
    private static final Set<Integer> REJECTING = Set.of(400, 401, 403, 404, 422);
    /** What a create may be answered with while all is as it should be: 422 says that we are mistaken. */
    private static final Set<Integer> LISTED = Set.of(400, 401, 403, 404);

    private static final Set<String> DOUBTFUL = Set.of("PAY_001", "conflict");

    private final SnippeSettings settings;

    SnippeAnswers(SnippeSettings settings) {
        this.settings = settings;
    }

    /** Returns what the answer to a create proves. */
    Outcome toCreate(HttpResult result, Redaction redaction) {
        Reading reading = new Reading(result, redaction);
        return reading.ofSend(answer ->
                answer.isSuccess() ? reading.created(answer, payout(answer, redaction)) : refused(answer, reading));
    }

    /** Returns what the answer to a question about a payout proves. */
    Outcome toLookup(HttpResult result, String reference, Redaction redaction) {
        Reading reading = new Reading(result, redaction);
        return reading.ofLookup(answer -> answer.isSuccess()
                ? reading.shown(answer, reference, payout(answer, redaction))
                : reading.unanswered(
                        answer, wait(answer), SnippeReply.of(answer).flatMap(SnippeReply::error)));
    }

    /** Returns how long Snippe asks us to wait. */
    static Optional<Duration> wait(HttpResult.Answered answer) {
        return answer.wait("Retry-After", "X-Ratelimit-Reset");
    }

    private static Outcome refused(HttpResult.Answered answer, Reading reading) {
        Optional<Complaint> error = SnippeReply.of(answer)
                .flatMap(SnippeReply::error)
                .map(complaint -> complaint.cleanedBy(reading.redaction()));
        return reading.turnedAway(answer, wait(answer))
                .orElseGet(() -> error.map(complaint -> refused(answer, complaint, reading.redaction()))
                        .orElseGet(() -> reading.notInOwnWords(answer)));
    }

    private static Outcome refused(HttpResult.Answered answer, Complaint error, Redaction redaction) {
        boolean isListed = LISTED.contains(answer.status()) || answer.status() >= INTERNAL_ERROR;
        Evidence said = redaction.evidence(answer);
        Evidence evidence = isListed ? said : error.alerting(answer.status(), said);
        if (answer.status() == INTERNAL_ERROR
                && error.code().equals("payment_failed")
                && error.mentions("insufficient balance")) {
            return error.rejection(FailureReason.INSUFFICIENT_FLOAT, evidence);
        }
        boolean isProof =
                REJECTING.contains(answer.status()) && !DOUBTFUL.contains(error.code()) && !error.isAboutRepetition();
        return isProof ? error.rejection(reason(error), evidence) : error.doubt(answer.status(), evidence);
    }

    private static FailureReason reason(Complaint error) {
        return switch (error.code()) {
            case "unauthorized", "insufficient_scope" -> FailureReason.PROVIDER_DISABLED;
            case "validation_error" -> invalid(error);
            default -> FailureReason.OTHER;
        };
    }

    /** Snippe says which field it means in words only. */
    private static FailureReason invalid(Complaint error) {
        if (error.mentions("amount")) {
            return FailureReason.AMOUNT_OUT_OF_RANGE;
        }
        return error.mentions("phone") || error.mentions("recipient") || error.mentions("bank")
                ? FailureReason.INVALID_RECIPIENT
                : FailureReason.OTHER;
    }

    private Optional<SnippePayout> payout(HttpResult.Answered answer, Redaction redaction) {
        return SnippeReply.of(answer)
                .map(SnippeReply::data)
                .filter(data -> data.isObject())
                .map(data -> new SnippePayout(data, settings, redaction));
    }
}
