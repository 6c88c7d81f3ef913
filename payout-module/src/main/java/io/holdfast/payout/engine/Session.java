package io.holdfast.payout.engine;

import java.util.function.Function;
import org.jooq.DSLContext;

/** Where work on the database is done: in a transaction of its own, or in the host's. */
interface Session {

    /** Does work that writes, wholly or not at all. */
    <T> T write(Function<Transaction, T> work);

    /** Does work that only reads. */
    <T> T read(Function<DSLContext, T> work);

    /** Tells whether it is the host's transaction, in which all the work is done. */
    boolean isHosts();

    /** Tells whether doing work again would see nothing new. */
    boolean readsOneSnapshot();
}
