package io.holdfast.ledger.postgres;

import io.holdfast.ledger.Key;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import org.jooq.DSLContext;

/**
 * Writes what a batch came to, in one statement. It is plain JDBC because jOOQ writes arrays as text with a cast, and
 * the driver by itself sends them in binary form, in half the time.
 */
final class JournalStore {

    private static final int ARGUMENTS = 38;
    private static final String WRITE_BATCH =
            "select used_key from holdfast.write_batch(" + String.join(", ", Collections.nCopies(ARGUMENTS, "?")) + ")";
    private static final String UNIQUE_VIOLATION = "23505";
    private static final String ONE_ENTRY_A_KEY = "journal_entry_ledger_id_key_key";

    private final Book book;

    JournalStore(Book book) {
        this.book = book;
    }

    /**
     * Writes everything that the plan came to, unless one of the batch's keys has been used before; returns the keys
     * that were.
     *
     * @throws SqlStates.Superseded if another transaction was just taking one of the keys, and has committed
     */
    Set<Key> write(DSLContext db, World plan, Collection<Key> keys) {
        Object[] arguments = new BatchRows(plan).arguments(book.id(), keys);
        return db.connectionResult(connection -> write(connection, arguments));
    }

    private static Set<Key> write(Connection connection, Object[] arguments) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(WRITE_BATCH)) {
            for (int i = 0; i < arguments.length; i++) {
                statement.setObject(i + 1, arguments[i]);
            }
            Set<Key> used = new HashSet<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    used.add(new Key(rows.getString(1)));
                }
            }
            return used;
        } catch (SQLException failure) {
            if (UNIQUE_VIOLATION.equals(failure.getSQLState())
                    && String.valueOf(failure.getMessage()).contains(ONE_ENTRY_A_KEY)) {
                throw new SqlStates.Superseded();
            }
            throw failure;
        }
    }
}
