package io.holdfast.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.payout.spi.Answer;
import io.holdfast.payout.spi.Outcome;
import io.holdfast.payout.spi.Recipient;
import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReadingTest {

    private static final String SAID = "key s3cret-key, to 255712345678, Asha Juma";
    private static final HttpResult NOT_SENT = new HttpResult.NotSent(SAID);
    private static final HttpResult LOST = new HttpResult.Lost(SAID);
    private static final HttpResult ANSWERED =
            new HttpResult.Answered(500, HttpHeaders.of(Map.of(), (name, value) -> true), SAID);

    private static Reading reading(HttpResult result) {
        Redaction redaction = Redaction.of(List.of(Secret.of("key", "s3cret-key")))
                .and(Recipient.MobileMoney.of("+255712345678").named("Asha Juma"));
        return new Reading(result, redaction);
    }

    private static Outcome inDoubt(HttpResult.Answered answer) {
        return reading(answer).notInOwnWords(answer);
    }

    @Test
    void a_send_that_never_left_is_proof_and_a_question_that_never_left_is_none() {
        assertThat(reading(NOT_SENT).ofSend(ReadingTest::inDoubt).code()).isEqualTo(Outcome.Code.NOT_SENT);
        assertThat(reading(NOT_SENT).ofLookup(ReadingTest::inDoubt).code()).isEqualTo(Outcome.Code.UNKNOWN);
        assertThat(reading(LOST).ofSend(ReadingTest::inDoubt).code()).isEqualTo(Outcome.Code.UNKNOWN);
    }

    @Test
    void a_call_is_named_without_its_headers() {
        assertThat(HttpCall.get("/payouts/1").header("Authorization", "Bearer s3cret-key"))
                .hasToString("GET /payouts/1");
    }

    @Test
    void whatever_came_of_a_request_what_is_said_of_it_shows_neither_secrets_nor_people() {
        for (HttpResult result : List.of(NOT_SENT, LOST, ANSWERED)) {
            Outcome sent = reading(result).ofSend(ReadingTest::inDoubt);
            Outcome asked = reading(result).ofLookup(ReadingTest::inDoubt);
            Answer<String> told = reading(result).ofQuestion(answer -> Optional.empty(), answer -> Optional.empty());

            assertThat(sent + sent.evidence().text() + asked + asked.evidence().text() + told)
                    .contains("***")
                    .doesNotContain("s3cret-key", "255712345678", "Asha Juma");
        }
    }
}
