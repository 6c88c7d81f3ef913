package io.holdfast.provider.snippe;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.ledger.Money;
import io.holdfast.payout.spi.Answer;
import io.holdfast.payout.spi.CreateRequest;
import io.holdfast.payout.spi.ListPage;
import io.holdfast.payout.spi.ListQuestion;
import io.holdfast.payout.spi.Outcome;
import io.holdfast.payout.spi.PayoutInstruction;
import io.holdfast.payout.spi.Preparation;
import io.holdfast.payout.spi.ProviderFee;
import io.holdfast.payout.spi.Recipient;
import io.holdfast.provider.StubServer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What Snippe's published page shows, answered word for word. */
class SnippePublishedPageTest {

    private static final String REFERENCE = "667c9279-846f-4001-b046-fdecab204f4f";
    private static final String PAYOUT = """
            {
              "amount": {
                "currency": "TZS",
                "value": 5000
              },
              "api_version": "2026-01-25",
              "channel": {
                "provider": "airtel",
                "type": "mobile_money"
              },
              "completed_at": "2026-01-25T01:06:52.322977Z",
              "created_at": "2026-01-25T01:06:39.60131Z",
              "external_reference": "fVJQRPGYbtN3",
              "fees": {
                "currency": "TZS",
                "value": 1500
              },
              "id": "29faef0f-765f-4325-a674-6196f1d9232d",
              "metadata": {
                "employee_id": "EMP-001",
                "payroll_id": "PAY-2026-01"
              },
              "narration": "Salary payment January 2026",
              "object": "payout",
              "recipient": {
                "name": "John Doe",
                "phone": "255781000000"
              },
              "reference": "667c9279-846f-4001-b046-fdecab204f4f",
              "source": "api",
              "status": "completed",
              "total": {
                "currency": "TZS",
                "value": 6500
              }
            }""";

    private final StubServer server = new StubServer();
    private final SnippeProvider snippe = new SnippeProvider(
            SnippeSettings.builder("snp_test_key").baseUrl(server.url()).build());
    private final PayoutInstruction instruction = new PayoutInstruction(
            UUID.fromString("0190a6f0-0000-7000-8000-000000000001"),
            1,
            "payout-emp-001-jan-2026",
            Money.parse("TZS 5000"),
            Recipient.MobileMoney.of("255781000000").named("John Doe"),
            "Salary payment January 2026");

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void the_status_of_a_completed_payout_is_success_with_the_fee_on_top() {
        server.answers(200, "{\"status\": \"success\", \"code\": 200, \"data\": " + PAYOUT + "}");

        Outcome outcome = snippe.lookup(instruction, REFERENCE);

        assertThat(outcome).isInstanceOfSatisfying(Outcome.Succeeded.class, success -> {
            assertThat(success.reference()).isEqualTo(REFERENCE);
            assertThat(success.particulars().amount()).contains(Money.parse("TZS 5000"));
            assertThat(success.particulars().chargedFee()).contains(Money.parse("TZS 1500"));
            assertThat(success.particulars().recipient()).contains("255781000000");
            assertThat(success.particulars().at()).contains(Instant.parse("2026-01-25T01:06:52.322977Z"));
            assertThat(success.evidence().text())
                    .contains("fVJQRPGYbtN3", "\"value\": 6500")
                    .doesNotContain("255781000000", "John Doe");
        });
        assertThat(server.asked()).singleElement().satisfies(asked -> {
            assertThat(asked.method() + " " + asked.path()).isEqualTo("GET /v1/payouts/" + REFERENCE);
            assertThat(asked.header("Authorization")).contains("Bearer snp_test_key");
            assertThat(asked.body()).isEmpty();
        });
    }

