package io.holdfast.provider;

import io.holdfast.payout.spi.Answer;
import io.holdfast.payout.spi.Evidence;
import io.holdfast.payout.spi.Outcome;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * What became of one request, as the engine is told it: the part in which no two providers differ. A send that never left
 * is proof, a question that never left is none, and what was lost proves nothing.
 *
 * @param redaction takes out of texts what must not be kept
 */
public record Reading(HttpResult result, Redaction redaction) {

    private static final int NOT_FOUND = 404;
    private static final int TOO_MANY_REQUESTS = 429;

    /** Returns what a send proves, an answer to it being read so. */
    public Outcome ofSend(Function<HttpResult.Answered, Outcome> reader) {
        return result.match(new HttpResult.Cases<>() {
            @Override
            public Outcome answered(HttpResult.Answered answer) {
                return reader.apply(answer);
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

    /** Returns what a question about a payout proves, an answer to it being read so. */
    public Outcome ofLookup(Function<HttpResult.Answered, Outcome> reader) {
        Outcome outcome = ofSend(reader);
        return outcome instanceof Outcome.NotSent nothing ? Outcome.Unknown.of(nothing.detail()) : outcome;
    }

    /**
     * Returns what a successful answer to a create proves. With a reference the payout exists, whatever else cannot be
     * read; without one nothing is known.
     *
     * @param payout as the answer shows it; absent if the answer is not in the provider's own words
     */
    public Outcome created(HttpResult.Answered answer, Optional<? extends ShownPayout> payout) {
        Optional<String> reference = payout.flatMap(ShownPayout::reference);
        if (payout.isEmpty() || reference.isEmpty()) {
            return new Outcome.Unknown(
                    "HTTP " + answer.status() + " without a reference of the provider's", redaction.evidence(answer));
        }
        Evidence evidence = payout.get().redaction().evidence(answer);
        Outcome told = payout.get().outcome(reference.get(), evidence);
        return told instanceof Outcome.Unknown
                ? new Outcome.Accepted(reference.get(), payout.get().particulars(), told.evidence())
                : told;
    }

    /**
     * Returns what a successful answer to a question about a payout proves.
     *
     * @param asked the reference that was asked about
     * @param payout as the answer shows it; absent if the answer is not in the provider's own words
     */
    public Outcome shown(HttpResult.Answered answer, String asked, Optional<? extends ShownPayout> payout) {
        if (payout.isEmpty()) {
            return notInOwnWords(answer);
        }
        Evidence evidence = payout.get().redaction().evidence(answer);
        return payout.get().reference().filter(shown -> !shown.equals(asked)).isPresent()
                ? Outcome.Unknown.unlisted("asked about one payout, the provider shows another", evidence)
                : payout.get().outcome(asked, evidence);
    }

    /** Returns what an answer proves that somebody else than the provider may have given: nothing. */
    public Outcome notInOwnWords(HttpResult.Answered answer) {
        return new Outcome.Unknown(
                "HTTP " + answer.status() + " that is not in the provider's own words", redaction.evidence(answer));
    }

    /**
     * Returns what a failure to answer a question about a payout proves.
     *
     * @param wait how long it asks us to wait
     * @param complaint what the provider says; absent if it is not in its own words
     */
    public Outcome unanswered(HttpResult.Answered answer, Optional<Duration> wait, Optional<Complaint> complaint) {
        Evidence evidence = redaction.evidence(answer);
        if (answer.status() == TOO_MANY_REQUESTS) {
            return new Outcome.NotExecuted(wait, "too many requests", evidence);
        }
        return answer.status() == NOT_FOUND && complaint.isPresent()
                ? new Outcome.NotFound(evidence)
                : new Outcome.Unknown("HTTP " + answer.status() + " when asked how the payout stands", evidence);
    }

    /**
     * Returns that the provider did nothing with a send because there were too many, if the answer says so.
     *
     * @param wait how long it asks us to wait
     */
    public Optional<Outcome> turnedAway(HttpResult.Answered answer, Optional<Duration> wait) {
        return answer.status() == TOO_MANY_REQUESTS && !answer.isHtml()
                ? Optional.of(new Outcome.NotExecuted(wait, "too many requests", redaction.evidence(answer)))
                : Optional.empty();
    }

    /**
     * Returns the answer to any other question.
     *
     * @param wait how long an answer asks us to wait
     * @param reader what a successful answer tells; nothing if it does not answer the question
     */
    public <T> Answer<T> ofQuestion(
            Function<HttpResult.Answered, Optional<Duration>> wait, Function<HttpResult.Answered, Optional<T>> reader) {
        return result.match(new HttpResult.Cases<>() {
            @Override
            public Answer<T> answered(HttpResult.Answered answer) {
                Optional<T> value = Optional.of(answer)
                        .filter(HttpResult.Answered::isSuccess)
                        .flatMap(reader);
                return value.isPresent()
                        ? new Answer.Told<>(value.get())
                        : new Answer.Unavailable<>(
                                wait.apply(answer),
                                redaction.clean("HTTP " + answer.status() + " does not answer it: " + answer.text()));
            }

            @Override
            public Answer<T> notSent(HttpResult.NotSent nothing) {
                return new Answer.Unavailable<>(Optional.empty(), redaction.clean(nothing.detail()));
            }

            @Override
            public Answer<T> lost(HttpResult.Lost lost) {
                return new Answer.Unavailable<>(Optional.empty(), redaction.clean(lost.detail()));
            }
        });
    }
}
