package io.holdfast.db;

import static io.holdfast.db.generated.Tables.BALANCE_INPUT;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.db.generated.Holdfast;
import io.holdfast.db.generated.tables.records.BalanceInputRecord;
import io.holdfast.db.testing.TestDatabase;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.jooq.Field;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
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

    @Test
    void arrays_pass_through_a_function_unchanged() {
        BigInteger largest = BigInteger.TEN.pow(38).subtract(BigInteger.ONE);
        Instant expiry = Instant.parse("2026-01-31T23:59:59.123456Z");

        try (TestDatabase database = TestDatabase.create()) {
            List<BalanceInputRecord> rows = DSL.using(database.dataSource(), SQLDialect.POSTGRES)
                    .selectFrom(BALANCE_INPUT.call(
                            new Long[] {1L, 2L},
                            new BigInteger[] {largest, largest.negate()},
                            new BigInteger[] {BigInteger.ZERO, null},
                            new Long[] {7L, 8L},
                            new Instant[] {null, expiry}))
                    .fetch();

            assertThat(rows)
                    .containsExactly(
                            new BalanceInputRecord(1L, largest, BigInteger.ZERO, 7L, null),
                            new BalanceInputRecord(2L, largest.negate(), null, 8L, expiry));
        }
    }
}
