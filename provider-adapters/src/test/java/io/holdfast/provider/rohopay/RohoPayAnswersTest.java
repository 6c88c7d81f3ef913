package io.holdfast.provider.rohopay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.holdfast.ledger.Currency;
import io.holdfast.ledger.Money;
import io.holdfast.payout.spi.Answer;
import io.holdfast.payout.spi.CreateRequest;
import io.holdfast.payout.spi.FailureReason;
import io.holdfast.payout.spi.FeeMode;
import io.holdfast.payout.spi.ListPage;
import io.holdfast.payout.spi.ListQuestion;
import io.holdfast.payout.spi.Outcome;
import io.holdfast.payout.spi.PayoutInstruction;
import io.holdfast.payout.spi.Preparation;
import io.holdfast.payout.spi.Recipient;
import io.holdfast.payout.spi.UnreadPayout;
import io.holdfast.provider.Examples;
import io.holdfast.provider.Json;
import io.holdfast.provider.StubServer;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RohoPay's published examples, and the classification of its answers line by line. */
class RohoPayAnswersTest {

    private static final String KEY = "550e8400-e29b-41d4-a716-446655440000";
    private static final String REFERENCE = "RHP-2024-DISP001";

    private final StubServer server = new StubServer();
    private final RohoPayProvider rohopay = provider(FeeMode.ON_TOP);
    private final PayoutInstruction instruction = new PayoutInstruction(
            Examples.PAYOUT,
            1,
            KEY,
            Money.parse("UGX 25000"),
            Recipient.MobileMoney.of("+256700123456").named("Grace Akello"),
            "Agent commission payout – July 2024");

    @AfterEach
    void stop() {
        server.close();
    }

    private RohoPayProvider provider(FeeMode feeMode) {
        return new RohoPayProvider(RohoPaySettings.builder("live_key")
                .baseUrl(server.url())
                .callbackUrl(URI.create("https://your-app.com/webhooks/rohopay"))
                .feeMode(feeMode)
                .build());
    }

    private Outcome send() {
        return rohopay.send(instruction, rohopay.create(instruction, Preparation.NOTHING));
    }

    @Test
    void the_create_is_that_of_the_published_page() {
        CreateRequest create = rohopay.create(instruction, Preparation.NOTHING);

        assertThat(create.method() + " " + create.path()).isEqualTo("POST /api/v1/disburse");
        assertThat(Json.read(new String(create.body(), UTF_8)))
                .isEqualTo(Json.read(Examples.of("rohopay", "create-request.json")));
        assertThat(rohopay.create(instruction, Preparation.NOTHING)).isEqualTo(create);
    }

    @Test
    void the_published_answer_is_an_acceptance_without_a_commission() {
        server.answers(200, Examples.of("rohopay", "create-response.json"));

        assertThat(send()).isInstanceOfSatisfying(Outcome.Accepted.class, accepted -> {
            assertThat(accepted.reference()).isEqualTo(REFERENCE);
            assertThat(accepted.particulars().amount()).contains(Money.parse("UGX 25000"));
            assertThat(accepted.particulars().received()).contains(Money.parse("UGX 25000"));
            assertThat(accepted.particulars().recipient()).contains("256700123456");
            assertThat(accepted.particulars().chargedFee()).isEmpty();
            assertThat(accepted.particulars().risk()).isEmpty();
            assertThat(accepted.evidence().text()).contains("0987654321").doesNotContain("256700123456");
        });
        assertThat(server.asked()).singleElement().satisfies(asked -> {
            assertThat(asked.header("Authorization")).contains("Bearer live_key");
            assertThat(asked.header("Idempotency-Key")).contains(KEY);
            assertThat(asked.header("Content-Type")).contains("application/json");
        });
    }

    @Test
    void the_names_seen_in_live_answers_are_read_and_a_final_status_counts_at_once() {
        server.answers(
                200,
                "{\"success\":true,\"data\":{\"transaction_id\":\"t1\",\"reference\":\"RHP-9\",\"status\":\"successful\","
                        + "\"amount\":25000,\"currency\":\"UGX\",\"commission\":500,\"provider_fee\":40,"
                        + "\"net_amount\":24500}}");

        Outcome outcome =
                provider(FeeMode.DEDUCTED).send(instruction, rohopay.create(instruction, Preparation.NOTHING));

        assertThat(outcome).isInstanceOfSatisfying(Outcome.Succeeded.class, success -> {
            assertThat(success.reference()).isEqualTo("RHP-9");
            assertThat(success.particulars().chargedFee()).contains(Money.parse("UGX 500"));
            assertThat(success.particulars().received()).contains(Money.parse("UGX 24500"));
        });
    }

