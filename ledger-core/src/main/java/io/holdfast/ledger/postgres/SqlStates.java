package io.holdfast.ledger.postgres;

import io.holdfast.ledger.postgres.session.Failures;

/** What PostgreSQL's error codes mean for work that failed. */
final class SqlStates {

    private static final String SERIALIZATION_FAILURE = "40001";
    private static final String DEADLOCK = "40P01";
    /** A guard that only a race can trip: a period was closed since the locks were taken. */
    private static final String PERIOD_CLOSED = "HF005";

    private SqlStates() {}

    /** Tells whether the world changed between plan and write, so that planning again may do. */
    static boolean isRace(RuntimeException failure) {
        return failure instanceof Superseded || PERIOD_CLOSED.equals(Failures.sqlState(failure));
    }

    /** Tells whether doing the whole transaction again may do. */
    static boolean isRetryable(RuntimeException failure) {
        String state = Failures.sqlState(failure);
        return isRace(failure) || SERIALIZATION_FAILURE.equals(state) || DEADLOCK.equals(state);
    }

    /** Returns the failure as hosts are to see it: the world having changed for good is a serialization failure. */
    static RuntimeException surfaced(RuntimeException failure) {
        return failure instanceof Superseded ? Failures.serialization(Superseded.MESSAGE, failure) : failure;
    }

    /** What a batch names, or a key it takes, was recorded by another writer after the batch had looked for it. */
    static final class Superseded extends RuntimeException {

        private static final long serialVersionUID = 1L;
        private static final String MESSAGE =
                "What the batch names was recorded meanwhile by another transaction; repeat it in a new one";

        Superseded() {
            super(MESSAGE, null, false, false);
        }
    }
}
