package io.holdfast.payout.engine;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/** Two that do something at the same moment: the second begins when the first can go no further. */
final class Race {

    static final String WAITING = "select count(distinct pid) from pg_locks l"
            + " where not granted and exists (select 1 from pg_stat_activity a where a.pid = l.pid"
            + " and a.datname = current_database())";

    private final DataSource database;

    Race(DataSource database) {
        this.database = database;
    }

    /**
     * Has both at work and lets them go on once both wait, or the second has ended without waiting.
     *
     * @param lock a statement that takes, and holds meanwhile, what the first needs in the end
     */
    void between(String lock, Runnable first, Runnable second) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(2);
        try (Connection thirdParty = database.getConnection();
                Statement statement = thirdParty.createStatement()) {
            thirdParty.setAutoCommit(false);
            statement.execute(lock);
            Future<?> ahead = pool.submit(first);
            awaitWaiting(1, ahead);
            Future<?> behind = pool.submit(second);
            awaitWaiting(2, behind);
            thirdParty.rollback();
            ahead.get(60, TimeUnit.SECONDS);
            behind.get(60, TimeUnit.SECONDS);
        } finally {
            pool.shutdownNow();
        }
    }

    /** Waits until so many wait for locks of others, or the last of them has ended without. */
    private void awaitWaiting(int count, Future<?> last) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            int waiting = 0;
            while (waiting < count && !last.isDone()) {
                try (ResultSet rows = statement.executeQuery(WAITING)) {
                    rows.next();
                    waiting = rows.getInt(1);
                }
            }
        }
    }
}
