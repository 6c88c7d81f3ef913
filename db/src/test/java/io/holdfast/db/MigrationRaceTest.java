package io.holdfast.db;

import static io.holdfast.db.Databases.applyAsPlainSql;
import static io.holdfast.db.Databases.ask;
import static io.holdfast.db.Databases.at;
import static io.holdfast.db.Databases.execute;
import static io.holdfast.db.Databases.lending;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.holdfast.db.testing.TestDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jooq.exception.DataAccessException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MigrationRaceTest {

    private static final int NODES = 8;
    private static final int WAIT_MAX_SECONDS = 120;

    private final TestDatabase database = TestDatabase.createEmpty();
    private final ExecutorService nodes = Executors.newFixedThreadPool(NODES);

    @AfterEach
    void drop() {
        nodes.shutdownNow();
        database.close();
    }

    @Test
    void eight_nodes_may_migrate_an_empty_database_at_once() throws Exception {
        migrateAtOnce(List.of(database, database, database, database, database, database, database, database));

        try (Connection connection = DriverManager.getConnection(database.jdbcUrl())) {
            Schema.check(connection);
            assertThat(ask(connection, "select id from holdfast.databasechangelog group by 1 having count(*) > 1"))
                    .isEmpty();
        }
    }

    @Test
    void several_databases_may_be_migrated_at_once() throws Exception {
        List<TestDatabase> databases = new ArrayList<>();
        try {
            for (int i = 0; i < NODES; i++) {
                databases.add(TestDatabase.createEmpty());
            }

            migrateAtOnce(databases);

            for (TestDatabase migrated : databases) {
                try (Connection connection = DriverManager.getConnection(migrated.jdbcUrl())) {
                    Schema.check(connection);
                }
            }
        } finally {
            databases.forEach(TestDatabase::close);
        }
    }

    @Test
    void a_node_waits_for_the_one_that_migrates_and_finds_its_work_done() throws Exception {
        try (Connection other = DriverManager.getConnection(database.jdbcUrl())) {
            MigrationLock lock = MigrationLock.acquire(other, Duration.ZERO);
            Future<?> waiting = nodes.submit(() -> Schema.migrate(at(database.jdbcUrl())));
            awaitWaitingNode(other);
            applyAsPlainSql(other, Schema.scripts());
            assertThat(waiting.isDone()).isFalse();
            lock.close();

            waiting.get(WAIT_MAX_SECONDS, TimeUnit.SECONDS);

            assertThat(ask(other, "select to_regclass('holdfast.databasechangelog')::text"))
                    .containsOnlyNulls();
        }
    }

    @Test
    void a_node_killed_while_migrating_holds_nobody_up() throws Exception {
        Schema.migrate(at(database.jdbcUrl()));
        try (Connection connection = DriverManager.getConnection(database.jdbcUrl());
                Connection killed = DriverManager.getConnection(database.jdbcUrl())) {
            execute(connection, "delete from holdfast.schema_version where version = 4");
            execute(connection, "delete from holdfast.databasechangelog where filename like '%/004-%'");
            execute(connection, "update holdfast.databasechangeloglock set locked = true, lockedby = 'killed node'");
            MigrationLock.acquire(killed, Duration.ZERO);
            Future<?> waiting = nodes.submit(() -> Schema.migrate(at(database.jdbcUrl())));
            awaitWaitingNode(connection);

            execute(
                    connection,
                    "select pg_terminate_backend(pid) from pg_locks"
                            + " where locktype = 'advisory' and granted and database = (select oid from pg_database"
                            + " where datname = current_database())");

            waiting.get(WAIT_MAX_SECONDS, TimeUnit.SECONDS);
            Schema.check(connection);
        }
    }

    @Test
    void a_node_that_waits_too_long_says_for_whom() throws Exception {
        try (Connection migrating = DriverManager.getConnection(database.jdbcUrl());
                Connection waiting = DriverManager.getConnection(database.jdbcUrl())) {
            MigrationLock.acquire(migrating, Duration.ZERO);

            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> MigrationLock.acquire(waiting, Duration.ofMillis(50)))
                    .withMessageContaining("another node has been migrating this database for PT0.05S");
        }
    }

    @Test
    void a_node_that_failed_in_a_transaction_gives_up_its_lock_and_its_changes() throws Exception {
        try (Connection failing = DriverManager.getConnection(database.jdbcUrl());
                Connection next = DriverManager.getConnection(database.jdbcUrl())) {
            LentConnection lent = new LentConnection(failing);
            MigrationLock lock = MigrationLock.acquire(failing, Duration.ZERO);
            failing.setAutoCommit(false);
            assertThatExceptionOfType(SQLException.class).isThrownBy(() -> execute(failing, "select 1 / 0"));
            lock.close();
            execute(failing, "create table half_done (id integer)");
            lent.close();

            MigrationLock.acquire(next, Duration.ofMillis(50)).close();
            assertThat(ask(next, "select to_regclass('half_done')::text")).containsOnlyNulls();
        }
    }

    @Test
    void a_wait_that_is_cancelled_leaves_the_connection_as_it_was() throws Exception {
        try (Connection migrating = DriverManager.getConnection(database.jdbcUrl());
                Connection lent = DriverManager.getConnection(database.jdbcUrl())) {
            MigrationLock.acquire(migrating, Duration.ZERO);
            Future<?> waiting = nodes.submit(() -> Schema.migrate(lending(lent)));
            awaitWaitingNode(migrating);

            execute(
                    migrating,
                    "select pg_cancel_backend(pid) from pg_locks"
                            + " where locktype = 'advisory' and not granted and database = (select oid from pg_database"
                            + " where datname = current_database())");

            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(() -> waiting.get(WAIT_MAX_SECONDS, TimeUnit.SECONDS))
                    .withCauseInstanceOf(DataAccessException.class)
                    .withMessageContaining("canceling statement due to user request");
            assertThat(lent.getAutoCommit()).isTrue();
            assertThat(ask(lent, "select 1")).hasSize(1);
        }
    }

    private void migrateAtOnce(List<TestDatabase> databases) throws Exception {
        CyclicBarrier start = new CyclicBarrier(databases.size());
        List<Future<?>> migrations = new ArrayList<>();
        for (TestDatabase target : databases) {
            migrations.add(nodes.submit(() -> {
                start.await();
                Schema.migrate(at(target.jdbcUrl()));
                return null;
            }));
        }
        for (Future<?> migration : migrations) {
            migration.get(WAIT_MAX_SECONDS, TimeUnit.SECONDS);
        }
    }

    private static void awaitWaitingNode(Connection connection) throws SQLException, InterruptedException {
        while (ask(
                        connection,
                        "select 1 from pg_locks where locktype = 'advisory' and not granted and database ="
                                + " (select oid from pg_database where datname = current_database())")
                .isEmpty()) {
            Thread.sleep(10);
        }
    }
}
