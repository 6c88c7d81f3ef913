package io.holdfast.db;

import static io.holdfast.db.Databases.applyAsPlainSql;
import static io.holdfast.db.Databases.ask;
import static io.holdfast.db.Databases.at;
import static io.holdfast.db.Databases.execute;
import static io.holdfast.db.Databases.lending;
import static io.holdfast.db.Databases.schemaObjects;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.holdfast.db.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.jooq.exception.DataAccessException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

class SchemaTest {

    private static final int LATEST = Schema.scripts().size();
    private static final String SESSION = "select name || '=' || setting from pg_settings"
            + " where name not like 'plpgsql.%' union all"
            + " select 'lock ' || locktype from pg_locks where pid = pg_backend_pid() and locktype = 'advisory'"
            + " order by 1";

    private final TestDatabase database = TestDatabase.createEmpty();
    private Connection connection;

    @BeforeEach
    void connect() throws SQLException {
        connection = DriverManager.getConnection(database.jdbcUrl());
    }

    @AfterEach
    void drop() throws SQLException {
        connection.close();
        database.close();
    }

    @Test
    void scripts_are_numbered_from_one_and_record_their_own_number_and_name() throws SQLException {
        List<SchemaScript> scripts = Schema.scripts();

        applyAsPlainSql(connection, scripts);

        assertThat(scripts).isNotEmpty();
        assertThat(scripts.get(0).version()).isEqualTo(1);
        assertThat(ask(connection, "select version || ' ' || name from holdfast.schema_version order by version"))
                .containsExactlyElementsOf(scripts.stream()
                        .map(script -> script.version() + " " + script.name())
                        .toList());
        assertThat(LATEST).isEqualTo(scripts.get(scripts.size() - 1).version());
    }

