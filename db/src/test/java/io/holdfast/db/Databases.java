package io.holdfast.db;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** What the tests of this package do with plain JDBC. */
final class Databases {

    private static final String SCHEMA_OBJECTS = """
            with relations as (
                select c.oid, c.oid::regclass::text as name, c.relacl from pg_class c
                where c.relnamespace::regnamespace::text like 'holdfast%'
                    and c.relname not like 'databasechangelog%')
            select 'column ' || r.name || ' ' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod) || a.attnotnull
                from relations r join pg_attribute a on a.attrelid = r.oid where a.attnum > 0
            union all select 'rights ' || name || ' ' || relacl::text from relations where relacl is not null
            union all select 'constraint ' || conname || ' ' || pg_get_constraintdef(c.oid)
                from pg_constraint c join relations r on r.oid = c.conrelid
            union all select pg_get_indexdef(indexrelid) from pg_index join relations on oid = indrelid
            union all select tgenabled::text || pg_get_triggerdef(t.oid)
                from pg_trigger t join relations r on r.oid = t.tgrelid where not tgisinternal
            union all select 'view ' || name || pg_get_viewdef(r.oid) from relations r join pg_class c using (oid)
                where relkind in ('v', 'm')
            union all select pg_get_functiondef(oid) from pg_proc where pronamespace::regnamespace::text like 'holdfast%'
            order by 1
            """;

    static DataSource at(String jdbcUrl) {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setUrl(jdbcUrl);
        return dataSource;
    }

    /** Returns a data source that lends this connection, and leaves it as it comes back. */
    static DataSource lending(Connection connection) {
        Connection lent = proxy(
                Connection.class,
                (proxy, method, arguments) ->
                        method.getName().equals("close") ? null : method.invoke(connection, arguments));
        return proxy(DataSource.class, (proxy, method, arguments) -> lent);
    }

    static void execute(String jdbcUrl, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(jdbcUrl)) {
            execute(connection, sql);
        }
    }

    static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    static List<String> ask(Connection connection, String sql) throws SQLException {
        List<String> answers = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                answers.add(rows.getString(1));
            }
        }
        return answers;
    }

    static void applyAsPlainSql(Connection connection, List<SchemaScript> scripts) throws SQLException {
        for (SchemaScript script : scripts) {
            execute(connection, script.sql());
        }
    }

    /** Describes all that the schema consists of, but for the tables Liquibase keeps its books in. */
    static List<String> schemaObjects(Connection connection) throws SQLException {
        return ask(connection, SCHEMA_OBJECTS);
    }

    private static <T> T proxy(Class<T> type, java.lang.reflect.InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private Databases() {}
}
