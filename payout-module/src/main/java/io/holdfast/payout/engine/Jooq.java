package io.holdfast.payout.engine;

import java.sql.Connection;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

/** How jOOQ is set up here. */
final class Jooq {

    private Jooq() {}

    static DSLContext on(Connection connection) {
        return DSL.using(connection, SQLDialect.POSTGRES);
    }
}
