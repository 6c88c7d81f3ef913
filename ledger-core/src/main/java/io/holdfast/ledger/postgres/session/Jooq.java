package io.holdfast.ledger.postgres.session;

import java.sql.Connection;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record1;
import org.jooq.SQLDialect;
import org.jooq.Select;
import org.jooq.conf.Settings;
import org.jooq.impl.DSL;

/** How jOOQ is set up. */
public final class Jooq {

    private static final Settings SETTINGS =
            new Settings().withExecuteLogging(false).withFetchWarnings(false).withCacheRecordMappers(true);

    private Jooq() {}

    /** Returns jOOQ on a connection. */
    public static DSLContext on(Connection connection) {
        return DSL.using(connection, SQLDialect.POSTGRES, SETTINGS);
    }

    /**
     * Returns a row for each value, to be used with {@code in}. Unlike {@code = any(array)} it has the array read once:
     * jOOQ sends arrays as text with a cast, which PostgreSQL otherwise evaluates for each row that it looks at.
     */
    public static <T> Select<Record1<T>> each(T[] values) {
        Field<T> value = DSL.field(DSL.name("given", "value"), componentType(values));
        return DSL.select(value).from(DSL.unnest(values).as("given", "value"));
    }

    @SuppressWarnings("unchecked")
    private static <T> Class<T> componentType(T[] values) {
        return (Class<T>) values.getClass().getComponentType();
    }

    /** Makes the transaction that begins read from one snapshot, and write nothing. jOOQ has no typed way to say it. */
    public static void readOneSnapshot(DSLContext db) {
        db.execute("set transaction isolation level repeatable read, read only");
    }
}
