package io.holdfast.ledger.hammer;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.db.testing.TestDatabase;
import io.holdfast.ledger.Ledger;
import io.holdfast.ledger.postgres.PostgresLedger;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two processes of several threads work on one ledger: single calls, batches and groups that overlap in accounts and
 * keys, in transactions of the ledger's own and of hosts who change their minds. All the while their connections are cut
 * and they are killed and started again. They may be told that a connection is lost, and then ask again under the same
 * keys, or that a rule says no; nothing else. In the end nothing may be lost, doubled, out of balance or stuck.
 *
 * <p>{@code -Dholdfast.hammer.duration=10m} makes a long run of it, {@code -Dholdfast.hammer.seed=N} repeats what was
 * drawn, though not in which order threads come to run.
 */
class HammerTest {

    private static final String DURATION = "holdfast.hammer.duration";
    private static final String SEED = "holdfast.hammer.seed";
    private static final String SHORT = "15s";
    private static final long ENDING_SECONDS_MAX = 60;
    private static final long PAUSE_MILLIS = 100;
    private static final Duration TOLD_EVERY = Duration.ofSeconds(10);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path directory;

    private Instant told = Instant.EPOCH;

    @Test
    void nothing_is_lost_doubled_or_out_of_balance_whatever_is_killed() throws Exception {
        long seed = Long.getLong(SEED, System.nanoTime());
        Duration duration = Duration.parse("PT" + System.getProperty(DURATION, SHORT));
        try (TestDatabase database = TestDatabase.create()) {
            hammer(database, seed, duration);
        } catch (Exception | AssertionError failure) {
            throw new AssertionError(
                    "Fails for -D" + SEED + "=" + seed + " -D" + DURATION + "=" + System.getProperty(DURATION, SHORT)
                            + ", see " + directory + ": " + failure.getMessage(),
                    failure);
        }
    }

    private void hammer(TestDatabase database, long seed, Duration duration) throws Exception {
        Ledger ledger = PostgresLedger.over(database.dataSource())
                .ledger(Scenario.LEDGER)
                .build();
        Stream.concat(Scenario.WALLETS.stream(), Scenario.OTHERS.stream())
                .map(Scenario::terms)
                .forEach(ledger::open);
        execute(database, Host.TABLE);
        Scenario scenario = new Scenario(seed, Instant.now().truncatedTo(ChronoUnit.MILLIS));
        Saboteur saboteur = new Saboteur(scenario, duration, database.dataSource(), ledger);
        try (Workers workers = new Workers(database.jdbcUrl(), directory, scenario)) {
            workers.start();
            awaitFirstCommands();
            saboteur.run(workers, now -> tell(saboteur, scenario, now));
            assertThat(workers.haveEndedWithin(ENDING_SECONDS_MAX))
                    .as("workers come to an end")
                    .isTrue();
            assertThat(workers.complaint()).isEmpty();
        }
        Tally tally = Tally.ofAllIn(directory);
        Judge judge = new Judge(database.dataSource(), new Commands(scenario));
        judge.lookForDeadlocks();
        judge.lookForContradictions();
        int kept = judge.lookForLies(Acknowledgements.allIn(directory));
        System.out.println("Hammered " + duration + ", seed " + seed + ": " + kept + " commands are as they were told; "
                + figures(saboteur, tally));
        assertThat(Stream.of("done", "replayed", "refused", "joined", "lost").filter(what -> tally.of(what) == 0))
                .as("everything happened")
                .isEmpty();
    }

    /** Starting two JVMs takes its time on a busy machine. */
    private void awaitFirstCommands() throws Exception {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(ENDING_SECONDS_MAX);
        while (Tally.ofAllIn(directory).of("done") == 0 && System.nanoTime() < until) {
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    private void tell(Saboteur saboteur, Scenario scenario, Instant now) throws IOException {
        if (Duration.between(told, now).compareTo(TOLD_EVERY) >= 0) {
            told = now;
            System.out.println(
                    "Hammering for " + Duration.between(scenario.start(), now).toSeconds() + " s: "
                            + figures(saboteur, Tally.ofAllIn(directory)));
        }
    }

    private static String figures(Saboteur saboteur, Tally tally) {
        return saboteur.connectionsKilled() + " connections and " + saboteur.workersKilled() + " processes killed, "
                + tally;
    }

    private static void execute(TestDatabase database, String sql) throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
