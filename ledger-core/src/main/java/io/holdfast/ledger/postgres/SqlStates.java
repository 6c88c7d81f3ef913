package io.holdfast.ledger.postgres;

import java.util.Set;
import org.jooq.exception.DataAccessException;

/** What PostgreSQL's error codes mean for work that failed. */
final class SqlStates {

    private static final String SERIALIZATION_FAILURE = "40001";
    private static final String DEADLOCK = "40P01";
    /** Guards that only a race can trip: a key taken by another writer, a period closed since the locks were taken. */
    private static final Set<String> RACES = Set.of("HF003", "HF005");
    /** Data exceptions, constraint violations, program limits: the content is at fault, not the moment. */
    private static final Set<String> CONTENT_CLASSES = Set.of("22", "23", "54", "HF");

    private SqlStates() {}

    /** Tells whether the world changed between plan and write, so that planning again may do. */
    static boolean isRace(DataAccessException failure) {
        return RACES.contains(failure.sqlState());
    }

    /** Tells whether doing the whole transaction again may do. */
    static boolean isRetryable(DataAccessException failure) {
        String state = failure.sqlState();
        return isRace(failure) || SERIALIZATION_FAILURE.equals(state) || DEADLOCK.equals(state);
    }

    /** Tells whether the failure comes from what was written. */
    static boolean isAboutContent(DataAccessException failure) {
        String state = failure.sqlState();
        return state.length() == 5 && CONTENT_CLASSES.contains(state.substring(0, 2));
    }
}
