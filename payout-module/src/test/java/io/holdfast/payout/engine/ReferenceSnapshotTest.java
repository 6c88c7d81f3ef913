package io.holdfast.payout.engine;

import static io.holdfast.payout.engine.PayoutBench.timeout;
import static io.holdfast.payout.engine.PayoutBench.tzs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.holdfast.db.testing.TestDatabase;
import io.holdfast.payout.Payout;
import io.holdfast.payout.PayoutQuery;
import io.holdfast.payout.Payouts;
import io.holdfast.payout.Resolution;
import io.holdfast.payout.StatementLine;
import java.sql.Connection;
import java.time.Duration;
import java.util.Optional;
import org.jooq.exception.DataAccessException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A host whose transaction sees the books as they were gives a payout a reference that a statement has put in suspense since. */
class ReferenceSnapshotTest {

    private static final TestDatabase DATABASE = TestDatabase.create();
    private static final String FLOAT = "assets:providers:one:float";
    private static final String SUSPENSE = "liabilities:suspense:one";
    private static final Resolution PAID =
            Resolution.succeeded("The bank says so").fee(tzs(100));

    private final PayoutBench bench = new PayoutBench(DATABASE);

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {Connection.TRANSACTION_REPEATABLE_READ, Connection.TRANSACTION_SERIALIZABLE})
    void it_is_told_to_begin_again(int isolation) throws Exception {
        Payout payout = paidUnderNoReference();
        bench.payouts().as("alice").resolve(payout.id(), PAID.reference("x9"));
        try (Connection host = bench.dataSource.getConnection()) {
            host.setAutoCommit(false);
            host.setTransactionIsolation(isolation);
            Payouts joined = bench.payouts().as("bob").within(host);
            assertThat(joined.list(PayoutQuery.FIRST_PAGE).total()).isOne();
            suspend("x9");

            assertThatExceptionOfType(DataAccessException.class)
                    .isThrownBy(() -> joined.confirm(payout.id(), 2))
                    .satisfies(failure -> assertThat(failure.sqlState()).isEqualTo("40001"));
            host.rollback();

            joined.confirm(payout.id(), 2);
            host.commit();
            host.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            host.setAutoCommit(true);
        }
        bench.assertTotal(FLOAT, -5_100);
        bench.assertTotal(SUSPENSE, 0);
        bench.assertBooks();
    }

    @ParameterizedTest
    @ValueSource(ints = {Connection.TRANSACTION_REPEATABLE_READ, Connection.TRANSACTION_READ_COMMITTED})
    void it_is_not_if_it_could_see_that(int isolation) throws Exception {
        Payout payout = paidUnderNoReference();
        bench.payouts().as("alice").resolve(payout.id(), PAID.reference("x9"));
        try (Connection host = bench.dataSource.getConnection()) {
            host.setAutoCommit(false);
            host.setTransactionIsolation(isolation);
            suspend("x9");

            bench.payouts().as("bob").within(host).confirm(payout.id(), 2);
            host.commit();
            host.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            host.setAutoCommit(true);
        }
        bench.assertTotal(FLOAT, -5_100);
        bench.assertTotal(SUSPENSE, 0);
        bench.assertBooks();
    }

    private Payout paidUnderNoReference() {
        Payout review = bench.runAfter(Duration.ofDays(30), bench.sent(timeout()));
        return bench.resolve(review, PAID);
    }

    /** Books a payment of another amount than the payout's, which is no candidate for it therefore. */
    private void suspend(String reference) {
        StatementLine line = StatementLine.paid(reference, tzs(5_100));
        assertThat(bench.movements().suspend("one", Shown.of(line), Optional.empty()))
                .isPresent();
    }
}
