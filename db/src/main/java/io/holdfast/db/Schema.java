package io.holdfast.db;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.jooq.exception.DataAccessException;

/**
 * The schema {@code holdfast}: what it takes to create it, bring it up to date, and know which version it has.
 *
 * <p>A host either lets {@link #migrate} do it, or applies {@link #scripts} with a migration tool of its own; in both
 * cases the database knows its version and {@link #check} verifies it. All methods may be called from any number of
 * threads.
 */
public final class Schema {

    /**
     * Brings the database to the version this code needs; does nothing, in a few milliseconds, if it is there already.
     *
     * <p>Any number of threads and nodes may do this at once: one migrates, the others wait for it, for ten minutes at
     * most. The connection's user needs the right to create schemas, and roles if the separation of rights is wanted.
     * The connection is handed back as it was lent. It must lead to one PostgreSQL session: behind PgBouncer in
     * transaction mode the lock that keeps nodes apart would not hold.
     *
     * @throws SchemaVersionException if the database has a newer version, or an older one that was not made by this
     *     method; nothing was changed
     * @throws DataAccessException if the database does not answer, lacks a right or refuses a change set. Those before
     *     it stay applied, and the next call carries on from there
     */
    public static void migrate(DataSource dataSource) {
        try (Connection connection = dataSource.getConnection()) {
            new Migration(connection, scripts()).run();
        } catch (SQLException e) {
            throw new DataAccessException("Migrating schema holdfast failed: " + e.getMessage(), e);
        }
    }

    /**
     * Verifies that the database has exactly the version this code needs. It only reads, in the connection's
     * transaction if there is one.
     *
     * @throws SchemaVersionException if there is no schema, or its version is older or newer
     * @throws DataAccessException if the database does not answer, or the user may not read the schema
     */
    public static void check(Connection connection) {
        try {
            SchemaState.of(connection, scripts()).refuseUnlessCurrent();
        } catch (SQLException e) {
            throw new DataAccessException("Reading the version of schema holdfast failed: " + e.getMessage(), e);
        }
    }

    /**
     * Returns the scripts that make the schema, in the order in which to apply them, for hosts with a migration tool of
     * their own. A released script never changes; a new version adds scripts at the end.
     */
    public static List<SchemaScript> scripts() {
        return SchemaScripts.read();
    }

    private Schema() {}
}
