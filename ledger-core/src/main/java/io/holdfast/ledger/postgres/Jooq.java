package io.holdfast.ledger.postgres;

import java.sql.Connection;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.conf.Settings;
import org.jooq.impl.DSL;

/** How jOOQ is set up here. */
final class Jooq {

    private static final Settings SETTINGS =
            new Settings().withExecuteLogging(false).withFetchWarnings(false).withCacheRecordMappers(true);

    private Jooq() {}

    static DSLContext on(Connection connection) {
        return DSL.using(connection, SQLDialect.POSTGRES, SETTINGS);
    }

    /** Makes the transaction that begins read from one snapshot, and write nothing. jOOQ has no typed way to say it. */
    static void readOneSnapshot(DSLContext db) {
        db.execute("set transaction isolation level repeatable read, read only");
    }
}
