package io.holdfast.ledger.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.audit.Verifier;
import io.holdfast.db.testing.TestDatabase;
import io.holdfast.ledger.AccountTerms;
import io.holdfast.ledger.Currency;
import io.holdfast.ledger.JournalEntry;
import io.holdfast.ledger.Ledger;
import io.holdfast.ledger.Money;
import io.holdfast.ledger.Refusal;
import io.holdfast.ledger.RefusedException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jooq.exception.DataAccessException;
import org.junit.jupiter.api.Test;

/** Periods that are closed while single callers and hosts, at both isolation levels, post into them. */
class ClosedPeriodTest {

    private static final Currency UGX = Currency.of("UGX");
    private static final int WRITERS = 6;
    private static final int CLOSINGS = 12;
    private static final long PAUSE_MILLIS = 60;
    private static final String SERIALIZATION_FAILURE = "40001";

    private static final String WITHIN = "select count(*) from holdfast.journal_entry where effective_on <= ?";
    private static final String LATE = "select count(*) from holdfast.journal_entry e join holdfast.period_close c"
            + " on c.ledger_id = e.ledger_id and e.effective_on <= c.closed_through and e.recorded_at > c.recorded_at";

    @Test
    void once_a_period_is_closed_nothing_more_is_ever_found_in_it() throws Exception {
        try (TestDatabase database = TestDatabase.create()) {
            PostgresLedger ledger = PostgresLedger.over(database.dataSource()).build();
            ledger.open(AccountTerms.of("assets:bank", UGX));
            ledger.open(AccountTerms.of("revenue:fees", UGX));
            LocalDate first = ledger.today().minusDays(CLOSINGS + 2);
            AtomicBoolean isOver = new AtomicBoolean();
            Map<LocalDate, Long> atClosing = new LinkedHashMap<>();

            Threads.race(WRITERS + 1, number -> {
                try {
                    if (number == WRITERS) {
                        close(database, ledger, first, atClosing);
                    } else {
                        write(database, ledger, number, first, isOver);
                    }
                    return number;
                } catch (SQLException | InterruptedException failure) {
                    throw new AssertionError(failure);
                } finally {
                    isOver.compareAndSet(false, number == WRITERS);
                }
            });

            for (Map.Entry<LocalDate, Long> closing : atClosing.entrySet()) {
                assertThat(count(database, WITHIN, closing.getKey()))
                        .as("entries through %s", closing.getKey())
                        .isEqualTo(closing.getValue());
            }
            assertThat(count(database, WITHIN, first.plusYears(1))).isGreaterThan(CLOSINGS);
            assertThat(count(database, LATE)).as("recorded after the closing").isZero();
            assertThat(Verifier.over(database.dataSource()).verify("main").ok()).isTrue();
        }
    }

    private static void close(
            TestDatabase database, PostgresLedger ledger, LocalDate first, Map<LocalDate, Long> atClosing)
            throws SQLException, InterruptedException {
        for (int i = 0; i < CLOSINGS; i++) {
            Thread.sleep(PAUSE_MILLIS);
            LocalDate date = first.plusDays(i);
            ledger.closeThrough(date);
            atClosing.put(date, count(database, WITHIN, date));
        }
    }

    private static void write(
            TestDatabase database, PostgresLedger ledger, int writer, LocalDate first, AtomicBoolean isOver)
            throws SQLException, InterruptedException {
        Random random = new Random(writer);
        for (int i = 0; !isOver.get(); i++) {
            JournalEntry entry = JournalEntry.of("w" + writer + "-" + i)
                    .effectiveOn(first.plusDays(random.nextInt(CLOSINGS + 2)))
                    .debit("assets:bank", Money.ofMinor(UGX, 1))
                    .credit("revenue:fees", Money.ofMinor(UGX, 1))
                    .build();
            if (writer % 2 == 0) {
                recordedUnlessClosed(() -> ledger.post(entry));
            } else {
                postAsHost(database, ledger, entry, writer == 1);
            }
        }
    }

    private static void postAsHost(
            TestDatabase database, PostgresLedger ledger, JournalEntry entry, boolean isRepeatable)
            throws SQLException, InterruptedException {
        try (Connection connection = database.dataSource().getConnection()) {
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(
                    isRepeatable ? Connection.TRANSACTION_REPEATABLE_READ : Connection.TRANSACTION_READ_COMMITTED);
            Ledger joined = ledger.within(connection);
            joined.closedThrough();
            Thread.sleep(1 + PAUSE_MILLIS / 10);
            recordedUnlessClosed(() -> joined.post(entry));
            Thread.sleep(1 + PAUSE_MILLIS / 10);
            connection.commit();
            connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            connection.setAutoCommit(true);
        }
    }

    private static void recordedUnlessClosed(Runnable post) {
        try {
            post.run();
        } catch (RefusedException refused) {
            assertThat(refused.refusal()).isInstanceOf(Refusal.PeriodClosed.class);
        } catch (DataAccessException failure) {
            assertThat(failure.sqlState()).as(failure.getMessage()).isEqualTo(SERIALIZATION_FAILURE);
        }
    }

    private static long count(TestDatabase database, String sql, Object... parameters) throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }
}
