package io.holdfast.db;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import liquibase.Scope;
import liquibase.UpdateSummaryOutputEnum;
import liquibase.command.CommandScope;
import liquibase.command.core.UpdateCommandStep;
import liquibase.command.core.helpers.DatabaseChangelogCommandStep;
import liquibase.command.core.helpers.DbUrlConnectionArgumentsCommandStep;
import liquibase.command.core.helpers.ShowSummaryArgument;
import liquibase.database.Database;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.exception.LiquibaseException;
import liquibase.lockservice.LockService;
import liquibase.lockservice.LockServiceFactory;
import liquibase.resource.ClassLoaderResourceAccessor;
import liquibase.ui.LoggerUIService;
import org.jooq.exception.DataAccessException;

/** One run of the change sets over one connection, by Liquibase and at most one node at a time. */
final class Migration {

    /** {@code holdfast.period_lock_key} of ledger 0, which no ledger has. */
    private static final long LOCK_KEY = 0x486f6c64_00000000L;

    private static final String LOCK_WAIT_MAX = "10min";

    private final Connection connection;
    private final List<SchemaScript> needed;

    Migration(Connection connection, List<SchemaScript> needed) {
        this.connection = connection;
        this.needed = needed;
    }

    void run() throws SQLException {
        boolean autoCommit = connection.getAutoCommit();
        connection.setAutoCommit(true);
        try {
            if (isToDo()) {
                runLocked();
            }
        } finally {
            connection.setAutoCommit(autoCommit);
        }
    }

    private boolean isToDo() throws SQLException {
        SchemaState state = SchemaState.of(connection, needed);
        if (state.current()) {
            return false;
        }
        state.refuseUnlessMigratable();
        return true;
    }

    private void runLocked() throws SQLException {
        lock();
        try {
            // Another node may have done it while this one waited.
            if (isToDo()) {
                String searchPath = ask("select current_setting('search_path')");
                execute("create schema if not exists holdfast");
                update();
                connection.setAutoCommit(true);
                ask("select set_config('search_path', '" + searchPath.replace("'", "''") + "', false)");
            }
        } finally {
            unlock();
        }
    }

    /** Liquibase's own lock is a row that a killed node leaves behind; this one ends with the session. */
    private void lock() throws SQLException {
        connection.setAutoCommit(false);
        try {
            execute("set local lock_timeout = '" + LOCK_WAIT_MAX + "'");
            execute("set local statement_timeout = 0");
            ask("select pg_advisory_lock(" + LOCK_KEY + ")::text");
            connection.commit();
        } finally {
            connection.setAutoCommit(true);
        }
    }

    private void unlock() throws SQLException {
        connection.setAutoCommit(true);
        ask("select pg_advisory_unlock(" + LOCK_KEY + ")");
    }

    private void update() {
        Map<String, Object> scope = Map.of(
                "liquibase.analytics.enabled",
                "false",
                Scope.Attr.ui.name(),
                new LoggerUIService(),
                Scope.Attr.resourceAccessor.name(),
                new ClassLoaderResourceAccessor(Schema.class.getClassLoader()));
        try {
            Scope.child(scope, this::updateInScope);
        } catch (Exception e) {
            throw new DataAccessException("Migrating schema holdfast failed: " + e.getMessage(), e);
        }
    }

    private void updateInScope() throws LiquibaseException {
        Database database =
                DatabaseFactory.getInstance().findCorrectDatabaseImplementation(new JdbcConnection(connection));
        database.setLiquibaseSchemaName("holdfast");
        releaseLockOfKilledNode(database);
        new CommandScope(UpdateCommandStep.COMMAND_NAME)
                .addArgumentValue(DbUrlConnectionArgumentsCommandStep.DATABASE_ARG, database)
                .addArgumentValue(DatabaseChangelogCommandStep.CHANGELOG_FILE_ARG, SchemaScripts.CHANGE_LOG)
                .addArgumentValue(ShowSummaryArgument.SHOW_SUMMARY_OUTPUT, UpdateSummaryOutputEnum.LOG)
                .execute();
    }

    private static void releaseLockOfKilledNode(Database database) throws LiquibaseException {
        LockService liquibaseLock = LockServiceFactory.getInstance().getLockService(database);
        liquibaseLock.init();
        liquibaseLock.forceReleaseLock();
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private String ask(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery(sql)) {
            answer.next();
            return answer.getString(1);
        }
    }
}
