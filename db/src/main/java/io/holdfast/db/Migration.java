package io.holdfast.db;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run of the change sets over one connection, by Liquibase and at most one node at a time. */
final class Migration {

    private static final Logger LOG = LoggerFactory.getLogger(Schema.class);
    private static final Duration LOCK_WAIT_MAX = Duration.ofMinutes(10);

    private final Connection connection;
    private final List<SchemaScript> needed;

    Migration(Connection connection, List<SchemaScript> needed) {
        this.connection = connection;
        this.needed = needed;
    }

    @SuppressWarnings("try") // What is opened here is held, not used.
    void run() throws SQLException {
        try (LentConnection lent = new LentConnection(connection)) {
            if (isToDo()) {
                runLocked();
            }
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

    @SuppressWarnings("try") // as above
    private void runLocked() throws SQLException {
        try (MigrationLock lock = MigrationLock.acquire(connection, LOCK_WAIT_MAX)) {
            // Another node may have done it while this one waited.
            if (isToDo()) {
                update();
                LOG.info("Schema holdfast was brought to version {}", needed.size());
            }
        }
    }

    private void update() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            // For Liquibase's own tables. "if not exists" alone would want the right to create schemas all the same.
            statement.execute(
                    "do 'begin if to_regnamespace(''holdfast'') is null then create schema holdfast; end if; end'");
        }
        Map<String, Object> scope = new HashMap<>();
        scope.put("liquibase.analytics.enabled", "false");
        scope.put(Scope.Attr.logService.name(), new LiquibaseLog());
        scope.put(Scope.Attr.ui.name(), new LoggerUIService());
        scope.put(Scope.Attr.resourceAccessor.name(), new ClassLoaderResourceAccessor(Schema.class.getClassLoader()));
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
}