    @Test
    void the_list_shows_the_payout_and_where_to_go_on() {
        server.answers(
                200,
                "{\"status\": \"success\", \"code\": 200, \"data\": {\"items\": [" + PAYOUT
                        + "], \"total\": 16, \"limit\": 20, \"offset\": 0}}");

        Answer<ListPage> answer = snippe.list(new ListQuestion(
                Instant.parse("2026-01-25T00:00:00Z"), Instant.parse("9999-12-31T00:00:00Z"), Optional.empty()));

        assertThat(answer).isInstanceOfSatisfying(Answer.Told.class, told -> {
            assertThat(told.value()).isInstanceOfSatisfying(ListPage.class, page -> {
                assertThat(page.next()).contains("1");
                assertThat(page.payouts()).singleElement().satisfies(payout -> {
                    assertThat(payout.reference()).isEqualTo(REFERENCE);
                    assertThat(payout.amount()).isEqualTo(Money.parse("TZS 5000"));
                    assertThat(payout.address()).contains("255781000000");
                    assertThat(payout.createdAt()).isEqualTo(Instant.parse("2026-01-25T01:06:39.601310Z"));
                    assertThat(payout.ourReference()).isEmpty();
                    assertThat(payout.outcome()).isInstanceOf(Outcome.Succeeded.class);
                });
            });
        });
        assertThat(server.asked().get(0).path()).isEqualTo("/v1/payouts?limit=100&offset=0");
    }

    @Test
    void the_fee_is_told_where_snippe_answers_what_it_was_asked() {
        String published =
                "{\"status\": \"success\", \"code\": 200, \"data\": {\"amount\": 50000, \"fee_amount\": 1000, \"total_amount\": 51000, \"currency\": \"TZS\"}}";
        server.answers(200, published).answers(200, published);

        assertThat(snippe.fee(Money.parse("TZS 50000"), instruction.recipient()))
                .isEqualTo(new Answer.Told<>(new ProviderFee(Money.parse("TZS 50000"), Money.parse("TZS 1000"))));
        assertThat(snippe.fee(Money.parse("TZS 5000"), instruction.recipient()))
                .as("the page asks for 5000 and is answered for 50000")
                .isInstanceOf(Answer.Unavailable.class);
        assertThat(server.asked().get(1).path()).isEqualTo("/v1/payouts/fee?amount=5000");
    }

    @Test
    void a_create_goes_to_the_published_path_under_the_published_header() {
        server.answers(
                201,
                "{\"status\": \"success\", \"code\": 201, \"data\": " + PAYOUT.replace("completed\"", "pending\"")
                        + "}");
        CreateRequest request = snippe.create(instruction, Preparation.NOTHING);

        Outcome outcome = snippe.send(instruction, request);

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Accepted.class,
                        accepted -> assertThat(accepted.reference()).isEqualTo(REFERENCE));
        assertThat(server.asked()).singleElement().satisfies(asked -> {
            assertThat(asked.method() + " " + asked.path()).isEqualTo("POST /v1/payouts/send");
            assertThat(asked.header("Idempotency-Key")).contains("payout-emp-001-jan-2026");
            assertThat(asked.header("Content-Type")).contains("application/json");
            assertThat(asked.body()).isEqualTo(new String(request.body(), StandardCharsets.UTF_8));
        });
    }

    @Test
    void each_published_status_has_its_outcome() {
        for (String status : new String[] {"pending", "completed", "failed", "reversed", "on_hold"}) {
            server.answers(
                    200,
                    "{\"status\": \"success\", \"code\": 200, \"data\": "
                            + PAYOUT.replace("\"completed\"", "\"" + status + "\"") + "}");
        }

        assertThat(snippe.lookup(instruction, REFERENCE)).isInstanceOf(Outcome.Accepted.class);
        assertThat(snippe.lookup(instruction, REFERENCE)).isInstanceOf(Outcome.Succeeded.class);
        assertThat(snippe.lookup(instruction, REFERENCE))
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.keptFee()).isEmpty());
        assertThat(snippe.lookup(instruction, REFERENCE))
                .isInstanceOfSatisfying(
                        Outcome.Reversed.class,
                        reversed -> assertThat(reversed.amount()).isEqualTo(Money.parse("TZS 5000")));
        assertThat(snippe.lookup(instruction, REFERENCE))
                .isInstanceOfSatisfying(
                        Outcome.Unknown.class,
                        unknown -> assertThat(unknown.detail()).contains("on_hold"));
    }
}
