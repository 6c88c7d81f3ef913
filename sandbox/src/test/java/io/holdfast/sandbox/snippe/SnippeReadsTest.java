package io.holdfast.sandbox.snippe;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.sandbox.MovableClock;
import io.holdfast.sandbox.simulator.Fault;
import io.holdfast.sandbox.simulator.Simulator;
import io.holdfast.sandbox.simulator.SimulatorSettings;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The published examples of status, list and fee, and the balance. */
class SnippeReadsTest {

    private static final String PUBLISHED_PAYOUT = "{\"amount\":{\"currency\":\"TZS\",\"value\":5000},"
            + "\"api_version\":\"2026-01-25\",\"channel\":{\"provider\":\"airtel\",\"type\":\"mobile_money\"},"
            + "\"completed_at\":\"2026-01-25T01:06:52Z\",\"created_at\":\"2026-01-25T01:06:39Z\","
            + "\"external_reference\":\"fVJQRPGYbtN3\",\"fees\":{\"currency\":\"TZS\",\"value\":1500},"
            + "\"id\":\"29faef0f-765f-4325-a674-6196f1d9232d\","
            + "\"metadata\":{\"employee_id\":\"EMP-001\",\"payroll_id\":\"PAY-2026-01\"},"
            + "\"narration\":\"Salary payment January 2026\",\"object\":\"payout\","
            + "\"recipient\":{\"name\":\"John Doe\",\"phone\":\"255781000000\"},"
            + "\"reference\":\"667c9279-846f-4001-b046-fdecab204f4f\",\"status\":\"completed\","
            + "\"total\":{\"currency\":\"TZS\",\"value\":6500}}";

    private final MovableClock clock = MovableClock.at("2026-01-25T01:06:39Z");
    private Simulator simulator = start(SnippeSettings.account());
    private SnippeCaller snippe = SnippeCaller.of(simulator);

    private Simulator start(SnippeSettings account) {
        return SnippeSimulator.start(SimulatorSettings.with(clock).settlingAfter(Duration.ofSeconds(13)), account);
    }

    private void restart(SnippeSettings account) {
        simulator.close();
        simulator = start(account);
        snippe = SnippeCaller.of(simulator);
    }

    @AfterEach
    void close() {
        simulator.close();
    }

    @Test
    void a_completed_payout_reads_as_published() throws Exception {
        String reference = snippe.create(SnippeCaller.MOBILE, "payout-emp-001-jan-2026");
        simulator.advance(Duration.ofSeconds(13));

        HttpResponse<String> status = snippe.get("/v1/payouts/" + reference);
        HttpResponse<String> list = snippe.get("/v1/payouts?limit=20&offset=0");

        assertThat(status.headers().firstValue("Content-Type")).contains("application/json");
        JsonNode shown = snippe.json(status);
        assertThat(shown.path("status").asText()).isEqualTo("success");
        assertThat(shown.path("code").asInt()).isEqualTo(200);
        assertThat(shown.at("/data/source").asText()).isEqualTo("api");
        assertThat(likePublished(shown.path("data"))).isEqualTo(snippe.json(PUBLISHED_PAYOUT));
        JsonNode listed = snippe.json(list).path("data");
        assertThat(listed.path("items")).hasSize(1);
        assertThat(listed.at("/items/0").has("source")).isFalse();
        assertThat(likePublished(listed.at("/items/0"))).isEqualTo(snippe.json(PUBLISHED_PAYOUT));
        assertThat(listed.path("total").asInt()).isEqualTo(1);
        assertThat(listed.path("limit").asInt()).isEqualTo(20);
        assertThat(listed.path("offset").asInt()).isZero();
    }

    /** Checks the form of the random ids and puts the published ones in their place. */
    private static JsonNode likePublished(JsonNode payout) {
        String uuid = "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}";
        assertThat(payout.path("id").asText()).matches(uuid);
        assertThat(payout.path("reference").asText()).matches(uuid);
        assertThat(payout.path("external_reference").asText()).matches("[0-9A-Za-z]{12}");
        ObjectNode copy = payout.deepCopy();
        copy.remove("source");
        return copy.put("id", "29faef0f-765f-4325-a674-6196f1d9232d")
                .put("reference", "667c9279-846f-4001-b046-fdecab204f4f")
                .put("external_reference", "fVJQRPGYbtN3");
    }

