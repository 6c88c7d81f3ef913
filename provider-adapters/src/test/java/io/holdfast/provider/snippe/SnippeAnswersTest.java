package io.holdfast.provider.snippe;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.ledger.Currency;
import io.holdfast.ledger.Money;
import io.holdfast.payout.spi.Answer;
import io.holdfast.payout.spi.FailureReason;
import io.holdfast.payout.spi.ListPage;
import io.holdfast.payout.spi.ListQuestion;
import io.holdfast.payout.spi.Outcome;
import io.holdfast.payout.spi.PayoutInstruction;
import io.holdfast.payout.spi.Preparation;
import io.holdfast.payout.spi.Recipient;
import io.holdfast.payout.spi.UnreadPayout;
import io.holdfast.provider.StubServer;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The classification of Snippe's answers, line by line. */
class SnippeAnswersTest {

    private static final String REFERENCE = "667c9279-846f-4001-b046-fdecab204f4f";
    private static final String PAYOUT = "{\"reference\":\"" + REFERENCE + "\",\"status\":\"pending\","
            + "\"amount\":{\"value\":5000,\"currency\":\"TZS\"},\"fees\":{\"value\":1500,\"currency\":\"TZS\"},"
            + "\"recipient\":{\"phone\":\"255712345678\",\"name\":\"Asha Juma\"},"
            + "\"created_at\":\"2026-01-25T01:06:39Z\","
            + "\"metadata\":{\"payout_id\":\"p\",\"attempt_id\":\"p-1\"}}";

