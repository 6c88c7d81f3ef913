package io.holdfast.db;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.db.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
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
                .contains("column posting.amount: numeric(38,0) not null", "right of holdfast_app on posting: INSERT");
    }
}
