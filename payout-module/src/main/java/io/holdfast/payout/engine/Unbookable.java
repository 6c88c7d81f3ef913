package io.holdfast.payout.engine;

import io.holdfast.ledger.RefusedException;
import io.holdfast.ledger.postgres.session.Failures;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jooq.exception.DataAccessException;

/** What cannot be written down for what it is, so that to try it again at once is in vain. */
final class Unbookable {

    private Unbookable() {}

    /**
     * Does work, or something else where the ledger or the database refuses it for what it is. What else fails is thrown.
     *
     * @param otherwise is given what refused it
     */
    static <T> T unlessRefused(Supplier<T> work, Function<String, T> otherwise) {
        try {
            return work.get();
        } catch (RuntimeException failure) {
            if (!Failures.isAboutContent(failure)) {
                throw failure;
            }
            return otherwise.apply(why(failure));
        }
    }

    /** Of the database's own words only the code is told: they may hold a whole row. */
    private static String why(RuntimeException failure) {
        if (failure instanceof RefusedException refused) {
            return String.valueOf(refused.getMessage());
        }
        return failure instanceof DataAccessException
                ? "the database refuses it with SQLSTATE " + Failures.sqlState(failure)
                : failure.toString();
    }
}
