package io.holdfast.db;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.db.generated.Holdfast;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.List;
import org.jooq.Field;
import org.junit.jupiter.api.Test;

class GeneratedTest {

    @Test
    void instants_and_whole_numbers_have_one_type_everywhere() {
        List<Field<?>> fields = Holdfast.HOLDFAST.getTables().stream()
                .flatMap(table -> table.fieldStream())
                .toList();

        assertThat(fields)
                .isNotEmpty()
                .allSatisfy(field -> assertThat(field.getType())
                        .as("%s", field)
                        .isNotIn(OffsetDateTime.class, OffsetDateTime[].class, BigDecimal[].class, Object.class));
        assertThat(fields)
                .filteredOn(field -> field.getType() == BigDecimal.class)
                .allSatisfy(field -> assertThat(field.getDataType().scale())
                        .as("scale of %s", field)
                        .isPositive());
    }
}
