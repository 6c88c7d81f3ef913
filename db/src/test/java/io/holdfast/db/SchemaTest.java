package io.holdfast.db;

import static org.assertj.core.api.Assertions.assertThatNoException;

import io.holdfast.db.testing.TestDatabase;
import java.sql.Connection;
import org.junit.jupiter.api.Test;

class SchemaTest {

    @Test
    void an_empty_database_is_brought_to_the_current_version() throws Exception {
        try (TestDatabase database = TestDatabase.createEmpty();
                Connection connection = database.dataSource().getConnection()) {
            Schema.migrate(database.dataSource());

            assertThatNoException().isThrownBy(() -> Schema.check(connection));
        }
    }
}
