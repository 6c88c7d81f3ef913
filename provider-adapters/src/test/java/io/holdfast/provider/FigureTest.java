package io.holdfast.provider;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.holdfast.ledger.Money;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FigureTest {

    private static Figure fee(String json) {
        JsonNode node = Json.read(json).orElseThrow().path("fee");
        return Figure.of("fee", node, new WireCurrencies(List.of()).decimal(node, TextNode.valueOf("UGX")));
    }

    @Test
    void a_fee_that_can_be_read_is_money_and_nobody_is_told() {
        assertThat(fee("{\"fee\":\"100.00\"}").money()).contains(Money.parse("UGX 100"));
        assertThat(fee("{\"fee\":0}").money()).contains(Money.parse("UGX 0"));
        assertThat(fee("{\"fee\":0}").objection()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"fee\":null}", "{\"fee\":\" \"}", "{\"fee\":{}}"})
    void a_fee_that_is_not_told_is_none(String json) {
        assertThat(fee(json).money()).isEmpty();
        assertThat(fee(json).objection()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"123.45", "\"123.45\"", "-100", "\"many\"", "{\"sum\":100}", "[100]", "true"})
    void a_fee_that_is_no_money_is_not_rounded_and_a_person_is_told(String told) {
        Figure fee = fee("{\"fee\":" + told + "}");

        assertThat(fee.money()).isEmpty();
        assertThat(fee.objection())
                .contains("its fee " + told.replace("\"many\"", "many").replace("\"123.45\"", "123.45")
                        + " cannot be read as money");
    }
}
