package io.holdfast.ledger.postgres.session;

import java.sql.SQLException;
import java.util.Set;
import org.jooq.exception.DataAccessException;

/** What it was that failed. */
public final class Failures {

    /** Data exceptions, constraint violations, program limits: the content is at fault, not the moment. */
    private static final Set<String> CONTENT_CLASSES = Set.of("22", "23", "54", "HF");

    private static final String SERIALIZATION_FAILURE = "40001";
    private static final String LOCK_NOT_AVAILABLE = "55P03";

    private Failures() {}

    /** Tells whether the failure comes from what was to be written: the database's word for it, or none of the database's. */
    public static boolean isAboutContent(RuntimeException failure) {
        String state = sqlState(failure);
        return !(failure instanceof DataAccessException)
                || (state.length() == 5 && CONTENT_CLASSES.contains(state.substring(0, 2)));
    }

    /** Tells whether somebody else has locked what was needed, and had for as long as this was to wait. */
    static boolean isLockedElsewhere(RuntimeException failure) {
        return sqlState(failure).equals(LOCK_NOT_AVAILABLE);
    }

    /** Returns a failure as a serialization failure: only a new transaction sees what it is that came between. */
    public static DataAccessException serialization(String message, RuntimeException failure) {
        return new DataAccessException(message, new SQLException(message, SERIALIZATION_FAILURE, failure));
    }

    /** Returns PostgreSQL's code for a failure, empty if it has none. */
    public static String sqlState(RuntimeException failure) {
        return failure instanceof DataAccessException ofDatabase ? ofDatabase.sqlState() : "";
    }
}
