package io.holdfast.ledger.postgres;

import java.util.function.Function;
import org.jooq.DSLContext;

/** Where work on the database is done: in a transaction of its own, or in the host's. */
interface Session {

    /** Does work that writes, wholly or not at all, again if the world changed under it. */
    <T> T write(Function<DSLContext, T> work);

    /** Does work that asks one question. */
    <T> T read(Function<DSLContext, T> work);

    /** Does work that asks several questions of one state of the database, where the transaction is its own. */
    <T> T snapshot(Function<DSLContext, T> work);

    /** Tells whether transactions are the ledger's own, in which others' work may be done too. */
    boolean isOwn();
}
