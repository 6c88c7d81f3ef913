package io.holdfast.payout.engine;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/** The database's clock, so that all nodes agree; or the one that the host gave. */
final class EngineClock {

    private static final Field<Instant> DATABASE_NOW = DSL.function("clock_timestamp", SQLDataType.INSTANT);

    private final Optional<Clock> replacement;

    EngineClock(Optional<Clock> replacement) {
        this.replacement = replacement;
    }

    /** Returns now, in the whole microseconds that PostgreSQL keeps. */
    Instant now(DSLContext db) {
        Instant now = replacement.isPresent()
                ? replacement.get().instant()
                : db.select(DATABASE_NOW).fetchSingle().value1();
        return now.truncatedTo(ChronoUnit.MICROS);
    }
}
