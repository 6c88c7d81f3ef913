package io.holdfast.provider.nkwa;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.holdfast.ledger.Currency;
import io.holdfast.ledger.Money;
import io.holdfast.payout.spi.Answer;
import io.holdfast.payout.spi.Availability;
import io.holdfast.payout.spi.CreateRequest;
import io.holdfast.payout.spi.FailureReason;
import io.holdfast.payout.spi.Feature;
import io.holdfast.payout.spi.ListQuestion;
import io.holdfast.payout.spi.Outcome;
import io.holdfast.payout.spi.PayoutInstruction;
import io.holdfast.payout.spi.Preparation;
import io.holdfast.payout.spi.RateLimit;
import io.holdfast.payout.spi.Recipient;
import io.holdfast.payout.spi.Resend;
import io.holdfast.payout.spi.WireCurrency;
import io.holdfast.provider.Examples;
import io.holdfast.provider.StubServer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Nkwa's published examples, and the classification of its answers line by line. */
class NkwaAnswersTest {

    private static final String ID = "p-1";
    private static final String PAYMENT = "{\"id\":\"p-1\",\"amount\":1000,\"currency\":\"XAF\",\"fee\":20,"
            + "\"merchantId\":7,\"paymentType\":\"disbursement\",\"phoneNumber\":\"237650000000\","
            + "\"status\":\"%s\",\"telecomOperator\":\"mtn\",\"createdAt\":\"2026-01-01T00:00:00Z\"}";

    private final StubServer server = new StubServer();
    private final NkwaProvider nkwa = new NkwaProvider(settings().build());
    private final PayoutInstruction instruction =
            Examples.instruction("key-1", "XAF 1000", "237650000000", "Ngono Marie");

    private NkwaSettings.Builder settings() {
        return NkwaSettings.builder("nkwa_key").baseUrl(server.url());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Outcome send() {
        return nkwa.send(instruction, nkwa.create(instruction, Preparation.NOTHING));
    }

    @Test
    void the_create_is_that_of_the_published_document_and_carries_no_key() {
        CreateRequest create = nkwa.create(instruction, Preparation.NOTHING);
        server.answers(201, String.format(PAYMENT, "pending"));

        assertThat(create.method() + " " + create.path()).isEqualTo("POST /disburse");
        assertThat(new String(create.body(), UTF_8)).isEqualTo("{\"amount\":1000,\"phoneNumber\":\"237650000000\"}");
        assertThat(send()).isInstanceOfSatisfying(Outcome.Accepted.class, accepted -> {
            assertThat(accepted.reference()).isEqualTo(ID);
            assertThat(accepted.particulars().amount()).contains(Money.parse("XAF 1000"));
            assertThat(accepted.particulars().chargedFee()).contains(Money.parse("XAF 20"));
            assertThat(accepted.evidence().text()).doesNotContain("237650000000");
        });
        assertThat(server.asked()).singleElement().satisfies(asked -> {
            assertThat(asked.header("X-API-Key")).contains("nkwa_key");
            assertThat(asked.header("Idempotency-Key")).isEmpty();
            assertThat(asked.header("X-Sig")).isEmpty();
        });
    }

    @Test
    void references_and_a_signature_are_sent_where_they_were_asked_for() {
        NkwaProvider other = new NkwaProvider(settings()
                .referenceFields(Set.of("reference", "externalRef"))
                .signer(create -> "signed " + create.body().length)
                .build());
        CreateRequest create = other.create(instruction, Preparation.NOTHING);
        server.answers(201, String.format(PAYMENT, "pending"));

        other.send(instruction, create);

        String ours = Examples.PAYOUT + "-1";
        assertThat(new String(create.body(), UTF_8))
                .endsWith(",\"externalRef\":\"" + ours + "\",\"reference\":\"" + ours + "\"}");
        assertThat(server.asked().get(0).header("X-Sig")).contains("signed " + create.body().length);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings().referenceFields(Set.of("amount")).build())
                .withMessageContaining("amount");
    }

    @ParameterizedTest
    @CsvSource({
        "pending, ACCEPTED",
        "PENDING, ACCEPTED",
        "success, SUCCEEDED",
        "SUCCESSFUL, SUCCEEDED",
        "failed, FAILED",
        "canceled, FAILED",
        "on_hold, UNKNOWN"
    })
    void a_status_is_read_in_any_case(String status, Outcome.Code outcome) {
        server.answers(200, String.format(PAYMENT, status));

        assertThat(nkwa.lookup(instruction, ID).code()).isEqualTo(outcome);
        assertThat(server.asked().get(0).path()).isEqualTo("/payments/p-1");
    }

