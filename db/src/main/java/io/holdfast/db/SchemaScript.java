package io.holdfast.db;

/**
 * One numbered step of the schema, as plain SQL that needs no tool.
 *
 * <p>It may hold many statements and {@code $body$} quoting; run it whole, as {@code psql -1 -f} does, rather than cut
 * at semicolons.
 *
 * @param version its number, counted from 1 without gaps; the script records it in {@code holdfast.schema_version}
 * @param name its file name without {@code .sql}, such as {@code 001-ledger}
 * @param sql its text
 */
public record SchemaScript(int version, String name, String sql) {}