    @Test
    void no_script_is_missing_from_the_change_log() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src", "main", "resources", "io", "holdfast", "db"))) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".sql")))
                    .containsExactlyInAnyOrderElementsOf(Schema.scripts().stream()
                            .map(script -> script.name() + ".sql")
                            .toList());
        }
    }

    @Test
    void an_empty_database_is_brought_to_the_current_version() throws SQLException {
        Schema.migrate(at(database.jdbcUrl()));

        Schema.check(connection);
        assertThat(ask(connection, "select max(version) from holdfast.schema_version"))
                .containsExactly(String.valueOf(LATEST));
    }

    @Test
    void migrating_again_only_reads() {
        Schema.migrate(at(database.jdbcUrl()));
        PGSimpleDataSource readOnly = new PGSimpleDataSource();
        readOnly.setUrl(database.jdbcUrl());
        readOnly.setOptions("-c default_transaction_read_only=on");

        Schema.migrate(readOnly);
    }

    @Test
    void the_plain_scripts_make_the_same_schema_as_migrating() throws SQLException {
        Schema.migrate(at(database.jdbcUrl()));
        List<String> migrated = schemaObjects(connection);

        try (TestDatabase other = TestDatabase.createEmpty();
                Connection plain = DriverManager.getConnection(other.jdbcUrl())) {
            applyAsPlainSql(plain, Schema.scripts());

            assertThat(schemaObjects(plain)).containsExactlyElementsOf(migrated);
        }
    }

    @Test
    void migrating_leaves_a_current_database_of_plain_scripts_alone() throws SQLException {
        applyAsPlainSql(connection, Schema.scripts());

        Schema.migrate(at(database.jdbcUrl()));

        Schema.check(connection);
        assertThat(ask(connection, "select to_regclass('holdfast.databasechangelog')::text"))
                .containsOnlyNulls();
    }

    @Test
    void migrating_refuses_an_older_database_of_plain_scripts() throws SQLException {
        applyAsPlainSql(connection, Schema.scripts().subList(0, 2));

        assertThatExceptionOfType(SchemaVersionException.class)
                .isThrownBy(() -> Schema.migrate(at(database.jdbcUrl())))
                .withMessageContaining("has version 2; this code needs version " + LATEST)
                .withMessageContaining("Missing: 003-guards, 004-roles")
                .withMessageContaining("Schema.scripts()");
    }

    @Test
    void a_newer_database_is_refused() throws SQLException {
        Schema.migrate(at(database.jdbcUrl()));
        int newer = LATEST + 1;
        execute(connection, "insert into holdfast.schema_version (version, name) values (" + newer + ", 'later')");

        assertThatExceptionOfType(SchemaVersionException.class)
                .isThrownBy(() -> Schema.migrate(at(database.jdbcUrl())))
                .withMessage("The Holdfast schema of this database has version " + newer + ", newer than the version "
                        + LATEST + " this code knows. Use a release of Holdfast that knows version " + newer
                        + "; a schema is never taken back.")
                .satisfies(e -> assertThat(e.databaseVersion()).isEqualTo(newer))
                .satisfies(e -> assertThat(e.codeVersion()).isEqualTo(LATEST));
        assertThatExceptionOfType(SchemaVersionException.class)
                .isThrownBy(() -> Schema.check(connection))
                .withMessageContaining("newer than the version " + LATEST);
    }

    @Test
    void checking_says_that_there_is_no_schema() {
        assertThatExceptionOfType(SchemaVersionException.class)
                .isThrownBy(() -> Schema.check(connection))
                .withMessageContaining("has no Holdfast schema; this code needs version " + LATEST)
                .withMessageContaining("Schema.migrate(dataSource)")
                .satisfies(e -> assertThat(e.databaseVersion()).isZero());
    }

    @Test
    void checking_names_what_an_older_database_lacks() throws SQLException {
        applyAsPlainSql(connection, Schema.scripts().subList(0, 3));

        assertThatExceptionOfType(SchemaVersionException.class)
                .isThrownBy(() -> Schema.check(connection))
                .withMessageContaining("has version 3; this code needs version " + LATEST)
                .withMessageContaining("Missing: 004-roles");
    }

    @Test
    void checking_names_a_script_that_was_left_out() throws SQLException {
        Schema.migrate(at(database.jdbcUrl()));
        execute(connection, "delete from holdfast.schema_version where version = 2");

        assertThatExceptionOfType(SchemaVersionException.class)
                .isThrownBy(() -> Schema.check(connection))
                .withMessageContaining("Missing: 002-canonical.");
    }

    @Test
    void the_connection_comes_back_as_it_was_lent() throws SQLException {
        execute(connection, "set search_path = pg_catalog, \"Odd, name\"");
        connection.setAutoCommit(false);
        List<String> before = ask(connection, SESSION);
        connection.commit();

        Schema.migrate(lending(connection));

        assertThat(connection.getAutoCommit()).isFalse();
        connection.setAutoCommit(true);
        assertThat(ask(connection, SESSION)).containsExactlyElementsOf(before);
    }

    @Test
    void a_change_set_that_fails_is_named_and_the_next_call_carries_on() throws SQLException {
        execute(connection, "create schema holdfast; create table holdfast.currency (in_the_way integer)");
        List<String> before = ask(connection, SESSION);

        assertThatExceptionOfType(DataAccessException.class)
                .isThrownBy(() -> Schema.migrate(lending(connection)))
                .withMessageContaining("001-ledger.sql::001-ledger")
                .withMessageContaining("relation \"currency\" already exists")
                .satisfies(e -> assertThat(e.sqlState()).isEqualTo("42P07"));
        assertThat(ask(connection, SESSION)).containsExactlyElementsOf(before);

        execute(connection, "drop table holdfast.currency");
        Schema.migrate(lending(connection));
        Schema.check(connection);
    }

    @Test
    void a_user_needs_the_right_to_create_schemas_and_no_other() throws SQLException {
        String user = "migrator_of_" + connection.getCatalog();
        execute(connection, "create role " + user + " login password 'secret'");
        try {
            PGSimpleDataSource asUser = new PGSimpleDataSource();
            asUser.setUrl(database.jdbcUrl());
            asUser.setUser(user);
            asUser.setPassword("secret");
            assertThatExceptionOfType(DataAccessException.class)
                    .isThrownBy(() -> Schema.migrate(asUser))
                    .withMessageContaining("permission denied for database")
                    .satisfies(e -> assertThat(e.sqlState()).isEqualTo("42501"));

            execute(connection, "grant create on database " + connection.getCatalog() + " to " + user);
            Schema.migrate(asUser);
            Schema.check(connection);
        } finally {
            execute(connection, "drop owned by " + user + " cascade; drop role " + user);
        }
    }
}
