package io.holdfast.ledger.hammer;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.holdfast.ledger.Ledger;
import io.holdfast.ledger.RefusedException;
import io.holdfast.ledger.postgres.PostgresLedger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import javax.sql.DataSource;

/**
 * One of the processes: several threads on one ledger and one pool. Ends with 0 when it is told that it is enough, and with
 * {@link #VIOLATED}, having said what it saw, as soon as one thread sees what may not be.
 */
final class Worker {

    static final int VIOLATED = 3;

    /** How the report begins of what may not be. */
    static final String SEEN = "Seen by ";

    /** The file that tells workers to come to an end. */
    static final String ENOUGH = "enough";

    private static final int THREADS = 5;
    private static final int CONNECTIONS_MAX = 4;
    private static final long ACQUIRE_MILLIS = 20_000;
    private static final int ATTEMPTS_MAX = 200;
    private static final long PAUSE_MILLIS = 20;
    private static final long TALLY_MILLIS = 500;

    private final int number;
    private final Scenario scenario;
    private final Commands commands;
    private final Acknowledgements acknowledgements;
    private final Tally tally = new Tally();
    private final HikariDataSource pool;
    private volatile boolean goesOn = true;

    private Worker(int number, Scenario scenario, Acknowledgements acknowledgements, HikariDataSource pool) {
        this.number = number;
        this.scenario = scenario;
        this.commands = new Commands(scenario);
        this.acknowledgements = acknowledgements;
        this.pool = pool;
    }

    /** Takes the URL of the database, a directory for files, worker and life (1, 2 ...), seed and start in milliseconds. */
    public static void main(String[] arguments) throws Exception {
        Path directory = Path.of(arguments[1]);
        int number = Integer.parseInt(arguments[2]);
        String process = "worker-" + number + "-" + arguments[3];
        long seed = Long.parseLong(arguments[4]);
        Instant start = Instant.ofEpochMilli(Long.parseLong(arguments[5]));
        Scenario scenario = new Scenario(seed, start);
        try (HikariDataSource pool = pool(arguments[0])) {
            Worker worker = new Worker(number, scenario, new Acknowledgements(directory, process), pool);
            worker.work(new Random(seed + process.hashCode()), directory, process);
        }
    }

    /** Tells whether nobody has said that it is enough. */
    boolean goesOn() {
        return goesOn;
    }

    int number() {
        return number;
    }

    Scenario scenario() {
        return scenario;
    }

    Commands commands() {
        return commands;
    }

    Acknowledgements acknowledgements() {
        return acknowledgements;
    }

    Tally tally() {
        return tally;
    }

    DataSource pool() {
        return pool;
    }

    /** Returns what a call is answered, asked again as long as its connection is lost. Anything else may not be. */
    <T> T answered(Callable<T> call) {
        for (int attempt = 1; ; attempt++) {
            try {
                return call.call();
            } catch (RefusedException | Violation told) {
                throw told;
            } catch (Exception failure) {
                if (!isLostConnection(failure) || attempt == ATTEMPTS_MAX) {
                    throw new Violation("Attempt " + attempt + " failed with " + failure, failure);
                }
                tally.add("lost");
                pause(PAUSE_MILLIS);
            }
        }
    }

    private void work(Random random, Path directory, String process) throws IOException, InterruptedException {
        Ledger ledger = answered(() -> PostgresLedger.over(pool)
                .ledger(Scenario.LEDGER)
                .origin("worker-" + number)
                .build());
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            Thread thread = new Thread(new Hand(this, ledger, new Random(random.nextLong())), "hand-" + i);
            thread.setUncaughtExceptionHandler(Worker::violated);
            thread.start();
            threads.add(thread);
        }
        Path tallyFile = directory.resolve(process + Tally.SUFFIX);
        while (threads.stream().anyMatch(Thread::isAlive)) {
            goesOn = Files.notExists(directory.resolve(ENOUGH));
            tally.keepIn(tallyFile);
            Thread.sleep(TALLY_MILLIS);
        }
        tally.keepIn(tallyFile);
    }

    private static void violated(Thread thread, Throwable violation) {
        System.err.println(SEEN + thread.getName() + ":");
        violation.printStackTrace();
        System.err.flush();
        Runtime.getRuntime().halt(VIOLATED);
    }

    /** Tells whether the database took the connection away: whoever is told so may ask again under the same keys. */
    private static boolean isLostConnection(Throwable failure) {
        for (Throwable one = failure; one != null; one = one.getCause()) {
            if (one instanceof SQLTransientConnectionException) {
                return true;
            }
            if (one instanceof SQLException ofDatabase && ofDatabase.getSQLState() != null) {
                return ofDatabase.getSQLState().startsWith("08")
                        || ofDatabase.getSQLState().equals("57P01");
            }
        }
        return false;
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new Violation("Nobody interrupts a hand", interrupted);
        }
    }

    private static HikariDataSource pool(String jdbcUrl) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(jdbcUrl);
        config.addDataSourceProperty("ApplicationName", Scenario.APPLICATION);
        config.setMaximumPoolSize(CONNECTIONS_MAX);
        config.setConnectionTimeout(ACQUIRE_MILLIS);
        config.setInitializationFailTimeout(-1);
        // Otherwise the pool asks its first connection, and never forgets that it got no answer if that one is killed.
        config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        return new HikariDataSource(config);
    }
}
