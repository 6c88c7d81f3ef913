package io.holdfast.db;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jooq.exception.DataAccessException;

/**
 * What keeps wrong rows out of the schema {@code holdfast}, or is read by who checks them: its triggers, functions,
 * constraints, unique indexes, views, columns and rights, a line each, such as {@code trigger posting_checks on posting: type 4,
 * enabled A, calls check_postings}.
 *
 * <p>All methods may be called from any number of threads.
 */
public final class Guards {

    private static final String CATALOG = "io/holdfast/db/guards/catalog.sql";
    private static final String EXPECTED = "io/holdfast/db/guards.txt";

    /**
     * Returns the lines of a database that was migrated and left alone. Rights are those of roles that may be missing
     * where they are forbidden.
     */
    public static List<String> expected() {
        return text(EXPECTED).lines().toList();
    }

    /**
     * Returns the lines of this database. It only reads, in the connection's transaction if there is one, which should
     * have the search path {@code pg_catalog}, as names outside of it are written with their schema.
     *
     * @throws DataAccessException if the database does not answer
     */
    public static List<String> found(Connection connection) {
        List<String> lines = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(text(CATALOG))) {
            while (rows.next()) {
                lines.add(rows.getString(1));
            }
        } catch (SQLException e) {
            throw new DataAccessException("Reading the guards of schema holdfast failed: " + e.getMessage(), e);
        }
        return lines;
    }

    private static String text(String file) {
        try (InputStream in = Guards.class.getClassLoader().getResourceAsStream(file)) {
            if (in == null) {
                throw new FileNotFoundException(
                        file + " is missing from the class path: is the Holdfast jar complete?");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Guards() {}
}
