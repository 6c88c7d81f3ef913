package io.holdfast.ledger.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.db.testing.TestDatabase;
import io.holdfast.ledger.AccountTerms;
import io.holdfast.ledger.Currency;
import io.holdfast.ledger.JournalEntry;
import io.holdfast.ledger.Ledger;
import io.holdfast.ledger.Money;
import io.holdfast.ledger.Result;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.List;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How often a write waits for the database, counted on the wire. */
class RoundTripsTest {

    private static final Currency UGX = Currency.of("UGX");

    private TestDatabase database;
    private CountingProxy proxy;
    private Connection connection;
    private Ledger ledger;

    @BeforeEach
    void open() throws Exception {
        database = TestDatabase.create();
        proxy = CountingProxy.before(database.jdbcUrl());
        connection = DriverManager.getConnection(proxy.jdbcUrl());
        ledger = PostgresLedger.over(alwaysThis(connection)).build();
        ledger.open(AccountTerms.of("assets:bank", UGX));
        ledger.open(AccountTerms.of("liabilities:alice", UGX));
        ledger.post(entry("warm"));
    }

    @AfterEach
    void close() throws Exception {
        connection.close();
        proxy.close();
        database.close();
    }

    @Test
    void a_single_posting_takes_three_round_trips() {
        int before = proxy.roundTrips();

        ledger.post(entry("single"));

        assertThat(proxy.roundTrips() - before).isEqualTo(3);
    }

    @Test
    void a_batch_of_500_entries_takes_no_more_than_six_round_trips() {
        List<JournalEntry> entries =
                IntStream.range(0, 500).mapToObj(i -> entry("batch-" + i)).toList();
        int before = proxy.roundTrips();

        List<Result> results = ledger.execute(entries);

        assertThat(results).hasSize(500).allMatch(Result.Recorded.class::isInstance);
        assertThat(proxy.roundTrips() - before).isLessThanOrEqualTo(6);
    }

    @Test
    void a_batch_of_500_replays_takes_no_more_than_six_round_trips() {
        List<JournalEntry> entries =
                IntStream.range(0, 500).mapToObj(i -> entry("again-" + i)).toList();
        ledger.execute(entries);
        int before = proxy.roundTrips();

        List<Result> results = ledger.execute(entries);

        assertThat(results).hasSize(500).allMatch(Result.Replayed.class::isInstance);
        assertThat(proxy.roundTrips() - before).isLessThanOrEqualTo(6);
    }

    private static JournalEntry entry(String key) {
        return JournalEntry.of(key)
                .debit("assets:bank", Money.ofMinor(UGX, 5))
                .credit("liabilities:alice", Money.ofMinor(UGX, 5))
                .build();
    }

    /** A data source of one connection, which stays open when it is given back. */
    private static DataSource alwaysThis(Connection connection) {
        ClassLoader loader = RoundTripsTest.class.getClassLoader();
        Connection kept = (Connection) Proxy.newProxyInstance(
                loader, new Class<?>[] {Connection.class}, (self, method, arguments) -> {
                    if (method.getName().equals("close")) {
                        return null;
                    }
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
        return (DataSource)
                Proxy.newProxyInstance(loader, new Class<?>[] {DataSource.class}, (self, method, arguments) -> kept);
    }
}
