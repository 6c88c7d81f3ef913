package io.holdfast.payout.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.holdfast.db.testing.TestDatabase;
import io.holdfast.ledger.EntryIds;
import io.holdfast.ledger.Key;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What a host hears of a failure in its own transaction. */
class HostSessionTest {

    private static final TestDatabase DATABASE = TestDatabase.create();
    private static final String ADMIN_SHUTDOWN = "57P01";

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    private final PayoutBench bench = new PayoutBench(DATABASE);

    @Test
    void a_host_whose_connection_is_lost_hears_why() throws SQLException {
        try (Connection host = DATABASE.dataSource().getConnection()) {
            host.setAutoCommit(false);
            bench.engine(builder -> builder.ids(losing(host)), bench.provider("one"));

            DataAccessException failure = catchThrowableOfType(
                    DataAccessException.class,
                    () -> bench.payouts().within(host).request(bench.aRequest("p1")));

            assertThat(failure.sqlState()).isEqualTo(ADMIN_SHUTDOWN);
            assertThat(failure.getSuppressed())
                    .singleElement()
                    .satisfies(alreadyGone -> assertThat(alreadyGone).isInstanceOf(SQLException.class));
        }
        assertThat(bench.payouts().find(Key.of("p1"))).isEmpty();
        bench.assertWallet(20_000, 0);
    }

    /** Gives ids, before which the server ends the connection, in the middle of the work. */
    private static EntryIds losing(Connection host) {
        int backend = DSL.using(host).fetchSingle("select pg_backend_pid()").into(Integer.class);
        return recordedAt -> {
            terminate(backend);
            return new RandomPayoutIds().next(recordedAt);
        };
    }

    private static void terminate(int backend) {
        try (Connection other = DATABASE.dataSource().getConnection();
                PreparedStatement statement = other.prepareStatement("select pg_terminate_backend(?, 10000)")) {
            statement.setInt(1, backend);
            statement.execute();
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
