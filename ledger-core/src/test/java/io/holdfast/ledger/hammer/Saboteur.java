package io.holdfast.ledger.hammer;

import io.holdfast.ledger.Ledger;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import javax.sql.DataSource;

/** While the workers work, kills their connections and them, closes periods, and sees that nobody waits for ever. */
final class Saboteur {

    private static final int DAYS = 300;
    private static final int PAUSE_MILLIS = 1_000;
    private static final int LIFE_MILLIS_MIN = 5_000;
    private static final int LIFE_MILLIS_MORE = 8_000;

    /** A long run lets workers live longer, so that they come to speed. */
    private static final int LIVES = 20;

    /** Those at work first: a connection that idles in its pool is less of a loss. */
    private static final String TERMINATE = "select pg_terminate_backend(pid) from ("
            + "select pid from pg_stat_activity where datname = current_database() and application_name = ?"
            + " order by state = 'idle', random() limit 1) one";

    private static final String WAITS =
            "select pid || ' waits for ' || pg_blocking_pids(pid)::text || ': ' || left(query, 60)"
                    + " from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"
                    + " and state_change < clock_timestamp() - interval '30 seconds'";

    private final Scenario scenario;
    private final Duration duration;
    private final DataSource database;
    private final Ledger ledger;
    private final Random random;
    private int connectionsKilled;
    private int workersKilled;

    Saboteur(Scenario scenario, Duration duration, DataSource database, Ledger ledger) {
        this.scenario = scenario;
        this.duration = duration;
        this.database = database;
        this.ledger = ledger;
        this.random = new Random(~scenario.seed());
    }

    int connectionsKilled() {
        return connectionsKilled;
    }

    int workersKilled() {
        return workersKilled;
    }

    /** Goes on from when the workers have begun until the time is up, telling someone now and then. */
    void run(Workers workers, Progress progress) throws Exception {
        Instant start = Instant.now();
        Instant nextDeath = deathAfter(start);
        for (Instant now = start; now.isBefore(start.plus(duration)); now = Instant.now()) {
            failOn(workers.complaint().orElse(""));
            failOn(ask(WAITS));
            if (now.isAfter(nextDeath)) {
                workers.kill(random.nextInt(Workers.COUNT));
                workersKilled++;
                nextDeath = deathAfter(now);
            } else if (!ask(TERMINATE, Scenario.APPLICATION).isEmpty()) {
                connectionsKilled++;
            }
            close(Duration.between(start, now));
            progress.at(now);
            Thread.sleep(1 + random.nextInt(PAUSE_MILLIS));
        }
    }

    /** Is told how late it is. */
    interface Progress {
        void at(Instant now) throws IOException;
    }

    private Instant deathAfter(Instant now) {
        return now.plusMillis(
                LIFE_MILLIS_MIN + random.nextInt(Math.max(LIFE_MILLIS_MORE, (int) duration.toMillis() / LIVES)));
    }

    /** Moves the closing date on, so that in the end most days of the past are closed. */
    private void close(Duration gone) {
        long days = DAYS * gone.toMillis() / duration.toMillis();
        ledger.closeThrough(scenario.firstDay().minusDays(DAYS + 2L - days));
    }

    private static void failOn(String complaint) {
        if (!complaint.isEmpty()) {
            throw new Violation(complaint);
        }
    }

    /** Returns the first column of the first row, or nothing. */
    private String ask(String sql, String... parameters) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setString(i + 1, parameters[i]);
            }
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? rows.getString(1) : "";
            }
        }
    }
}
