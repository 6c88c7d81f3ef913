package io.holdfast.db;

/** The database has another version of the schema than this code needs; the message says what to do about it. */
public final class SchemaVersionException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int databaseVersion;
    private final int codeVersion;

    SchemaVersionException(int databaseVersion, int codeVersion, String message) {
        super(message);
        this.databaseVersion = databaseVersion;
        this.codeVersion = codeVersion;
    }

    /** Returns the highest version the database has, 0 if it has no Holdfast schema. */
    public int databaseVersion() {
        return databaseVersion;
    }

    /** Returns the version this code needs. */
    public int codeVersion() {
        return codeVersion;
    }
}
