package io.holdfast.db;

import static io.holdfast.db.Databases.ask;
import static io.holdfast.db.Databases.execute;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.holdfast.db.testing.TestDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class TestDatabaseTest {

    @Test
    void each_database_is_current_and_its_own() throws SQLException {
        try (TestDatabase one = TestDatabase.create();
                TestDatabase other = TestDatabase.create();
                Connection connection = other.dataSource().getConnection()) {
            execute(one.jdbcUrl(), "create table only_here (id integer)");

            Schema.check(connection);
            assertThat(ask(connection, "select to_regclass('only_here')::text")).containsOnlyNulls();
        }
    }

    @Test
    void closing_drops_the_database_under_those_who_use_it() throws SQLException {
        TestDatabase database = TestDatabase.create();
        try (Connection user = DriverManager.getConnection(database.jdbcUrl())) {
            database.close();

            assertThatExceptionOfType(SQLException.class).isThrownBy(() -> ask(user, "select 1"));
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> execute(database.jdbcUrl(), "select 1"))
                    .withMessageContaining("does not exist");
        }
    }
}
