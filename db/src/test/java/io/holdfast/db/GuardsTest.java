package io.holdfast.db;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.db.testing.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class GuardsTest {

    @Test
    void a_migrated_database_has_the_guards_that_the_build_wrote_down() throws SQLException {
        try (TestDatabase database = TestDatabase.create();
                Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("set search_path = pg_catalog");

            assertThat(Guards.found(connection)).containsExactlyElementsOf(Guards.expected());
        }
    }

    @Test
    void there_are_guards_of_every_kind() {
        assertThat(Guards.expected())
                .anyMatch(line -> line.startsWith("trigger posting_checks on posting: "))
                .anyMatch(line -> line.startsWith("function holdfast.canonical_bytes(holdfast.journal_entry): "))
                .anyMatch(line -> line.startsWith("constraint posting_pkey on posting: "))
                .anyMatch(line -> line.startsWith("constraint posting_amount_check on posting: c columns {")
                        && line.contains("(amount > (0)::numeric)"))
                .anyMatch(line -> line.startsWith("index payout_attempt_not_failed on payout_attempt: unique"))
                .anyMatch(line -> line.startsWith("view payout: text "))
                .contains("column posting.amount: numeric(38,0) not null", "right of holdfast_app on posting: INSERT");
    }

    @Test
    void plans_that_are_kept_neither_sort_another_index_nor_are_compiled_each_time_because_they_look_dear()
            throws SQLException {
        try (TestDatabase database = TestDatabase.create();
                Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet functions =
                        statement.executeQuery("select p.proname, array['enable_sort=off', 'jit=off'] <@ p.proconfig"
                                + " from pg_proc p where p.pronamespace = 'holdfast'::regnamespace"
                                + " and 'enable_seqscan=off' = any (p.proconfig)")) {
            Map<String, Boolean> areSpared = new TreeMap<>();
            while (functions.next()) {
                areSpared.put(functions.getString(1), functions.getBoolean(2));
            }
            assertThat(areSpared).hasSizeGreaterThan(20).containsKeys("write_batch", "payout_attempts");
            assertThat(areSpared)
                    .allSatisfy(
                            (name, isSpared) -> assertThat(isSpared).as(name).isTrue());
        }
    }
}
