package io.holdfast.db;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What one database has of the schema, against what this code needs.
 *
 * @param applied versions the database has, ascending
 * @param migratedByLiquibase whether {@link Schema#migrate} keeps its books here, or the host applied plain SQL
 * @param needed the scripts this code needs, ascending
 */
record SchemaState(List<Integer> applied, boolean migratedByLiquibase, List<SchemaScript> needed) {

    private static final String TABLES = "select to_regclass('holdfast.schema_version') is not null,"
            + " to_regclass('holdfast.databasechangelog') is not null";
    private static final String VERSIONS = "select version from holdfast.schema_version order by version";
    private static final String HOW_TO_MIGRATE =
            " Run Schema.migrate(dataSource) or `holdfast migrate`, or apply Schema.scripts() with a tool of your own.";

    static SchemaState of(Connection connection, List<SchemaScript> needed) throws SQLException {
        boolean versioned;
        boolean migratedByLiquibase;
        List<Integer> applied = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            try (ResultSet tables = statement.executeQuery(TABLES)) {
                tables.next();
                versioned = tables.getBoolean(1);
                migratedByLiquibase = tables.getBoolean(2);
            }
            if (versioned) {
                try (ResultSet versions = statement.executeQuery(VERSIONS)) {
                    while (versions.next()) {
                        applied.add(versions.getInt(1));
                    }
                }
            }
        }
        return new SchemaState(List.copyOf(applied), migratedByLiquibase, needed);
    }

    boolean current() {
        return missing().isEmpty() && databaseVersion() == codeVersion();
    }

    void refuseUnlessCurrent() {
        refuseNewer();
        if (applied.isEmpty()) {
            throw refusal("This database has no Holdfast schema; this code needs version " + codeVersion() + "."
                    + HOW_TO_MIGRATE);
        }
        if (!current()) {
            throw refusal(behind() + HOW_TO_MIGRATE);
        }
    }

    void refuseUnlessMigratable() {
        refuseNewer();
        if (!applied.isEmpty() && !migratedByLiquibase) {
            throw refusal(behind() + " Its scripts were applied as plain SQL (there is no table"
                    + " holdfast.databasechangelog), so Schema.migrate leaves it alone: apply the missing ones from"
                    + " Schema.scripts() with the tool that applied the others.");
        }
    }

    private void refuseNewer() {
        if (databaseVersion() > codeVersion()) {
            throw refusal("The Holdfast schema of this database has version " + databaseVersion()
                    + ", newer than the version " + codeVersion() + " this code knows."
                    + " Use a release of Holdfast that knows version " + databaseVersion()
                    + "; a schema is never taken back.");
        }
    }

    private String behind() {
        return "The Holdfast schema of this database has version " + databaseVersion()
                + "; this code needs version " + codeVersion() + ". Missing: "
                + missing().stream().map(SchemaScript::name).collect(Collectors.joining(", ")) + ".";
    }

    private List<SchemaScript> missing() {
        return needed.stream()
                .filter(script -> !applied.contains(script.version()))
                .toList();
    }

    private int databaseVersion() {
        return applied.isEmpty() ? 0 : applied.get(applied.size() - 1);
    }

    private int codeVersion() {
        return needed.get(needed.size() - 1).version();
    }

    private SchemaVersionException refusal(String message) {
        return new SchemaVersionException(databaseVersion(), codeVersion(), message);
    }
}