    @Test
    void the_list_is_paged_newest_first() throws Exception {
        for (int number = 1; number <= 25; number++) {
            snippe.create(SnippeCaller.MOBILE.replace("EMP-001", "EMP-" + number), "k" + number);
            clock.advance(Duration.ofSeconds(5));
        }

        JsonNode first = snippe.json(snippe.get("/v1/payouts")).path("data");
        JsonNode last =
                snippe.json(snippe.get("/v1/payouts?limit=10&offset=20")).path("data");

        assertThat(first.path("items")).hasSize(20);
        assertThat(first.at("/items/0/metadata/employee_id").asText()).isEqualTo("EMP-25");
        assertThat(last.path("items")).hasSize(5);
        assertThat(last.at("/items/4/metadata/employee_id").asText()).isEqualTo("EMP-1");
        assertThat(last.path("total").asInt()).isEqualTo(25);
        assertThat(last.path("limit").asInt()).isEqualTo(10);
        assertThat(last.path("offset").asInt()).isEqualTo(20);
    }

    @Test
    void the_list_is_filtered_by_status_and_channel() throws Exception {
        snippe.create(SnippeCaller.MOBILE, "k1");
        snippe.create(SnippeCaller.BANK, "k2");
        simulator.advance(Duration.ofMinutes(1));

        assertThat(snippe.json(snippe.get("/v1/payouts?status=completed"))
                        .at("/data/total")
                        .asInt())
                .isEqualTo(1);
        assertThat(snippe.json(snippe.get("/v1/payouts?status=pending&channel=bank"))
                        .at("/data/total")
                        .asInt())
                .isEqualTo(1);
        assertThat(snippe.json(snippe.get("/v1/payouts?status=failed"))
                        .at("/data/total")
                        .asInt())
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=101", "limit=0", "limit=x", "offset=-1", "limit=1.5", "limit=99999999999"})
    void a_page_out_of_bounds_is_refused(String query) throws Exception {
        HttpResponse<String> response = snippe.get("/v1/payouts?" + query);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(snippe.json(response).path("error_code").asText()).isEqualTo("validation_error");
    }

    @Test
    void the_fee_is_that_of_the_amount_asked_for() throws Exception {
        restart(SnippeSettings.account().fee(amount -> amount / 50));

        JsonNode fee = snippe.json(snippe.get("/v1/payouts/fee?amount=50000"));

        assertThat(fee)
                .isEqualTo(snippe.json("{\"status\":\"success\",\"code\":200,\"data\":{\"amount\":50000,"
                        + "\"fee_amount\":1000,\"total_amount\":51000,\"currency\":\"TZS\"}}"));
        assertThat(snippe.get("/v1/payouts/fee").statusCode()).isEqualTo(400);
        assertThat(snippe.get("/v1/payouts/fee?amount=0").statusCode()).isEqualTo(400);
        assertThat(snippe.get("/v1/payouts/fee?amount=50.5").statusCode()).isEqualTo(400);
    }

    @Test
    void the_fee_may_answer_for_another_amount_as_the_published_example_does() throws Exception {
        simulator.nextRead(Fault.WRONG_AMOUNT);

        JsonNode fee = snippe.json(snippe.get("/v1/payouts/fee?amount=5000"));

        assertThat(fee.at("/data/amount").asInt()).isEqualTo(50_000);
    }

    @Test
    void the_balance_falls_by_the_total_at_creation() throws Exception {
        restart(SnippeSettings.account().openingBalance(20_000));
        snippe.create(SnippeCaller.MOBILE, "k1");

        JsonNode balance = snippe.json(snippe.get("/v1/payments/balance")).path("data");

        assertThat(balance.path("available")).isEqualTo(snippe.json("{\"currency\":\"TZS\",\"value\":13500}"));
        assertThat(balance.at("/balance/value").asInt()).isEqualTo(13_500);
    }

    @Test
    void older_forms_of_answer_can_be_asked_for() throws Exception {
        restart(SnippeSettings.account()
                .variations(Set.of(SnippeVariation.OLD_ENVELOPE, SnippeVariation.LIST_AS_ARRAY)));
        HttpResponse<String> created = snippe.send(SnippeCaller.MOBILE, "k1");

        assertThat(snippe.json(created).path("status").asInt()).isEqualTo(201);
        assertThat(snippe.json(created).has("code")).isFalse();
        assertThat(snippe.json(created).at("/data/status").asText()).isEqualTo("pending");
        assertThat(snippe.json(snippe.get("/v1/payouts")).path("data").isArray())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/payouts/unknown", "/v1/payments", "/v2/payouts", "/", "/v1/payouts/send"})
    void what_is_not_there_is_not_found(String path) throws Exception {
        HttpResponse<String> response = snippe.get(path);

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(snippe.json(response).path("status").asText()).isEqualTo("error");
        assertThat(snippe.json(response).path("code").asInt()).isEqualTo(404);
        assertThat(snippe.json(response).path("error_code").asText()).isEqualTo("not_found");
        assertThat(snippe.json(response).path("message").asText()).isNotEmpty();
    }
}