    @Test
    void the_published_failover_is_a_risk() {
        String failover =
                Examples.of("rohopay", "failover.json").replace("{", "").replace("}", ",");
        String shown = Examples.of("rohopay", "create-response.json")
                .replace("\"provider\" : \"relworx\" ,", failover)
                .replace("pending", "successful");
        server.answers(200, shown);

        assertThat(rohopay.lookup(instruction, REFERENCE))
                .isInstanceOfSatisfying(
                        Outcome.Succeeded.class,
                        success -> assertThat(success.particulars().risk())
                                .contains("Primary provider (relworx) returned a timeout; retried with iotec"));
        assertThat(server.asked().get(0).path()).isEqualTo("/api/v1/transactions/RHP-2024-DISP001");
    }

    @Test
    void a_failure_happened_when_the_transaction_changed_last_and_is_undated_if_that_is_not_told() {
        String failed = Examples.of("rohopay", "create-response.json").replace("pending", "failed");
        server.answers(200, failed.replace("\"created_at\"", "\"updated_at\":\"2024-07-17T09:00:00Z\",\"created_at\""))
                .answers(200, failed);

        assertThat(rohopay.lookup(instruction, REFERENCE).at()).contains(Instant.parse("2024-07-17T09:00:00Z"));
        assertThat(rohopay.lookup(instruction, REFERENCE).at()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "400, VALIDATION_ERROR, REJECTED, OTHER",
        "400, MISSING_IDEMPOTENCY_KEY, REJECTED, OTHER",
        "401, UNAUTHORIZED, REJECTED, PROVIDER_DISABLED",
        "401, API_KEY_INACTIVE, REJECTED, PROVIDER_DISABLED",
        "403, ENVIRONMENT_MISMATCH, REJECTED, PROVIDER_DISABLED",
        "403, DISBURSE_TEST_BLOCKED, REJECTED, PROVIDER_DISABLED",
        "422, INVALID_PHONE, REJECTED, INVALID_RECIPIENT",
        "422, INVALID_CURRENCY, REJECTED, AMOUNT_OUT_OF_RANGE",
        "422, INVALID_AMOUNT, REJECTED, AMOUNT_OUT_OF_RANGE",
        "422, INSUFFICIENT_BALANCE, REJECTED, INSUFFICIENT_FLOAT",
        "422, DAILY_LIMIT_EXCEEDED, REJECTED, OTHER",
        "404, NOT_FOUND, REJECTED, OTHER",
        "429, RATE_LIMIT_EXCEEDED, NOT_EXECUTED,",
        "403, TEST_QUOTA_EXCEEDED, REJECTED, PROVIDER_DISABLED",
        "409, IDEMPOTENCY_CONFLICT, UNKNOWN,",
        "409, VALIDATION_ERROR, UNKNOWN,",
        "500, INSUFFICIENT_BALANCE, UNKNOWN,",
        "503, VALIDATION_ERROR, UNKNOWN,",
        "422, PROVIDER_TIMEOUT, UNKNOWN,",
        "400, PROVIDER_ERROR, UNKNOWN,",
        "503, PROVIDER_LINE_DOWN, UNKNOWN,",
        "500, PROVIDER_ERROR, UNKNOWN,",
        "422, SOMETHING_NEW, UNKNOWN,",
        "418, VALIDATION_ERROR, UNKNOWN,"
    })
    void an_error_proves_what_the_table_says(int status, String code, Outcome.Code outcome, FailureReason reason) {
        server.answers(
                status, "{\"success\":false,\"error\":{\"code\":\"" + code + "\",\"message\":\"for 256700123456\"}}");

        Outcome said = send();

        assertThat(said.code()).isEqualTo(outcome);
        assertThat(said + said.evidence().text() + said.evidence().alert()).doesNotContain("256700123456");
        assertThat(said.evidence().alert().isPresent())
                .as("a person is told")
                .isEqualTo(status == 409 || status == 418 || code.equals("SOMETHING_NEW"));
        if (said instanceof Outcome.Rejected rejected) {
            assertThat(rejected.reason()).isEqualTo(reason);
            assertThat(rejected.providerCode()).isEqualTo(code);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "422|{\"success\":false,\"error\":{\"code\":\"VALIDATION_ERROR\",\"message\":\"duplicate\"}}",
                "422|{\"success\":false,\"error\":{\"code\":\"VALIDATION_ERROR\",\"message\":\"key already used\"}}",
                "422|{\"success\":false,\"error\":{\"code\":\"INVALID_PHONE\",\"message\":\"\",\"reference\":\"R\"}}",
                "400|{\"success\":true,\"error\":{\"code\":\"VALIDATION_ERROR\"}}",
                "403|<html>Forbidden</html>",
                "429|<html>Too many</html>",
                "200|{\"success\":false,\"data\":{\"internal_reference\":\"R\"}}",
                "200|{\"success\":true,\"data\":{}}",
                "200|OK"
            })
    void whatever_else_is_answered_proves_nothing(int status, String body) {
        server.answers(status, body);

        assertThat(send().code()).isEqualTo(Outcome.Code.UNKNOWN);
    }

