package io.holdfast.sandbox.postgres;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/**
 * A program that uses an embedded database, for tests with real processes. It says "open URL", then does as its third
 * argument says: {@code once} writes one row, {@code hold} writes one and waits to be killed, {@code write} writes for
 * ever and names each row after its commit.
 */
final class DatabaseUser {

    private static final int ROWS_MAX = 1_000_000;

    private DatabaseUser() {}

    public static void main(String[] arguments) throws Exception {
        try (EmbeddedDatabase database = "temporary".equals(arguments[2])
                ? EmbeddedDatabase.temporary(Path.of(arguments[0]))
                : EmbeddedDatabase.open(
                        Path.of(arguments[0]),
                        Duration.parse(arguments[1]),
                        message -> System.out.println("# " + message))) {
            System.out.println("open " + database.jdbcUrl());
            try (Connection connection = database.dataSource().getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute(
                        "create table if not exists notes(id bigint generated always as identity, note text)");
                int rows = "write".equals(arguments[2]) ? ROWS_MAX : 1;
                for (int row = 1; row <= rows; row++) {
                    System.out.println("wrote " + write(statement));
                }
            }
            if (!"once".equals(arguments[2])) {
                Thread.sleep(Duration.ofMinutes(5).toMillis());
            }
        }
    }

    private static long write(Statement statement) throws SQLException {
        try (ResultSet id = statement.executeQuery("insert into notes(note) values ('x') returning id")) {
            id.next();
            return id.getLong(1);
        }
    }
}
