package io.holdfast.payout.engine;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.holdfast.db.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** What the database itself has to say no to, whoever asks. */
final class Guarded {

    private Guarded() {}

    /** Asserts that a statement fails with this SQL state. */
    static void assertGuarded(TestDatabase database, String sql, String state) {
        assertThatExceptionOfType(SQLException.class)
                .as(sql)
                .isThrownBy(() -> execute(database, sql))
                .extracting(SQLException::getSQLState)
                .isEqualTo(state);
    }

    /** Executes a statement that may fail, in a transaction of its own. */
    static void execute(TestDatabase database, String sql) throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
