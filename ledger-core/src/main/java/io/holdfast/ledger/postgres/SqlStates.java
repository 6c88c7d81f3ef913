package io.holdfast.ledger.postgres;

import java.sql.SQLException;
import java.util.Set;
import org.jooq.exception.DataAccessException;

/** What PostgreSQL's error codes mean for work that failed. */
final class SqlStates {

    private static final String SERIALIZATION_FAILURE = "40001";
    private static final String DEADLOCK = "40P01";
    /** A guard that only a race can trip: a period was closed since the locks were taken. */
    private static final String PERIOD_CLOSED = "HF005";
    /** Data exceptions, constraint violations, program limits: the content is at fault, not the moment. */
    private static final Set<String> CONTENT_CLASSES = Set.of("22", "23", "54", "HF");

    private SqlStates() {}

    /** Tells whether the world changed between plan and write, so that planning again may do. */
    static boolean isRace(RuntimeException failure) {
        return failure instanceof Superseded || PERIOD_CLOSED.equals(stateOf(failure));
    }

    /** Tells whether doing the whole transaction again may do. */
    static boolean isRetryable(RuntimeException failure) {
        String state = stateOf(failure);
        return isRace(failure) || SERIALIZATION_FAILURE.equals(state) || DEADLOCK.equals(state);
    }

    /** Returns the failure as hosts are to see it: the world having changed for good is a serialization failure. */
    static RuntimeException surfaced(RuntimeException failure) {
        return failure instanceof Superseded
                ? new DataAccessException(
                        failure.getMessage(), new SQLException(failure.getMessage(), SERIALIZATION_FAILURE, failure))
                : failure;
    }

    /** Tells whether the failure comes from what was to be written: the database's word for it, or none of the database's. */
    static boolean isAboutContent(RuntimeException failure) {
        String state = stateOf(failure);
        return !(failure instanceof DataAccessException)
                || (state.length() == 5 && CONTENT_CLASSES.contains(state.substring(0, 2)));
    }

    private static String stateOf(RuntimeException failure) {
        return failure instanceof DataAccessException ofDatabase ? ofDatabase.sqlState() : "";
    }

    /** What a batch names, or a key it takes, was recorded by another writer after the batch had looked for it. */
    static final class Superseded extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Superseded() {
            super(
                    "What the batch names was recorded meanwhile by another transaction; repeat it in a new one",
                    null,
                    false,
                    false);
        }
    }
}