    @Test
    void a_failure_happened_when_the_payment_changed_last_and_is_undated_if_that_is_not_told() {
        String failed = String.format(PAYMENT, "failed");
        server.answers(200, failed.replace("}", ",\"updatedAt\":\"2026-01-03T00:00:00Z\"}"))
                .answers(200, failed);

        assertThat(nkwa.lookup(instruction, ID).at()).contains(Instant.parse("2026-01-03T00:00:00Z"));
        assertThat(nkwa.lookup(instruction, ID).at()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "400, Invalid request, REJECTED, OTHER",
        "400, phone number 237650000000 cannot receive, REJECTED, INVALID_RECIPIENT",
        "400, Insufficient balance, REJECTED, INSUFFICIENT_FLOAT",
        "400, amount too high, REJECTED, AMOUNT_OUT_OF_RANGE",
        "400, operator suspended, REJECTED, PROVIDER_UNAVAILABLE",
        "401, Unauthorized, REJECTED, PROVIDER_DISABLED",
        "403, Disbursement disabled, REJECTED, PROVIDER_DISABLED",
        "404, Not found, REJECTED, PROVIDER_DISABLED",
        "429, Too many requests, NOT_EXECUTED,",
        "400, Duplicate payment, UNKNOWN,",
        "409, Conflict, UNKNOWN,",
        "422, Invalid request, UNKNOWN,",
        "500, An error occurred, UNKNOWN,",
        "503, An error occurred, UNKNOWN,"
    })
    void an_error_proves_what_the_table_says(int status, String message, Outcome.Code outcome, FailureReason reason) {
        server.answers(status, "{\"statusCode\":" + status + ",\"message\":\"" + message + "\",\"details\":[]}");

        Outcome said = send();

        assertThat(said.code()).isEqualTo(outcome);
        assertThat(said + said.evidence().text() + said.evidence().alert()).doesNotContain("237650000000");
        assertThat(said.evidence().alert().isPresent())
                .as("a person is told")
                .isEqualTo(Set.of(404, 409, 422).contains(status));
        if (said instanceof Outcome.Rejected rejected) {
            assertThat(rejected.reason()).isEqualTo(reason);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "201|{\"amount\":1000,\"status\":\"success\"}",
                "200|OK",
                "400|{\"statusCode\":500,\"message\":\"An error occurred\"}",
                "400|{\"message\":\"Invalid request\"}",
                "403|<html>Forbidden</html>"
            })
    void whatever_else_is_answered_proves_nothing(int status, String body) {
        server.answers(status, body);

        assertThat(send().code()).isEqualTo(Outcome.Code.UNKNOWN);
    }

    @Test
    void a_question_that_is_not_answered_tells_nothing_of_a_payment_and_another_payment_neither() {
        server.answers(404, "{\"statusCode\":404,\"message\":\"Not found\"}")
                .answers(404, "<html>")
                .answers(200, String.format(PAYMENT, "success").replace("p-1", "p-2"))
                .answers(200, String.format(PAYMENT, "success").replace("disbursement", "collection"));

        server.answers(200, String.format(PAYMENT, "success").replace(":1000,", ":\"a thousand\","));
        server.answers(200, String.format(PAYMENT, "success").replace(":1000,", ":-1000,"));

        assertThat(nkwa.lookup(instruction, ID).code()).isEqualTo(Outcome.Code.NOT_FOUND);
        for (int question = 1; question <= 5; question++) {
            assertThat(nkwa.lookup(instruction, ID).code()).isEqualTo(Outcome.Code.UNKNOWN);
        }
    }

    @Test
    void what_nkwa_does_not_pay_is_not_written() {
        NkwaProvider limited = new NkwaProvider(settings()
                .franc(WireCurrency.of(Currency.of("XAF"), 0).maximum(Money.parse("XAF 999")))
                .build());
        PayoutInstruction abroad = Examples.instruction("key-1", "XAF 1000", "256772345678", "");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> limited.create(instruction, Preparation.NOTHING))
                .withMessageContaining("above the provider's maximum of XAF 999");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> nkwa.create(abroad, Preparation.NOTHING))
                .withMessageContaining("is not of CM")
                .withMessageNotContaining("256772345678");
    }

    @Test
    void which_operators_can_be_paid_is_told() {
        server.answers(
                        200,
                        "[{\"operator\":\"mtn\",\"operation\":{\"type\":\"disbursement\",\"status\":\"OPERATIONAL\"}},"
                                + "{\"operator\":\"orange\",\"operation\":{\"type\":\"disbursement\","
                                + "\"status\":\"SUSPENDED\"}},{\"operator\":\"orange\",\"operation\":"
                                + "{\"type\":\"collection\",\"status\":\"OPERATIONAL\"}}]")
                .answers(500, "{\"statusCode\":500,\"message\":\"An error occurred\"}");

        assertThat(nkwa.availability()).isEqualTo(new Answer.Told<>(new Availability(Set.of("mtn"), Set.of("orange"))));
        assertThat(nkwa.availability()).isInstanceOf(Answer.Unavailable.class);
    }

    @Test
    void what_nkwa_does_not_offer_is_not_declared() {
        Currency xaf = Currency.of("XAF");

        assertThat(nkwa.capabilities().resend()).isEqualTo(Resend.NEVER);
        assertThat(nkwa.capabilities().features())
                .containsExactlyInAnyOrder(Feature.AVAILABILITY, Feature.WEBHOOK_UNSIGNED);
        assertThat(nkwa.balance(xaf)).isInstanceOf(Answer.NotOffered.class);
        assertThat(nkwa.list(new ListQuestion(Instant.EPOCH, Instant.EPOCH, Optional.empty())))
                .isInstanceOf(Answer.NotOffered.class);
        assertThat(nkwa.objection(Money.parse("XAF 5000"), Recipient.MobileMoney.of("+256772345678")))
                .hasValueSatisfying(objection -> assertThat(objection.detail()).doesNotContain("256772345678"));
    }

    @Test
    void a_rate_that_was_found_out_is_declared_and_none_otherwise() {
        RateLimit rate = new RateLimit(30, Duration.ofMinutes(1));
        NkwaSettings settings = NkwaSettings.builder("k").rateLimit(rate).build();

        assertThat(nkwa.capabilities().rateLimit()).isEmpty();
        assertThat(new NkwaProvider(settings).capabilities().rateLimit()).contains(rate);
    }
}