    private final StubServer server = new StubServer();
    private final SnippeProvider snippe = new SnippeProvider(
            SnippeSettings.builder("snp_test_key").baseUrl(server.url()).build());
    private final PayoutInstruction instruction = new PayoutInstruction(
            UUID.fromString("0190a6f0-0000-7000-8000-000000000001"),
            1,
            "key-1",
            Money.parse("TZS 5000"),
            Recipient.MobileMoney.of("+255712345678").named("Asha Juma"),
            "");

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"status\":\"success\",\"code\":201,\"data\":%s}",
                "{\"status\":201,\"data\":%s}",
                "{\"code\":201,\"status\":\"success\",\"message\":\"created\",\"data\":%s}"
            })
    void a_created_payout_is_accepted_in_either_envelope(String envelope) {
        server.answers(201, String.format(envelope, PAYOUT));

        assertThat(send()).isInstanceOfSatisfying(Outcome.Accepted.class, accepted -> {
            assertThat(accepted.reference()).isEqualTo(REFERENCE);
            assertThat(accepted.particulars().amount()).contains(Money.parse("TZS 5000"));
            assertThat(accepted.particulars().chargedFee()).contains(Money.parse("TZS 1500"));
            assertThat(accepted.particulars().reference()).contains("p-1");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"on_hold", "", "COMPLETED"})
    void a_created_payout_with_a_status_on_no_table_exists_all_the_same(String status) {
        server.answers(201, created(PAYOUT.replace("pending", status)));

        assertThat(send())
                .isInstanceOfSatisfying(
                        Outcome.Accepted.class,
                        accepted -> assertThat(accepted.evidence().alert().orElseThrow())
                                .contains("\"" + status + "\" is on no table"));
    }

    @Test
    void a_payout_that_failed_at_once_has_failed() {
        server.answers(
                201, created(PAYOUT.replace("\"pending\"", "\"failed\",\"failure_reason\":\"wallet is blocked\"")));

        assertThat(send()).isInstanceOfSatisfying(Outcome.Failed.class, failed -> {
            assertThat(failed.reason()).isEqualTo(FailureReason.OTHER);
            assertThat(failed.detail()).isEqualTo("wallet is blocked");
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400|validation_error|amount 100 is below minimum of 5000|AMOUNT_OUT_OF_RANGE",
                "400|validation_error|recipient_phone must be a valid phone number|INVALID_RECIPIENT",
                "400|validation_error|recipient_bank is not supported|INVALID_RECIPIENT",
                "400|validation_error|narration is too long|OTHER",
                "401|unauthorized|invalid or missing API key|PROVIDER_DISABLED",
                "403|insufficient_scope|missing disbursement:create|PROVIDER_DISABLED",
                "404|not_found|no such route|OTHER",
                "422|validation_error|metadata is too large|OTHER",
                "500|payment_failed|insufficient balance: available 5000, required 6500|INSUFFICIENT_FLOAT"
            })
    void a_refusal_in_snippes_own_words_is_a_rejection(int status, String code, String message, FailureReason reason) {
        server.answers(status, error(status, code, message));

        assertThat(send()).isInstanceOfSatisfying(Outcome.Rejected.class, rejected -> {
            assertThat(rejected.reason()).isEqualTo(reason);
            assertThat(rejected.providerCode()).isEqualTo(code);
            assertThat(rejected.detail()).isEqualTo(message);
            assertThat(rejected.evidence().text()).startsWith("HTTP " + status + " {");
            assertThat(rejected.evidence().alert().isPresent())
                    .as("our mistake")
                    .isEqualTo(status == 422);
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "422|validation_error|idempotency key already used with different request body",
                "400|validation_error|Duplicate payout",
                "400|PAY_001|failed to initiate payment",
                "400|conflict|state conflict",
                "402|payment_failed|insufficient balance: available 1, required 2",
                "405|validation_error|method not allowed",
                "408|validation_error|request timeout",
                "409|conflict|resource state conflict",
                "409|validation_error|invalid",
                "500|PAY_001|failed to initiate payment",
                "500|payment_failed|operator did not answer",
                "500|internal_error|insufficient balance: available 1, required 2",
                "502|payment_failed|insufficient balance: available 1, required 2",
                "503|service_unavailable|try later"
            })
    void what_may_have_paid_all_the_same_is_unknown(int status, String code, String message) {
        server.answers(status, error(status, code, message));

        assertThat(send()).isInstanceOfSatisfying(Outcome.Unknown.class, unknown -> {
            assertThat(unknown.detail()).contains(code, message);
            assertThat(unknown.evidence().alert().isPresent())
                    .as("a person is told")
                    .isEqualTo(Set.of(402, 405, 408, 409, 422).contains(status));
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "201|",
                "201|created",
                "201|<html>OK</html>",
                "201|{\"status\":\"success\",\"code\":201,\"data\":{\"status\":\"pending\"}}",
                "201|{\"status\":\"success\",\"code\":201,\"data\":{\"reference\":\" \"}}",
                "201|{\"status\":\"success\",\"code\":201}",
                "201|{\"status\":\"success\",\"code\":500,\"data\":{\"reference\":\"r1\"}}",
                "201|{\"status\":\"error\",\"code\":201,\"data\":{\"reference\":\"r1\"}}",
                "201|{\"status\":\"success\",\"code\":201,\"data\":{\"reference\":\"r1\",\"reference\":\"r2\"}}",
                "201|{\"status\":\"success\",\"code\":201,\"data\":{\"reference\":\"r1\"",
                "201|[]",
                "302|",
                "400|<html><body>Bad Request</body></html>",
                "400|",
                "400|{\"message\":\"Forbidden\"}",
                "400|{\"status\":\"error\",\"code\":500,\"error_code\":\"validation_error\",\"message\":\"x\"}",
                "403|<!DOCTYPE html><title>Access denied</title>",
                "404|<html>nginx</html>",
                "429|<html>slow down</html>",
                "500|<html>insufficient balance</html>",
                "500|"
            })
    void what_is_not_in_snippes_own_words_is_unknown(int status, String body) {
        server.answers(status, body == null ? "" : body);

        assertThat(send()).isInstanceOf(Outcome.Unknown.class);
    }

    @Test
    void too_many_requests_did_nothing_and_say_when_to_come_back() {
        String body = error(429, "rate_limit_exceeded", "Too many requests");
        server.answers(429, body, Map.of("Retry-After", "30", "X-Ratelimit-Reset", "12"))
                .answers(429, body, Map.of("X-Ratelimit-Reset", "12"))
                .answers(429, body, Map.of("X-Ratelimit-Reset", "1769303200"));

        assertThat(waitOf(send())).contains(Duration.ofSeconds(30));
        assertThat(waitOf(send())).contains(Duration.ofSeconds(12));
        assertThat(waitOf(send())).as("a point in time is no wait").isEmpty();
    }

    @Test
    void a_key_longer_than_snippe_takes_never_leaves() {
        PayoutInstruction uuid = new PayoutInstruction(
                instruction.payout(),
                1,
                "0190a6f0-0000-7000-8000-000000000001",
                instruction.amount(),
                instruction.recipient(),
                "");

        assertThat(snippe.send(uuid, snippe.create(uuid, Preparation.NOTHING))).isInstanceOf(Outcome.NotSent.class);
        assertThat(server.asked()).isEmpty();
    }

    @Test
    void neither_credentials_nor_the_recipient_are_left_in_what_is_kept() {
        server.answers(
                400, error(400, "validation_error", "key snp_test_key: +255 712 345 678 of Asha Juma is a bad phone"));

        Outcome outcome = send();

        assertThat(outcome.code()).isEqualTo(Outcome.Code.REJECTED);
        assertThat(outcome.toString() + outcome.evidence().text())
                .doesNotContain("snp_test_key", "712345678", "712 345 678", "Asha");
    }

    @Test
    void asking_about_a_payout_proves_only_what_snippe_says_of_this_very_payout() {
        server.answers(200, found(PAYOUT))
                .answers(200, found(PAYOUT.replace(REFERENCE, "another")))
                .answers(200, found(PAYOUT.replace("\"value\":5000,", "\"value\":\"many\",")))
                .answers(200, found(PAYOUT.replace("pending", "reversed").replace("\"amount\"", "\"sum\"")))
                .answers(404, error(404, "not_found", "payout not found"))
                .answers(404, "<html>nginx</html>")
                .answers(401, error(401, "unauthorized", "invalid API key"))
                .answers(500, error(500, "payment_failed", "insufficient balance"))
                .answers(200, "{\"status\":\"success\"")
                .answers(429, error(429, "rate_limit_exceeded", "slow"), Map.of("X-Ratelimit-Reset", "9"));

        assertThat(lookup()).isEqualTo(Outcome.Code.ACCEPTED);
        assertThat(lookup()).as("another payout").isEqualTo(Outcome.Code.UNKNOWN);
        assertThat(lookup()).as("an unreadable amount").isEqualTo(Outcome.Code.UNKNOWN);
        assertThat(lookup()).as("reversed without an amount").isEqualTo(Outcome.Code.UNKNOWN);
        assertThat(lookup()).isEqualTo(Outcome.Code.NOT_FOUND);
        assertThat(lookup()).as("a web page").isEqualTo(Outcome.Code.UNKNOWN);
        assertThat(lookup()).as("a rotated key").isEqualTo(Outcome.Code.UNKNOWN);
        assertThat(lookup()).as("an error of any kind").isEqualTo(Outcome.Code.UNKNOWN);
        assertThat(lookup()).as("half an answer").isEqualTo(Outcome.Code.UNKNOWN);
        assertThat(waitOf(snippe.lookup(instruction, REFERENCE))).contains(Duration.ofSeconds(9));
    }

    @Test
    void an_amount_in_another_currency_is_told_so_that_it_can_be_compared() {
        server.answers(
                200,
                found(PAYOUT.replace("pending", "completed")
                        .replace("5000,\"currency\":\"TZS\"", "5000,\"currency\":\"KES\"")));

        Outcome outcome = snippe.lookup(instruction, REFERENCE);

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Succeeded.class,
                        success -> assertThat(success.particulars().amount()).contains(Money.parse("KES 5000")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"status\":\"success\",\"code\":200,\"data\":{\"items\":[%s],\"total\":1,\"limit\":100,\"offset\":0}}",
                "{\"status\":\"success\",\"code\":200,\"data\":[%s]}",
                "{\"status\":200,\"data\":{\"items\":[%s]}}",
                "[%s]"
            })
    void the_list_is_read_in_every_shape_and_names_what_cannot_be_told_apart(String shape) {
        String many = PAYOUT.replace("\"value\":5000,", "\"value\":\"many\",");
        server.answers(200, String.format(shape, PAYOUT + "," + many + ",{\"status\":\"pending\"}"));

        Answer<ListPage> answer = list(Optional.empty());

        assertThat(answer).isInstanceOf(Answer.Told.class);
        ListPage page = ((Answer.Told<ListPage>) answer).value();
        assertThat(page.next()).isEmpty();
        assertThat(page.payouts()).singleElement().satisfies(payout -> {
            assertThat(payout.ourReference()).contains("p-1");
            assertThat(payout.outcome().code()).isEqualTo(Outcome.Code.ACCEPTED);
            assertThat(payout.outcome().evidence().text()).doesNotContain("255712345678", "Asha");
        });
        Instant createdAt = page.payouts().get(0).createdAt();
        assertThat(page.unread())
                .containsExactly(
                        new UnreadPayout(Optional.of(REFERENCE), Optional.of(createdAt), "no amount can be read of it"),
                        new UnreadPayout(
                                Optional.empty(),
                                Optional.empty(),
                                "no reference and no amount and no time can be read of it"));
    }

    @Test
    void a_list_that_is_not_told_is_no_empty_list() {
        server.answers(429, error(429, "rate_limit_exceeded", "slow"), Map.of("X-Ratelimit-Reset", "9"))
                .answers(200, "{\"status\":\"success\",\"code\":200,\"data\":{\"payouts\":[]}}")
                .answers(500, "");

        Answer<ListPage> refused = list(Optional.of("100"));
        assertThat(refused).isInstanceOf(Answer.Unavailable.class);
        assertThat(((Answer.Unavailable<ListPage>) refused).retryAfter()).contains(Duration.ofSeconds(9));
        assertThat(list(Optional.empty())).isInstanceOf(Answer.Unavailable.class);
        assertThat(list(Optional.empty())).isInstanceOf(Answer.Unavailable.class);
        assertThat(server.asked().get(0).path()).isEqualTo("/v1/payouts?limit=100&offset=100");
    }

    @Test
    void the_balance_is_what_is_available() {
        server.answers(
                        200,
                        "{\"status\":\"success\",\"code\":200,\"data\":{\"available\":{\"value\":6943,\"currency\":\"TZS\"},\"balance\":{\"value\":7000,\"currency\":\"TZS\"}}}")
                .answers(
                        200,
                        "{\"status\":\"success\",\"code\":200,\"data\":{\"available\":{\"value\":6943,\"currency\":\"KES\"}}}");

        assertThat(snippe.balance(Currency.of("TZS"))).isEqualTo(new Answer.Told<>(Money.parse("TZS 6943")));
        assertThat(snippe.balance(Currency.of("TZS"))).isInstanceOf(Answer.Unavailable.class);
        assertThat(snippe.balance(Currency.of("UGX"))).isInstanceOf(Answer.NotOffered.class);
        assertThat(server.asked())
                .hasSize(2)
                .first()
                .satisfies(asked -> assertThat(asked.path()).isEqualTo("/v1/payments/balance"));
    }

    private Outcome send() {
        return snippe.send(instruction, snippe.create(instruction, Preparation.NOTHING));
    }

    private Outcome.Code lookup() {
        return snippe.lookup(instruction, REFERENCE).code();
    }

    private Answer<ListPage> list(Optional<String> page) {
        return snippe.list(new ListQuestion(Instant.EPOCH, Instant.parse("9999-12-31T00:00:00Z"), page));
    }

    private static Optional<Duration> waitOf(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.NotExecuted.class);
        return ((Outcome.NotExecuted) outcome).retryAfter();
    }

    private static String created(String data) {
        return "{\"status\":\"success\",\"code\":201,\"data\":" + data + "}";
    }

    private static String found(String data) {
        return "{\"status\":\"success\",\"code\":200,\"data\":" + data + "}";
    }

    private static String error(int status, String code, String message) {
        return "{\"status\":\"error\",\"code\":" + status + ",\"error_code\":\"" + code + "\",\"message\":\"" + message
                + "\"}";
    }
}
