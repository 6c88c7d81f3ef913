package io.holdfast.provider.snippe;

import io.holdfast.payout.spi.Evidence;
import io.holdfast.payout.spi.FailureReason;
import io.holdfast.payout.spi.Outcome;
import io.holdfast.provider.HttpResult;
import io.holdfast.provider.Redaction;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** What Snippe's answers prove. Whatever is not on a table here proves nothing. */
final class SnippeAnswers {

    private static final int NOT_FOUND = 404;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int INTERNAL_ERROR = 500;
    private static final Set<Integer> REJECTING = Set.of(400, 401, 403, NOT_FOUND, 422);
    private static final Set<String> DOUBTFUL = Set.of("PAY_001", "conflict");

    private final SnippeSettings settings;

    SnippeAnswers(SnippeSettings settings) {
        this.settings = settings;
    }

    /** Returns what the answer to a create proves. */
    Outcome toCreate(HttpResult result, Redaction redaction) {
        return result.match(new HttpResult.Cases<>() {
            @Override
            public Outcome answered(HttpResult.Answered answer) {
                return answer.isSuccess() ? created(answer, redaction) : refused(answer, redaction);
            }

            @Override
            public Outcome notSent(HttpResult.NotSent nothing) {
                return new Outcome.NotSent(redaction.clean(nothing.detail()));
            }

            @Override
            public Outcome lost(HttpResult.Lost lost) {
                return Outcome.Unknown.of(redaction.clean(lost.detail()));
            }
        });
    }

    /** Returns what the answer to a question about a payout proves. */
    Outcome toLookup(HttpResult result, String reference, Redaction redaction) {
        return result.match(new HttpResult.Cases<>() {
            @Override
            public Outcome answered(HttpResult.Answered answer) {
                return answer.isSuccess()
                        ? shown(answer, reference, redaction)
                        : unanswered(answer, redaction.evidence(answer));
            }

            @Override
            public Outcome notSent(HttpResult.NotSent nothing) {
                return Outcome.Unknown.of(redaction.clean(nothing.detail()));
            }

            @Override
            public Outcome lost(HttpResult.Lost lost) {
                return Outcome.Unknown.of(redaction.clean(lost.detail()));
            }
        });
    }

    /** Returns how long Snippe asks us to wait. */
    static Optional<Duration> wait(HttpResult.Answered answer) {
        return answer.wait("Retry-After", "X-Ratelimit-Reset");
    }

    /** With a reference the payout exists, whatever else cannot be read. */
    private Outcome created(HttpResult.Answered answer, Redaction redaction) {
        Optional<SnippePayout> payout = payout(answer, redaction);
        Optional<String> reference = payout.flatMap(SnippePayout::reference);
        if (payout.isEmpty() || reference.isEmpty()) {
            return new Outcome.Unknown(
                    "HTTP " + answer.status() + " without a reference of Snippe's", redaction.evidence(answer));
        }
        Evidence evidence = payout.get().redaction().evidence(answer);
        Outcome told = payout.get().outcome(reference.get(), evidence);
        return told instanceof Outcome.Unknown
                ? new Outcome.Accepted(reference.get(), payout.get().particulars(), evidence)
                : told;
    }

    private static Outcome refused(HttpResult.Answered answer, Redaction redaction) {
        Evidence evidence = redaction.evidence(answer);
        if (answer.status() == TOO_MANY_REQUESTS && !answer.isHtml()) {
            return new Outcome.NotExecuted(wait(answer), "too many requests", evidence);
        }
        Optional<SnippeReply.Complaint> error = SnippeReply.of(answer).flatMap(SnippeReply::error);
        if (error.isEmpty()) {
            return new Outcome.Unknown("HTTP " + answer.status() + " that is not in Snippe's own words", evidence);
        }
        String code = redaction.clean(error.get().code());
        String message = redaction.clean(error.get().message());
        if (answer.status() == INTERNAL_ERROR
                && code.equals("payment_failed")
                && error.get().mentions("insufficient balance")) {
            return new Outcome.Rejected(FailureReason.INSUFFICIENT_FLOAT, code, message, evidence);
        }
        if (!REJECTING.contains(answer.status())
                || DOUBTFUL.contains(code)
                || error.get().isAboutRepetition()) {
            return new Outcome.Unknown("HTTP " + answer.status() + " " + code + ": " + message, evidence);
        }
        return new Outcome.Rejected(reason(error.get()), code, message, evidence);
    }

    private static FailureReason reason(SnippeReply.Complaint error) {
        return switch (error.code()) {
            case "unauthorized", "insufficient_scope" -> FailureReason.PROVIDER_DISABLED;
            case "validation_error" -> invalid(error);
            default -> FailureReason.OTHER;
        };
    }

    /** Snippe says which field it means in words only. */
    private static FailureReason invalid(SnippeReply.Complaint error) {
        if (error.mentions("amount")) {
            return FailureReason.AMOUNT_OUT_OF_RANGE;
        }
        return error.mentions("phone") || error.mentions("recipient") || error.mentions("bank")
                ? FailureReason.INVALID_RECIPIENT
                : FailureReason.OTHER;
    }

    private Outcome shown(HttpResult.Answered answer, String reference, Redaction redaction) {
        Optional<SnippePayout> payout = payout(answer, redaction);
        if (payout.isEmpty()) {
            return new Outcome.Unknown(
                    "HTTP " + answer.status() + " that is not in Snippe's own words", redaction.evidence(answer));
        }
        Evidence evidence = payout.get().redaction().evidence(answer);
        return payout.get()
                        .reference()
                        .filter(shown -> !shown.equals(reference))
                        .isPresent()
                ? new Outcome.Unknown("asked about one payout, Snippe shows another", evidence)
                : payout.get().outcome(reference, evidence);
    }

    private static Outcome unanswered(HttpResult.Answered answer, Evidence evidence) {
        if (answer.status() == TOO_MANY_REQUESTS) {
            return new Outcome.NotExecuted(wait(answer), "too many requests", evidence);
        }
        boolean ownWords = SnippeReply.of(answer).isPresent();
        if (answer.status() == NOT_FOUND && ownWords) {
            return new Outcome.NotFound(evidence);
        }
        return new Outcome.Unknown("HTTP " + answer.status() + " when asked how the payout stands", evidence);
    }

    private Optional<SnippePayout> payout(HttpResult.Answered answer, Redaction redaction) {
        return SnippeReply.of(answer)
                .map(SnippeReply::data)
                .filter(data -> data.isObject())
                .map(data -> new SnippePayout(data, settings, redaction));
    }
}
