package io.holdfast.payout.engine;

import static io.holdfast.payout.engine.PayoutBench.ASHA;
import static io.holdfast.payout.engine.PayoutBench.TZS;
import static io.holdfast.payout.engine.PayoutBench.tzs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.holdfast.db.testing.TestDatabase;
import io.holdfast.ledger.Wallets;
import io.holdfast.payout.PayoutQuery;
import io.holdfast.payout.PayoutRefusedException;
import io.holdfast.payout.PayoutRequest;
import io.holdfast.payout.Payouts;
import java.sql.Connection;
import org.jooq.exception.DataAccessException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A host whose transaction sees the payouts as they were requests one under a key that was used since. */
class KeySnapshotTest {

    private static final TestDatabase DATABASE = TestDatabase.create();

    private final PayoutBench bench = new PayoutBench(DATABASE);

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    @BeforeEach
    void open() {
        bench.engine(bench.provider("one"));
        Wallets wallets = new Wallets(bench.ledger);
        wallets.open("bob", TZS);
        wallets.fund("bob", tzs(20_000), "bob's");
    }

    @ParameterizedTest
    @ValueSource(ints = {Connection.TRANSACTION_REPEATABLE_READ, Connection.TRANSACTION_SERIALIZABLE})
    void it_is_told_to_begin_again(int isolation) throws Exception {
        try (Connection host = bench.dataSource.getConnection()) {
            host.setAutoCommit(false);
            host.setTransactionIsolation(isolation);
            Payouts joined = bench.payouts().within(host);
            assertThat(joined.list(PayoutQuery.FIRST_PAGE).total()).isZero();
            // From another wallet: who changes the same one is told so by its row already.
            bench.payouts().request(ofBobs("p1"));

            assertThatExceptionOfType(DataAccessException.class)
                    .isThrownBy(() -> joined.request(bench.aRequest("p1")))
                    .satisfies(failure -> assertThat(failure.sqlState()).isEqualTo("40001"));
            host.rollback();

            assertIsKnown(joined);
            host.rollback();
            host.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            host.setAutoCommit(true);
        }
        bench.assertWallet(20_000, 0);
        bench.assertBooks();
    }

    @Test
    void it_finds_it_if_it_sees_what_is_new() throws Exception {
        try (Connection host = bench.dataSource.getConnection()) {
            host.setAutoCommit(false);
            Payouts joined = bench.payouts().within(host);
            assertThat(joined.list(PayoutQuery.FIRST_PAGE).total()).isZero();
            bench.payouts().request(ofBobs("p1"));

            assertIsKnown(joined);
            host.rollback();
            host.setAutoCommit(true);
        }
    }

    private void assertIsKnown(Payouts joined) {
        assertThatExceptionOfType(PayoutRefusedException.class)
                .isThrownBy(() -> joined.request(bench.aRequest("p1")))
                .satisfies(refused -> assertThat(refused.refusal().code()).isEqualTo("KEY_CONFLICT"));
    }

    private static PayoutRequest ofBobs(String key) {
        return PayoutRequest.of(key, Wallets.account("bob", TZS), tzs(5_000), ASHA)
                .via("one");
    }
}
