package io.holdfast.db;

import static io.holdfast.db.AttackedLedger.ask;
import static io.holdfast.db.AttackedLedger.entry;
import static io.holdfast.db.AttackedLedger.execute;
import static io.holdfast.db.AttackedLedger.posting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Nothing takes effect in a closed period: not by raw SQL of the application's role, and not under race. */
class PeriodCloseAttackTest {

    private static final String CLOSED = "HF005";
    private static final String SERIALIZATION_FAILURE = "40001";
    private static final String NEW = "00000000-0000-7000-8000-0000000000ff";
    private static final String JANUARY = entry(NEW, 2, "2026-01-15", posting(1, 1, 5), posting(2, 2, -5));
    private static final String CLOSE_JANUARY =
            "insert into holdfast.period_close values (1, '2026-01-31', 'test', now())";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ExecutorService other = Executors.newSingleThreadExecutor();
    private AttackedLedger ledger;
    private Connection writer;
    private Connection closer;

    @BeforeEach
    void open() throws SQLException {
        ledger = new AttackedLedger();
        writer = ledger.application();
        closer = ledger.application();
        writer.setAutoCommit(false);
        closer.setAutoCommit(false);
    }

    @AfterEach
    void close() throws SQLException {
        AttackedLedger.close(writer);
        AttackedLedger.close(closer);
        ledger.close();
        other.shutdownNow();
    }

    @Test
    void an_entry_in_a_closed_period_is_refused() throws SQLException {
        for (String date : new String[] {"2025-12-31", "2025-06-01", "1999-01-01", "-infinity"}) {
            ledger.refuses(ledger.application(), CLOSED, entry(NEW, 2, date, posting(1, 1, 5), posting(2, 2, -5)));
        }
    }

    @Test
    void who_closes_waits_for_who_writes() throws Exception {
        execute(writer, JANUARY);
        Future<?> closing = inTheBackground(closer, CLOSE_JANUARY);
        awaitWaiting();

        writer.commit();

        closing.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        closer.commit();
        assertThat(closedThrough()).isEqualTo("2026-01-31");
    }

    @Test
    void who_writes_waits_for_who_closes_and_is_refused() throws Exception {
        execute(closer, CLOSE_JANUARY);
        Future<?> writing = inTheBackground(writer, JANUARY);
        awaitWaiting();

        closer.commit();

        assertThatThrownBy(() -> writing.get(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        SQLException.class,
                        refusal -> assertThat(refusal.getSQLState()).isEqualTo(CLOSED));
    }

    @Test
    void who_writes_goes_on_when_the_close_is_rolled_back() throws Exception {
        execute(closer, CLOSE_JANUARY);
        Future<?> writing = inTheBackground(writer, JANUARY);
        awaitWaiting();

        closer.rollback();

        writing.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        writer.commit();
        assertThat(closedThrough()).isEqualTo("2025-12-31");
    }

    @Test
    void an_older_snapshot_does_not_get_past_a_close() throws Exception {
        closeBehindTheBackOf(Connection.TRANSACTION_REPEATABLE_READ);
    }

    @Test
    void nor_does_a_serializable_transaction() throws Exception {
        closeBehindTheBackOf(Connection.TRANSACTION_SERIALIZABLE);
    }

    private void closeBehindTheBackOf(int isolation) throws SQLException {
        writer.setTransactionIsolation(isolation);
        ask(writer, "select count(*) from holdfast.posting");
        execute(closer, CLOSE_JANUARY);
        closer.commit();

        assertThatThrownBy(() -> execute(writer, JANUARY))
                .isInstanceOfSatisfying(
                        SQLException.class,
                        refusal -> assertThat(refusal.getSQLState()).isEqualTo(SERIALIZATION_FAILURE));
    }

    private Future<?> inTheBackground(Connection connection, String sql) {
        return other.submit(() -> {
            execute(connection, sql);
            return null;
        });
    }

    /** Returns once someone waits for the lock of the closing date. */
    private void awaitWaiting() throws SQLException {
        Instant end = Instant.now().plus(PATIENCE);
        try (Connection observer = ledger.owner()) {
            while (ask(
                            observer,
                            "select count(*) from pg_locks where locktype = 'advisory' and not granted and database ="
                                    + " (select oid from pg_database where datname = current_database())")
                    .equals("0")) {
                assertThat(Instant.now())
                        .as("nobody waits for the closing date")
                        .isBefore(end);
                Thread.onSpinWait();
            }
        }
    }

    private String closedThrough() throws SQLException {
        try (Connection observer = ledger.owner()) {
            return ask(observer, "select closed_through from holdfast.ledger where ledger_id = 1");
        }
    }
}
