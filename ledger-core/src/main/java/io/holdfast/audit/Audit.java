package io.holdfast.audit;

import java.sql.Connection;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.conf.Settings;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/** How the checks of this package talk to the database. */
final class Audit {

    /** How many rows a cursor brings at a time. */
    static final int FETCH_SIZE = 1_000;

    private static final Settings SETTINGS =
            new Settings().withExecuteLogging(false).withFetchWarnings(false);

    private Audit() {}

    static DSLContext on(Connection connection) {
        return DSL.using(connection, SQLDialect.POSTGRES, SETTINGS);
    }

    /** Prepares the transaction: nothing that was planted on a search path is found, and sorts get memory. */
    static void prepare(Connection connection) {
        DSLContext db = on(connection);
        set(db, "search_path", "pg_catalog, pg_temp");
        set(db, "work_mem", "64MB");
        set(db, "jit", "off");
    }

    private static void set(DSLContext db, String setting, String value) {
        db.select(DSL.function(
                        DSL.name("pg_catalog", "set_config"),
                        SQLDataType.VARCHAR,
                        DSL.inline(setting),
                        DSL.inline(value),
                        DSL.inline(true)))
                .fetch();
    }
}
