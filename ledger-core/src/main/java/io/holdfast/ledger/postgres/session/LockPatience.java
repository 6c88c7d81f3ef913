package io.holdfast.ledger.postgres.session;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** How long this thread's transactions wait for what others have locked, where that is shorter than the data source says. */
final class LockPatience {

    private static final ThreadLocal<@Nullable Duration> PATIENCE = new ThreadLocal<>();

    private LockPatience() {}

    /** What was locked elsewhere was so for longer than the patience. */
    static final class Over extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Over(RuntimeException cause) {
            super("What another transaction has locked was not free in time", cause);
        }
    }

    /**
     * Does work on this thread with this patience.
     *
     * @throws Over if that is not enough
     */
    static <T> T during(Duration patience, Supplier<T> work) {
        PATIENCE.set(patience);
        try {
            return work.get();
        } catch (RuntimeException failure) {
            if (Failures.isLockedElsewhere(failure)) {
                throw new Over(failure);
            }
            throw failure;
        } finally {
            PATIENCE.remove();
        }
    }

    /** Has a transaction that begins wait no longer than this thread does. */
    static void applyTo(Connection connection) throws SQLException {
        Duration patience = PATIENCE.get();
        if (patience != null) {
            String millis = Long.toString(patience.toMillis());
            try (Statement statement = connection.createStatement()) {
                statement.execute("select pg_catalog.set_config('lock_timeout', '" + millis + "', true)"
                        + " where pg_catalog.current_setting('lock_timeout')::interval"
                        + " not between interval '1 ms' and interval '" + millis + " ms'");
            }
        }
    }
}
