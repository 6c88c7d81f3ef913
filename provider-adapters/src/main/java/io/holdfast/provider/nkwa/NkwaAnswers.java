package io.holdfast.provider.nkwa;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.payout.spi.Answer;
import io.holdfast.payout.spi.Availability;
import io.holdfast.payout.spi.Evidence;
import io.holdfast.payout.spi.FailureReason;
import io.holdfast.payout.spi.Outcome;
import io.holdfast.provider.Complaint;
import io.holdfast.provider.HttpResult;
import io.holdfast.provider.Json;
import io.holdfast.provider.Reading;
import io.holdfast.provider.Redaction;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What Nkwa's answers prove. Whatever is not on a table here proves nothing. */
final class NkwaAnswers {

    private static final int BAD_REQUEST = 400;
    private static final int NOT_FOUND = 404;
    private static final Set<Integer> REJECTING = Set.of(BAD_REQUEST, 401, 403, NOT_FOUND);
    /** What a create may be answered with while all is as it should be: an error of our URL is not. */
    private static final Set<Integer> LISTED = Set.of(BAD_REQUEST, 401, 403, 500, 502, 503, 504);

    private final NkwaSettings settings;

    NkwaAnswers(NkwaSettings settings) {
        this.settings = settings;
    }

    /** Returns what the answer to a create proves. */
    Outcome toCreate(HttpResult result, Redaction redaction) {
        Reading reading = new Reading(result, redaction);
        return reading.ofSend(answer ->
                answer.isSuccess() ? reading.created(answer, payment(answer, redaction)) : refused(answer, reading));
    }

    /** Returns what the answer to a question about a payout proves. */
    Outcome toLookup(HttpResult result, String reference, Redaction redaction) {
        Reading reading = new Reading(result, redaction);
        return reading.ofLookup(answer -> answer.isSuccess()
                ? reading.shown(answer, reference, payment(answer, redaction))
                : reading.unanswered(answer, wait(answer), complaint(answer)));
    }

    /** Reads which operators can be paid to. One that is not said to be operational is not. */
    Answer<Availability> toAvailability(HttpResult result, Redaction redaction) {
        return new Reading(result, redaction)
                .ofQuestion(
                        NkwaAnswers::wait,
                        answer -> Json.read(answer.text())
                                .filter(JsonNode::isArray)
                                .map(NkwaAnswers::availability));
    }

    private static Availability availability(JsonNode list) {
        Set<String> operational = new TreeSet<>();
        Set<String> suspended = new TreeSet<>();
        for (JsonNode item : list) {
            JsonNode operation = item.path("operation");
            Optional<String> operator = Json.text(item.path("operator"));
            if (operator.isPresent() && operation.path("type").asText().equals("disbursement")) {
                boolean isOperational = operation.path("status").asText().equals("OPERATIONAL");
                (isOperational ? operational : suspended).add(operator.get().toLowerCase(Locale.ROOT));
            }
        }
        return new Availability(operational, suspended);
    }

    /** Returns how long Nkwa asks us to wait. */
    private static Optional<Duration> wait(HttpResult.Answered answer) {
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
        Evidence said = redaction.evidence(answer);
        Evidence evidence = LISTED.contains(answer.status()) ? said : complaint.alerting(answer.status(), said);
        boolean isProof = REJECTING.contains(answer.status()) && !complaint.isAboutRepetition();
        return isProof
                ? complaint.rejection(reason(answer.status(), complaint), evidence)
                : complaint.doubt(answer.status(), evidence);
    }

    /** Nkwa has no codes: what a 400 means it says in words only, and 404 can only mean that the URL is wrong. */
    private static FailureReason reason(int status, Complaint complaint) {
        if (status != BAD_REQUEST) {
            return FailureReason.PROVIDER_DISABLED;
        }
        if (complaint.mentions("insufficient")) {
            return FailureReason.INSUFFICIENT_FLOAT;
        }
        if (complaint.mentions("suspended")) {
            return FailureReason.PROVIDER_UNAVAILABLE;
        }
        if (complaint.mentions("phone")) {
            return FailureReason.INVALID_RECIPIENT;
        }
        return complaint.mentions("amount") ? FailureReason.AMOUNT_OUT_OF_RANGE : FailureReason.OTHER;
    }

    private Optional<NkwaPayment> payment(HttpResult.Answered answer, Redaction redaction) {
        return Json.read(answer.text())
                .filter(JsonNode::isObject)
                .map(data -> new NkwaPayment(data, settings, redaction));
    }

    /** Returns what Nkwa says went wrong, if it is Nkwa that answered: its errors repeat the HTTP status. */
    private static Optional<Complaint> complaint(HttpResult.Answered answer) {
        return Json.read(answer.text())
                .filter(root -> root.path("statusCode").asInt() == answer.status())
                .map(root -> new Complaint("", Json.text(root.path("message")).orElse("")));
    }
}
