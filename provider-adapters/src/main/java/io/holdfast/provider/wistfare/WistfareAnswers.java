package io.holdfast.provider.wistfare;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.payout.spi.Evidence;
import io.holdfast.payout.spi.FailureReason;
import io.holdfast.payout.spi.Outcome;
import io.holdfast.provider.Complaint;
import io.holdfast.provider.HttpResult;
import io.holdfast.provider.Json;
import io.holdfast.provider.Reading;
import io.holdfast.provider.Redaction;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** What Wistfare's answers prove. Whatever is not on a table here proves nothing. */
final class WistfareAnswers {

    private static final Set<Integer> CREDENTIALS = Set.of(401, 403);
    private static final Set<Integer> REJECTING = Set.of(400, 401, 403, 404, 422);

    private static final int CONFLICT = 409;
    private static final int SERVER_ERROR = 500;

    private final WistfareSettings settings;

    WistfareAnswers(WistfareSettings settings) {
        this.settings = settings;
    }

    /** Returns what the answer to a create proves. */
    Outcome toCreate(HttpResult result, Redaction redaction) {
        Reading reading = new Reading(result, redaction);
        return reading.ofSend(answer -> answer.isSuccess()
                ? reading.created(answer, disbursement(answer, redaction))
                : refused(answer, reading));
    }

    /** Returns what the answer to a question about a payout proves. */
    Outcome toLookup(HttpResult result, String reference, Redaction redaction) {
        Reading reading = new Reading(result, redaction);
        return reading.ofLookup(answer -> answer.isSuccess()
                ? reading.shown(answer, reference, disbursement(answer, redaction))
                : reading.unanswered(answer, wait(answer), complaint(answer)));
    }

    /** Returns how long Wistfare asks us to wait. */
    static Optional<Duration> wait(HttpResult.Answered answer) {
        return answer.wait("Retry-After");
    }

    private static Outcome refused(HttpResult.Answered answer, Reading reading) {
        Redaction redaction = reading.redaction();
        return reading.turnedAway(answer, wait(answer))
                .orElseGet(() -> complaint(answer)
                        .map(complaint -> refused(answer, complaint.cleanedBy(redaction), redaction))
                        .orElseGet(() -> reading.notInOwnWords(answer)));
    }

    private static Outcome refused(HttpResult.Answered answer, Complaint complaint, Redaction redaction) {
        int status = answer.status();
        boolean isListed = REJECTING.contains(status) || status == CONFLICT || status >= SERVER_ERROR;
        Evidence said = redaction.evidence(answer);
        Evidence evidence = isListed ? said : complaint.alerting(status, said);
        boolean isProof = REJECTING.contains(answer.status()) && !complaint.isAboutRepetition();
        return isProof
                ? complaint.rejection(reason(answer.status(), complaint), evidence)
                : complaint.doubt(answer.status(), evidence);
    }

    /** Wistfare's codes are not listed anywhere: what it means is taken from its words. */
    private static FailureReason reason(int status, Complaint complaint) {
        if (CREDENTIALS.contains(status)) {
            return FailureReason.PROVIDER_DISABLED;
        }
        if (complaint.mentions("insufficient")) {
            return FailureReason.INSUFFICIENT_FLOAT;
        }
        if (complaint.mentions("destination")) {
            return FailureReason.INVALID_RECIPIENT;
        }
        return complaint.mentions("amount") ? FailureReason.AMOUNT_OUT_OF_RANGE : FailureReason.OTHER;
    }

    /** The page shows the bare object; an envelope {@code data} around it is read too. */
    private Optional<WistfareDisbursement> disbursement(HttpResult.Answered answer, Redaction redaction) {
        return Json.read(answer.text())
                .map(root -> root.path("data").isObject() ? root.path("data") : root)
                .filter(JsonNode::isObject)
                .map(data -> new WistfareDisbursement(data, settings, redaction));
    }

    private static Optional<Complaint> complaint(HttpResult.Answered answer) {
        return Json.read(answer.text())
                .map(root -> root.path("error"))
                .map(error -> new Complaint(
                        Json.text(error.path("code")).orElse(""),
                        Json.text(error.path("message")).orElse("")))
                .filter(complaint -> !complaint.code().isEmpty());
    }
}
