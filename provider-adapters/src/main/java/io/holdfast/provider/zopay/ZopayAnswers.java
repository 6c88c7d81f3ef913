package io.holdfast.provider.zopay;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.payout.spi.Evidence;
import io.holdfast.payout.spi.FailureReason;
import io.holdfast.payout.spi.Outcome;
import io.holdfast.provider.Complaint;
import io.holdfast.provider.HttpResult;
import io.holdfast.provider.Json;
import io.holdfast.provider.Reading;
import io.holdfast.provider.Redaction;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** What Zopay's answers prove. Whatever is not on a table here proves nothing. */
final class ZopayAnswers {

    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int CONFLICT = 409;
    private static final int SERVER_ERROR = 500;
    private static final Set<Integer> REJECTING = Set.of(400, UNAUTHORIZED, FORBIDDEN, 404);
    private static final BigDecimal WAIT_SECONDS_MAX = BigDecimal.valueOf(86_400);

    private final ZopaySettings settings;
    private final ZopaySigner signer;

    ZopayAnswers(ZopaySettings settings, ZopaySigner signer) {
        this.settings = settings;
        this.signer = signer;
    }

    /** Returns what the answer to a create proves. */
    Outcome toCreate(HttpResult result, Redaction redaction) {
        Reading reading = new Reading(result, redaction);
        return reading.ofSend(answer ->
                answer.isSuccess() ? reading.created(answer, executed(answer, redaction)) : refused(answer, reading));
    }

    /** Returns what the answer to a question about a payout proves. */
    Outcome toLookup(HttpResult result, String reference, Redaction redaction) {
        Reading reading = new Reading(result, redaction);
        return reading.ofLookup(answer -> {
            if (answer.isSuccess()) {
                return reading.shown(answer, reference, shown(answer, redaction));
            }
            Optional<Complaint> complaint = complaint(answer);
            boolean isStale = complaint.filter(said -> isStale(answer, said)).isPresent();
            return isStale
                    ? new Outcome.NotExecuted(Optional.empty(), "signed too long ago", redaction.evidence(answer))
                    : reading.unanswered(answer, wait(answer), complaint);
        });
    }

    /** Returns how long Zopay asks us to wait: in a header, or in its answer. */
    static Optional<Duration> wait(HttpResult.Answered answer) {
        return answer.wait("Retry-After")
                .or(() -> Json.read(answer.text())
                        .flatMap(root -> Json.decimal(root.path("retry_after")))
                        .filter(seconds -> seconds.signum() >= 0 && seconds.compareTo(WAIT_SECONDS_MAX) <= 0)
                        .map(seconds -> Duration.ofSeconds(seconds.longValue())));
    }

    /** Returns what a refusal of a create, or of the quote before it, proves of it. */
    Outcome refused(HttpResult.Answered answer, Reading reading) {
        Redaction redaction = reading.redaction();
        return reading.turnedAway(answer, wait(answer))
                .orElseGet(() -> complaint(answer)
                        .map(complaint -> refused(answer, complaint.cleanedBy(redaction), redaction))
                        .orElseGet(() -> reading.notInOwnWords(answer)));
    }

    private Outcome refused(HttpResult.Answered answer, Complaint complaint, Redaction redaction) {
        int status = answer.status();
        boolean isListed = REJECTING.contains(status) || status == CONFLICT || status >= SERVER_ERROR;
        Evidence said = redaction.evidence(answer);
        Evidence evidence = isListed ? said : complaint.alerting(status, said);
        if (isStale(answer, complaint)) {
            return new Outcome.NotExecuted(Optional.empty(), complaint.message(), evidence);
        }
        if (!REJECTING.contains(answer.status()) || complaint.isAboutRepetition()) {
            return complaint.doubt(answer.status(), evidence);
        }
        // Nothing was done with this send; once the quote has expired by our clock too, there is a new attempt.
        return complaint.mentions("quote") && complaint.mentions("expired")
                ? new Outcome.NotExecuted(Optional.empty(), complaint.message(), evidence)
                : complaint.rejection(reason(answer.status(), complaint), evidence);
    }

    /** Tells whether a request was not let in because of its time or nonce, and learns Zopay's time from that. */
    private boolean isStale(HttpResult.Answered answer, Complaint complaint) {
        if (answer.status() != UNAUTHORIZED) {
            return false;
        }
        if (complaint.mentions("too old")) {
            signer.learn(answer);
            return true;
        }
        return complaint.mentions("nonce already used");
    }

    private static FailureReason reason(int status, Complaint complaint) {
        if (status == UNAUTHORIZED || status == FORBIDDEN) {
            return FailureReason.PROVIDER_DISABLED;
        }
        if (complaint.mentions("insufficient")) {
            return FailureReason.INSUFFICIENT_FLOAT;
        }
        if (complaint.mentions("msisdn") || complaint.mentions("recipient")) {
            return FailureReason.INVALID_RECIPIENT;
        }
        return complaint.mentions("amount") ? FailureReason.AMOUNT_OUT_OF_RANGE : FailureReason.OTHER;
    }

    /** An execution is answered with {@code payout_id}; another object's {@code id} is none. */
    private Optional<ZopayPayout> executed(HttpResult.Answered answer, Redaction redaction) {
        return Json.read(answer.text())
                .filter(root -> root.hasNonNull("payout_id"))
                .map(data -> new ZopayPayout(data, settings, redaction));
    }

    private Optional<ZopayPayout> shown(HttpResult.Answered answer, Redaction redaction) {
        return Json.read(answer.text())
                .map(root -> root.path("payout"))
                .filter(JsonNode::isObject)
                .map(data -> new ZopayPayout(data, settings, redaction));
    }

    /** Returns what Zopay says went wrong: its errors have an {@code error} and a {@code message}. */
    private static Optional<Complaint> complaint(HttpResult.Answered answer) {
        return Json.read(answer.text())
                .filter(root -> Json.text(root.path("error")).isPresent())
                .flatMap(root -> Json.text(root.path("message"))
                        .map(message ->
                                new Complaint(Json.text(root.path("code")).orElse(""), message)));
    }
}
