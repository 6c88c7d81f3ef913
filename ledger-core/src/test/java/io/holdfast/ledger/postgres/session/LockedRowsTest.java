package io.holdfast.ledger.postgres.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.holdfast.db.testing.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jooq.exception.DataAccessException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of groups while somebody else's transaction keeps a row locked that some of them need. */
@Timeout(60)
class LockedRowsTest {

    private static final TestDatabase DATABASE = TestDatabase.createEmpty();
    private static final int GROUP_MAX = 64;
    private static final int CONNECTIONS = 6;
    private static final int LOCKED = 0;
    private static final Duration PATIENCE = Duration.ofMillis(100);

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private Connection host;

    @BeforeAll
    static void create() throws SQLException {
        try (Connection connection = DATABASE.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create table wanted as select id from generate_series(0, 500) id");
            statement.execute("alter table wanted add primary key (id)");
        }
    }

    @BeforeEach
    void lock() throws SQLException {
        host = DATABASE.dataSource().getConnection();
        host.setAutoCommit(false);
        write(host, List.of(LOCKED));
    }

    @AfterEach
    void end() throws SQLException {
        host.close();
        threads.shutdownNow();
    }

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    @Test
    void who_needs_none_of_it_goes_on_for_as_long_as_it_is_locked() throws Exception {
        try (HikariDataSource pool = pool("")) {
            GroupWork<Integer, Integer> work = work(pool);
            List<Future<Integer>> heldUp = new ArrayList<>();
            for (int round = 0; round < 12; round++) {
                heldUp.add(submit(work, LOCKED));
                List<Future<Integer>> others = new ArrayList<>();
                for (int i = 1; i <= 20; i++) {
                    others.add(submit(work, i));
                    heldUp.add(submit(work, LOCKED));
                }
                for (Future<Integer> other : others) {
                    assertThat(other.get(20, TimeUnit.SECONDS)).isPositive();
                }
            }

            assertThat(heldUp).allMatch(one -> !one.isDone());
            host.rollback();
            for (Future<Integer> one : heldUp) {
                assertThat(one.get(20, TimeUnit.SECONDS)).isZero();
            }
        }
    }

    @Test
    void all_who_need_it_fail_together_once_the_lock_timeout_is_over() throws Exception {
        try (HikariDataSource pool = pool("-c lock_timeout=2000")) {
            GroupWork<Integer, Integer> work = work(pool);
            List<Future<Integer>> heldUp = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                heldUp.add(submit(work, LOCKED));
            }

            for (Future<Integer> one : heldUp) {
                assertThatThrownBy(() -> one.get(20, TimeUnit.SECONDS))
                        .isInstanceOf(ExecutionException.class)
                        .cause()
                        .isInstanceOfSatisfying(
                                DataAccessException.class,
                                failure -> assertThat(failure.sqlState()).isEqualTo("55P03"));
            }
            assertThat(submit(work, 1).get(20, TimeUnit.SECONDS)).isEqualTo(1);
        }
    }

    @Test
    void a_shorter_lock_timeout_of_the_data_source_and_what_it_is_afterwards_stay_its_own() throws Exception {
        for (String timeout : List.of("0", "30ms", "1h")) {
            try (HikariDataSource pool = pool("-c lock_timeout=" + timeout)) {
                Transactions transactions = new Transactions(pool);

                String within = LockPatience.during(PATIENCE, () -> transactions.write(LockedRowsTest::lockTimeout));

                assertThat(within).isEqualTo(timeout.equals("30ms") ? "30ms" : "100ms");
                assertThat(transactions.<String>write(LockedRowsTest::lockTimeout))
                        .isEqualTo(timeout);
            }
        }
    }

    private GroupWork<Integer, Integer> work(HikariDataSource pool) {
        Transactions transactions = new Transactions(pool);
        return new GroupWork<>(
                GROUP_MAX, 1, wanted -> transactions.write(connection -> write(connection, wanted)), PATIENCE);
    }

    private static HikariDataSource pool(String options) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(DATABASE.jdbcUrl());
        config.setMaximumPoolSize(CONNECTIONS);
        config.addDataSourceProperty("options", options);
        return new HikariDataSource(config);
    }

    private Future<Integer> submit(GroupWork<Integer, Integer> work, int wanted) {
        return threads.submit(() -> work.submit(wanted));
    }

    private static List<Integer> write(Connection connection, List<Integer> wanted) {
        String sql = "select id from wanted where id = any(?) order by id for update";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setArray(1, connection.createArrayOf("int", wanted.toArray()));
            statement.execute();
            return wanted;
        } catch (SQLException failure) {
            throw new DataAccessException("failed", failure);
        }
    }

    private static String lockTimeout(Connection connection) {
        return Jooq.on(connection).fetchSingle("show lock_timeout").get(0, String.class);
    }
}
