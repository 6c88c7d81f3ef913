package io.holdfast.provider.zopay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.holdfast.ledger.Money;
import io.holdfast.payout.spi.Answer;
import io.holdfast.payout.spi.CreateRequest;
import io.holdfast.payout.spi.Evidence;
import io.holdfast.payout.spi.FailureReason;
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
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Zopay's published examples, its signature, its quotes, and the classification of its answers line by line. */
class ZopayAnswersTest {

    private static final Instant NOW = Instant.ofEpochSecond(1_705_564_800);
    private static final String NONCE = "550e8400-e29b-41d4-a716-446655440000";
    private static final String QUOTE = "{\"quote_id\":\"quote-uuid\",\"gateway_fee\":\"50\",\"platform_fee\":\"25\","
            + "\"total_amount\":\"5000\",\"net_to_merchant\":\"-5075\"}";
    private static final String PAYOUT = "{\"payout\":{\"id\":\"payout-uuid\",\"status\":\"%s\",\"amount\":\"5000.00\","
            + "\"currency\":\"XAF\",\"gateway\":\"MTN_MOMO\",\"gatewayFee\":\"50.00\",\"platformFee\":\"25.00\","
            + "\"totalAmount\":\"5075.00\",\"createdAt\":\"2024-01-18T08:00:00Z\"}}";
    private static final Preparation.Ready READY =
            new Preparation.Ready("quote-uuid", Optional.empty(), Optional.empty(), Evidence.NONE);

    private final StubServer server = new StubServer();
    private final ZopayProvider zopay = new ZopayProvider(settings().build());
    private final PayoutInstruction instruction =
            Examples.instruction("unique-payout-123", "XAF 5000", "+237670123456", "Ngono Marie");

