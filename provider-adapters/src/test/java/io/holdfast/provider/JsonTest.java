package io.holdfast.provider;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

    private static JsonNode amount(String written) {
        return Json.read("{\"amount\":" + written + "}").orElseThrow().path("amount");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":1} {\"a\":2}", "{\"a\":1,\"a\":2}", "{\"a\":1}x", "5", "\"a\"", "", "{"})
    void what_is_not_one_object_or_list_is_not_read(String text) {
        assertThat(Json.read(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"5000.10", "12345678901234567890.12345678901234567", "\"5000.10\""})
    void amounts_are_read_to_the_last_digit(String written) {
        assertThat(Json.decimal(amount(written)))
                .hasValueSatisfying(
                        read -> assertThat(read).isEqualByComparingTo(new BigDecimal(written.replace("\"", ""))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e60", "1e-60", "\"1e3\"", "\"5,000\"", "\"\"", "true", "null", "{}"})
    void what_is_no_plain_amount_is_absent(String written) {
        assertThat(Json.decimal(amount(written))).isEmpty();
    }

    @Test
    void a_time_needs_its_offset() {
        assertThat(Json.instant(amount("\"2026-01-01T00:00:00Z\""))).isPresent();
        assertThat(Json.instant(amount("\"2026-01-01T00:00:00\""))).isEmpty();
    }
}