    @Test
    void a_transaction_of_the_other_environment_or_of_another_reference_is_none_of_ours() {
        String shown = Examples.of("rohopay", "create-response.json").replace("pending", "successful");
        server.answers(200, shown.replace("\"live\"", "\"test\""))
                .answers(200, shown.replace("\"disbursement\"", "\"collection\""))
                .answers(200, shown.replace("25000", "\"many\""))
                .answers(200, shown.replace("25000", "-25000"))
                .answers(200, shown)
                .answers(200, shown);

        for (int question = 1; question <= 4; question++) {
            assertThat(rohopay.lookup(instruction, REFERENCE).code()).isEqualTo(Outcome.Code.UNKNOWN);
        }
        assertThat(rohopay.lookup(instruction, "RHP-other").code()).isEqualTo(Outcome.Code.UNKNOWN);
        assertThat(rohopay.lookup(instruction, "0987654321").code())
                .as("RohoPay can be asked by the operator's reference")
                .isEqualTo(Outcome.Code.SUCCEEDED);
    }

    @Test
    void the_balance_is_that_of_the_keys_environment() {
        server.answers(200, Examples.of("rohopay", "balance-response.json"))
                .answers(200, "{\"success\":true,\"data\":{\"balance\":700,\"currency\":\"UGX\"}}")
                .answers(200, Examples.of("rohopay", "balance-response.json"));

        assertThat(rohopay.balance(Currency.of("UGX"))).isEqualTo(new Answer.Told<>(Money.parse("UGX 500000")));
        assertThat(rohopay.balance(Currency.of("UGX"))).isEqualTo(new Answer.Told<>(Money.parse("UGX 700")));
        assertThat(rohopay.balance(Currency.of("RWF")))
                .as("the wallet is of another currency")
                .isInstanceOf(Answer.Unavailable.class);
        assertThat(rohopay.balance(Currency.of("XAF"))).isInstanceOf(Answer.NotOffered.class);
    }

    @Test
    void shillings_with_cents_elsewhere_are_not_paid_until_their_scale_is_configured() {
        Money kes = Money.parse("KES 1500");
        Recipient kenyan = Recipient.MobileMoney.of("+254712345678");
        PayoutInstruction instructed = new PayoutInstruction(Examples.PAYOUT, 1, KEY, kes, kenyan, "");

        assertThat(rohopay.capabilities().objection(kes, kenyan)).isPresent();
        assertThat(rohopay.capabilities().objection(Money.parse("TZS 1500"), kenyan))
                .isPresent();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> rohopay.create(instructed, Preparation.NOTHING))
                .withMessageContaining("not configured");

        RohoPayProvider configured = new RohoPayProvider(RohoPaySettings.builder("live_key")
                .wireScale(Currency.of("KES"), 0)
                .build());
        assertThat(new String(configured.create(instructed, Preparation.NOTHING).body(), UTF_8))
                .contains("\"amount\":1500,\"currency\":\"KES\"");
        assertThat(configured.capabilities().objection(Money.parse("KES 1500.50"), kenyan))
                .isPresent();
    }

    @Test
    void a_list_names_the_disbursement_that_cannot_be_read_and_no_collection() {
        server.answers(
                200,
                "{\"success\":true,\"data\":[{\"internal_reference\":\"RHP-1\",\"amount\":\"many\"},"
                        + "{\"internal_reference\":\"RHP-2\",\"type\":\"collection\"}]}");

        assertThat(rohopay.list(
                        new ListQuestion(Instant.EPOCH, Instant.parse("9999-12-31T00:00:00Z"), Optional.empty())))
                .isEqualTo(new Answer.Told<>(new ListPage(
                        List.of(),
                        List.of(new UnreadPayout(
                                Optional.of("RHP-1"), Optional.empty(), "no amount and no time can be read of it")),
                        Optional.empty())));
    }

    @Test
    void the_least_that_is_paid_stays_when_a_scale_is_set() {
        Money little = Money.parse("UGX 999");
        RohoPayProvider configured = new RohoPayProvider(RohoPaySettings.builder("live_key")
                .wireScale(Currency.of("UGX"), 0)
                .build());

        assertThat(rohopay.capabilities().objection(little, instruction.recipient()))
                .isPresent();
        assertThat(configured.capabilities().objection(little, instruction.recipient()))
                .isPresent();
        assertThat(rohopay.capabilities().objection(Money.parse("UGX 1000"), instruction.recipient()))
                .isEmpty();
    }

    @Test
    void a_number_of_another_country_and_a_test_key_are_objected_to() {
        Money ugx = Money.parse("UGX 5000");
        RohoPayProvider test =
                new RohoPayProvider(RohoPaySettings.builder("test_key").build());

        assertThat(rohopay.objection(ugx, Recipient.MobileMoney.of("+254712345678")))
                .hasValueSatisfying(objection ->
                        assertThat(objection.detail()).contains("***").doesNotContain("254712345678"));
        assertThat(rohopay.objection(ugx, instruction.recipient())).isEmpty();
        assertThat(test.objection(ugx, instruction.recipient()))
                .hasValueSatisfying(objection -> assertThat(objection.detail()).contains("live key"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RohoPaySettings.builder("secret-sauce").build())
                .withMessageContaining("live_")
                .withMessageNotContaining("sauce");
    }
}