    private ZopaySettings.Builder settings() {
        return ZopaySettings.builder("zo_key", "test_secret", "https://example.com")
                .baseUrl(server.url())
                .freshness(new ZopaySettings.Freshness(Clock.fixed(NOW, ZoneOffset.UTC), () -> NONCE));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Outcome send() {
        return zopay.send(instruction, zopay.create(instruction, READY));
    }

    private Preparation prepare(int status, String body) {
        server.answers(status, body);
        return zopay.prepare(instruction);
    }

    @Test
    void a_request_is_signed_as_the_vector_says() {
        server.answers(200, "{}");

        zopay.send(
                instruction,
                CreateRequest.post(
                        "/api/v1/disbursements/execute",
                        "{\"quote_id\":\"quote-uuid\",\"idempotency_key\":\"unique-payout-123\","
                                + "\"recipient\":{\"msisdn\":\"+237612345678\"}}"));

        assertThat(server.asked()).singleElement().satisfies(asked -> {
            assertThat(asked.header("x-zo-signature"))
                    .contains("351660dd16a386f8bebe19761b1956efc0f278bad9bdefabb64517208966ad19");
            assertThat(asked.header("x-zo-key")).contains("zo_key");
            assertThat(asked.header("x-zo-timestamp")).contains("1705564800");
            assertThat(asked.header("x-zo-nonce")).contains(NONCE);
            assertThat(asked.header("x-zo-origin")).contains("https://example.com");
            assertThat(asked.header("x-zo-version")).contains("1.0");
        });
    }

    @Test
    void the_execution_is_that_of_the_published_page() {
        CreateRequest create = zopay.create(instruction, READY);
        server.answers(200, Examples.of("zopay", "execute-response.json"));

        assertThat(create.method() + " " + create.path()).isEqualTo("POST /api/v1/disbursements/execute");
        assertThat(Json.read(new String(create.body(), UTF_8)))
                .isEqualTo(Json.read(
                        Examples.of("zopay", "execute-request.json").replace("+237612345678", "+237670123456")));
        assertThat(send())
                .isInstanceOfSatisfying(
                        Outcome.Accepted.class,
                        accepted -> assertThat(accepted.reference()).isEqualTo("payout-uuid"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> zopay.create(instruction, Preparation.NOTHING))
                .withMessageContaining("not quoted");
    }

    @Test
    void a_quote_whose_numbers_add_up_is_used_for_as_long_as_it_lives() {
        Preparation flat = prepare(200, QUOTE);
        Preparation nested = prepare(
                200,
                "{\"quote_id\":\"q2\",\"fees\":{\"gateway_fee\":50,\"platform_fee\":\"25.00\"},\"total_amount\":5000,"
                        + "\"net_to_merchant\":-5075,\"expires_at\":\"2024-01-18T08:10:00Z\"}");
        Preparation eternal = prepare(200, QUOTE.replace("}", ",\"expires_at\":\"2034-01-18T08:10:00Z\"}"));

        assertThat(flat).isInstanceOfSatisfying(Preparation.Ready.class, ready -> {
            assertThat(ready.memo()).isEqualTo("quote-uuid");
            assertThat(ready.fee())
                    .hasValueSatisfying(fee -> assertThat(fee.fee()).isEqualTo(Money.parse("XAF 75")));
            assertThat(ready.expiresAt()).contains(NOW.plus(Duration.ofMinutes(5)));
        });
        assertThat(((Preparation.Ready) nested).expiresAt()).contains(NOW.plus(Duration.ofMinutes(10)));
        assertThat(((Preparation.Ready) eternal).expiresAt()).contains(NOW.plus(Duration.ofMinutes(15)));
        assertThat(server.asked().get(0).path()).isEqualTo("/api/v1/disbursements/quote");
        assertThat(server.asked().get(0).body())
                .isEqualTo("{\"gateway\":\"MTN_MOMO\",\"transaction_type\":\"DISBURSEMENT\",\"amount\":\"5000\","
                        + "\"currency\":\"XAF\",\"recipient\":{\"msisdn\":\"+237670123456\"}}");
    }

    @ParameterizedTest
    @CsvSource({
        "\"total_amount\":\"5000\", \"total_amount\":\"4925\"",
        "\"total_amount\":\"5000\", \"total_amount\":\"5075\"",
        "\"net_to_merchant\":\"-5075\", \"net_to_merchant\":\"-5000\"",
        "\"net_to_merchant\":\"-5075\", \"net_to_merchant\":null",
        "\"gateway_fee\":\"50\", \"gateway_fee\":\"51\"",
        "\"gateway_fee\":\"50\", \"gateway_fee\":\"many\"",
        "\"platform_fee\":\"25\", \"currency\":\"USD\""
    })
    void a_quote_whose_numbers_do_not_add_up_is_refused(String from, String to) {
        assertThat(prepare(200, QUOTE.replace(from, to)))
                .isInstanceOfSatisfying(
                        Preparation.Refused.class,
                        refused -> assertThat(refused.providerCode()).isEqualTo("QUOTE_MISMATCH"));
    }

    @Test
    void a_quote_whose_fee_is_no_money_is_used_and_a_person_is_told() {
        String fraction = QUOTE.replace("\"25\"", "\"12.50\"").replace("-5075", "-5062.5");
        server.answers(200, fraction).answers(200, fraction);

        assertThat(zopay.prepare(instruction)).isInstanceOfSatisfying(Preparation.Ready.class, ready -> {
            assertThat(ready.memo()).isEqualTo("quote-uuid");
            assertThat(ready.fee()).isEmpty();
            assertThat(ready.evidence().alert()).contains("its fee 62.5 cannot be read as money");
        });
        assertThat(zopay.fee(instruction.amount(), instruction.recipient()))
                .isEqualTo(new Answer.Unavailable<>(Optional.empty(), "its fee 62.5 cannot be read as money"));
        assertThat(prepare(200, fraction.replace("-5062.5", "-5063"))).isInstanceOf(Preparation.Refused.class);
    }

    @Test
    void a_fee_of_two_parts_with_fractions_is_their_sum_and_one_part_alone_is_none() {
        String halves = QUOTE.replace("\"50\"", "\"50.50\"").replace("\"25\"", "\"24.50\"");
        String success = String.format(PAYOUT, "SUCCESS");
        Preparation quote = prepare(200, halves);
        server.answers(200, success.replace("50.00", "50.50").replace("\"25.00", "\"24.50"))
                .answers(200, success.replace("\"gatewayFee\":\"50.00\",", ""));

        assertThat(((Preparation.Ready) quote).fee())
                .hasValueSatisfying(fee -> assertThat(fee.fee()).isEqualTo(Money.parse("XAF 75")));
        assertFee(zopay.lookup(instruction, "payout-uuid"), Optional.of(Money.parse("XAF 75")), Optional.empty());
        assertFee(
                zopay.lookup(instruction, "payout-uuid"),
                Optional.empty(),
                Optional.of("its fee {\"platformFee\":\"25.00\"} cannot be read as money"));
    }

    private static void assertFee(Outcome outcome, Optional<Money> fee, Optional<String> alert) {
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Succeeded.class,
                        success ->
                                assertThat(success.particulars().chargedFee()).isEqualTo(fee));
        assertThat(outcome.evidence().alert()).isEqualTo(alert);
    }

    @Test
    void a_quote_with_a_fee_below_zero_is_refused_and_one_that_names_itself_otherwise_is_none() {
        String negative = QUOTE.replace("\"50\"", "\"-50\"").replace("-5075", "-4975");

        assertThat(prepare(200, negative)).isInstanceOf(Preparation.Refused.class);
        assertThat(prepare(200, QUOTE.replace("quote_id", "id"))).isInstanceOf(Preparation.Postponed.class);
    }

    @ParameterizedTest
    @CsvSource({
        "400, amount is too low, Refused",
        "401, Invalid signature, Refused",
        "401, Request too old, Postponed",
        "401, Nonce already used, Postponed",
        "403, Forbidden, Refused",
        "409, Conflict, Postponed",
        "429, Rate limit exceeded, Postponed",
        "500, Oops, Postponed"
    })
    void without_a_quote_nothing_is_sent(int status, String message, String preparation) {
        String body = "{\"error\":\"e\",\"message\":\"" + message + "\",\"code\":\"C\",\"retry_after\":30}";

        assertThat(prepare(status, body).getClass().getSimpleName()).isEqualTo(preparation);
        assertThat(prepare(200, "{\"total_amount\":\"5000\"}")).isInstanceOf(Preparation.Postponed.class);
        assertThat(prepare(502, "<html>")).isInstanceOf(Preparation.Postponed.class);
    }

    @ParameterizedTest
    @CsvSource({
        "PENDING, ACCEPTED",
        "PROCESSING, ACCEPTED",
        "VERIFYING, ACCEPTED",
        "SUCCESS, SUCCEEDED",
        "FAILED, FAILED",
        "CANCELLED, FAILED",
        "REFUNDED, UNKNOWN"
    })
    void a_status_proves_what_the_table_says(String status, Outcome.Code outcome) {
        server.answers(200, String.format(PAYOUT, status));

        Outcome told = zopay.lookup(instruction, "payout-uuid");

        assertThat(told.code()).isEqualTo(outcome);
        if (told instanceof Outcome.Succeeded success) {
            assertThat(success.particulars().amount()).contains(Money.parse("XAF 5000"));
            assertThat(success.particulars().chargedFee()).contains(Money.parse("XAF 75"));
        }
    }

    @Test
    void a_failure_happened_when_it_was_completed_and_is_undated_if_that_is_not_told() {
        String failed = String.format(PAYOUT, "FAILED");
        server.answers(200, failed.replace("}}", ",\"completedAt\":\"2024-01-20T08:00:00Z\"}}"))
                .answers(200, failed);

        assertThat(zopay.lookup(instruction, "payout-uuid").at()).contains(Instant.parse("2024-01-20T08:00:00Z"));
        assertThat(zopay.lookup(instruction, "payout-uuid").at()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "400, recipient.msisdn 237670123456 is wrong, REJECTED, INVALID_RECIPIENT",
        "400, Insufficient wallet balance, REJECTED, INSUFFICIENT_FLOAT",
        "400, amount is too low, REJECTED, AMOUNT_OUT_OF_RANGE",
        "401, Invalid signature, REJECTED, PROVIDER_DISABLED",
        "401, Merchant not found, REJECTED, PROVIDER_DISABLED",
        "403, Forbidden, REJECTED, PROVIDER_DISABLED",
        "404, Quote not found, REJECTED, OTHER",
        "401, Request too old, NOT_EXECUTED,",
        "401, Nonce already used, NOT_EXECUTED,",
        "400, Quote expired, NOT_EXECUTED,",
        "429, Rate limit exceeded, NOT_EXECUTED,",
        "400, Quote already used, UNKNOWN,",
        "400, duplicate, UNKNOWN,",
        "409, Resource already exists, UNKNOWN,",
        "422, Invalid, UNKNOWN,",
        "500, Oops, UNKNOWN,"
    })
    void an_error_proves_what_the_table_says(int status, String message, Outcome.Code outcome, FailureReason reason) {
        server.answers(status, "{\"error\":\"e\",\"message\":\"" + message + "\",\"code\":\"C\",\"retry_after\":30}");

        Outcome said = send();

        assertThat(said.code()).isEqualTo(outcome);
        assertThat(said + said.evidence().text() + said.evidence().alert()).doesNotContain("237670123456");
        assertThat(said.evidence().alert().isPresent()).as("a person is told").isEqualTo(status == 422);
        if (said instanceof Outcome.Rejected rejected) {
            assertThat(rejected.reason()).isEqualTo(reason);
        }
        if (status == 429) {
            assertThat(((Outcome.NotExecuted) said).retryAfter()).contains(Duration.ofSeconds(30));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200|{\"id\":\"payout-uuid\",\"status\":\"SUCCESS\"}",
                "200|OK",
                "400|{\"message\":\"no\"}",
                "403|<html>Forbidden</html>",
                "429|<html>Too many</html>"
            })
    void whatever_else_is_answered_proves_nothing(int status, String body) {
        server.answers(status, body);

        assertThat(send().code()).isEqualTo(Outcome.Code.UNKNOWN);
    }

    @Test
    void an_amount_that_cannot_be_read_leaves_a_success_in_doubt() {
        for (String amount : new String[] {"five thousand", "-5000.00"}) {
            server.answers(200, String.format(PAYOUT, "SUCCESS").replace("5000.00", amount));

            assertThat(zopay.lookup(instruction, "payout-uuid").code()).isEqualTo(Outcome.Code.UNKNOWN);
        }
    }

    @Test
    void a_clock_that_is_off_is_corrected_once_zopay_says_so() {
        String old = "{\"error\":\"Unauthorized\",\"message\":\"Request too old\",\"code\":\"AUTH_ERROR\"}";
        server.answers(401, old).answers(200, "{}");
        long before = Instant.now().getEpochSecond();

        send();
        send();

        long corrected =
                Long.parseLong(server.asked().get(1).header("x-zo-timestamp").orElseThrow());
        assertThat(server.asked().get(0).header("x-zo-timestamp")).contains("1705564800");
        // More than a day apart teaches nothing: the stub's own time is years from the fixed one.
        assertThat(corrected).isEqualTo(NOW.getEpochSecond());
        ZopayProvider near = new ZopayProvider(settings()
                .freshness(new ZopaySettings.Freshness(
                        Clock.offset(Clock.systemUTC(), Duration.ofMinutes(-30)), () -> NONCE))
                .build());
        server.answers(401, old).answers(200, "{}");
        near.send(instruction, near.create(instruction, READY));
        near.send(instruction, near.create(instruction, READY));
        assertThat(Long.parseLong(server.asked().get(3).header("x-zo-timestamp").orElseThrow()))
                .isBetween(before - 5, before + 60);
        assertThat(server.asked().stream().map(StubServer.Asked::body).distinct())
                .as("the same bytes, and in them the same key")
                .singleElement()
                .asString()
                .contains("\"idempotency_key\":\"unique-payout-123\"");
    }

    @Test
    void the_list_is_asked_for_its_time_and_matches_recipients() {
        String item =
                String.format(PAYOUT, "SUCCESS").replace("{\"payout\":", "").replace("}}", "}");
        server.answers(
                200,
                "{\"payouts\":[" + item.replace("}", ",\"recipientMsisdn\":\"237670123456\"}")
                        + ",{\"id\":\"z2\"}],\"total\":5,\"limit\":100,\"offset\":0,\"hasMore\":true}");

        Answer<ListPage> answer = zopay.list(new ListQuestion(NOW, NOW.plusSeconds(60), Optional.empty()));

        assertThat(answer).isInstanceOfSatisfying(Answer.Told.class, told -> {
            ListPage page = (ListPage) told.value();
            assertThat(page.next()).contains("2");
            assertThat(page.unread()).extracting(UnreadPayout::reference).containsExactly(Optional.of("z2"));
            assertThat(page.payouts()).singleElement().satisfies(payout -> {
                assertThat(payout.amount()).isEqualTo(Money.parse("XAF 5000"));
                assertThat(payout.address()).contains("237670123456");
            });
        });
        assertThat(server.asked().get(0).path())
                .isEqualTo("/api/v1/disbursements?limit=100&offset=0&startDate=2024-01-18T08%3A00%3A00Z"
                        + "&endDate=2024-01-18T08%3A01%3A00Z");
    }

    @Test
    void the_operator_is_the_callers_word_or_else_that_of_the_numbers_block() {
        Map<String, String> gateways = Map.of(
                "+237650123456", "MTN_MOMO",
                "+237655123456", "ORANGE_MONEY",
                "+237677123456", "MTN_MOMO",
                "+237699123456", "ORANGE_MONEY");

        gateways.forEach((phone, gateway) ->
                assertThat(ZopayGateways.of(Recipient.MobileMoney.of(phone))).contains(gateway));
        assertThat(ZopayGateways.of(new Recipient.MobileMoney("+237677123456", "", Optional.of("Orange Money"))))
                .contains("ORANGE_MONEY");
        assertThat(zopay.objection(Money.parse("XAF 5000"), Recipient.MobileMoney.of("+237620123456")))
                .hasValueSatisfying(objection -> assertThat(objection.detail()).doesNotContain("237620123456"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings().headerPrefix("X Zo").build())
                .withMessageContaining("x-zo-");
    }
}
